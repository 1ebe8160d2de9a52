"""The hub by TLS: made with `qarelay tls new`, served, asked by others' clients, and believed by the terminal or not."""

import hashlib
import json
import re
import shutil
import signal
import socket
import ssl
import stat
import subprocess
import urllib.request

import pytest
from conftest import BIN, EVENT, Hub, raw_exchange, refused_start, wait_until
from relays import Relay

NAMES = "localhost,127.0.0.1"


def tls_new(folder, *options, name=NAMES):
    """Makes a pair and returns its fingerprint."""
    done = Hub.run_alone("tls", "new", "--name", name, "--out", str(folder), *options)
    assert done.returncode == 0, done.stderr
    return re.search(r"Fingerprint \(SHA-256\): ((?:[0-9a-f]{4} ?){16})", done.stdout)[1].replace(" ", "").strip()


class SecureHub(Hub):
    """A hub that speaks TLS alone, and what is needed to believe it."""

    def __init__(self, folder, **options):
        super().__init__(folder, **options)
        self.tls = self.folder.parent / (self.folder.name + "-tls")
        self.fingerprint = tls_new(self.tls)
        self.extra += ["--tls-certificate", str(self.tls / "cert.pem"), "--tls-key", str(self.tls / "key.pem")]

    @property
    def url(self):
        return f"https://{self.host}:{self.port}"

    @property
    def ws(self):
        return f"wss://{self.host}:{self.port}/ws"

    @property
    def trust(self):
        return ssl.create_default_context(cafile=self.tls / "cert.pem")

    def get(self, path):
        return urllib.request.urlopen(self.url + path, timeout=5, context=self.trust)

    def health(self):
        with self.get("/health") as answer:
            return json.load(answer)

    def shown(self):
        """The fingerprint that whoever connects now is shown."""
        with socket.create_connection((self.host, self.port), timeout=5) as line:
            context = ssl._create_unverified_context()
            with context.wrap_socket(line, server_hostname="localhost") as secure:
                return hashlib.sha256(secure.getpeercert(binary_form=True)).hexdigest()


@pytest.fixture
def secure_hub(tmp_path):
    running = SecureHub(tmp_path / "data").start()
    yield running
    running.stop()


def hello(hub):
    """Says hello to the hub by wss and returns the first answer."""
    from websockets.sync.client import connect
    trust = hub.trust
    # This client reads and writes in two threads, which Python's TLS does not bear while tickets come in, as they do in 1.3.
    trust.maximum_version = ssl.TLSVersion.TLSv1_2
    with connect(hub.ws, subprotocols=["qarelay.v1"], origin=hub.url, ssl=trust, compression=None, open_timeout=10) as line:
        line.send(json.dumps({"type": "hello", "version": 1, "role": "audience", "venue": "granville", "client": "t/1"}))
        return json.loads(line.recv(10))


def test_a_new_pair_is_private_and_nothing_is_overwritten(tmp_path):
    fingerprint = tls_new(tmp_path / "pair", "--days", "10")
    key, certificate = tmp_path / "pair" / "key.pem", tmp_path / "pair" / "cert.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600 and stat.S_IMODE(certificate.stat().st_mode) == 0o644
    again = Hub.run_alone("tls", "new", "--name", NAMES, "--out", str(tmp_path / "pair"))
    assert again.returncode == 2 and "Nothing is overwritten" in again.stderr
    shown = Hub.run_alone("tls", "show", str(certificate)).stdout
    assert fingerprint in shown.replace(" ", "") and "Names: localhost, 127.0.0.1" in shown
    assert Hub.run_alone("tls", "new", "--name", "a b", "--out", str(tmp_path / "other")).returncode != 0
    assert not (tmp_path / "other").exists()


def test_pages_health_and_websockets_are_served_by_tls(secure_hub):
    assert secure_hub.health()["status"] == "ok"
    with secure_hub.get("/event.json") as answer:
        assert json.load(answer)["venues"][0]["join"].startswith("https://localhost:")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert hello(secure_hub)["type"] == "welcome"
    told = secure_hub.log.read_text()
    assert secure_hub.fingerprint in told.replace(" ", "") and "https://localhost" in told
    assert f"--hub wss://localhost:{secure_hub.port} --fingerprint {secure_hub.fingerprint}" in told


def test_what_is_not_tls_is_hung_up_on_without_a_line(secure_hub):
    before = secure_hub.log.read_text()
    assert b"HTTP" not in raw_exchange(secure_hub, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    for _ in range(5):
        line = socket.create_connection((secure_hub.host, secure_hub.port))
        secure = ssl._create_unverified_context().wrap_socket(line, server_hostname="localhost")
        secure.sendall(b"GET / HTTP/1.1\r\n")
        # Away without a goodbye.
        socket.socket(fileno=secure.detach()).close()
    assert secure_hub.health()["status"] == "ok"
    assert secure_hub.log.read_text() == before


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs the program openssl")
def test_what_openssl_says_of_it(secure_hub):
    def client(*options):
        done = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{secure_hub.port}", *options],
                              input="", capture_output=True, text=True, timeout=10)
        return done.stdout + done.stderr
    assert "Cipher is TLS_AES_" in client("-tls1_3")
    assert re.search(r"Cipher is ECDHE-ECDSA-(AES\d+-GCM|CHACHA20)", client("-tls1_2"))
    assert "Secure Renegotiation IS supported" in client("-tls1_2")
    assert "Compression: NONE" in client("-tls1_2")
    assert "Cipher is (NONE)" in client("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
    assert "Cipher is (NONE)" in client("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0")
    assert "ALPN protocol: http/1.1" in client("-alpn", "h2,http/1.1")
    assert "Verify return code: 0 (ok)" in client("-CAfile", str(secure_hub.tls / "cert.pem"), "-verify_hostname", "localhost")


# What testssl says of any certificate that vouches for itself, as the one of `qarelay tls new` does; none of it is the hub's.
SELF_SIGNED = {
    "cert_chain_of_trust": "failed (self signed).",
    # Nobody who could revoke it issued it.
    "cert_revocation": "Neither CRL nor OCSP URI provided",
}


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("testssl"), reason="testssl is not installed (Debian package testssl.sh)")
def test_testssl_finds_nothing_above_low(secure_hub, tmp_path, record_property):
    found = tmp_path / "found.json"
    done = subprocess.run(["testssl", "--quiet", "--color", "0", "--warnings", "batch", "--jsonfile", str(found), f"{secure_hub.host}:{secure_hub.port}"],
                          capture_output=True, text=True, timeout=900)
    results = json.loads(found.read_text())
    assert len(results) > 100, done.stdout[-3000:]
    assert {each["id"] for each in results} >= {"TLS1_2", "TLS1_3", "heartbleed", "ROBOT", "BEAST", "HSTS_time"}
    worse = [each for each in results if each["severity"] in ("MEDIUM", "HIGH", "CRITICAL", "FATAL") and SELF_SIGNED.get(each["id"]) != each["finding"]]
    assert worse == []
    record_property("figure", f"testssl: {len(results)} findings, none above low but that the certificate vouches for itself")


def test_a_hangup_signal_reads_the_pair_again(secure_hub):
    from websockets.sync.client import connect
    line = connect(secure_hub.ws, subprotocols=["qarelay.v1"], origin=secure_hub.url, ssl=secure_hub.trust).__enter__()
    assert secure_hub.shown() == secure_hub.fingerprint
    renewed = tls_new(secure_hub.tls / "next")
    for file in ("cert.pem", "key.pem"):
        shutil.copy(secure_hub.tls / "next" / file, secure_hub.tls / file)
    secure_hub.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "code=tls_reloaded" in secure_hub.log.read_text(), what="tls_reloaded")
    assert secure_hub.shown() == renewed != secure_hub.fingerprint
    (secure_hub.tls / "key.pem").write_text("nothing\n")
    secure_hub.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "code=tls_reload_failed error=tls_not_pem" in secure_hub.log.read_text(), what="tls_reload_failed")
    assert secure_hub.shown() == renewed
    line.send(json.dumps({"type": "hello", "version": 1, "role": "audience", "venue": "granville", "client": "t/1"}))
    assert json.loads(line.recv(10))["type"] == "welcome"
    line.close()


def test_a_hangup_signal_ends_neither_a_hub_nor_a_relay_that_has_no_certificate(free_hub, tmp_path):
    relay = Relay(tmp_path / "relay", free_hub).start()
    try:
        for server in (free_hub, relay):
            server.process.send_signal(signal.SIGHUP)
            wait_until(lambda: "code=tls_off" in server.log.read_text(), what="tls_off")
            assert server.health()["status"] == "ok"
    finally:
        relay.finish()


def test_a_pair_that_is_no_good_is_said_by_name(tmp_path):
    hub = SecureHub(tmp_path / "data")
    tls_new(tmp_path / "other")
    certificate, key = hub.tls / "cert.pem", hub.tls / "key.pem"
    for files, code in [((tmp_path / "nothing", key), "tls_file_missing"), ((key, key), "tls_not_pem"),
                        ((certificate, tmp_path / "other" / "key.pem"), "tls_key_mismatch"), ((tmp_path, key), "tls_file_unreadable")]:
        hub.extra = ["--tls-certificate", str(files[0]), "--tls-key", str(files[1])]
        assert refused_start(hub).code == code
    hub.extra = ["--tls-certificate", str(certificate), "--tls-key", str(key), "--public-url", "http://localhost"]
    assert refused_start(hub).code == "public_url"
    hub.extra = ["--tls-certificate", str(certificate)]
    assert "go together" in refused_start(hub).said


def test_simulated_people_come_by_tls(secure_hub):
    done = subprocess.run([str(BIN / "qarelay"), "people", "--hub", f"wss://127.0.0.1:{secure_hub.port}", "--event", str(EVENT),
                           "--questions", str(EVENT.parent / "demo-questions.jsonl"), "--phones", "3", "--seconds", "1",
                           "--fingerprint", secure_hub.fingerprint], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0 and "connected=3" in done.stderr, done.stderr


@pytest.fixture
def terminal(secure_hub, tmp_path):
    from terminals import LARGE, Terminal
    opened = Terminal(tmp_path, LARGE)
    yield opened
    opened.close()


def start(terminal, hub, *options, address=None):
    terminal.run(address or f"wss://localhost:{hub.port}", *options, label=hub.token_file("moderator"),
                 then='; echo "left with $?"')


def test_the_terminal_believes_a_fingerprint_or_a_file(secure_hub, terminal):
    for options in (["--fingerprint", secure_hub.fingerprint], ["--ca", str(secure_hub.tls / "cert.pem")]):
        start(terminal, secure_hub, *options)
        terminal.until("● en ligne")
        terminal.press("q")
        terminal.until("left with 0")
        terminal.tmux("send-keys", "C-l")
        terminal.until("prompt>", without=["left with 0"])


def test_the_terminal_says_why_it_does_not_believe_and_stops(secure_hub, terminal):
    other = tls_new(terminal.folder / "other")
    for options, words in [([], "Aucune autorité connue ici"), (["--fingerprint", other], "a une autre empreinte"),
                           (["--ca", str(terminal.folder / "other" / "cert.pem")], "Aucune autorité connue ici"),
                           (["--ca", "/nowhere.pem"], "ne peut pas être lu"), (["--fingerprint", "abc"], "n’est pas une empreinte")]:
        start(terminal, secure_hub, *options)
        terminal.until(words, "left with 2")
        terminal.tmux("send-keys", "C-l")
        terminal.until("prompt>", without=["left with 2"])
