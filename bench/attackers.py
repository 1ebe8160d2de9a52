"""One attack on a hub, from a process of its own, until it is ended: attackers.py KIND PORT. Standard library only.

The kinds are named after the rows of the table of faults and attacks that they belong to. Row 25 is not among them: a
certificate that is not believed ends in the handshake by TLS, and neither these attackers nor the honest phones speak TLS.
"""

import base64
import http.client
import json
import os
import re
import socket
import struct
import sys
import threading
import time

PEERS = 20


def frame(opcode, payload=b"", fin=True, length=None, reserved=0):
    size = len(payload) if length is None else length
    head = bytes([(0x80 if fin else 0) | reserved << 4 | opcode])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65_536:
        head += bytes([0x80 | 126]) + struct.pack(">H", size)
    else:
        head += bytes([0x80 | 127]) + struct.pack(">Q", size)
    # A mask of zeros is one, and leaves the payload as it is.
    return head + b"\0\0\0\0" + payload


HELLO = frame(1, b'{"type":"hello","version":1,"role":"audience","venue":"granville"}')


def call(port, buffer=None):
    line = socket.socket()
    if buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    line.settimeout(10)
    line.connect(("127.0.0.1", port))
    return line


def handshake(port, origin=None, more=""):
    return (f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin or f'http://127.0.0.1:{port}'}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: qarelay.v1\r\n{more}\r\n").encode()


def phone(port, buffer=None, hello=None, more=""):
    """A WebSocket that has said hello."""
    line = call(port, buffer)
    line.sendall(handshake(port, more=more))
    head = b""
    while b"\r\n\r\n" not in head:
        if not (piece := line.recv(1)):
            raise ConnectionError
        head += piece
    if b" 101 " not in head.split(b"\r\n")[0]:
        raise ConnectionError
    line.sendall(hello or HELLO)
    return line


def new_id():
    return base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")


def swallow(line):
    """Reads what comes, so that the hub has no reason to close."""
    line.setblocking(False)
    try:
        while line.recv(65_536):
            pass
    except BlockingIOError:
        pass
    line.setblocking(True)


def says(*frames):
    """Phones that say something wrong, are hung up on, and come again."""
    def attack(port):
        line = phone(port)
        line.sendall(b"".join(frames))
        while line.recv(65_536):
            pass
    return attack


def deaf(port):
    lines = [phone(port, buffer=4096) for _ in range(100 // PEERS)]
    time.sleep(5)
    for line in lines:
        line.close()


def pings(port):
    line = phone(port)
    flood = frame(9, b"x" * 100) * 200
    while True:
        line.sendall(flood)
        swallow(line)


def drips(beginning):
    def attack(port):
        lines = [call(port) for _ in range(10)]
        for line in lines:
            line.sendall(beginning)
        for _ in range(20):
            time.sleep(0.5)
            for line in lines:
                line.send(b"a")
    return attack


def ambiguous(port):
    line = call(port)
    line.sendall(f"POST /plain/ask HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n".encode())
    while line.recv(65_536):
        pass


def comes_and_goes(port):
    phone(port).close()


def pages(port):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for _ in range(100):
        line.request("GET", "/ask?venue=granville")
        line.getresponse().read()


def asks(port):
    line = phone(port)
    while True:
        command = {"type": "command", "id": new_id(), "do": "ask", "text": f"Combien coûte le certificat numéro {new_id()} ?"}
        line.sendall(frame(1, json.dumps(command).encode()) * 20)
        swallow(line)
        time.sleep(0.01)


def rubbish(port):
    line = phone(port)
    for _ in range(1_000):
        line.sendall(frame(1, os.urandom(200).hex().encode()))
        swallow(line)


def requests(make):
    """A request that is refused, over and over, each on a connection of its own."""
    def attack(port):
        line = call(port)
        line.sendall(make(port))
        while line.recv(65_536):
            pass
    return attack


def compressed(port):
    line = phone(port, more="Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n")
    # A megabyte of zeros, were it to be inflated.
    line.sendall(frame(1, bytes.fromhex("ecc101010000008090feafee0800") + bytes(1_000), reserved=4))
    while line.recv(65_536):
        pass


def presumes(port):
    """A phone that gives a moderator's commands."""
    line = phone(port)
    while True:
        orders = [{"type": "command", "id": new_id(), "do": "approve", "question": new_id()} for _ in range(20)]
        line.sendall(b"".join(frame(1, json.dumps(order).encode()) for order in orders))
        swallow(line)
        time.sleep(0.01)


def guesses(port):
    token = base64.urlsafe_b64encode(os.urandom(24)).decode()
    line = phone(port, hello=frame(1, json.dumps({"type": "hello", "version": 1, "role": "moderator", "token": token}).encode()))
    while line.recv(65_536):
        pass


def room(port):
    """Phones of one address that come and stay: with the honest ones they are a venue behind one address."""
    lines = [phone(port) for _ in range(50)]
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for line in lines:
            swallow(line)
        time.sleep(0.5)


def stuffs(port):
    """One new identity after the other, each with a vote for what it is shown first."""
    line = phone(port)
    line.settimeout(1)
    seen = b""
    while not (found := re.search(rb'"id":"([\w-]{22})"', seen)):
        seen += line.recv(65_536)
    vote = {"type": "vote", "question": found[1].decode(), "on": True, "counter": 1}
    line.sendall(frame(1, json.dumps(vote).encode()))
    line.recv(65_536)
    line.close()


def text(words):
    return lambda port: words.replace("PORT", str(port)).encode()


ATTACKS = {
    "13 readers that do not read": deaf,
    "14 reserved bits": says(frame(1, b"x", reserved=4)),
    "15 no UTF-8": says(frame(1, b"\xc0\xaf")),
    "16 compression offered": compressed,
    "17 lengths that lie": says(frame(1, b"{" * 16, length=2**62)),
    "18 pieces without end": says(*([frame(1, b"{", fin=False)] + [frame(0, b"", fin=False)] * 2_000)),
    "19 pings": pings,
    "20 slow headers": drips(b"GET / HTTP/1.1\r\nX-"),
    "21 slow bodies": drips(b"POST /plain/ask HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000\r\n\r\n"),
    "22 two lengths": ambiguous,
    "23 HTTP/2 without TLS": requests(text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
    "23 an upgrade to h2c": requests(text("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                          "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")),
    "24 a foreign Origin": requests(lambda port: handshake(port, origin="https://elsewhere.example")),
    "26 commands above one's role": presumes,
    "27 guesses at tokens": guesses,
    "28 a thousand more behind one address": room,
    "29 newcomers without end": comes_and_goes,
    "29 pages without end": pages,
    "30 questions without end": asks,
    "31 votes of new identities": stuffs,
    "45 rubbish": rubbish,
}


def main():
    kind, port = sys.argv[1], int(sys.argv[2])

    def again():
        while True:
            try:
                ATTACKS[kind](port)
            except OSError:
                # Turned away or hung up on: an attacker comes back, as fast as one can.
                time.sleep(0.005)
    for _ in range(PEERS):
        threading.Thread(target=again, daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
