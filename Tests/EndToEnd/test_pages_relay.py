"""The pages in a room with a relay of its own: the line is cut, the relay dies, somebody goes on elsewhere."""

import re
import signal
import urllib.parse

import pytest
from conftest import wait_until
from playwright.sync_api import expect
from relays import Relay
from screens import HOST, Moderator, PublicHub, Screens, violations
from test_pages_floor import SUBJECT, asks_to_speak

PRICE = "Combien coûte un certificat pour une petite commune ?"
WHO = "Qui délivre les certificats dans la Manche ?"
LOST = "Comment révoquer une clé perdue un dimanche ?"
SLOW = 25_000


class PageRelay(Relay):
    """A relay that phones know by the hub's name, at a port of its own."""

    def __init__(self, folder, hub):
        super().__init__(folder, hub)
        self.extra += ["--public-url", f"http://{HOST}:{self.port}"]

    def start(self, wrapper=()):
        self.public_host = None
        super().start(wrapper)
        self.public_host = HOST
        return self

    @property
    def ws(self):
        return f"ws://{self.host}:{self.port}/ws"

    def token(self, label):
        return self.main.token(label)


@pytest.fixture
def relay(public_hub, tmp_path):
    running = PageRelay(tmp_path / "relay", public_hub).start()
    yield running
    running.finish()


@pytest.fixture
def room(browser, relay):
    """The pages of the relay's room."""
    opened = Screens(browser, relay)
    opened.the_line_will_be_cut()
    yield opened
    complaints = opened.complaints()
    opened.close()
    assert complaints == []


@pytest.fixture
def moderator(public_hub):
    return Moderator(public_hub)


def is_looked_at(screen):
    screen.run("() => dispatchEvent(new Event('visibilitychange'))")


def comes_home(screen):
    """Its own server is there again: a look at the phone makes it try at once."""
    screen.until("() => { dispatchEvent(new Event('visibilitychange')); return !document.getElementById('line').textContent; }",
                 seconds=25)


def cards(moderator, text):
    return [card for card in moderator.client.cards() if card["text"] == text]


def other_rooms_ask(moderator, hub, *texts):
    person = hub.client(venue="granville")
    return moderator.publish(person, *texts)


# --- The line is cut

def test_while_the_line_is_cut_a_calm_sentence_says_so_and_numbers_are_to_be_confirmed(room, relay, moderator):
    phone = room.phone("cherbourg")
    phone.ask(PRICE)
    expect(phone.mine(PRICE).locator(".number")).to_have_text(phone.t("number", 1))
    expect(phone["#line"]).to_be_hidden()
    relay.line.cut()
    expect(phone["#line"]).to_have_text(re.compile(re.escape(phone.t("lineCut", "@")).replace("@", r"\d\d:\d\d")))
    expect(phone["#status"]).to_contain_text(phone["#line"].inner_text())
    expect(phone["#offline"]).to_be_hidden()
    assert phone["#line"].get_attribute("role") is None and "problem" not in phone["#line"].get_attribute("class")

    phone.ask(WHO)
    own = phone.mine(WHO)
    expect(own.locator(".state")).to_have_text(phone.t("state_pending"))
    expect(own.locator(".number")).to_have_text(phone.t("unconfirmed"))
    local = Moderator(relay, label="moderator-cherbourg")
    local.approve(WHO)
    other = room.phone("cherbourg")
    expect(other.card(WHO).locator(".number")).to_have_text(other.t("unconfirmed"))
    assert violations(phone) == []

    relay.line.heal()
    expect(phone["#line"]).to_be_hidden(timeout=SLOW)
    expect(phone["#status"]).to_contain_text(phone.t("lineBack"))
    for screen, card in ((phone, own), (other, other.card(WHO))):
        expect(card.locator(".number")).to_have_text(screen.t("number", 2))
    moderator.find(WHO)
    assert len(cards(moderator, WHO)) == 1


def test_a_support_given_while_the_line_is_cut_is_to_be_confirmed_until_the_hub_has_counted_it(room, relay, moderator):
    asker, phone = room.phone("cherbourg"), room.phone("cherbourg")
    asker.ask(PRICE)
    moderator.approve(PRICE)
    phone.support(PRICE).click()
    moderator.client.until(lambda: moderator.find(PRICE)["votes"] == 1, 20)
    words = phone.t("supportUnconfirmed")
    expect(phone.card(PRICE)).not_to_contain_text(words)
    asker.ask(WHO)
    moderator.approve(WHO)
    expect(phone.card(WHO)).to_be_visible()
    relay.line.cut()
    expect(phone["#line"]).to_be_visible()
    phone.support(WHO).click()
    expect(phone.card(WHO)).to_contain_text(words)
    expect(phone.card(PRICE)).not_to_contain_text(words)
    phone.page.reload()
    phone.is_connected()
    expect(phone.card(WHO)).to_contain_text(words)
    assert violations(phone) == []
    relay.line.heal()
    expect(phone["#line"]).to_be_hidden(timeout=SLOW)
    expect(phone.card(WHO)).not_to_contain_text(words)
    moderator.client.until(lambda: moderator.find(WHO)["votes"] == 1, 20)


def test_the_floor_is_asked_for_while_the_line_is_cut_and_given_in_the_room(room, relay, moderator):
    phone, speaker = room.phone("cherbourg"), room.speaker()
    local = Moderator(relay, label="moderator-cherbourg")
    relay.line.cut()
    expect(phone["#line"]).to_be_visible()
    identifier = asks_to_speak(phone, name="Marie")
    expect(phone.mine(SUBJECT).locator(".number")).to_have_text(phone.t("unconfirmed"))
    local.approve(SUBJECT)
    expect(phone["#turn"]).to_have_text(phone.t("floor_near"))
    local.do("ready", question=identifier, on=True)
    speaker["#take"].click()
    expect(phone["#turn"]).to_have_text(phone.t("floor_live"))
    relay.line.heal()
    expect(phone["#line"]).to_be_hidden(timeout=SLOW)
    moderator.client.until(lambda: moderator.find(SUBJECT)["status"] == "live", 20)
    assert moderator.find(SUBJECT)["id"] == identifier and len(cards(moderator, SUBJECT)) == 1


def test_the_console_and_the_wall_say_that_the_line_is_cut_and_go_on(room, relay, moderator):
    phone, speaker, wall = room.phone("cherbourg"), room.speaker(), room.wall()
    phone.ask(PRICE)
    moderator.approve(PRICE)
    expect(speaker["#queue li"]).to_have_count(1)
    relay.line.cut()
    expect(speaker["#line"]).to_have_text(re.compile(re.escape(speaker.t("lineDown", "@")).replace("@", r"\d\d:\d\d")))
    expect(wall["#line"]).to_be_visible()
    expect(speaker["#queue"]).not_to_contain_text(speaker.t("unconfirmed"))
    phone.ask(WHO)
    Moderator(relay, label="moderator-cherbourg").approve(WHO)
    expect(speaker["#queue li"]).to_have_count(2)
    expect(speaker["#queue li"].filter(has_text=WHO)).to_contain_text(speaker.t("unconfirmed"))
    speaker["#take"].click()
    for screen in (speaker, wall):
        expect(screen["#text"]).to_have_text(PRICE)
    relay.line.heal()
    expect(speaker["#line"]).to_have_text(speaker.t("connected"), timeout=SLOW)
    expect(wall["#line"]).to_be_hidden()
    moderator.client.until(lambda: moderator.find(PRICE)["status"] == "live", 20)


def refused_by_the_hub(room, relay, moderator, text):
    """A question that the relay took while the hub did not."""
    phone = room.phone("cherbourg")
    relay.line.cut()
    expect(phone["#line"]).to_be_visible()
    moderator.do("pauseIntake")
    phone.ask(text)
    expect(phone.mine(text).locator(".number")).to_have_text(phone.t("unconfirmed"))
    relay.line.heal()
    expect(phone.mine(text).locator(".state")).to_have_text(
        phone.t("state_turnedDown", phone.t("code_intake_paused")), timeout=SLOW)
    return phone


def test_what_the_hub_refuses_is_told_with_the_reason_and_can_be_taken_up_again(room, relay, moderator):
    phone = refused_by_the_hub(room, relay, moderator, PRICE)
    buttons = phone.mine(PRICE).locator("button")
    expect(buttons).to_have_text([phone.t("edit"), phone.t("discard")])
    buttons.first.click()
    expect(phone["#text"]).to_have_value(PRICE)
    expect(phone["#text"]).to_be_focused()
    expect(phone["#mine li"]).to_have_count(0)
    phone.page.reload()
    phone.is_connected()
    expect(phone["#mine li"]).to_have_count(0)
    expect(phone["#text"]).to_have_value(PRICE)
    moderator.do("resumeIntake")
    expect(phone["#closed"]).to_be_hidden()
    phone.send()
    moderator.find(PRICE)
    assert len(cards(moderator, PRICE)) == 1


def test_what_the_hub_refuses_can_be_discarded_for_good(room, relay, moderator):
    phone = refused_by_the_hub(room, relay, moderator, PRICE)
    phone.mine(PRICE).locator("button").last.click()
    expect(phone["#mine li"]).to_have_count(0)
    phone.page.reload()
    phone.is_connected()
    expect(phone["#mine li"]).to_have_count(0)
    expect(phone["#text"]).to_have_value("")


# --- The relay dies

def test_when_the_relay_dies_an_open_phone_goes_on_at_the_hub_as_the_same_person_and_comes_back(room, relay, public_hub, moderator):
    question, = other_rooms_ask(moderator, public_hub, PRICE)
    phone = room.phone("cherbourg")
    phone.ask(WHO)
    expect(phone.mine(WHO).locator(".number")).to_have_text(phone.t("number", 2))
    phone.support(PRICE).click()
    moderator.client.until(lambda: moderator.find(PRICE)["votes"] == 1)
    device = phone.device
    relay.kill()
    expect(phone["#line"]).to_have_text(phone.t("away"), timeout=SLOW)
    expect(phone["#offline"]).to_be_hidden()
    expect(phone["#status"]).to_contain_text(phone.t("away"))
    expect(phone["#mine li"]).to_have_count(1)
    expect(phone.support(PRICE)).to_have_attribute("aria-pressed", "true")
    assert phone.device == device

    phone.ask(LOST)
    assert moderator.find(LOST)["by"] == moderator.find(WHO)["by"]
    assert moderator.find(LOST)["venue"] == "cherbourg"
    phone.support(PRICE).click()
    moderator.client.until(lambda: moderator.find(PRICE)["votes"] == 0)
    phone.has_voted(question, on=False)

    relay.start()
    comes_home(phone)
    expect(phone["#mine li"]).to_have_count(2, timeout=SLOW)
    expect(phone.support(PRICE)).to_have_attribute("aria-pressed", "false")
    phone.support(PRICE).click()
    moderator.client.until(lambda: moderator.find(PRICE)["votes"] == 1, 20)
    expect(phone.count(PRICE)).to_have_text("1")
    assert len(cards(moderator, LOST)) == len(cards(moderator, WHO)) == 1


def test_what_a_dying_relay_could_not_pass_on_its_phones_bring_to_the_hub_and_nothing_is_doubled(room, relay, public_hub, moderator):
    other_rooms_ask(moderator, public_hub, PRICE)
    phone = room.phone("cherbourg")
    expect(phone.card(PRICE)).to_be_visible()
    relay.line.cut()
    expect(phone["#line"]).to_be_visible()
    identifier = phone.ask(WHO)
    expect(phone.mine(WHO).locator(".number")).to_have_text(phone.t("unconfirmed"))
    phone.support(PRICE).click()
    phone.has_voted(moderator.find(PRICE)["id"])
    relay.kill()
    expect(phone["#line"]).to_have_text(phone.t("away"), timeout=SLOW)
    assert moderator.find(WHO)["id"] == identifier
    moderator.client.until(lambda: moderator.find(PRICE)["votes"] == 1)
    expect(phone.mine(WHO).locator(".number")).to_have_text(phone.t("number", 2))
    expect(phone["#mine li"]).to_have_count(1)

    relay.line.heal()
    relay.start()
    comes_home(phone)
    local = Moderator(relay, label="moderator-cherbourg")
    wait_until(lambda: local.client.receive(10) and local.find(WHO).get("unconfirmed") is None, 20)
    expect(phone["#mine li"]).to_have_count(1)
    phone.has_voted(moderator.find(PRICE)["id"])
    phone.support(PRICE).click()
    moderator.client.until(lambda: moderator.find(PRICE)["votes"] == 0, 20)
    assert len(cards(moderator, WHO)) == 1


def test_the_console_and_the_wall_go_on_at_the_hub_and_come_back(room, relay, public_hub, moderator):
    other_rooms_ask(moderator, public_hub, PRICE, WHO, LOST)
    speaker, wall = room.speaker(), room.wall()
    speaker["#take"].click()
    expect(wall["#text"]).to_have_text(PRICE)
    relay.kill()
    expect(speaker["#line"]).to_have_text(speaker.t("connectedAway"), timeout=SLOW)
    expect(wall["#line"]).to_have_text(wall.t("connectedAway"), timeout=SLOW)
    speaker["#take"].click()
    for screen in (speaker, wall):
        expect(screen["#text"]).to_have_text(WHO)
    relay.start()
    expect(speaker["#line"]).to_have_text(speaker.t("connectedAway"))
    speaker.until("() => { dispatchEvent(new Event('visibilitychange')); return true; }")
    expect(speaker["#line"]).to_have_text(speaker.t("connected"), timeout=45_000)
    speaker["#take"].click()
    expect(wall["#text"]).to_have_text(LOST)
    moderator.client.until(lambda: moderator.find(LOST)["status"] == "live")


def test_without_its_relay_and_without_the_hub_a_phone_says_it_is_offline_and_sends_once_either_is_back(room, relay, public_hub):
    phone = room.phone("cherbourg")
    relay.kill()
    public_hub.kill()
    expect(phone["#offline"]).to_be_visible()
    phone.ask(PRICE)
    public_hub.start()
    expect(phone["#line"]).to_have_text(phone.t("away"), timeout=60_000)
    back = Moderator(public_hub)
    back.find(PRICE)
    expect(phone["#offline"]).to_be_hidden()
    assert len(cards(back, PRICE)) == 1


def test_votes_that_another_server_lacks_are_brought_to_it_and_counters_never_fall(room):
    from test_pages_duplicates import VOTES
    steps = [("toggle", "v"), ("acknowledge", {"question": "v", "counter": 1}, 5), ("reach", 5), ("toggle", "v"), ("toggle", "v"),
             ("acknowledge", {"question": "v", "counter": 3}, 9), ("learn", {"whole": True, "votes": [["v", 1, True]]}, [], True),
             ("isPending", "v"), ("acknowledge", {"question": "v", "counter": 3}, 2), ("reach", 2), ("reject", "v"), ("toggle", "v"),
             ("reject", "v"), ("learn", {"whole": True, "votes": []}, [], False), ("toggle", "v")]
    got = room.join().run(VOTES, steps)
    vote = [[{"type": "vote", "question": "v", "on": on, "counter": counter}]
            for counter, on in ((1, True), (2, False), (3, True), (3, True), (4, False), (5, True))]
    assert [answer for answer in got if isinstance(answer, list)] == [*vote[:5], [], vote[5]]
    assert got[7] is True


# --- Another device, another address

def handover(phone, name):
    """The link that takes the person along."""
    phone["#handover summary"].click()
    link = phone["#handover a"].filter(has_text=phone.t(name))
    expect(link).to_be_visible()
    return link.get_attribute("href")


def visit(room, url, context=None):
    """Opens a whole address, whichever server it is of."""
    parts = urllib.parse.urlsplit(url)
    own, room.hub = room.hub, next(hub for hub in (room.hub, room.hub.main) if str(parts.port) in hub.url)
    try:
        return room.open(url.removeprefix(room.hub.url), context=context)
    finally:
        room.hub = own


def test_a_closed_page_goes_on_at_the_hub_by_its_link_as_the_same_person(room, relay, public_hub, moderator):
    phone = room.phone("cherbourg")
    phone.ask(PRICE)
    moderator.find(PRICE)
    link = handover(phone, "there")
    assert link.startswith(f"{public_hub.url}/ask?venue=cherbourg#device=")
    phone.page.close()
    relay.kill()
    again = visit(room, link)
    expect(again.mine(PRICE)).to_be_visible()
    assert again.page.url == f"{public_hub.url}/ask?venue=cherbourg"
    again.ask(WHO)
    assert moderator.find(WHO)["by"] == moderator.find(PRICE)["by"]
    again.page.reload()
    again.is_connected()
    expect(again["#mine li"]).to_have_count(2)


def test_a_link_is_not_taken_by_somebody_who_has_something_of_their_own(room, relay, moderator):
    phone, other, idle = (room.phone("cherbourg") for _ in range(3))
    phone.ask(PRICE)
    other.ask(WHO)
    for text in (PRICE, WHO):
        moderator.find(text)
    link = handover(phone, "here")
    kept = other.device
    expect(other.mine(WHO).locator(".number")).not_to_be_empty()
    refused = visit(room, link, other.context)
    expect(refused["#note"]).to_have_text(refused.t("notTaken"))
    expect(refused.mine(WHO)).to_be_visible()
    expect(refused.mine(PRICE)).to_have_count(0)
    assert refused.device == kept and "#" not in refused.page.url

    assert idle.device != phone.device
    taken = visit(room, link, idle.context)
    expect(taken.mine(PRICE)).to_be_visible()
    expect(taken["#note"]).to_be_hidden()
    assert taken.device == phone.device


def test_the_links_can_be_copied_and_are_reached_by_keys(room, relay):
    phone = room.phone("cherbourg", size={"width": 320, "height": 640})
    phone["#handover summary"].focus()
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.press("Tab")
    expect(phone["#handover a"].first).to_be_focused()
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Enter")
    expect(phone["#status"]).to_have_text(phone.t("copied"))
    assert violations(phone) == []
    assert phone.run("document.documentElement.scrollWidth <= innerWidth")


# --- What the other rooms see

def test_a_room_that_is_cut_off_is_marked_wherever_rooms_are_listed(browser, room, relay, public_hub):
    others = Screens(browser, public_hub)
    try:
        phone, speaker, wall = others.phone(), others.speaker(), others.wall()
        relay.line.cut()
        mark = re.compile(re.escape(phone.t("cut", "@")).replace("@", r"\d\d:\d\d"))
        for screen, css in ((phone, "#turns"), (speaker, "#turns"), (wall, "#codes li:last-child .cut")):
            expect(screen[css]).to_have_text(mark, timeout=40_000)
        expect(wall["#codes li:first-child .cut"]).to_be_hidden()
        for screen in (phone, speaker, wall):
            assert violations(screen) == []
        relay.line.heal()
        expect(wall["#codes li:last-child .cut"]).to_be_hidden(timeout=40_000)
        for screen in (phone, speaker):
            expect(screen["#turns"]).not_to_have_text(mark)
        assert others.complaints() == []
    finally:
        others.close()


@pytest.mark.long
def test_a_relay_that_falls_silent_is_left_after_a_while_and_found_again_by_itself(room, relay, moderator):
    phone = room.phone("cherbourg")
    relay.process.send_signal(signal.SIGSTOP)
    try:
        phone.ask(PRICE)
        # Silence is noticed after 23 s at the latest, and 10 s later nobody waits any more.
        expect(phone["#line"]).to_have_text(phone.t("away"), timeout=50_000)
        moderator.find(PRICE)
    finally:
        relay.process.send_signal(signal.SIGCONT)
    expect(phone["#line"]).to_be_hidden(timeout=60_000)
    expect(phone["#mine li"]).to_have_count(1)
    assert len(cards(moderator, PRICE)) == 1
