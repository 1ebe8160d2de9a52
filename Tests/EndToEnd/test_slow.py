"""Peers that take their time on purpose: rows 20 and 21 of the table of faults and attacks."""

import socket
import ssl
import time

import pytest
from conftest import Hub, Reply
from frames import goes_on
from test_tls import SecureHub


def client_hello():
    """The first bytes of a handshake by TLS, as OpenSSL makes them."""
    sent = ssl.MemoryBIO()
    context = ssl._create_unverified_context()
    half = context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        half.do_handshake()
    return sent.read()


class Drip:
    """One peer that says a beginning, and then a byte now and then, until it is hung up on."""

    def __init__(self, hub, beginning, drops, secure=False):
        self.opened = time.monotonic()
        self.closed = None
        self.line = socket.create_connection((hub.host, hub.port), timeout=10)
        if secure:
            self.line = ssl._create_unverified_context().wrap_socket(self.line, server_hostname="localhost")
        self.line.sendall(beginning)
        self.line.setblocking(False)
        self.heard = b""
        self.drops = iter(drops)

    def drop(self):
        if self.closed:
            return
        try:
            try:
                chunk = self.line.recv(65_536)
                self.heard += chunk
                if not chunk:
                    return self.end()
            except (BlockingIOError, ssl.SSLWantReadError):
                pass
            for byte in self.drops:
                self.line.send(bytes([byte]))
                break
        except (BlockingIOError, ssl.SSLWantWriteError):
            pass
        except OSError:
            self.end()

    def end(self):
        self.closed = time.monotonic() - self.opened
        self.line.close()


ENDLESS = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " + b"a" * 1_000
HELLO = client_hello()
# What is said at first, what is dripped after it, and whether a whole handshake by TLS goes before.
WAYS = {
    "plain": [(b"", b"", False), (ENDLESS[:20], ENDLESS[20:], False), (b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n", b"", False)],
    "TLS": [(b"", b"", False), (HELLO[:5], HELLO[5:-1], False), (HELLO[:100], b"", False), (ENDLESS[:20], ENDLESS[20:], True)],
}


def besieged(hub, ways, count):
    """The longest life of a slow peer, and the longest that an honest one waited for its welcome meanwhile."""
    assert goes_on(hub)
    joined = []
    drips = [Drip(hub, *ways[number % len(ways)]) for number in range(count)]
    last = time.monotonic()
    while (left := [drip for drip in drips if not drip.closed]) and time.monotonic() - last < 20:
        for drip in left:
            drip.drop()
        started = time.monotonic()
        assert goes_on(hub)
        joined.append(time.monotonic() - started)
        time.sleep(0.2)
    lives = [drip.closed for drip in drips]
    assert None not in lives, f"{lives.count(None)} of {count} were never hung up on"
    assert b" 101 " not in b"".join(drip.heard for drip in drips)
    return max(lives), max(joined)


def slow_peers(tmp_path, speaks, count, record_property):
    hub = (SecureHub if speaks == "TLS" else Hub)(tmp_path / "data", extra=["--no-rate-limits"]).start()
    try:
        life, waited = besieged(hub, WAYS[speaks], count)
    finally:
        hub.stop()
    record_property("figure", f"{count} slow peers, {speaks}: closed after {life:.1f} s at most, honest joins {waited * 1000:.0f} ms at most")
    assert life <= 15 and waited < 1


@pytest.mark.parametrize("speaks", WAYS)
def test_row_20_a_hundred_slow_peers_are_closed_and_honest_ones_welcomed_within_a_second(tmp_path, speaks, record_property):
    slow_peers(tmp_path, speaks, 100, record_property)


@pytest.mark.long
@pytest.mark.parametrize("speaks", WAYS)
def test_row_20_a_thousand_slow_peers_too(tmp_path, speaks, record_property):
    slow_peers(tmp_path, speaks, 1_000, record_property)


def test_row_21_the_body_of_a_form_has_ten_seconds_however_it_is_dripped(shared_hub, record_property):
    head = f"POST /plain/ask HTTP/1.1\r\nHost: {shared_hub.host}:{shared_hub.port}\r\nOrigin: {shared_hub.url}\r\n" \
           "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n"
    drips = [Drip(shared_hub, head.encode() + b"text=", b"a" * 4_000) for _ in range(50)]
    last = time.monotonic()
    while (left := [drip for drip in drips if not drip.closed]) and time.monotonic() - last < 35:
        for drip in left:
            drip.drop()
        assert goes_on(shared_hub)
        time.sleep(0.2)
    lives = [drip.closed for drip in drips]
    assert None not in lives and max(lives) <= 30, lives
    record_property("figure", f"50 dripped bodies: hung up on after {max(lives):.1f} s at most")
    assert {Reply(drip.heard).status for drip in drips} == {408}
