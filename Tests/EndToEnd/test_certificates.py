"""Moderators by electronic certificates: a small authority made with openssl, another one with the same names, and a list of
what was taken back. The hub, the terminal and bare TLS clients are real."""

import contextlib
import json
import shutil
import signal
import socket
import ssl
import subprocess
import urllib.request

import pytest
from conftest import EVENT, Hub, free_port, wait_until
from playwright.sync_api import expect
from terminals import LARGE, Terminal
from websockets.exceptions import ConnectionClosed, InvalidMessage, InvalidStatus
from websockets.sync.client import connect

SUBJECT = "/C=FR/O=Département de la Manche/CN=Anne Hamel"
NAMED = "CN=Anne Hamel,O=Département de la Manche,C=FR"


def openssl(*words, folder):
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Authority:
    """A certification authority of one folder; of itself, or issued by another."""

    def __init__(self, folder, name="/C=FR/O=IGC de test/CN=Autorité des agents", parent=None):
        self.folder = folder
        folder.mkdir()
        (folder / "index.txt").write_text("")
        (folder / "serial").write_text("1000\n")
        (folder / "crlnumber").write_text("01\n")
        (folder / "conf").write_text("""[ca]
default_ca = own
[own]
dir = .
database = index.txt
serial = serial
crlnumber = crlnumber
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
default_days = 10
default_crl_days = 10
policy = any
unique_subject = no
string_mask = utf8only
[any]
countryName = optional
organizationName = optional
commonName = supplied
[client]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
[server]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
[authority]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
""")
        if parent:
            for made, kept in zip(parent.issue(folder.name, name, "authority"), ("ca.pem", "ca.key")):
                shutil.copy(made, folder / kept)
        else:
            openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
                    "-days", "20", "-utf8", "-subj", name, "-addext", "keyUsage=critical,keyCertSign,cRLSign", folder=folder)
        self.list_revoked()

    def issue(self, name, subject=SUBJECT, purpose="client", dates=()):
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key", "-out",
                f"{name}.csr", "-utf8", "-subj", subject, folder=self.folder)
        openssl("ca", "-batch", "-config", "conf", "-extensions", purpose, "-in", f"{name}.csr", "-out", f"{name}.pem", "-notext", "-utf8",
                *dates, folder=self.folder)
        return str(self.folder / f"{name}.pem"), str(self.folder / f"{name}.key")

    def revoke(self, pair):
        openssl("ca", "-config", "conf", "-revoke", pair[0], folder=self.folder)
        self.list_revoked()

    def list_revoked(self, *dates):
        openssl("ca", "-config", "conf", "-gencrl", "-out", "crl.pem", *dates, folder=self.folder)

    @property
    def issuer(self):
        return openssl("x509", "-noout", "-subject", "-nameopt", "RFC2253,-esc_msb", "-in", "ca.pem", folder=self.folder).strip().removeprefix("subject=")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca") / "own")


class Certified(Hub):
    """A hub with a port for certificates."""

    def __init__(self, folder, authority, holders):
        event = folder.parent / "event.yaml"
        event.write_text(EVENT.read_text() + "\ncertificates:\n" + "".join(
            "  - " + "\n    ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in holder.items()) + "\n" for holder in holders))
        super().__init__(folder, event=event)
        made = Hub.run_alone("tls", "new", "--name", "127.0.0.1,localhost", "--out", str(folder.parent / "tls"))
        assert made.returncode == 0, made.stderr
        self.tls = folder.parent / "tls"
        self.door = free_port()
        self.extra = ["--tls-certificate", str(self.tls / "cert.pem"), "--tls-key", str(self.tls / "key.pem"), "--certificate-port", str(self.door),
                      "--client-authorities", str(authority.folder / "ca.pem"), "--client-revocations", str(authority.folder / "crl.pem")]

    def is_up(self):
        assert self.process.poll() is None, self.log.read_text()[-2000:]
        return (self.folder / "links.txt").exists() and "Certificates: port" in self.log.read_text()

    def come(self, pair=None, role="moderator"):
        """Says hello on the certificate port; the first frame, or the close code."""
        trust = ssl.create_default_context(cafile=self.tls / "cert.pem")
        if pair:
            trust.load_cert_chain(*pair)
        line = connect(f"wss://127.0.0.1:{self.door}/ws", ssl=trust, subprotocols=["qarelay.v1"], compression=None, open_timeout=5).__enter__()
        line.send(json.dumps({"type": "hello", "version": 1, "role": role}))
        return line

    def first(self, pair, role="moderator"):
        with contextlib.closing(self.come(pair, role)) as line:
            frame = json.loads(line.recv(5))
            if frame["type"] == "rejection":
                with pytest.raises(ConnectionClosed) as end:
                    line.recv(5)
                return frame["code"], end.value.rcvd.code
            return frame["type"], frame.get("venue")

    def is_refused_at_tls(self, pair):
        try:
            self.come(pair).recv(5)
        except (ssl.SSLError, ConnectionError, EOFError, InvalidMessage, ConnectionClosed):
            return True
        return False


@pytest.fixture
def certified(tmp_path, authority):
    hub = Certified(tmp_path / "data", authority, [
        {"subject": NAMED, "issuer": authority.issuer, "role": "moderator", "venue": "cherbourg", "name": "Anne"},
        {"subject": "CN=Paul Renet,C=FR", "issuer": authority.issuer, "role": "speaker", "name": "Paul"},
        {"subject": "CN=Mur de la salle,C=FR", "issuer": authority.issuer, "role": "display", "name": "mur"},
        {"subject": "CN=Rose Lô,C=FR", "issuer": authority.issuer, "role": "organiser", "name": "Rose"}]).start()
    yield hub
    hub.stop()


def test_row_25_a_certificate_of_the_list_is_a_role_and_a_venue(certified, authority):
    pair = authority.issue("anne")
    assert certified.first(pair) == ("welcome", "cherbourg")
    assert certified.first(authority.issue("paul", "/C=FR/CN=Paul Renet"), "speaker")[0] == "welcome"
    # The role is the list's, not one's own word.
    assert certified.first(pair, "organiser") == ("role_refused", 4503)
    assert certified.first(pair, "speaker") == ("role_refused", 4503)


def test_row_25_a_good_certificate_of_nobody_is_nobody(certified, authority):
    assert certified.first(authority.issue("zoe", "/C=FR/CN=Zoé Inconnue")) == ("certificate_unknown", 4508)


def test_row_25_what_another_authority_issued_or_nobody_did_is_refused_at_tls(certified, authority, tmp_path):
    # The same names from top to bottom.
    other = Authority(tmp_path / "other")
    assert certified.is_refused_at_tls(other.issue("anne"))
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "self.key", "-out", "self.pem", "-utf8",
            "-subj", SUBJECT, folder=tmp_path)
    assert certified.is_refused_at_tls((str(tmp_path / "self.pem"), str(tmp_path / "self.key")))
    assert certified.is_refused_at_tls(None), "without any"
    assert certified.is_refused_at_tls(authority.issue("page", purpose="server")), "a server's"


def test_row_25_expired_not_yet_valid_and_revoked_are_refused_at_tls(certified, authority):
    assert certified.is_refused_at_tls(authority.issue("old", dates=["-startdate", "20200101000000Z", "-enddate", "20210101000000Z"]))
    assert certified.is_refused_at_tls(authority.issue("early", dates=["-startdate", "20400101000000Z", "-enddate", "20410101000000Z"]))
    pair = authority.issue("gone")
    assert certified.first(pair)[0] == "welcome"
    with contextlib.closing(certified.come(pair)) as line:
        assert json.loads(line.recv(5))["type"] == "welcome"
        authority.revoke(pair)
        certified.process.send_signal(1)
        wait_until(lambda: "tls_reloaded" in certified.log.read_text(), 5, "the list to be read again")
        with pytest.raises(ConnectionClosed) as end:
            while True:
                line.recv(2)
        assert end.value.rcvd.code == 4508
    assert certified.is_refused_at_tls(pair)
    assert certified.first(authority.issue("fresh"))[0] == "welcome", "the others stay"


def test_row_25_a_list_that_is_out_of_date_lets_nobody_in_and_is_said(tmp_path):
    authority = Authority(tmp_path / "late")
    authority.list_revoked("-crl_lastupdate", "20200101000000Z", "-crl_nextupdate", "20200201000000Z")
    hub = Certified(tmp_path / "data", authority, [{"subject": NAMED, "issuer": authority.issuer, "role": "moderator", "name": "Anne"}]).start()
    try:
        assert "revocations_expired" in hub.log.read_text()
        assert hub.is_refused_at_tls(authority.issue("anne"))
    finally:
        hub.stop()


@pytest.fixture
def alone(tmp_path):
    """A hub and an authority that no other test uses."""
    authority = Authority(tmp_path / "own")
    hub = Certified(tmp_path / "data", authority, [{"subject": NAMED, "issuer": authority.issuer, "role": "moderator", "name": "Anne"}]).start()
    yield hub, authority
    hub.stop()


@pytest.mark.parametrize("is_sent", [False, True], ids=["by the hub's file", "sent with the certificate"])
def test_row_25_a_chain_of_two_authorities_is_believed_until_either_takes_back(tmp_path, is_sent):
    root = Authority(tmp_path / "root", "/C=FR/O=IGC de test/CN=Racine")
    middle = Authority(tmp_path / "middle", parent=root)

    def tell(*parts):
        (tmp_path / "lists.pem").write_text("".join((part.folder / "crl.pem").read_text() for part in parts))

    known = [root] if is_sent else [root, middle]
    (tmp_path / "authorities.pem").write_text("".join((part.folder / "ca.pem").read_text() for part in known))
    tell(root, middle)
    pair = middle.issue("anne")
    if is_sent:
        with open(pair[0], "a") as file:
            file.write((middle.folder / "ca.pem").read_text())
    hub = Certified(tmp_path / "data", root, [{"subject": NAMED, "issuer": middle.issuer, "role": "moderator", "name": "Anne"}])
    hub.extra[-4:] = ["--client-authorities", str(tmp_path / "authorities.pem"), "--client-revocations", str(tmp_path / "lists.pem")]
    hub.start()

    def reread(times):
        hub.process.send_signal(signal.SIGHUP)
        wait_until(lambda: hub.log.read_text().count("code=tls_reloaded") == times, what="the lists to be read again")

    try:
        assert hub.first(pair)[0] == "welcome"
        # The list of the middle one is missing: nobody can say that the certificate still holds.
        tell(root)
        reread(1)
        assert hub.is_refused_at_tls(pair)
        tell(root, middle)
        reread(2)
        assert hub.first(pair)[0] == "welcome"
        root.revoke([str(middle.folder / "ca.pem")])
        tell(root, middle)
        reread(3)
        assert hub.is_refused_at_tls(pair)
    finally:
        hub.stop()


def test_phones_get_the_renewed_pair_although_the_list_is_no_good(alone):
    hub, authority = alone
    shown = ssl.get_server_certificate(("127.0.0.1", hub.port))
    made = Hub.run_alone("tls", "new", "--name", "127.0.0.1,localhost", "--out", str(hub.tls / "next"))
    assert made.returncode == 0, made.stderr
    for name in ("cert.pem", "key.pem"):
        (hub.tls / "next" / name).replace(hub.tls / name)
    (authority.folder / "crl.pem").write_text("nothing\n")
    hub.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "code=tls_reload_failed" in hub.log.read_text(), what="the list's fault is told")
    assert "port=certificates" in hub.log.read_text() and "code=tls_reloaded" in hub.log.read_text()
    assert ssl.get_server_certificate(("127.0.0.1", hub.port)) != shown


def test_a_list_that_has_run_out_when_it_is_read_again_is_told(alone):
    hub, authority = alone
    authority.list_revoked("-crl_lastupdate", "20200101000000Z", "-crl_nextupdate", "20200201000000Z")
    assert "revocations_expired" not in hub.log.read_text()
    hub.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "code=revocations_expired" in hub.log.read_text(), what="revocations_expired")


def test_row_24_with_a_certificate_only_pages_of_its_own_port_may_speak(certified, authority):
    trust = ssl.create_default_context(cafile=certified.tls / "cert.pem")
    trust.load_cert_chain(*authority.issue("anne"))

    def come(origin):
        with connect(f"wss://127.0.0.1:{certified.door}/ws", ssl=trust, subprotocols=["qarelay.v1"], compression=None, origin=origin, open_timeout=5):
            return 101
    assert come(f"https://127.0.0.1:{certified.door}") == 101
    # The phones' pages, those of another scheme, and a relay's are none of this port.
    for origin in (f"https://127.0.0.1:{certified.port}", f"http://127.0.0.1:{certified.door}", "https://evil.example", "null"):
        with pytest.raises(InvalidStatus) as refusal:
            come(origin)
        assert refusal.value.response.status_code == 403, origin


def test_row_29_lines_of_the_port_for_certificates_keep_no_phone_out(tmp_path, authority):
    hub = Certified(tmp_path / "data", authority, [{"subject": NAMED, "issuer": authority.issuer, "role": "moderator", "name": "Anne"}])
    hub.start(wrapper=["prlimit", "--nofile=700"])
    try:
        with contextlib.ExitStack() as lines:
            for _ in range(600):
                with contextlib.suppress(OSError):
                    lines.enter_context(socket.create_connection(("127.0.0.1", hub.door), timeout=5))
            context = ssl.create_default_context(cafile=hub.tls / "cert.pem")
            with urllib.request.urlopen(f"https://127.0.0.1:{hub.port}/health", timeout=5, context=context) as answer:
                assert answer.status == 200
            phone = connect(f"wss://127.0.0.1:{hub.port}/ws", ssl=context, subprotocols=["qarelay.v1"], compression=None,
                            origin=f"https://127.0.0.1:{hub.port}", open_timeout=5)
            with phone as line:
                line.send(json.dumps({"type": "hello", "version": 1, "role": "audience", "venue": "granville"}))
                assert json.loads(line.recv(5))["type"] == "welcome"
    finally:
        hub.stop()


def test_row_25_the_same_subject_of_another_believed_authority_is_not_the_same_person(tmp_path):
    first = Authority(tmp_path / "first")
    second = Authority(tmp_path / "second", "/C=FR/O=Autre/CN=Autre autorité")
    both = tmp_path / "both"
    both.mkdir()
    for name in ("ca.pem", "crl.pem"):
        (both / name).write_text((first.folder / name).read_text() + (second.folder / name).read_text())

    class Both:
        folder = both
    hub = Certified(tmp_path / "data", Both, [{"subject": NAMED, "issuer": first.issuer, "role": "moderator", "name": "Anne"}]).start()
    try:
        assert hub.first(first.issue("anne"))[0] == "welcome"
        assert hub.first(second.issue("anne")) == ("certificate_unknown", 4508)
    finally:
        hub.stop()


@pytest.mark.parametrize("path, name, proof", [("speaker", "Paul Renet", "#turns:has-text('Granville')"), ("wall", "Mur de la salle", "#counts:not(:empty)"),
                                               ("day", "Rose Lô", "#rooms .sum")])
def test_the_pages_open_with_a_certificate_and_without_a_token(certified, authority, browser, path, name, proof):
    pair = authority.issue(path, f"/C=FR/CN={name}")
    origin = f"https://127.0.0.1:{certified.door}"
    own = {"origin": origin, "certPath": pair[0], "keyPath": pair[1]}
    context = browser.new_context(ignore_https_errors=True, client_certificates=[own], locale="fr-FR")
    try:
        page = context.new_page()
        page.goto(f"{origin}/{path}")
        expect(page.locator(proof).first).to_be_visible()
        # Of another role one is told so, and that is the end of it.
        page.goto(f"{origin}/{'wall' if path == 'speaker' else 'speaker'}")
        expect(page.locator("main.notice")).to_contain_text("certificat")
    finally:
        context.close()


def test_only_the_port_for_certificates_tells_pages_to_do_without_a_token(certified, authority):
    def event(port, pair=None):
        trust = ssl.create_default_context(cafile=certified.tls / "cert.pem")
        if pair:
            trust.load_cert_chain(*pair)
        return json.loads(urllib.request.urlopen(f"https://127.0.0.1:{port}/event.json", context=trust, timeout=5).read())
    assert event(certified.door, authority.issue("page-of-anne")).get("certificate") is True
    assert "certificate" not in event(certified.port)


def test_phones_are_not_asked_for_a_certificate(certified):
    trust = ssl.create_default_context(cafile=certified.tls / "cert.pem")
    with trust.wrap_socket(socket.create_connection(("127.0.0.1", certified.port)), server_hostname="127.0.0.1") as line:
        line.sendall(f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{certified.port}\r\nConnection: close\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("form", ["pem", "p12"])
def test_a_moderator_s_terminal_shows_a_certificate(certified, authority, tmp_path, form):
    pair = authority.issue(f"terminal-{form}")
    options = ["--ca", str(certified.tls / "cert.pem")]
    environment = {}
    if form == "pem":
        options += ["--certificate", pair[0], "--key", pair[1]]
    else:
        (tmp_path / "password-made").write_text("sésame 3\n")
        openssl("pkcs12", "-export", "-in", pair[0], "-inkey", pair[1], "-out", "anne.p12", "-passout", "file:password-made", folder=tmp_path)
        (tmp_path / "password").write_text("sésame 3\n")
        (tmp_path / "password").chmod(0o600)
        options += ["--pkcs12", str(tmp_path / "anne.p12")]
        environment["QACLIENT_PKCS12_PASSWORD_FILE"] = str(tmp_path / "password")
    terminal = Terminal(tmp_path / "terminal", LARGE)
    try:
        terminal.open(f"wss://127.0.0.1:{certified.door}", *options, label=None, **environment)
        terminal.until("Cherbourg")
        terminal.press("q")
    finally:
        terminal.close()


def test_a_terminal_with_a_stranger_s_certificate_says_whose_it_is(certified, authority, tmp_path):
    pair = authority.issue("stranger", "/C=FR/CN=Zoé Inconnue")
    terminal = Terminal(tmp_path / "terminal", LARGE)
    try:
        terminal.run(f"wss://127.0.0.1:{certified.door}", "--ca", str(certified.tls / "cert.pem"), "--certificate", pair[0], "--key", pair[1], label=None)
        terminal.until("Zoé Inconnue", "n’est celui de personne")
    finally:
        terminal.close()
