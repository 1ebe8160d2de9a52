"""What relays cost and give: the way of a question from room to room, the uplink of a full room, and how soon all is equal again."""

import statistics
import subprocess
import sys
import time
import urllib.request
import json

from harness import HUB, ROOT, Hub, Window, end, free_port, running, swarm

sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
from lines import Line  # noqa: E402

USUAL = {"phones": 200, "asks": 20, "votes": 100, "seconds": 20, "warmup": 2, "rooms": (10, 1_000), "questions": 100, "cut": 5_000,
         "behind": 100_000, "times": 3}
FEW = {"phones": 30, "asks": 8, "votes": 20, "seconds": 2, "warmup": 1, "rooms": (5, 60), "questions": 3, "cut": 300,
       "behind": 2_000, "times": 1}


class Relay:
    """The relay of a venue, with a line to the hub that counts its bytes and can be cut."""

    def __init__(self, hub, venue):
        hub.host = "127.0.0.1"
        self.hub, self.venue = hub, venue
        self.data = hub.folder / f"relay-{venue}"
        self.line = Line(hub)
        code = hub.folder / f"{venue}.code"
        made = subprocess.run([str(HUB), "token", "new", "--role", "relay", "--venue", venue, "--label", f"relay-{venue}",
                               "--data", str(hub.data)], capture_output=True, text=True, check=True)
        code.write_text(made.stdout.split()[0] + "\n")
        self.code = code

    def start(self):
        """Starts it; returns the seconds from there until it serves and has all that the hub has."""
        self.port = free_port()
        command = [str(HUB), "venue", "--hub", f"http://127.0.0.1:{self.line.port}", "--venue", self.venue, "--data",
                   str(self.data), "--port", str(self.port), "--code-file", str(self.code), "--no-rate-limits",
                   "--web", str(ROOT / "web"), "--language", str(ROOT / "language")]
        with open(self.hub.folder / f"{self.venue}.log", "ab") as log:
            begin = time.monotonic()
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        running.add(self.process)
        self.pid = self.process.pid
        self.wait(lambda: self.is_equal() and self.has_event(), 300)
        return time.monotonic() - begin

    def wait(self, condition, seconds):
        until = time.monotonic() + seconds
        while not condition():
            if self.process.poll() is not None:
                raise RuntimeError("the relay stopped: " + (self.hub.folder / f"{self.venue}.log").read_text()[-2000:])
            if time.monotonic() > until:
                raise TimeoutError(f"the relay of {self.venue} did not get there")
            time.sleep(0.01)

    def has_event(self):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/event.json", timeout=10).close()
            return True
        except OSError:
            return False

    def is_equal(self):
        """Whether nothing waits here, and the copy has all that the hub has."""
        try:
            return head(self.port) == head(self.hub.port) and self.waiting() == 0
        except OSError:
            return False

    def waiting(self):
        """How many commands the hub has not decided on; None while the line is not up."""
        words = subprocess.run([str(HUB), "line", "show", "--data", str(self.data)], capture_output=True, text=True).stdout.split()
        return int(words[3]) if len(words) > 3 and words[2] == "up" else None

    def stop(self):
        end(self.process)
        self.line.close()


def head(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=60) as answer:
        return json.load(answer)["head"]


def way(size, relays):
    """A talk in full swing: everybody asks in Cherbourg, the speaker reads in Agneaux."""
    with Hub(limits=False) as hub:
        doors = [Relay(hub, venue) for venue in ("cherbourg", "agneaux")] if relays else []
        for door in doors:
            door.start()
        room, stage = doors or (hub, hub)
        screens = swarm("mixed", room, "--venue", "cherbourg", "--phones", size["phones"], "--asks", size["asks"],
                        "--votes", size["votes"], "--seconds", size["seconds"], "--warmup", size["warmup"],
                        "--screens-port", stage.port, "--speaker", hub.token("speaker"), "--moderator", hub.token("moderator"))
        screens.order("go")
        screens.expect("measuring")
        timed = Window(hub, screens, *doors)
        screens.expect("measured", size["seconds"] + 30)
        timed.close()
        result = screens.expect("result")
        screens.end()
        for door in doors:
            door.stop()
    return {"relays": relays, "asked": result["asked"], "seen_by_speaker": result["seen_by_speaker"],
            "to_speaker": result["to_speaker"], "ask_ack": result["ask_ack"], "vote_ack": result["vote_ack"],
            "rejections": result["rejections"], "lost": result["lost"], "hub_cpu_percent": round(timed.percent, 1),
            "others_cpu_percent": timed.others_percent}


def uplink(size, phones):
    """Bytes on the line, and processor time of the hub, for one question while a room of so many listens; heartbeats included."""
    with Hub(limits=False) as hub:
        door = Relay(hub, "cherbourg")
        door.start()
        crowd = swarm("crowd", door, "--venue", "cherbourg", "--phones", phones, polite=True)
        # One sender a question: what is asked first is prepared before the count begins.
        load = swarm("commands", door, "--venue", "cherbourg", "--senders", 1, "--count", size["questions"], "--asks-percent", 100)
        door.wait(door.is_equal, 60)
        timed, before = Window(hub, crowd, load, door), door.line.carried
        load.ask("go", "result", 60)
        door.wait(door.is_equal, 60)
        carried = door.line.carried - before
        timed.close()
        crowd.end()
        load.end()
        door.stop()
    return {"phones": phones, "questions": size["questions"], "bytes_a_question": round(carried / size["questions"]),
            "hub_us_a_question": round(1e6 * timed.cpu / size["questions"])}


def after_a_cut(size):
    """Seconds from the line's return until hub and relay are equal, when both have taken commands meanwhile.

    How long the line was cut is no part of it: neither side does anything that grows with the time, only with the commands.
    """
    took = []
    for _ in range(size["times"]):
        with Hub(limits=False) as hub:
            door = Relay(hub, "cherbourg")
            door.start()
            load = swarm("commands", door, "--venue", "cherbourg", "--senders", 50, "--count", size["cut"], "--asks-percent", 10)
            door.wait(door.is_equal, 60)
            elsewhere = swarm("commands", hub, "--venue", "granville", "--senders", 50, "--count", size["cut"], "--asks-percent", 10)
            door.line.cut()
            began = time.monotonic()
            for each in (load, elsewhere):
                each.order("go")
            answer, other = (each.expect("result", 120) for each in (load, elsewhere))
            lasted = time.monotonic() - began
            for each in (load, elsewhere):
                each.end()
            door.line.heal()
            begin = time.monotonic()
            door.wait(lambda: door.waiting() is not None, 60)
            called = time.monotonic()
            door.wait(door.is_equal, 120)
            took.append({"until_called": round(called - begin, 2), "seconds": round(time.monotonic() - called, 2),
                         "cut_for": round(lasted, 1), "at_the_hub": other["acked"], "rejections": answer["rejections"]})
            door.stop()
    return {"commands": size["cut"], "runs": took, "median": statistics.median(each["seconds"] for each in took)}


def behind(size):
    """Seconds from the start of a relay that knows nothing until it serves all that the hub has."""
    with Hub(limits=False) as hub:
        load = swarm("commands", hub, "--senders", 50 if size is FEW else 1_000, "--count", size["behind"], "--asks-percent", 2)
        load.ask("go", "result", 600)
        load.end()
        took = []
        for venue in ("granville", "agneaux", "cherbourg")[:size["times"]]:
            door = Relay(hub, venue)
            took.append(round(door.start(), 2))
            door.stop()
        return {"entries": head(hub.port), "seconds": took, "median": statistics.median(took)}


def measured(quick):
    size = FEW if quick else USUAL
    return {"way": [way(size, relays) for relays in (False, True)], "uplink": [uplink(size, phones) for phones in size["rooms"]],
            "after_a_cut": after_a_cut(size),
            "behind": behind(size)}


def rows(point):
    """Figure, aim, result, whether it was met."""
    for each in point["way"]:
        told, unseen = each["to_speaker"], each["asked"] - each["seen_by_speaker"]
        how = "through relay, hub and relay" if each["relays"] else "all at the hub"
        yield (f"question in Cherbourg → speaker in Agneaux, {how}, p50 / p99", "",
               f"{told['p50_ms']:.1f} / {told['p99_ms']:.1f} ms" + (f", {unseen} of {each['asked']} not seen" if unseen else ""), None)
    few, many = point["uplink"]
    ratio = many["bytes_a_question"] / few["bytes_a_question"]
    yield (f"bytes on the uplink for one question, {few['phones']:,} → {many['phones']:,} phones in the room", "≤ 1.2 ×",
           f"{few['bytes_a_question']:,} → {many['bytes_a_question']:,} ({ratio:.2f} ×)", ratio <= 1.2)
    yield ("… and the hub's CPU", "", f"{few['hub_us_a_question']:,} → {many['hub_us_a_question']:,} µs", None)
    told = point["after_a_cut"]
    aim = 10 * told["commands"] / 1_000
    called = max(each["until_called"] for each in told["runs"])
    yield (f"a cut with {told['commands']:,} commands in the room and as many at the hub: from the relay's call until all is equal", f"≤ {aim:.0f} s",
           f"{told['median']:.2f} s; it called {called:.1f} s after the line's return at most", told["median"] <= aim)
    told = point["behind"]
    yield (f"a new relay {told['entries']:,} entries behind: ready", "≤ 5 s", f"{told['median']:.2f} s", told["median"] <= 5)
