"""A frame that never arrives on a line that is sound otherwise: whoever follows the hub notices, and mends it."""

import subprocess
import time
import types

from conftest import BIN, EVENT, ROOT, wait_until
from lines import Line
from playwright.sync_api import expect
from relays import Relay
from rooms import Person
from screens import Screens
from terminals import SMALL, Terminal, pattern
from test_three_rooms import question


class Thief(Line):
    """A line that takes away one frame from the hub, and carries everything else."""

    def __init__(self, hub):
        super().__init__(hub)
        self.wanted = None
        self.taken = 0
        self.rests = {}

    def accept(self):
        known = set(self.pairs)
        super().accept()
        # The hub's ends are those that lead to the address that was dialled.
        for end in set(self.pairs) - known:
            if end.getpeername()[1] == self.hub.port:
                self.rests[end] = [False, b""]

    def carry(self, source):
        if source not in self.rests:
            return super().carry(source)
        try:
            data = source.recv(65536)
            if data:
                return self.pairs[source].sendall(self.sieve(self.rests[source], data))
        except OSError:
            pass
        self.drop(source)

    def sieve(self, rest, data):
        """Whole frames of what came, without the one that is wanted."""
        if rest[0] is None:
            return data
        is_open, waiting = rest
        waiting += data
        passed = b""
        if not is_open:
            head, found, waiting = waiting.partition(b"\r\n\r\n")
            if not found:
                rest[1] = head
                return b""
            # What is no WebSocket is a page or a part of one: all of it passes, whatever follows.
            rest[0], passed = True if b" 101 " in head.split(b"\r\n")[0] else None, head + found
            if rest[0] is None:
                return passed + waiting
        while len(waiting) >= 2:
            size, start = waiting[1] & 0x7F, 2
            if size == 126:
                size, start = int.from_bytes(waiting[2:4], "big"), 4
            elif size == 127:
                size, start = int.from_bytes(waiting[2:10], "big"), 10
            if len(waiting) < start + size:
                break
            frame, payload = waiting[:start + size], waiting[start:start + size]
            waiting = waiting[start + size:]
            if self.wanted and payload.startswith(self.wanted):
                self.wanted, self.taken = None, self.taken + 1
            else:
                passed += frame
        rest[1] = waiting
        return passed


def steal(thief, frame):
    thief.wanted = b'{"type":"%s",' % frame.encode()


def test_row_11_records_that_are_missing_on_a_sound_line_are_noticed_and_fetched(free_hub, tmp_path, record_property):
    relay = Relay(tmp_path / "relay", free_hub)
    relay.line.close()
    relay.line = thief = Thief(free_hub)
    relay.start()
    near, far = Person(relay, venue="cherbourg"), Person(free_hub, venue="granville")
    local = Person(relay, role="moderator", token=free_hub.token("moderator-cherbourg"))
    people = [near, far, local]
    for person in people:
        person.start()
    try:
        wait_until(lambda: all(person.is_here for person in people), 10, "everybody")
        steal(thief, "records")
        lost = far.ask(question(1))
        wait_until(lambda: thief.taken == 1, 10, "the theft")
        began = time.monotonic()
        found = far.ask(question(2))
        wait_until(lambda: {lost, found} <= {card["id"] for card in local.cards()}, 10, "what was stolen, and what came after")
        record_property("figure", f"records lost on the way to a relay: mended after {time.monotonic() - began:.1f} s")
        assert time.monotonic() - began <= 10 and relay.log.read_text().count("code=line_other_log") == 1
        asked = near.ask(question(3))
        wait_until(lambda: any(c["id"] == asked and "unconfirmed" not in c for c in local.cards()), 10, "confirmed again")
    finally:
        for person in people:
            person.ends.set()
        relay.finish()


def test_row_11_a_delta_that_is_missing_is_noticed_by_the_program_s_own_clients(free_hub, tmp_path, record_property):
    thief = Thief(free_hub)
    asker = Person(free_hub, venue="granville")
    central = Person(free_hub, role="moderator", token=free_hub.token("moderator"))
    for person in (asker, central):
        person.start()
    command = [str(BIN / "qarelay"), "people", "--hub", f"ws://127.0.0.1:{thief.port}", "--event", str(EVENT), "--questions",
               str(ROOT / "events" / "demo-questions.jsonl"), "--phones", "1", "--pace", "3000-3600"]
    crowd = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def show(number):
        asked = asker.ask(question(number))
        wait_until(lambda: any(card["id"] == asked for card in central.cards()), 10, "the question")
        central.do("approve", question=asked)
    try:
        wait_until(lambda: free_hub.health()["connections"] == 3, 10, "everybody")
        assert thief.calls == 1
        steal(thief, "delta")
        show(1)
        wait_until(lambda: thief.taken == 1, 10, "the theft")
        began = time.monotonic()
        show(2)
        wait_until(lambda: thief.calls == 2 and free_hub.health()["connections"] == 3, 10, "the phone to come back")
        record_property("figure", f"a delta lost on the way to a phone: back after {time.monotonic() - began:.1f} s")
    finally:
        crowd.terminate()
        crowd.wait(10)
        for person in (asker, central):
            person.ends.set()
        thief.close()


def told(record_property, who, began):
    record_property("figure", f"a delta lost on the way to {who}: mended after {time.monotonic() - began:.1f} s")


class Hall:
    """Somebody who asks and a moderator at the hub, and a line that steals from whoever comes by it."""

    def __init__(self, hub):
        self.thief = Thief(hub)
        self.phone = hub.client(venue="granville")
        self.moderator = hub.client(role="moderator", token=hub.token("moderator"))

    def show(self, number):
        asked = self.phone.ask(question(number))["id"]
        self.moderator.until(lambda: asked in self.moderator.view["cards"])
        assert self.moderator.do("approve", question=asked)["type"] == "ack"

    def lose(self, number):
        """A question is shown, and the delta that says so is stolen."""
        steal(self.thief, "delta")
        self.show(number)
        wait_until(lambda: self.thief.taken == 1, 10, "the theft")


def test_row_11_a_delta_that_is_missing_is_noticed_by_the_moderators_terminal(free_hub, tmp_path, record_property):
    hall, terminal = Hall(free_hub), Terminal(tmp_path / "terminal", SMALL)
    try:
        terminal.open(f"ws://127.0.0.1:{hall.thief.port}", label=free_hub.token_file("moderator"))
        terminal.press("Right")
        terminal.until(pattern(r"\[Retenues 0\]"))
        calls = hall.thief.calls
        hall.lose(1)
        began = time.monotonic()
        hall.show(2)
        terminal.until(pattern("Retenues 2"), "Combien de bornes", "Combien de mairies", seconds=10)
        told(record_property, "a terminal", began)
        assert hall.thief.calls == calls + 1
    finally:
        terminal.close()
        hall.thief.close()


def test_row_11_a_delta_that_is_missing_is_noticed_by_the_page(browser, free_hub, record_property):
    hall = Hall(free_hub)
    screens = Screens(browser, types.SimpleNamespace(url=f"http://127.0.0.1:{hall.thief.port}", token=free_hub.token))
    screens.the_line_will_be_cut()
    try:
        page = screens.phone()
        hall.lose(1)
        began = time.monotonic()
        hall.show(2)
        for number in (1, 2):
            expect(page["#list .text"].filter(has_text=f"numéro {1000 + number}")).to_have_count(1)
        told(record_property, "a page", began)
        assert time.monotonic() - began <= 10
        assert sum(frame["type"] == "welcome" for frame in page.heard) == 2, "it came back by itself"
        assert screens.complaints() == []
    finally:
        screens.close()
        hall.thief.close()
