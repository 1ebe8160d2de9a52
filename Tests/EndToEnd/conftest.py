"""What the end-to-end tests share: the real hub as a process, and a client that speaks the protocol."""

import base64
import contextlib
import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

import pytest
from websockets.sync.client import connect

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = (ROOT / os.environ.get("QARELAY_BIN", ".build/debug")).resolve()
EVENT = ROOT / "events" / "rencontres-numeriques-2009.yaml"


def new_id() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")


def some_ports():
    """Ports that the system gives to no call by itself, each once; every worker of a parallel run has some of its own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first, count = 10_000 + worker % 4 * 5_500, 5_500
    start = secrets.randbelow(count)
    while True:
        for step in range(count):
            yield first + (start + step) % count


PORTS = some_ports()


def free_port(count=1) -> int:
    """A port that nobody listens at, nor at the `count - 1` behind it."""
    while True:
        ports = [next(PORTS) for _ in range(count)]
        if ports != list(range(ports[0], ports[0] + count)):
            continue
        with contextlib.ExitStack() as stack:
            try:
                for port in ports:
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return ports[0]


def wait_until(condition, seconds=10, what="the condition", every=0.02):
    """Polls until the condition holds and returns its value; fails when it never does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(every)
    raise AssertionError(f"{what} did not come true within {seconds} s")


class Hub:
    """The real program on a folder of its own; can be killed and started again on the same port."""

    def __init__(self, folder, event=EVENT, extra=(), host="127.0.0.1", public_host=None):
        self.folder = pathlib.Path(folder)
        self.event = event
        self.extra = list(extra)
        self.host = host
        self.port = free_port()
        self.public_host = public_host
        self.process = None
        self.log = self.folder.parent / (self.folder.name + ".log")

    @property
    def url(self):
        return f"http://{self.public_host or self.host}:{self.port}"

    @property
    def ws(self):
        return f"ws://{self.public_host or self.host}:{self.port}/ws"

    def command(self):
        options = ["--event", str(self.event), "--data", str(self.folder), "--port", str(self.port),
                   "--listen", self.host]
        if self.public_host:
            options += ["--public-url", self.url]
        return [str(BIN / "qarelay"), "serve", *options, *self.extra]

    def start(self, wrapper=()):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([*wrapper, *self.command()], stdout=log, stderr=log)
        wait_until(self.is_up, 20, "the hub's /health")
        return self

    def is_up(self):
        if self.process.poll() is not None:
            raise AssertionError("the hub stopped: " + self.log.read_text()[-2000:])
        try:
            # The first run writes keys and links before it is ready to be used.
            return self.health()["status"] == "ok" and (self.folder / "links.txt").exists()
        except OSError:
            return False

    def health(self):
        request = urllib.request.Request(f"http://{self.host}:{self.port}/health")
        with urllib.request.urlopen(request, timeout=2) as answer:
            return json.load(answer)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)
        return self.process.returncode if self.process else None

    def token(self, label):
        return (self.folder / "tokens" / f"{label}.token").read_text().strip()

    def token_file(self, label):
        return self.folder / "tokens" / f"{label}.token"

    def run(self, *arguments, **options):
        """Runs another command of the program on this hub's folder."""
        return subprocess.run([str(BIN / "qarelay"), *arguments, "--data", str(self.folder)],
                              capture_output=True, text=True, timeout=60, **options)

    @staticmethod
    def run_alone(*arguments):
        """Runs a command of the program that needs no folder."""
        return subprocess.run([str(BIN / "qarelay"), *arguments], capture_output=True, text=True, timeout=60)

    def dialing(self):
        """What `connect` is told beside the address."""
        return {}

    def client(self, **hello):
        return Client(self, **hello)


class Client:
    """A protocol client that keeps its view by the rules of docs/PROTOCOL.md, written from that page alone."""

    def __init__(self, hub, role="audience", origin="own", position=None, greet=True, view=None, **hello):
        self.hub = hub
        # A view kept from an earlier connection goes with the position at which it stood.
        self.view = view or {"cards": {}}
        self.position = position["sequence"] if position else 0
        self.frames = []
        self.answers = {}
        self.closed = None
        headers = hub.url if origin == "own" else origin
        self.socket = connect(hub.ws, subprotocols=["qarelay.v1"], origin=headers, compression=None,
                              open_timeout=10, close_timeout=2, max_size=2**20, **hub.dialing()).__enter__()
        if greet:
            self.send({"type": "hello", "version": 1, "role": role, "client": "test/1",
                       **({"position": position} if position else {}), **hello})

    def send(self, frame):
        self.socket.send(frame if isinstance(frame, str) else json.dumps(frame))

    def receive(self, timeout=10):
        frame = json.loads(self.socket.recv(timeout))
        self.frames.append(frame)
        self.apply(frame)
        return frame

    def apply(self, frame):
        kind = frame["type"]
        if kind == "welcome":
            self.welcome = frame
        elif kind in ("ack", "rejection"):
            self.answers[frame.get("id") or (frame.get("question"), frame.get("counter"))] = frame
        elif kind == "delta":
            assert frame["from"] in (0, self.position), "a gap"
            if frame["from"] == 0 and frame.get("part", 0) == 0:
                self.view = {"cards": {}}
            for key in ("event", "counts", "turns", "live", "queue", "actions", "channel", "stage"):
                if key in frame:
                    self.view[key] = frame[key]
            for gone in frame.get("removes", []):
                self.view["cards"].pop(gone, None)
            for card in frame.get("upserts", []):
                self.view["cards"][card["id"]] = card
            for question, votes in frame.get("tallies", []):
                self.view["cards"][question]["votes"] = votes
            if not frame.get("more"):
                self.position = frame["to"]

    def until(self, condition, seconds=10, what="the view"):
        """Receives until the condition holds."""
        deadline = time.monotonic() + seconds
        while not condition():
            left = deadline - time.monotonic()
            assert left > 0, f"{what} did not come true within {seconds} s; last frames {self.frames[-3:]}"
            try:
                self.receive(left)
            except TimeoutError:
                pass
        return self

    def do(self, command, wait=True, **fields):
        """Sends a command and returns its answer."""
        identifier = fields.pop("id", None) or new_id()
        self.send({"type": "command", "id": identifier, "do": command, **fields})
        if not wait:
            return identifier
        self.until(lambda: identifier in self.answers, what=f"an answer to {command}")
        return {"id": identifier, **self.answers[identifier]}

    def ask(self, text, **fields):
        return self.do("ask", text=text, **fields)

    def cards(self, status=None):
        return [card for card in self.view["cards"].values() if status in (None, card["status"])]

    def close_code(self, seconds=10):
        """Reads on until the hub closes and returns the code."""
        from websockets.exceptions import ConnectionClosed
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                self.receive(max(0.1, deadline - time.monotonic()))
            except ConnectionClosed as end:
                return end.rcvd.code if end.rcvd else 1006
            except TimeoutError:
                pass
        raise AssertionError("the hub did not close the connection")

    def close(self):
        self.socket.close()


@pytest.fixture
def hub(tmp_path):
    running = Hub(tmp_path / "data").start()
    yield running
    running.stop()


# --- Beside the protocol: bare HTTP, hubs that are not to start, and the log file of a stopped hub.

@pytest.fixture
def free_hub(tmp_path):
    """A hub of its own for one test, without rate limits."""
    running = Hub(tmp_path / "data", extra=["--no-rate-limits"]).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def shared_hub(tmp_path_factory):
    """One hub for all tests of a file, without rate limits; for tests that leave nothing behind that others mind."""
    running = Hub(tmp_path_factory.mktemp("shared") / "data", extra=["--no-rate-limits"]).start()
    yield running
    running.stop()


class Reply:
    """One HTTP answer as it came over the wire."""

    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.raw = raw
        self.status = int(lines[0].split()[1]) if raw else None
        pairs = [line.split(": ", 1) for line in lines[1:]]
        self.headers = {name.lower(): value for name, value in pairs}
        self.names = [name.lower() for name, _ in pairs]


def raw_exchange(hub, data, seconds=10):
    """Sends bytes on a connection of their own and returns all that comes until the hub closes it."""
    with socket.create_connection((hub.host, hub.port), timeout=seconds) as line:
        line.sendall(data)
        received = b""
        try:
            while chunk := line.recv(65536):
                received += chunk
        except ConnectionResetError:
            pass
        return received


def http(hub, path="/", method="GET", host="own", headers=(), version="1.1"):
    """One request that asks for the connection to be closed, byte for byte as given: nothing is normalised."""
    lines = [f"{method} {path} HTTP/{version}"]
    if host is not None:
        lines.append(f"Host: {hub.host}:{hub.port}" if host == "own" else f"Host: {host}")
    lines += [f"{name}: {value}" for name, value in headers]
    if not any(name.lower() == "connection" for name, _ in headers):
        lines.append("Connection: close")
    return Reply(raw_exchange(hub, ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")))


def handshake_request(hub, path="/ws", **changes):
    """The bytes of a good handshake, with headers changed, added or (None) left out; `_` stands for `-`."""
    headers = {"Host": f"{hub.host}:{hub.port}", "Connection": "Upgrade", "Upgrade": "websocket",
               "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": base64.b64encode(secrets.token_bytes(16)).decode(),
               "Sec-WebSocket-Protocol": "qarelay.v1", "Origin": hub.url}
    method = changes.pop("method", "GET")
    headers.update({name.replace("_", "-"): value for name, value in changes.items()})
    lines = [f"{method} {path} HTTP/1.1"] + [f"{n}: {v}" for n, v in headers.items() if v is not None]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def handshake(hub, path="/ws", seconds=10, **changes):
    """Shakes hands by hand and returns the answer's head: the hub's word on exactly these headers."""
    with socket.create_connection((hub.host, hub.port), timeout=seconds) as line:
        line.sendall(handshake_request(hub, path, **changes))
        received = b""
        while b"\r\n\r\n" not in received and (chunk := line.recv(65536)):
            received += chunk
        return Reply(received)


class Refused:
    """A `serve` that was not to start: its exit status and what it said."""

    def __init__(self, done):
        self.status = done.returncode
        self.said = done.stderr.strip()
        self.last = self.said.splitlines()[-1] if self.said else ""
        self.code = self.last.split(": ")[1] if self.last.startswith("qarelay: ") else None


def refused_start(hub, wrapper=(), command=None, **options):
    """Starts a hub that is expected to give up by itself."""
    done = subprocess.run([*wrapper, *(command or hub.command())], capture_output=True, text=True, timeout=30, **options)
    return Refused(done)


class LogFile:
    """The log of a stopped hub, read without changing it."""

    def __init__(self, hub):
        self.path = hub.folder / "event.sqlite"
        assert not (hub.process and hub.process.poll() is None), "only a stopped hub's log may be opened by others"
        # A copy: opening a file with a write-ahead log beside it, even to read, may change both.
        with tempfile.TemporaryDirectory() as folder:
            for part in hub.folder.glob("event.sqlite*"):
                shutil.copy(part, folder)
            base = sqlite3.connect(f"{folder}/event.sqlite")
            self.sound = base.execute("PRAGMA integrity_check").fetchone()[0]
            self.entries = [(sequence, json.loads(body)) for sequence, body in
                            base.execute("SELECT sequence, body FROM entries ORDER BY sequence")]
            base.close()

    @property
    def head(self):
        return self.entries[-1][0] if self.entries else 0


def verification(hub):
    """What `qarelay verify` says, as a dictionary; fails when it does not call the log sound."""
    done = hub.run("verify")
    assert done.returncode == 0, done.stderr
    return dict(line.split(None, 1) for line in done.stdout.splitlines())


# --- The pages in Chromium; see screens.py.

@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright
    from screens import launch
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def public_hub(tmp_path):
    from screens import PublicHub
    running = PublicHub(tmp_path / "data").start()
    yield running
    running.stop()


@pytest.fixture
def screens(browser, public_hub):
    from screens import Screens
    opened = Screens(browser, public_hub)
    yield opened
    complaints = opened.complaints()
    opened.close()
    assert complaints == []


# --- The moderators' terminal in tmux; see terminals.py.

@pytest.fixture
def desk(free_hub, tmp_path):
    from terminals import Desk
    opened = Desk(free_hub, tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared_desk(shared_hub, tmp_path_factory):
    from terminals import Desk
    opened = Desk(shared_hub, tmp_path_factory.mktemp("desk"))
    yield opened
    opened.close()


# --- The hub and its venues on hosts of their own; see network.py and rooms.py.

@pytest.fixture(scope="session")
def hosts():
    import network
    if reason := network.missing():
        pytest.skip(reason)
    made = network.Network()
    yield made
    made.close()


@pytest.fixture
def rooms(hosts, tmp_path):
    from rooms import Rooms
    hosts.heal()
    opened = Rooms(hosts, tmp_path)
    yield opened
    opened.close()
    hosts.heal()
