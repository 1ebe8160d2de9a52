"""The hub is killed and stopped under load: what was acknowledged is there, once, and everybody goes on where they were."""

import shutil
import random
import signal
import threading
import time
from collections import Counter

import pytest
from clocks import clock  # noqa: F401 (a fixture)
from conftest import Hub, LogFile, new_id, verification, wait_until
from websockets.exceptions import ConnectionClosed, InvalidStatus, InvalidMessage

LOST = (OSError, EOFError, ConnectionClosed, InvalidStatus, InvalidMessage, TimeoutError)


class Participant(threading.Thread):
    """Keeps to docs/PROTOCOL.md §5: resumes from its position and sends again, in order, what has no answer yet."""

    def __init__(self, hub, seed, **hello):
        super().__init__(daemon=True)
        self.hub, self.hello, self.random = hub, hello, random.Random(seed)
        self.client = None
        self.kept = None           # position, view and device of the last connection
        self.outbox = {}           # without an answer: key -> frame, oldest first
        self.acked = {}            # key -> sequence
        self.refused = {}          # key -> rejection
        self.welcomes = []         # of each connection: whether it had a position, whether that was usable
        self.back_after = []       # seconds from a hub that is up again to a welcome
        self.codes = []            # close codes
        self.postponed = []        # codes of what was refused for a while
        self.counters = Counter()
        self.error = None
        self.asks = threading.Event()
        self.ends = threading.Event()
        self.asks.set()

    def run(self):
        try:
            while not self.ends.is_set():
                try:
                    self.connect()
                    self.speak()
                except LOST as end:
                    self.codes.append(end.rcvd.code if isinstance(end, ConnectionClosed) and end.rcvd else 1006)
                self.keep()
                # The back-off of the protocol, capped: these wait together for one hub on this machine.
                self.ends.wait(self.random.uniform(0, 0.2))
        except BaseException as error:  # the test looks at it: a thread's failure is nobody's otherwise
            self.error = error
            raise

    def connect(self):
        position, view, device = self.kept or (None, None, None)
        hello = {**self.hello, **({"device": device} if device else {})}
        self.client = None
        self.client = self.hub.client(position=position, view=view, **hello)
        self.client.answers = Answers(self)
        while not hasattr(self.client, "welcome"):
            self.client.receive(10)
        self.welcomes.append((position is not None, self.client.welcome["resumed"]))
        self.by = self.client.welcome["by"]
        if self.hub.up_since:
            self.back_after.append(time.monotonic() - self.hub.up_since)
        for frame in list(self.outbox.values()):
            self.client.send(frame)

    def keep(self):
        client, self.client = self.client, None
        if client and hasattr(client, "welcome"):
            # In the middle of a delta's parts the view is ahead of its position; applying twice is harmless.
            device = client.welcome.get("device")
            position = {"epoch": client.welcome["epoch"], "sequence": client.position} if client.position else None
            self.kept = (position, client.view, device)
        if client:
            try:
                client.socket.close()
            except LOST:
                pass

    def speak(self):
        while not self.ends.is_set():
            if self.asks.is_set() and len(self.outbox) < 4:
                key, frame = self.think()
                if key:
                    self.outbox[key] = frame
                    self.client.send(frame)
            try:
                self.client.receive(0.02)
            except TimeoutError:
                pass

    def command(self, do, **fields):
        identifier = new_id()
        return identifier, {"type": "command", "id": identifier, "do": do, **fields}

    def answered(self, key, frame):
        if frame.get("retry") == "after":
            # Stays in the outbox: to be sent again, at the latest after the next reconnect.
            self.postponed.append(frame["code"])
            return
        self.outbox.pop(key, None)
        if frame["type"] == "ack":
            assert self.acked.get(key, frame["sequence"]) == frame["sequence"], "the same command has one sequence"
            self.acked[key] = frame["sequence"]
        else:
            self.refused[key] = frame


class Answers(dict):
    """Hands each answer to the participant as it comes."""

    def __init__(self, owner):
        super().__init__()
        self.owner = owner

    def __setitem__(self, key, frame):
        self.owner.answered(key, frame)


class Phone(Participant):
    def think(self):
        cards = [c for c in self.client.view["cards"].values() if c["status"] in ("approved", "live")]
        if cards and self.random.random() < 0.5:
            question = self.random.choice(cards)["id"]
            if question in self.acked:
                return None, None
            self.counters[question] += 1
            counter = self.counters[question]
            return (question, counter), {"type": "vote", "question": question, "on": counter % 2 == 1, "counter": counter}
        return self.command("ask", text=f"Question au hasard {self.random.randrange(10**9)} ?")


class Moderator(Participant):
    def think(self):
        cards = list(self.client.view["cards"].values())
        pending = [c["id"] for c in cards if c["status"] == "pending"]
        approved = [c["id"] for c in cards if c["status"] == "approved"]
        live = (self.client.view.get("live") or {}).get("id")
        dice = self.random.random()
        if pending and dice < 0.7:
            return self.command("approve", question=self.random.choice(pending))
        if approved and dice < 0.8:
            return self.command("takeLive", question=self.random.choice(approved), replacing=live)
        if approved and dice < 0.9:
            return self.command("dismiss", question=self.random.choice(approved), reason="off_topic")
        return None, None


def fresh_view(hub, hello):
    """What a fresh client is given: for some moments a view that was encoded for others, then what came since."""
    fresh = hub.client(**hello)
    fresh.until(lambda: fresh.position, 20, "a whole view")
    fresh.close()
    return fresh.view


def has_view(one):
    """Whether a participant has a position from which to go on after a cut."""
    client = one.client
    return bool(client and client.position)


def crash_and_compare(tmp_path, times, phones=5):
    hub = Hub(tmp_path / "data", extra=["--no-rate-limits"])
    hub.up_since = None
    hub.start()
    dice = random.Random(times)
    venues = ["granville", "agneaux", "cherbourg"]
    crowd = [Phone(hub, n, venue=venues[n % 3]) for n in range(phones)]
    crowd += [Moderator(hub, 90, role="moderator", token=hub.token("moderator")),
              Moderator(hub, 91, role="moderator", token=hub.token("moderator-agneaux"))]
    for one in crowd:
        one.start()
    epoch = hub.health()["epoch"]

    def acked():
        return sum(len(one.acked) for one in crowd)

    def healthy():
        for one in crowd:
            assert one.error is None, f"{one.hello}: {one.error!r}"
        return True

    try:
        for _ in range(times):
            goal = acked() + dice.randrange(20, 120)
            wait_until(lambda: healthy() and acked() >= goal, 60, "acknowledged commands")
            wait_until(lambda: healthy() and all(map(has_view, crowd)), 10, "everybody's view")
            before = [len(one.welcomes) for one in crowd]
            hub.up_since = None
            hub.kill()
            hub.start()
            hub.up_since = time.monotonic()
            wait_until(lambda: healthy() and all(len(one.welcomes) > n for one, n in zip(crowd, before)), 20, "everybody's return")
        for one in crowd:
            one.asks.clear()
        wait_until(lambda: healthy() and not any(one.outbox for one in crowd), 30, "the last answers")
        head = hub.health()["head"]
        live = verification(hub)
        for one in crowd:
            wait_until(lambda: healthy() and one.client and one.client.view == fresh_view(hub, one.hello), 10,
                       f"the view of {one.hello} to be the one a fresh client is given")
    finally:
        for one in crowd:
            one.ends.set()
        for one in crowd:
            one.join(10)
        hub.stop()
    assert hub.process.returncode == 0
    log = LogFile(hub)
    assert log.sound == "ok"
    assert [sequence for sequence, _ in log.entries] == list(range(1, log.head + 1)), "dense"
    assert log.head == head
    stopped = verification(hub)
    assert (stopped["head"], stopped["chain"], stopped["state"]) == (live["head"], live["chain"], live["state"])
    assert stopped["epoch"] == epoch

    places = {}
    for sequence, entry in log.entries:
        if "id" in entry:
            assert entry["id"] not in places, "a command is in the log once"
            places[entry["id"]] = sequence
    votes, cast = {}, Counter()
    for sequence, entry in log.entries:
        for change in entry["changes"]:
            if change["kind"] == "voted":
                votes[change["question"], change["counter"], entry["by"][:8]] = sequence
                cast[change["question"], change["counter"], entry["by"]] += 1
    assert cast and max(cast.values()) == 1, "a vote is in the log once"
    lost = []
    for one in crowd:
        by = one.by
        for key, sequence in one.acked.items():
            if isinstance(key, str):
                if places.get(key) != sequence:
                    lost.append((key, sequence, places.get(key)))
            elif votes.get((*key, by), sequence + 1) > sequence:
                # One that was sent again after a cut is acknowledged with a later head.
                lost.append((key, sequence, votes.get((*key, by))))
        assert one.postponed == []
        for key in one.refused:
            if isinstance(key, str):
                assert key not in places, "what was refused is not in the log"
    assert lost == []
    asked = [change["number"] for _, entry in log.entries for change in entry["changes"] if change["kind"] == "questionAsked"]
    assert asked == list(range(1, len(asked) + 1)), "questions are numbered in their order, without holes"
    for one in crowd:
        assert len(one.welcomes) > times
        assert all(had and resumed for had, resumed in one.welcomes[1:]), f"{one.hello} was given the whole view again"
        assert max(one.back_after, default=0) < 5
    return acked(), max(max(one.back_after, default=0) for one in crowd)


def told(record_property, kills, acked, slowest):
    record_property("figure", f"{kills} kills, {acked:,} acknowledged, 0 lost, 0 twice, back within {slowest:.1f} s")
    return acked


def test_row_4_three_kills_under_load_lose_nothing_and_repeat_nothing(tmp_path, record_property):
    assert told(record_property, 3, *crash_and_compare(tmp_path, 3)) > 60


@pytest.mark.long
def test_row_4_fifty_kills_under_load_lose_nothing_and_repeat_nothing(tmp_path, record_property):
    assert told(record_property, 50, *crash_and_compare(tmp_path, 50, phones=8)) > 1_000


def test_row_47_sigterm_tells_everybody_1001_and_keeps_what_it_acknowledged(free_hub, record_property):
    hub = free_hub
    hub.up_since = None
    crowd = [Phone(hub, n, venue="granville") for n in range(4)]
    crowd.append(Moderator(hub, 90, role="moderator", token=hub.token("moderator")))
    watchers = [hub.client(role="display", token=hub.token("wall")), hub.client(role="speaker", token=hub.token("speaker"))]
    silent = hub.client(greet=False)
    for one in crowd:
        one.start()
    wait_until(lambda: sum(len(one.acked) for one in crowd) > 50, 30, "load")
    wait_until(lambda: all(map(has_view, crowd)), 10, "everybody's view")
    began = time.monotonic()
    hub.process.send_signal(signal.SIGTERM)
    status = hub.process.wait(10)
    took = time.monotonic() - began
    record_property("figure", f"ends after {took:.2f} s, everybody told 1001")
    assert took < 5
    assert status == 0
    for watcher in (*watchers, silent):
        assert watcher.close_code() == 1001
    assert not (hub.folder / "event.sqlite-wal").exists(), "a hub that stopped in order leaves one file"
    assert not (hub.folder / "control").exists()
    hub.start()
    wait_until(lambda: all(len(one.welcomes) > 1 for one in crowd), 5, "everybody's return")
    for one in crowd:
        one.asks.clear()
    wait_until(lambda: not any(one.outbox for one in crowd), 10, "an answer to what was refused for a while or not at all")
    for one in crowd:
        one.ends.set()
    for one in crowd:
        one.join(10)
        assert one.error is None
        assert one.codes[0] == 1001, one.codes
        assert all(resumed for _, resumed in one.welcomes[1:])
        assert set(one.postponed) <= {"busy"}
    hub.stop()
    places = {entry.get("id"): sequence for sequence, entry in LogFile(hub).entries}
    for one in crowd:
        for key, sequence in one.acked.items():
            if isinstance(key, str):
                assert places[key] == sequence


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_hub_without_anybody_stops_at_once(hub, number):
    hub.process.send_signal(number)
    began = time.monotonic()
    assert hub.process.wait(5) == 0
    assert time.monotonic() - began < 2


def test_row_47_a_reader_that_does_not_read_does_not_hold_up_the_end(hub):
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.socket.socket.setblocking(True)
    for _ in range(200):
        moderator.do("setOrder", order="by_time", wait=False)
    hub.process.send_signal(signal.SIGTERM)
    assert hub.process.wait(5) == 0


def test_a_second_sigterm_does_no_harm(hub):
    client = hub.client(venue="granville")
    client.until(lambda: "event" in client.view)
    hub.process.send_signal(signal.SIGTERM)
    hub.process.send_signal(signal.SIGTERM)
    assert hub.process.wait(5) == 0
    assert client.close_code() == 1001


def test_row_47_clients_resume_with_a_delta_after_an_orderly_restart(hub):
    phone = hub.client(venue="granville")
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    question = phone.ask("Qui délivre les certificats ?")["id"]
    moderator.until(lambda: question in moderator.view["cards"])
    kept = {"epoch": moderator.welcome["epoch"], "sequence": moderator.position}
    hub.stop()
    hub.start()
    again = hub.client(role="moderator", token=hub.token("moderator"), position=kept, view=moderator.view)
    later = hub.client(venue="granville", device=phone.welcome["device"]).ask("Une seconde question pour voir ?")["id"]
    again.until(lambda: later in again.view["cards"])
    assert again.welcome["resumed"] is True
    assert all(frame["from"] >= kept["sequence"] for frame in again.frames if frame["type"] == "delta")
    fresh = hub.client(role="moderator", token=hub.token("moderator"))
    fresh.until(lambda: later in fresh.view["cards"])
    assert fresh.view == again.view


def test_row_32_what_is_sent_a_hundred_times_at_once_is_kept_once(tmp_path, record_property):
    hub = Hub(tmp_path / "data", extra=["--no-rate-limits"]).start()
    try:
        first = hub.client(venue="granville")
        first.until(lambda: hasattr(first, "welcome"))
        tabs = [hub.client(venue="granville", device=first.welcome["device"]) for _ in range(10)]
        identifier = new_id()
        for tab in tabs:
            for _ in range(10):
                tab.do("ask", wait=False, text="Qui délivre les certificats ?", id=identifier)
        for tab in tabs:
            tab.until(lambda: sum(frame["type"] == "ack" for frame in tab.frames) == 10)
        sequences = {frame["sequence"] for tab in tabs for frame in tab.frames if frame["type"] == "ack"}
        assert len(sequences) == 1
    finally:
        hub.stop()
    asked = [entry for _, entry in LogFile(hub).entries if entry.get("id") == identifier]
    assert len(asked) == 1
    record_property("figure", "sent 100 times by 10 connections: 1 entry, 1 answer")


def test_row_10_a_log_that_was_begun_anew_gives_whole_views_to_those_who_come_back(hub):
    phone = hub.client(venue="granville")
    phone.until(lambda: "event" in phone.view)
    kept = {"epoch": phone.welcome["epoch"], "sequence": phone.position}
    hub.stop()
    (hub.folder / "event.sqlite").unlink()
    shutil.rmtree(hub.folder / "tokens")
    hub.start()
    again = hub.client(venue="granville", position=kept, view=phone.view)
    again.until(lambda: any(frame["type"] == "delta" for frame in again.frames))
    assert again.welcome["resumed"] is False and again.welcome["epoch"] != kept["epoch"]


def test_row_10_a_log_restored_from_a_copy_gives_whole_views_to_those_who_come_back(free_hub):
    hub = free_hub
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.until(lambda: "event" in moderator.view)
    hub.stop()
    copy = (hub.folder / "event.sqlite").read_bytes()
    hub.start()
    phone = hub.client(venue="granville")
    lost = phone.ask("Une question que la copie n’a pas ?")["id"]
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.until(lambda: lost in moderator.view["cards"])
    kept = {"epoch": moderator.welcome["epoch"], "sequence": moderator.position}
    hub.stop()
    (hub.folder / "event.sqlite").write_bytes(copy)
    hub.start()
    assert "qarelay: log_older: " in hub.log.read_text() and hub.health()["epoch"] != kept["epoch"]
    phone = hub.client(venue="granville")
    wait_until(lambda: phone.ask("Une question d’après la copie ?")["type"] == "ack" and
               hub.health()["head"] > kept["sequence"], 10, "a head beyond the old one")
    again = hub.client(role="moderator", token=hub.token("moderator"), position=kept, view=moderator.view)
    again.until(lambda: any(frame["type"] == "delta" for frame in again.frames))
    fresh = hub.client(role="moderator", token=hub.token("moderator"))
    fresh.until(lambda: "event" in fresh.view)
    assert again.view == fresh.view


@pytest.mark.parametrize("way", ["+2h", "-2h"])
def test_row_42_a_clock_that_jumps_two_hours_changes_no_order_and_sends_nobody_away(tmp_path, clock, way):
    hub = Hub(tmp_path / "data").start(clock.wrapper())
    try:
        moderator = hub.client(role="moderator", token=hub.token("moderator"))
        phones = [hub.client(venue="granville") for _ in range(3)]
        asked = []
        for number, offset in enumerate(("+0", way, "+0")):
            clock.set(offset)
            answer = phones[number].ask(f"Combien d’heures est-il à la mairie, fois {number} ?")
            assert answer["type"] == "ack", answer
            asked.append(answer)
        assert [answer["sequence"] for answer in asked] == sorted(answer["sequence"] for answer in asked)
        moderator.until(lambda: len(moderator.cards("pending")) == 3)
        assert [card["number"] for card in sorted(moderator.cards(), key=lambda card: card["number"])] == [1, 2, 3]
        assert [moderator.view["cards"][answer["id"]]["number"] for answer in asked] == [1, 2, 3]
        # The rate of one phone is by the clock that nobody sets: a jump neither frees it nor locks it out.
        clock.set(way)
        rates = [phones[0].ask(f"Et pour la {number}e fois encore, combien ?") for number in range(8)]
        assert rates[0]["type"] == "ack" and rates[-1]["code"] == "rate_limited" and 0 < rates[-1]["after"] <= 60_000
        # Tokens are good, ticks go on, and all are still on the lines they came by.
        late = hub.client(role="speaker", token=hub.token("speaker"))
        late.until(lambda: hasattr(late, "welcome"))
        assert moderator.do("approve", question=asked[1]["id"])["type"] == "ack"
        phones[2].until(lambda: any(card["id"] == asked[1]["id"] for card in phones[2].cards("approved")), 5)
    finally:
        hub.stop()
    assert verification(hub)["head"]
