"""A line between a relay and its hub that can go silent, be cut, and be healed."""

import selectors
import socket
import threading


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
        # How often somebody called.
        self.calls = 0
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
        self.calls += 1
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
