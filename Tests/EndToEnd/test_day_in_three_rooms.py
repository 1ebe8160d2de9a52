"""A day of three talks in three rooms: crowds on phones, a moderator in each room, a speaker in one of them, and lines and
machines that fail one after the other. What is asked at the end is in rooms.py: nothing acknowledged is lost or there
twice, every role sees the same everywhere, and every refusal was shown to the room that it concerns.
"""

import itertools
import time

import pytest
from rooms import RoomsHub
from terminals import LARGE, Terminal, pattern
from test_three_rooms import NOTICED, Room, assert_in_order

ROOMS = ("granville", "agneaux", "cherbourg")


class Day:
    """The people who run the day, and what they do over and over."""

    def __init__(self, rooms, phones, pace):
        self.rooms = rooms
        rooms.open(*ROOMS)
        self.places = {venue: Room(rooms, venue) for venue in ROOMS}
        self.central = rooms.screen(rooms.hub, "moderator")
        self.speaker = rooms.screen(rooms.relays["agneaux"], "speaker", role="speaker")
        self.numbers = itertools.count()
        rooms.wait(lambda: self.central.is_here and self.speaker.is_here, 15, "the screens")
        for number, venue in enumerate(ROOMS):
            rooms.crowd(venue, phones, pace, seed=number + 1)

    def triage(self):
        """Each room's moderator approves what waits there."""
        for venue, room in self.places.items():
            waiting = [card["id"] for card in room.moderator.cards("pending") if card["venue"] == venue]
            if waiting and not room.moderator.outbox:
                room.moderator.do("bulk", questions=waiting[:50], what="approve")
        return True

    def wait(self, condition, seconds, what):
        return self.rooms.wait(lambda: self.triage() and condition(), seconds, what)

    def begin(self, talk):
        started = self.central.do("startTalk", talk=talk)
        self.wait(lambda: self.central.has_answer(started), 10, f"the talk {talk}")

    def waiting(self, screen):
        """How many questions of each room are in the queue that a screen shows."""
        cards, queue = screen.view["cards"], screen.view.get("queue", [])
        venues = [cards[each]["venue"] for each in queue if each in cards]
        return {venue: venues.count(venue) for venue in ROOMS}

    def ask(self):
        """Somebody in each room asks, beside the crowds."""
        for room in self.places.values():
            room.asker.ask(f"Combien de dossiers sont traités par semaine au guichet {5000 + next(self.numbers)} ?")

    def fill(self, count):
        """Every room has so many questions waiting."""
        for _ in range(count):
            self.ask()
        self.wait(lambda: min(self.waiting(self.speaker).values()) >= count, 60, "questions from every room")

    def turns(self):
        return {each["venue"]: each["turns"] for each in self.central.view["turns"]}

    def take(self):
        """The speaker takes the next one, and the hub says so."""
        view = self.speaker.view
        live = (view["live"] or {}).get("id")
        question, venue = next((each, card["venue"]) for each in list(view["queue"])
                               if each != live and (card := view["cards"].get(each)))
        refused = self.takes_refused()
        self.speaker.do("takeLive", question=question, replacing=live)
        # A console that has its answer may not have the view yet: who looks then would take the same question once more.
        self.wait(lambda: (self.speaker.view["live"] or {}).get("id") == question or self.takes_refused() > refused, 30,
                  "the next question")
        return venue

    def takes_refused(self):
        """Refused at once by the room's own relay, or later by the hub."""
        refusals = self.places["agneaux"].moderator.refusals
        return len(self.speaker.rejected) + sum(info["what"] == "takeLive" for info in list(refusals.values()))

    def take_at_the_hub(self, count):
        """So many turns with sound lines, each seen by the hub before the next; the venues in order."""
        taken = []
        self.wait(lambda: self.rooms.relays["agneaux"].state()["waiting"] == 0, 20, "what the speaker did before")
        start = sum(self.turns().values())
        while len(taken) < count:
            refused = self.takes_refused()
            venue = self.take()
            self.wait(lambda: sum(self.turns().values()) > start + len(taken) or self.takes_refused() > refused, 20,
                      "the turn to be counted")
            # Somebody may have withdrawn it, or it was found to be another one's, before the hub heard of it.
            if sum(self.turns().values()) > start + len(taken):
                taken.append(venue)
        return taken

    def go_on(self, seconds):
        """The day goes on for so long, whatever else happens: questions are asked, read and taken."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.ask()
            if self.speaker.is_here and len(self.speaker.view.get("queue", [])) > 1:
                self.take()
            self.wait(lambda: True, 5, "everybody")
            time.sleep(0.2)

    def all_lines_are_up(self):
        return all(room.moderator.is_here and room.moderator.is_line_up is not False for room in self.places.values()) \
            and all(relay.state()["up"] for relay in self.rooms.relays.values())


@pytest.mark.parametrize("phones, pace, seconds", [
    (15, "0.3-0.6", 2), pytest.param(300, "0.2-0.6", 30, marks=pytest.mark.long)])
def test_a_day_of_three_talks_in_three_rooms_loses_nothing_and_is_fair(rooms, tmp_path, phones, pace, seconds):
    day = Day(rooms, phones, pace)
    cherbourg = day.places["cherbourg"]
    terminals = {venue: Terminal(tmp_path / f"terminal-{venue}", LARGE) for venue in ROOMS}
    terminal = terminals["cherbourg"]
    try:
        for venue, each in terminals.items():
            room = rooms.relays[venue]
            each.open(f"ws://{room.host}:{room.port}", label=rooms.hub.token_file(f"moderator-{venue}"),
                      wrapper=["ip", "netns", "exec", room.place.namespace])

        # The first talk: all lines are sound, and every room has questions enough.
        day.begin("certificat")
        day.fill(4)
        day.take_at_the_hub(9)
        assert day.turns() == {venue: 3 for venue in ROOMS}

        # Cherbourg is cut, and does not hear that the talk is over.
        line = rooms.line("cherbourg")
        (line.no_route if seconds > 10 else line.reset)()
        cherbourg.asker.ask("La ligne est-elle coupée pour longtemps ?")
        day.wait(lambda: cherbourg.moderator.is_line_up is False and day.central.is_cut("cherbourg"), NOTICED + 1, "the cut")
        terminal.until(pattern(r"○ ligne coupée depuis \d\d:\d\d"))
        day.begin("etude")
        late = cherbourg.asker.ask("Qui paie le certificat d’un agent de la commune ?", talk="certificat")
        day.go_on(seconds)
        before = day.turns()["cherbourg"]
        assert before == 0, "whoever cannot hear the answer has no turn"
        line.heal()
        day.wait(lambda: cherbourg.moderator.is_line_up and not day.central.is_cut("cherbourg"), 60, "the line")
        terminal.until(pattern(r"F \d+ refus"), seconds=20)
        # A list shows the newest fifty: whoever deals with them comes to see the others.
        cherbourg.moderator.settles = True
        day.wait(lambda: any(info["code"] == "talk_over" for info in cherbourg.moderator.refusals.values()), 20, "the refusal")
        cherbourg.moderator.settles = False
        assert cherbourg.asker.has_answer(late)

        # It comes back level with the one furthest behind: no more than a round of head start.
        day.fill(4)
        taken = day.take_at_the_hub(6)
        assert 2 <= taken.count("cherbourg") <= 3, taken

        # One room's line flaps, another's loses packets; a relay and the hub are killed.
        rooms.line("granville").lose(30)
        rooms.line("agneaux").flap(3, 0.5, 1, fault=rooms.line("agneaux").reset)
        day.go_on(seconds)
        rooms.relays["granville"].kill()
        rooms.relays["granville"].start()
        day.go_on(seconds)
        rooms.hub.kill()
        rooms.hub.start()
        rooms.line("granville").heal()
        day.wait(day.all_lines_are_up, 90, "the lines")

        # The third talk: a slow line, and a hub that is put back to an earlier hour.
        line.slow("1mbit")
        day.begin("sig")
        backup = rooms.folder / "backup"
        assert rooms.hub.run("backup", str(backup)).returncode == 0
        day.go_on(seconds)
        rooms.hub.kill()
        day.go_on(1)
        rooms.restore(backup)
        assert isinstance(day.central.server, RoomsHub) and day.central.server is rooms.hub
        day.wait(day.all_lines_are_up, 90, "the lines")
        day.go_on(seconds)
        line.heal()

        # And after all that the rooms take turns as before.
        day.fill(4)
        taken = day.take_at_the_hub(9)
        assert all(2 <= taken.count(venue) <= 4 for venue in ROOMS), taken

        for each in terminals.values():
            each.until(pattern(r"● en ligne"), seconds=20)

        crowds = [crowd.leave() for crowd in rooms.crowds]
        rooms.crowds.clear()
        assert all(each["asked"] and not each["unreadable"] for each in crowds), crowds
        accounts = assert_in_order(rooms)
        assert len(accounts.crowd) == sum(each["asked"] + each["votes"] for each in crowds), "what the crowds were told was looked at"
        assert accounts.head > 3 * 9 and set(accounts.shown["cherbourg"]), "the refusals were shown"
    finally:
        for each in terminals.values():
            each.close()
