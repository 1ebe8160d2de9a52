"""WebSocket frames made by hand, and a peer that sends exactly what it is given; plain or by TLS, as the hub is."""

import json
import socket
import struct

from conftest import handshake_request

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
HELLO = b'{"type":"hello","version":1,"role":"audience","venue":"granville"}'
BEAT = b'{"type":"beat"}'


def frame(opcode, payload=b"", fin=True, masked=True, length=None, reserved=0):
    """One frame; `length` is what its header says of its length, whatever is true."""
    size = len(payload) if length is None else length
    first = (0x80 if fin else 0) | reserved << 4 | opcode
    mask = 0x80 if masked else 0
    head = bytes([first, mask | size]) if size < 126 and length is None else \
        bytes([first, mask | 126]) + struct.pack(">H", size) if size < 65_536 and length is None else \
        bytes([first, mask | 127]) + struct.pack(">Q", size)
    if not masked:
        return head + payload
    key = b"\x11\x22\x33\x44"
    return head + key + bytes(byte ^ key[index % 4] for index, byte in enumerate(payload))


class Peer:
    """A WebSocket that says exactly what it is given."""

    def __init__(self, hub, seconds=10, **changes):
        self.line = socket.create_connection((hub.host, hub.port), timeout=seconds)
        if trust := getattr(hub, "trust", None):
            self.line = trust.wrap_socket(self.line, server_hostname="localhost")
        self.line.sendall(handshake_request(hub, **changes))
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.more()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.line.close()

    def more(self):
        chunk = self.line.recv(65_536)
        if not chunk:
            raise EOFError
        return chunk

    def send(self, *frames):
        self.line.sendall(b"".join(frames))

    def take(self, count):
        while len(self.buffer) < count:
            self.buffer += self.more()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def receive(self):
        """The next frame as opcode and payload; the hub masks nothing and sends whole frames."""
        first, size = self.take(2)
        assert first & 0x70 == 0 and size < 128
        size = struct.unpack(">H", self.take(2))[0] if size == 126 else struct.unpack(">Q", self.take(8))[0] if size == 127 else size
        return first & 15, self.take(size)

    def until(self, wanted):
        while True:
            if (opcode_and_payload := self.receive())[0] == wanted:
                return opcode_and_payload[1]

    def close_code(self):
        """The code of the hub's close frame; None when it just hung up."""
        try:
            payload = self.until(CLOSE)
        except (EOFError, ConnectionResetError):
            return None
        return struct.unpack(">H", payload[:2])[0] if len(payload) > 1 else 1005

    def greet(self):
        self.send(frame(TEXT, HELLO))
        while b'"welcome"' not in (answer := self.until(TEXT)):
            pass
        self.welcome = json.loads(answer)
        return self

    def beats(self):
        """A whole round: the hub read all before it, and goes on."""
        self.send(frame(TEXT, BEAT))
        while self.until(TEXT) != BEAT:
            pass
        return True


def goes_on(hub):
    with Peer(hub) as peer:
        return peer.greet().beats()
