"""Behind nginx and haproxy as the samples in packaging/ set them up: the real programs, with a WebSocket through them."""

import re
import shutil
import socket
import ssl
import subprocess

import pytest
from conftest import ROOT, Hub, free_port, wait_until
from websockets.sync.client import connect

SAMPLES = ROOT / "packaging"


class FrontEnd:
    """One of the two, with ports and files of its own, in front of a hub."""

    def __init__(self, name, hub, folder):
        self.name, self.hub = name, hub
        self.port = free_port()
        self.folder = folder
        made = Hub.run_alone("tls", "new", "--name", "questions.example.org,localhost", "--out", str(folder / "tls"))
        assert made.returncode == 0, made.stderr
        (folder / "tls" / "both.pem").write_text((folder / "tls" / "cert.pem").read_text() + (folder / "tls" / "key.pem").read_text())
        sample = (SAMPLES / {"nginx": "nginx.conf", "haproxy": "haproxy.cfg"}[name]).read_text()
        sample = sample.replace("/etc/ssl/questions", str(folder / "tls")).replace("127.0.0.1:8080", f"127.0.0.1:{hub.port}")
        if name == "nginx":
            sample = sample.replace("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl").replace("    listen [::]:443 ssl;\n", "")
            sample = (f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\nhttp {{\n"
                      + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
                      + sample + "}\n")
        else:
            sample = sample.replace("bind :443", f"bind 127.0.0.1:{self.port}").replace("maxconn 40000", "maxconn 1000")
        (folder / "conf").write_text(sample)
        program = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin")
        command = [program, "-p", str(folder), "-c", str(folder / "conf")] if name == "nginx" else [program, "-db", "-f", str(folder / "conf")]
        self.process = subprocess.Popen(command, stdout=open(folder / "said", "wb"), stderr=subprocess.STDOUT)
        wait_until(self.is_up, 10, f"{name}: {(folder / 'said').read_text()}")

    def is_up(self):
        assert self.process.poll() is None, (self.folder / "said").read_text()
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    @property
    def trust(self):
        return ssl.create_default_context(cafile=self.folder / "tls" / "cert.pem")

    def line(self):
        return self.trust.wrap_socket(socket.create_connection(("127.0.0.1", self.port)), server_hostname="questions.example.org")

    def get(self, path, *headers):
        with self.line() as line:
            line.sendall("\r\n".join([f"GET {path} HTTP/1.1", "Host: questions.example.org", "Connection: close", *headers, "", ""]).encode())
            received = b""
            while chunk := line.recv(65_536):
                received += chunk
        return received

    def phone(self):
        """An open WebSocket through the front end."""
        return connect("wss://questions.example.org/ws", sock=socket.create_connection(("127.0.0.1", self.port)),
                       ssl=self.trust, server_hostname="questions.example.org",
                       subprotocols=["qarelay.v1"], origin="https://questions.example.org", compression=None)

    def handshake(self, forwarded):
        """What a phone that says so of its address is answered. By hand: the library reads in one thread while it
        writes in another, and one handshake by TLS in a thousand waits for ever on a busy machine."""
        with self.line() as line:
            line.settimeout(10)
            line.sendall((
                "GET /ws HTTP/1.1\r\nHost: questions.example.org\r\nOrigin: https://questions.example.org\r\n"
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: qarelay.v1\r\n"
                f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Forwarded-For: {forwarded}\r\n\r\n").encode())
            return line.recv(65_536).split(b" ")[1]

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture(params=["nginx", "haproxy"])
def front(request, tmp_path):
    if not shutil.which(request.param, path="/usr/sbin:/usr/bin:/sbin"):
        pytest.skip(f"there is no {request.param} here")
    hub = Hub(tmp_path / "data", extra=["--trusted-proxy", "127.0.0.1", "--joins-per-second", "20"])
    hub.extra += ["--public-url", "https://questions.example.org"]
    hub.start()
    (tmp_path / "front").mkdir()
    made = FrontEnd(request.param, hub, tmp_path / "front")
    yield made
    made.stop()
    hub.stop()


def test_pages_and_questions_go_through_the_front_end(front):
    import json
    page = front.get("/ask")
    assert page.startswith(b"HTTP/1.1 200") and b"trict-" in page and b"Questions" in page
    assert page.lower().count(b"strict-transport-security") == 1, "one answer, one policy"
    with front.phone() as line:
        line.send(json.dumps({"type": "hello", "version": 1, "role": "audience", "venue": "granville"}))
        assert json.loads(line.recv(5))["type"] == "welcome"
        line.send(json.dumps({"type": "command", "id": "AAAAAAAAAAAAAAAAAAAAAQ", "do": "ask", "text": "Qui délivre les certificats ?"}))
        kinds = [json.loads(line.recv(5))["type"] for _ in range(4)]
        assert "ack" in kinds


def test_row_48_what_a_phone_says_of_its_own_address_ends_at_the_front_end(front):
    answers = [front.handshake(f"198.51.100.{number}") for number in range(150)]
    assert set(answers) == {b"101", b"503"}
    # All of them are one caller: half the burst of 200, and what comes back a second.
    assert 100 <= answers.count(b"101") < 150


def test_row_22_a_request_of_two_lengths_does_not_reach_the_hub(front):
    with front.line() as line:
        line.sendall(b"POST /plain/ask HTTP/1.1\r\nHost: questions.example.org\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: questions.example.org\r\n\r\n")
        line.settimeout(5)
        received = b""
        try:
            while chunk := line.recv(65_536):
                received += chunk
        except TimeoutError:
            pass
    assert len(re.findall(rb"HTTP/1\.1 200", received)) == 0
