"""Venue relays for the end-to-end tests: the real program, and the line between it and the hub, which can be cut."""

import selectors
import signal
import socket
import subprocess
import threading

from conftest import BIN, Hub, free_port, wait_until


class Line:
    """A TCP line from a port of this machine to the hub that can go silent, be cut, and be healed."""

    def __init__(self, hub):
        self.hub = hub
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.pairs = {}
        self.up = True
        self.silent = False
        self.carried = 0
        self.lock = threading.Lock()
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.running = True
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while self.running:
            for key, _ in self.selector.select(0.05):
                with self.lock:
                    if key.fileobj is self.listener:
                        self.accept()
                    elif key.fileobj in self.pairs and not self.silent:
                        self.carry(key.fileobj)

    def accept(self):
        near, _ = self.listener.accept()
        if not self.up:
            near.close()
            return
        try:
            far = socket.create_connection((self.hub.host, self.hub.port), timeout=2)
        except OSError:
            near.close()
            return
        for one, other in ((near, far), (far, near)):
            self.pairs[one] = other
            self.selector.register(one, selectors.EVENT_READ)

    def carry(self, source):
        try:
            data = source.recv(65536)
            if data:
                self.carried += len(data)
                self.pairs[source].sendall(data)
                return
        except OSError:
            pass
        self.drop(source)

    def drop(self, source):
        if source not in self.pairs:
            return
        for end in (source, self.pairs[source]):
            del self.pairs[end]
            self.selector.unregister(end)
            end.close()

    def cut(self):
        """Closes what is open and lets nothing new through."""
        with self.lock:
            self.up = False
            for end in list(self.pairs):
                self.drop(end)

    def black_hole(self):
        """Bytes are taken and never arrive; nobody is told."""
        with self.lock:
            self.silent = True

    def heal(self):
        with self.lock:
            if self.silent:
                for end in list(self.pairs):
                    self.drop(end)
            self.silent = False
            self.up = True

    def close(self):
        self.running = False
        self.cut()
        self.listener.close()


class Relay(Hub):
    """The relay of one venue on a folder of its own, with a line to the hub that can be cut."""

    def __init__(self, folder, hub, venue="cherbourg", code=None, extra=(), scheme="http"):
        super().__init__(folder, extra=["--no-rate-limits", *extra])
        self.folder.mkdir(parents=True, exist_ok=True)
        self.main = hub
        self.venue = venue
        self.scheme = scheme
        self.line = Line(hub)
        self.code = code or pair(hub, venue)
        self.code_file = self.folder.parent / (self.folder.name + ".code")
        self.code_file.write_text(self.code + "\n")

    def command(self):
        return [str(BIN / "qarelay"), "venue", "--hub", f"{self.scheme}://127.0.0.1:{self.line.port}", "--venue", self.venue,
                "--data", str(self.folder), "--port", str(self.port), "--code-file", str(self.code_file), *self.extra]

    def is_up(self):
        if self.process.poll() is not None:
            raise AssertionError("the relay stopped: " + self.log.read_text()[-2000:])
        try:
            return self.health()["status"] == "ok" and self.has_event()
        except OSError:
            return False

    def has_event(self):
        import urllib.error
        import urllib.request
        try:
            urllib.request.urlopen(self.url + "/event.json", timeout=2).close()
            return True
        except urllib.error.HTTPError:
            return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def finish(self):
        self.stop()
        self.line.close()


def pair(hub, venue):
    """A pairing code for a venue's relay, from the command line of the hub."""
    done = hub.run("token", "new", "--role", "relay", "--venue", venue, "--label", f"relay-{venue}")
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[0]
