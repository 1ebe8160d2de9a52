"""The hub and its venues' relays on hosts of their own, the people in the rooms, and the accounts at the end of the day."""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import tempfile
import threading
import time
from collections import Counter

from conftest import BIN, EVENT, ROOT, Hub, LogFile, new_id, verification, wait_until
from relays import pair
from websockets.exceptions import ConnectionClosed, InvalidHandshake

LOST = (OSError, EOFError, ConnectionClosed, InvalidHandshake, TimeoutError)


class Server(Hub):
    """A program on one host of the network. Its clients call from there too, unless they are told another host."""

    port_there = 8080

    def __init__(self, folder, host, extra=()):
        super().__init__(folder, extra=["--no-rate-limits", *extra], host=host.address)
        self.place = host
        self.port = self.port_there
        self.is_meant_to_run = False

    def start(self, wrapper=()):
        self.is_meant_to_run = True
        return super().start(wrapper=[*wrapper, *self.place.enter])

    def kill(self):
        self.is_meant_to_run = False
        super().kill()

    def dialing(self):
        return {"sock": self.place.dial(self.host, self.port)}

    def stop(self):
        self.is_meant_to_run = False
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
        return super().stop()

    def get(self, path, seconds=2):
        """Status and body of a page."""
        line = http.client.HTTPConnection(self.host, self.port, timeout=seconds)
        line.sock = self.dialing()["sock"]
        try:
            line.request("GET", path, headers={"Host": f"{self.host}:{self.port}"})
            answer = line.getresponse()
            return answer.status, answer.read()
        except http.client.HTTPException as error:
            raise OSError("no answer") from error
        finally:
            line.close()

    def health(self):
        return json.loads(self.get("/health")[1])

    def said(self, code):
        """How often the program's log names a code."""
        return self.log.read_text().count(f"code={code}")


class RoomsHub(Server):
    """The hub, by TLS with a certificate of its own making."""

    port_there = 8443

    def __init__(self, folder, host, tls=None, extra=()):
        super().__init__(folder, host, extra)
        self.tls = tls or self.folder.parent / (self.folder.name + "-tls")
        if not tls:
            made = Hub.run_alone("tls", "new", "--name", f"{host.address},localhost", "--out", str(self.tls))
            assert made.returncode == 0, made.stderr
        self.extra += ["--tls-certificate", str(self.tls / "cert.pem"), "--tls-key", str(self.tls / "key.pem"),
                       "--public-url", self.url]

    @property
    def url(self):
        return f"https://{self.host}:{self.port}"

    @property
    def ws(self):
        return f"wss://{self.host}:{self.port}/ws"

    @property
    def trust(self):
        return ssl.create_default_context(cafile=self.tls / "cert.pem")

    def dialing(self):
        return {**super().dialing(), "ssl": self.trust}

    def get(self, path, seconds=2):
        line = http.client.HTTPSConnection(self.host, self.port, timeout=seconds)
        line.sock = self.trust.wrap_socket(self.place.dial(self.host, self.port, seconds), server_hostname=self.host)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read()
        except http.client.HTTPException as error:
            raise OSError("no answer") from error
        finally:
            line.close()


class RoomsRelay(Server):
    """The relay of a venue on the venue's host."""

    def __init__(self, folder, host, hub, code, extra=()):
        super().__init__(folder, host, extra)
        self.main = hub
        self.venue = host.name
        self.line = host.network.lines[host.name]
        self.code_file = self.folder.parent / (self.folder.name + ".code")
        self.code_file.write_text(code + "\n")

    def command(self):
        return [str(BIN / "qarelay"), "venue", "--hub", self.main.url, "--venue", self.venue, "--data", str(self.folder),
                "--listen", self.host, "--port", str(self.port), "--code-file", str(self.code_file), *self.extra]

    def is_up(self):
        if self.process.poll() is not None:
            raise AssertionError("the relay stopped: " + self.log.read_text()[-2000:])
        try:
            return self.health()["status"] == "ok" and self.get("/event.json")[0] == 200
        except OSError:
            return False

    def state(self):
        """What `qarelay line` says: is the line up, and how many commands wait and were refused."""
        words = self.run("line", "show").stdout.split()
        return {"up": words[2] == "up", "waiting": int(words[3]), "refused": int(words[5])}

    def copy(self):
        """What is on the disk: the copy's checksums, and the outbox as (ordinal, body, sequence, code)."""
        with tempfile.TemporaryDirectory() as folder:
            for part in self.folder.glob("relay.sqlite*"):
                shutil.copy(part, folder)
            base = sqlite3.connect(f"{folder}/relay.sqlite")
            try:
                sums = dict(base.execute("SELECT sequence, checksum FROM entries"))
                rows = base.execute("SELECT ordinal, body, sequence, code FROM outbox ORDER BY ordinal")
                return sums, [(n, json.loads(body), sequence, code) for n, body, sequence, code in rows]
            finally:
                base.close()


class Rooms:
    """Everything of one test: the hub, the relays, the people, and what is asked of them at the end."""

    def __init__(self, hosts, folder):
        self.hosts = hosts
        self.folder = folder
        self.relays, self.people, self.crowds = {}, [], []
        self.told = []              # what each crowd wrote down of what it was told is in, those that left included
        self.hub = None

    def open(self, *venues, hub_extra=()):
        """Starts the hub and these venues' relays."""
        self.hub = RoomsHub(self.folder / "hub", self.hosts.hub, extra=hub_extra).start()
        for venue in venues:
            self.relays[venue] = RoomsRelay(self.folder / venue, self.hosts.hosts[venue], self.hub, pair(self.hub, venue))
        for relay in self.relays.values():
            relay.start()
        return self

    def line(self, venue):
        return self.hosts.lines[venue]

    def join(self, person):
        self.people.append(person)
        person.start()
        return person

    def phone(self, server, venue, **options):
        return self.join(Person(server, venue=venue, **options))

    def screen(self, server, label, role="moderator"):
        """A moderator or speaker, by the label of the token that the hub made at its first start."""
        return self.join(Person(server, role=role, token=self.hub.token(label)))

    def crowd(self, venue, phones, pace="1-2", seed=1):
        made = Crowd(self.relays[venue], self.folder / f"people-{venue}", phones, pace, seed)
        self.crowds.append(made)
        self.told.append(made.acknowledged)
        return made

    def healthy(self):
        for person in self.people:
            assert person.error is None, f"{person.hello}: {person.error!r}"
        for server in (self.hub, *self.relays.values()):
            assert not server.is_meant_to_run or server.process.poll() is None, server.log.read_text()[-2000:]
        return True

    def wait(self, condition, seconds=10, what="the condition"):
        started = time.monotonic()
        wait_until(lambda: self.healthy() and condition(), seconds, what, every=0.05)
        return time.monotonic() - started

    def restore(self, backup):
        """Another hub in the place of the one that is gone, made of a backup."""
        old = self.hub
        self.hub = RoomsHub(self.folder / f"{old.folder.name}-restored", self.hosts.hub, tls=old.tls)
        done = Hub.run_alone("restore", "--data", str(self.hub.folder), str(backup))
        assert done.returncode == 0, done.stderr
        shutil.copytree(old.folder / "tokens", self.hub.folder / "tokens", dirs_exist_ok=True)
        self.move(self.hub)
        self.hub.start()

    def move(self, hub):
        for relay in self.relays.values():
            relay.main = hub
        for person in self.people:
            if isinstance(person.server, RoomsHub):
                person.server = hub

    # MARK: At rest

    def rest(self, seconds=60):
        """Nobody asks for anything any more, and all that was asked for has arrived everywhere."""
        for person in self.people:
            person.settles = person.hello["role"] == "moderator" and isinstance(person.server, RoomsRelay)
        self.wait(lambda: not any(person.outbox for person in self.people), seconds, "an answer to everything")
        took = self.wait(self.is_at_rest, seconds, "the relays to have all that the hub has")
        # A list shows the newest refusals: whoever deals with them comes to see the others.
        self.wait(lambda: not any(person.to_settle for person in self.people if person.settles), seconds, "the refusals to be dealt with")
        return took

    def is_at_rest(self):
        try:
            head = self.hub.health()["head"]
            for relay in self.relays.values():
                state = relay.state()
                if not state["up"] or state["waiting"] or relay.health()["head"] != head:
                    return False
            return self.hub.health()["head"] == head
        except (OSError, IndexError):
            return False

    def assert_replicas_are_equal(self):
        """Every role's view at every relay is the one at the hub, and so is that of everybody who was there all along."""
        tokens = [("moderator", "moderator"), ("speaker", "speaker"), ("display", "wall"), ("organiser", "organiser")]
        for role, label in tokens:
            self.assert_one_view(role, {"token": self.hub.token(label)}, self.relays.values())
        for venue, relay in self.relays.items():
            self.assert_one_view("audience", {"venue": venue}, [relay])
        for person in self.people:
            hello = {key: value for key, value in person.hello.items() if key != "role"}
            until = time.monotonic() + 10
            while different := differences(person.view, whole_view(person.server, person.hello["role"], hello)):
                assert time.monotonic() < until, f"{person.hello['role']} since the beginning: {different}"[:4000]

    def assert_one_view(self, role, hello, relays):
        for relay in relays:
            until = time.monotonic() + 10
            while different := differences(whole_view(relay, role, hello), whole_view(self.hub, role, hello)):
                assert time.monotonic() < until, f"{role} at {relay.venue}: {different}"[:4000]

    def close(self):
        for person in self.people:
            person.ends.set()
        for crowd in self.crowds:
            crowd.leave()
        for person in self.people:
            person.join(15)
        for server in (*self.relays.values(), self.hub):
            if server:
                server.stop()

    def accounts(self):
        """Stops everything and asserts that what was acknowledged is in the hub's log once, or was shown as refused."""
        self.close()
        for person in self.people:
            assert person.error is None, f"{person.hello}: {person.error!r}"
        stopped = verification(self.hub)
        assert stopped["sound"] == "yes"
        return Accounts(self)


def whole_view(server, role, hello):
    """The view that somebody is given who comes anew, and tries again when the machine is too busy to answer."""
    until = time.monotonic() + 30
    while True:
        try:
            return whole_view_once(server, role, hello)
        except LOST:
            if time.monotonic() > until:
                raise


def whole_view_once(server, role, hello):
    # It may stand before the head: a view that is kept for who joins next, or what came since is not for this role.
    client = server.client(role=role, origin=origin_of(role), **hello)
    client.until(lambda: client.position, 20, "a whole view")
    client.close()
    return client.view


def origin_of(role):
    """What a client of that role says of where it comes from: terminals nothing, pages their server."""
    return None if role in ("moderator", "organiser") else "own"


def differences(here, there):
    return [(here.get(key), there[key]) for key in there if here.get(key) != there[key]]


class Accounts:
    """What the hub's log and the relays' disks say of every command."""

    def __init__(self, rooms):
        log = LogFile(rooms.hub)
        assert log.sound == "ok"
        assert [sequence for sequence, _ in log.entries] == list(range(1, log.head + 1)), "dense"
        self.head = log.head
        self.ids = Counter(entry["id"] for _, entry in log.entries if "id" in entry)
        self.votes = Counter((entry["by"], change["question"], change["counter"]) for _, entry in log.entries
                             for change in entry["changes"] if change["kind"] == "voted")
        twice = [key for counts in (self.ids, self.votes) for key, count in counts.items() if count > 1]
        assert not twice, f"in the log twice: {twice[:5]}"
        self.refused, self.outbox = {}, {}
        chain = checksums(rooms.hub)
        for venue, relay in rooms.relays.items():
            sums, rows = relay.copy()
            assert sums == chain, f"the copy at {venue} is not the hub's log"
            self.outbox[venue] = rows
            taken = [sequence for _, body, sequence, code in rows if "id" in body and sequence and not code]
            assert taken == sorted(taken), f"what {venue} gave was not taken in its order"
            for ordinal, body, _, code in rows:
                if code:
                    self.refused[key_of(body)] = (venue, ordinal, code)
        # A device is known to itself by the first letters of its name in the log.
        self.tagged = {(by[:8], *vote) for known in (self.votes, self.refused) for by, *vote in
                       (each for each in known if not isinstance(each, str))}
        self.assert_nothing_is_lost(rooms)
        self.crowd = [key for path in rooms.told for key in acknowledged(path)]
        lost = [key for key in self.crowd if not self.has_given(key)]
        assert not lost, f"{len(lost)} of {len(self.crowd)} commands that crowds were told are in are nowhere: {lost[:3]}"

    def assert_nothing_is_lost(self, rooms):
        lost = [(venue, row) for venue, rows in self.outbox.items() for row in rows
                if not self.has(key_of(row[1])) and not row[3]]
        assert not lost, f"{len(lost)} commands of relays are neither in the log nor refused: {lost[:3]}"
        shown = {venue: {} for venue in rooms.relays}
        for person in rooms.people:
            if person.refusals_at in shown:
                shown[person.refusals_at].update(person.refusals)
        for person in rooms.people:
            missing = [key for key in person.acked if not self.has_given(key) and key not in person.given_up]
            assert not missing, f"{person.hello} was told of {len(missing)} commands that they are in: {missing[:3]}"
        self.shown = shown
        for venue, refusals in shown.items():
            if any(person.refusals_at == venue for person in rooms.people):
                self.assert_shown(venue, refusals)

    def assert_shown(self, venue, refusals):
        """Each command that the hub refused was shown under its own number; votes for one question together, with their count."""
        due = [row for row in self.outbox.get(venue, []) if row[3]]
        commands = {ordinal for ordinal, body, _, _ in due if "id" in body}
        assert commands <= set(refusals), f"{venue} was not shown {sorted(commands - set(refusals))[:5]}"
        votes = Counter((body["vote"], code) for _, body, _, code in due if "id" not in body)
        told = Counter()
        for ordinal, info in refusals.items():
            if info["what"] == "vote":
                told[info["question"], info["code"]] += info.get("count", 1)
        unseen = {key: count for key, count in votes.items() if told[key] < count}
        assert not unseen, f"{venue} was not shown these votes: {unseen}"

    def has(self, key):
        return (self.ids if isinstance(key, str) else self.votes)[key] == 1

    def has_given(self, key):
        """Whether a command that a person gave is in the log, or refused; people do not know their whole name."""
        if isinstance(key, str):
            return self.has(key) or key in self.refused
        return key in self.tagged


def acknowledged(path):
    """The commands and votes that a crowd wrote down: an id, or (tag of its device, question, counter)."""
    if not path.exists():
        return []
    lines = [line.split(" ") for line in path.read_text().splitlines()]
    keys = [words[1] if words[0] == "command" else (words[1], words[2], int(words[3])) for words in lines]
    assert len(set(keys)) == len(keys), "acknowledged twice"
    return keys


def key_of(body):
    """What a forwarded command is known by for good."""
    return body["id"] if "id" in body else (body["by"], body["vote"], body["counter"])


def checksums(hub):
    with tempfile.TemporaryDirectory() as folder:
        for part in hub.folder.glob("event.sqlite*"):
            shutil.copy(part, folder)
        base = sqlite3.connect(f"{folder}/event.sqlite")
        try:
            return dict(base.execute("SELECT sequence, checksum FROM entries"))
        finally:
            base.close()


class Person(threading.Thread):
    """One device that keeps to docs/PROTOCOL.md §5: comes back, resumes, and sends again what has no answer."""

    def __init__(self, server, role="audience", seed=0, **hello):
        super().__init__(daemon=True)
        self.server = server
        self.hello = {"role": role, **hello}
        self.random = random.Random(f"{seed} {role} {hello.get('venue')}")
        self.lock = threading.Lock()
        self.client, self.kept = None, (None, None, None)
        self.fresh = []             # to be sent for the first time
        self.outbox = {}            # without an answer: key -> frame, oldest first
        self.acked, self.rejected = {}, {}
        self.given_up = set()       # known to be lost, and why that is right is said where it is added
        self.slowest = 0.0          # seconds from a command to its answer, while there was a connection
        self.sent_at = {}
        self.counters = Counter()
        self.lines = []             # (when, frame) of each `line`
        self.refusals = {}          # ordinal -> as it was last shown
        self.settles = False        # deals with refusals as they come
        self.to_settle = set()      # which were in the list when it was last shown
        self.settled = set()
        self.failures = 0
        self.by = None
        self.error = None
        self.ends = threading.Event()

    @property
    def refusals_at(self):
        """The venue whose refusals this one is shown."""
        is_moderator = self.hello["role"] == "moderator" and isinstance(self.server, RoomsRelay)
        return self.server.venue if is_moderator else None

    # MARK: What a test asks of it

    def do(self, what, /, **fields):
        """Gives a command; it has been given for good. Returns its id."""
        identifier = new_id()
        self.give(identifier, {"type": "command", "id": identifier, "do": what, **fields})
        return identifier

    def ask(self, text, **fields):
        return self.do("ask", text=text, **fields)

    def vote(self, question, on=True):
        self.counters[question] += 1
        key = (question, self.counters[question])
        self.give(key, {"type": "vote", "question": question, "on": on, "counter": key[1]})
        return key

    def give(self, key, frame):
        with self.lock:
            self.outbox[key] = frame
            self.fresh.append(key)

    def has_answer(self, key):
        return key not in self.outbox

    @property
    def view(self):
        client = self.client
        return client.view if client else self.kept[1] or {"cards": {}}

    def cards(self, status=None):
        return [card for card in list(self.view["cards"].values()) if status in (None, card["status"])]

    @property
    def is_here(self):
        client = self.client
        return bool(client and client.position)

    @property
    def is_line_up(self):
        return self.lines[-1][1]["up"] if self.lines else None

    def is_cut(self, venue):
        """Whether the view says that a venue's line is cut."""
        return any(each["id"] == venue and "cut" in each for each in self.view.get("event", {}).get("venues", []))

    # MARK: The thread

    def run(self):
        try:
            while not self.ends.is_set():
                try:
                    self.connect()
                    while not self.ends.is_set():
                        self.step()
                except AssertionError as gap:
                    if str(gap).splitlines()[0] != "a gap":
                        raise
                except LOST:
                    pass
                self.keep()
                self.failures += 1
                # The back-off of the protocol, capped at a second: a test waits for these.
                self.ends.wait(self.random.uniform(0, min(1.0, 0.5 * 2 ** min(self.failures, 4))))
        except BaseException as error:  # the test looks at it: a thread's failure is nobody's otherwise
            self.error = error
            raise

    def connect(self):
        position, view, device = self.kept
        hello = {**self.hello, **({"device": device} if device else {})}
        client = self.server.client(position=position, view=view, origin=origin_of(self.hello["role"]),
                                    **hello)
        self.client = client
        while not hasattr(client, "welcome"):
            client.receive(10)
        self.failures = 0
        self.by = client.welcome["by"]
        with self.lock:
            self.fresh = []
            again = list(self.outbox.items())
        for key, frame in again:
            self.send(key, frame)

    @property
    def is_audience(self):
        return self.hello["role"] == "audience"

    def send(self, key, frame):
        self.sent_at[key] = time.monotonic()
        self.client.send(frame)

    def step(self):
        with self.lock:
            fresh, self.fresh = self.fresh, []
            frames = [(key, self.outbox[key]) for key in fresh if key in self.outbox]
        for key, frame in frames:
            self.send(key, frame)
        if self.settles:
            for ordinal in self.to_settle - self.settled:
                self.settled.add(ordinal)
                self.client.send({"type": "settle", "n": ordinal, "how": "drop"})
        try:
            self.take(self.client.receive(0.03))
        except TimeoutError:
            pass

    def take(self, frame):
        # Kept by what they mean; the frames themselves would be a day's worth.
        del self.client.frames[:]
        kind = frame["type"]
        if kind == "line":
            self.lines.append((time.monotonic(), frame))
        elif kind == "refusals":
            self.to_settle = {info["n"] for info in frame["refusals"]}
            # One that was sent once more and is refused again comes back under its number.
            self.settled &= self.to_settle
            for info in frame["refusals"]:
                self.refusals[info["n"]] = info
        elif kind in ("ack", "rejection") and ("id" in frame or "question" in frame):
            key = frame.get("id") or (frame["question"], frame["counter"])
            with self.lock:
                given = self.outbox.pop(key, None)
            if not given:
                return
            self.slowest = max(self.slowest, time.monotonic() - self.sent_at.get(key, time.monotonic()))
            if frame["type"] == "ack":
                self.acked[key if isinstance(key, str) else (self.by, *key)] = frame["sequence"]
            elif frame["retry"] == "after":
                self.give(key, given)
            else:
                self.rejected[key] = frame

    def keep(self):
        client, self.client = self.client, None
        if client:
            if hasattr(client, "welcome"):
                # In the middle of a delta's parts the view is ahead of its position; applying twice is harmless.
                position = {"epoch": client.welcome["epoch"], "sequence": client.position} if client.position else None
                self.kept = (position, client.view, client.welcome.get("device"))
            try:
                client.close()
            except LOST:
                pass


class Crowd:
    """`qarelay people` in one venue, at its relay."""

    def __init__(self, relay, log, phones, pace, seed):
        self.log, self.acknowledged = log.with_suffix(".log"), log.with_suffix(".acknowledged")
        self.phones = phones
        command = [str(BIN / "qarelay"), "people", "--hub", f"ws://{relay.host}:{relay.port}", "--venue", relay.venue,
                   "--event", str(EVENT), "--questions", str(ROOT / "events" / "demo-questions.jsonl"),
                   "--phones", str(phones), "--seed", str(seed), "--pace", pace, "--acknowledged", str(self.acknowledged)]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([*relay.place.enter, *command], stdout=log, stderr=log)

    def tally(self):
        """The last that it said of itself."""
        said = [line for line in self.log.read_text().splitlines() if "code=people_status" in line or "code=people_left" in line]
        words = dict(word.split("=", 1) for word in said[-1].split() if "=" in word) if said else {}
        return {name: int(words.get(name, 0)) for name in ("connected", "asked", "votes", "lost", "unreadable")}

    def leave(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)
        return self.tally()
