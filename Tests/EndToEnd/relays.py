"""Venue relays for the end-to-end tests: the real program, and the line between it and the hub, which can be cut."""

import signal
import subprocess

from conftest import BIN, Hub
from lines import Line


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
