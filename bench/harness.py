"""What the figures share: programs that answer in JSON lines, the hub, and what /proc says of a process."""

import atexit
import json
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
HUB = (ROOT / os.environ.get("QARELAY_BIN", ".build/release")).resolve() / "qarelay"
TOOLS = ROOT / "bench" / ".build" / "release"
TICK = os.sysconf("SC_CLK_TCK")

# On the disk of the checkout and not in a folder that may be memory: commits are to cost what they cost.
SCRATCH = ROOT / "bench" / ".build" / "run"

EVENT = """id: bench
title: Une journée de mesures
languages: [fr]
venues:
  - {{id: granville, name: Granville, place: Salle du conseil}}
  - {{id: agneaux, name: Agneaux, place: Amphithéâtre}}
  - {{id: cherbourg, name: Cherbourg, place: Grand amphithéâtre}}
talks:
  - {{id: certificat, title: Le certificat électronique, speaker: Un expert}}
moderation: {moderation}
limits: {{questions_maximum: 100000}}
"""

running = set()


@atexit.register
def end_all():
    for process in list(running):
        end(process)


def end(process, seconds=15):
    """Asks a process of ours to end, and makes it end when it does not."""
    running.discard(process)
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Tool:
    """One of our programs: orders in, JSON lines out."""

    def __init__(self, name, *arguments, polite=False):
        # A polite crowd gives way: real phones would not take the hub's processor either.
        command = (["nice", "-n", "10"] if polite else []) + [str(TOOLS / name), *map(str, arguments)]
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.pid = self.process.pid
        self.rest = b""
        running.add(self.process)

    def order(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def line(self, seconds):
        until = time.monotonic() + seconds
        while b"\n" not in self.rest:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, until - time.monotonic()))
            if not ready:
                raise TimeoutError(f"{self.name} said nothing for {seconds} s")
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                raise RuntimeError(f"{self.name} ended with {self.process.wait()}")
            self.rest += piece
        line, _, self.rest = self.rest.partition(b"\n")
        return json.loads(line)

    def expect(self, event, seconds=60):
        while True:
            answer = self.line(seconds)
            if answer["event"] == event:
                return answer
            if answer["event"] == "error":
                raise RuntimeError(f"{self.name} did not understand its order")

    def ask(self, line, event, seconds=60):
        self.order(line)
        return self.expect(event, seconds)

    def end(self):
        self.process.stdin.close()
        end(self.process)


def swarm(mode, server, *arguments, polite=False):
    tool = Tool("Swarm", mode, "--port", server.port, *arguments, polite=polite)
    tool.attached = tool.expect("attached", 180)
    return tool


class Hub:
    """The real program on a folder of its own."""

    def __init__(self, moderation="off", limits=True, folder=None):
        SCRATCH.mkdir(parents=True, exist_ok=True)
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(dir=SCRATCH, prefix="hub-"))
        self.event = self.folder / "event.yaml"
        self.event.write_text(EVENT.format(moderation=moderation))
        self.data = self.folder / "data"
        self.limits = limits
        self.process = None

    def start(self):
        """Starts it; returns the seconds from there to the first 200 of /health."""
        self.port = free_port()
        command = [str(HUB), "serve", "--event", str(self.event), "--data", str(self.data), "--port", str(self.port),
                   "--web", str(ROOT / "web"), "--language", str(ROOT / "language")]
        # A crowd for a figure comes at once; what the door does to one that does is in the attacks.
        command += ["--joins-per-second", "10000"]
        command += [] if self.limits else ["--no-rate-limits"]
        with open(self.folder / "log", "ab") as log:
            begin = time.monotonic()
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        running.add(self.process)
        self.pid = self.process.pid
        while not self.is_healthy():
            if self.process.poll() is not None:
                raise RuntimeError("the hub stopped: " + (self.folder / "log").read_text()[-2000:])
            if time.monotonic() - begin > 120:
                raise TimeoutError("the hub did not get ready")
            time.sleep(0.002)
        seconds = time.monotonic() - begin
        while not (self.data / "links.txt").exists():
            time.sleep(0.02)
        return seconds

    def is_healthy(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=60) as answer:
                self.health = json.load(answer)
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def missing(self):
        """What the duplicates engine does without, from the hub's log."""
        said = re.findall(r'code=language_missing \w+="?([^"\n]+)', (self.folder / "log").read_text())
        return sorted({name for names in said for name in names.split()})

    def token(self, label):
        return self.data / "tokens" / f"{label}.token"

    def stop(self):
        end(self.process)

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.remove()


class Bare:
    """The bare loop, as a server for a crowd."""

    def __init__(self):
        self.port = free_port()
        self.tool = Tool("BareLoop", self.port)
        self.tool.expect("listening")
        self.pid = self.tool.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tool.end()


# What /proc says


def threads_cpu(pid):
    """Seconds of processor a process has had, by thread."""
    seconds = {}
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            seconds[int(task.name)] = int((task / "schedstat").read_text().split()[0]) / 1e9
        except (FileNotFoundError, ProcessLookupError):
            pass
    return seconds


def own_threads(pid):
    """The threads that a process started itself: those of libraries have names of their own."""
    names = {}
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            names[int(task.name)] = (task / "comm").read_text()
        except (FileNotFoundError, ProcessLookupError):
            pass
    return [task for task, name in names.items() if name == names.get(pid)]


def process_cpu(pid):
    """utime + stime in seconds; coarser, but nothing of it is lost when a thread ends."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def machine_busy():
    fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICK


def memory(pid):
    """RSS and PSS in bytes."""
    lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n")
    found = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.startswith(("Rss", "Pss:"))}
    return found["Rss"], found["Pss"]


def kernel_memory():
    """Bytes of the kernel's own objects: sockets above all."""
    for line in pathlib.Path("/proc/meminfo").read_text().split("\n"):
        if line.startswith("Slab:"):
            return int(line.split()[1]) * 1024
    return 0


class Window:
    """Processor time of a server between two moments, and how much others on the machine took meanwhile."""

    def __init__(self, server, *others):
        self.server = server.pid
        self.ours = [server.pid, os.getpid(), *(other.pid for other in others)]
        self.begin = time.monotonic()
        self.threads = threads_cpu(self.server)
        self.own = sum(map(process_cpu, self.ours))
        self.busy = machine_busy()

    def close(self):
        self.seconds = time.monotonic() - self.begin
        now = threads_cpu(self.server)
        used = {thread: seconds - self.threads.get(thread, 0) for thread, seconds in now.items()}
        self.cpu = sum(used.values())
        # The loop runs on the first thread, the log's writer on another, the engine on the one that was started last.
        self.loop = used.get(self.server, 0)
        self.last = used.get(max(own_threads(self.server), default=0), 0)
        strangers = machine_busy() - self.busy - (sum(map(process_cpu, self.ours)) - self.own)
        self.others_percent = round(100 * max(0, strangers) / self.seconds, 1)
        return self

    @property
    def percent(self):
        return 100 * self.cpu / self.seconds
