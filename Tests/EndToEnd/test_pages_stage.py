"""Messages that cover the speaker's console, and the rehearsal."""

import pytest
from conftest import wait_until
from playwright.sync_api import expect
from screens import LAPTOP, PHONE, Moderator, violations

PRICE = "Combien coûte un certificat pour une petite commune ?"
WHO = "Qui délivre les certificats dans la Manche ?"
MINUTES = "Il reste cinq minutes."
TALK = "Parlez plus près du micro, Cherbourg n’entend rien."


@pytest.fixture
def moderator(public_hub):
    return Moderator(public_hub)


def say(moderator, text):
    assert moderator.client.do("stage", text=text)["type"] == "ack"


def later(screen):
    """As long as a press may have been meant for the question."""
    screen.page.wait_for_timeout(750)


def stage(moderator):
    frames = [frame["stage"] for frame in moderator.client.frames if frame["type"] == "delta" and "stage" in frame]
    return frames[-1] if frames else {"id": None}


def is_read(moderator):
    wait_until(lambda: stage(moderator).get("read") or (moderator.client.receive(10) and None), 10, "that it was read")


def test_a_message_covers_the_console_until_it_is_read_and_its_sender_knows(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), PRICE)
    moderator.live(PRICE)
    speaker = screens.speaker()
    expect(speaker["#text"]).to_have_text(PRICE)
    before = speaker.box("#text")
    say(moderator, MINUTES)
    expect(speaker["#stage"]).to_be_visible()
    expect(speaker["#stage"]).to_contain_text(MINUTES)
    expect(speaker["#stage-title"]).to_have_text(speaker.t("stageFrom", speaker.t("moderators")))
    expect(speaker["#stage-ok"]).to_be_focused()
    assert speaker.box("#text") == before
    assert violations(speaker) == []
    later(speaker)
    speaker["#stage-ok"].click()
    expect(speaker["#stage"]).to_be_hidden()
    is_read(moderator)
    assert speaker.box("#text") == before
    speaker.page.reload()
    speaker.is_connected().draws()
    expect(speaker["#stage"]).to_be_hidden()


def test_the_message_says_which_room_it_comes_from(screens, public_hub):
    speaker = screens.speaker()
    say(Moderator(public_hub, label="moderator-cherbourg"), TALK)
    expect(speaker["#stage-title"]).to_have_text(speaker.t("stageFrom", "Cherbourg"))


def test_a_press_meant_for_the_question_does_not_put_the_message_away(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), PRICE, WHO)
    speaker = screens.speaker()
    expect(speaker["#queue li"]).to_have_count(2)
    speaker.run("() => { window.clock = 0; performance.now = () => clock; }")
    say(moderator, MINUTES)
    expect(speaker["#stage"]).to_be_visible()
    speaker.run("() => { clock = 690; }")
    for key in ("Enter", "PageDown", "Space", "Escape", "Escape", "PageUp"):
        speaker.page.keyboard.press(key)
    expect(speaker["#stage"]).to_be_visible()
    assert not [frame for frame in speaker.sent if frame["type"] == "command"]
    # A second Escape closes whatever dialog one likes: it comes again, and is new.
    speaker.run("() => { clock = 1400; }")
    speaker.page.keyboard.press("Escape")
    expect(speaker["#stage"]).to_be_visible()
    speaker.page.keyboard.press("PageDown")
    expect(speaker["#stage"]).to_be_hidden()
    is_read(moderator)
    assert not moderator.client.cards("live")
    expect(speaker["#line"]).to_have_class("connected")
    speaker.page.keyboard.press("PageDown")
    expect(speaker["#text"]).to_have_text(PRICE)


def test_a_key_held_down_does_not_put_the_message_away(screens, moderator):
    speaker = screens.speaker()
    speaker.page.keyboard.down("Enter")
    say(moderator, MINUTES)
    expect(speaker["#stage-ok"]).to_be_focused()
    later(speaker)
    for _ in range(5):
        speaker.page.keyboard.down("Enter")
    speaker.page.keyboard.up("Enter")
    expect(speaker["#stage"]).to_be_visible()
    speaker.page.keyboard.press("Enter")
    expect(speaker["#stage"]).to_be_hidden()


def test_a_new_message_takes_the_place_of_the_old_one_and_one_taken_away_is_gone(screens, moderator):
    speaker = screens.speaker()
    say(moderator, MINUTES)
    expect(speaker["#stage-text"]).to_have_text(MINUTES)
    later(speaker)
    say(moderator, TALK)
    expect(speaker["#stage-text"]).to_have_text(TALK)
    expect(speaker["#stage-ok"]).to_be_focused()
    moderator.do("clearStage")
    expect(speaker["#stage"]).to_be_hidden()
    expect(speaker["#note"]).to_be_hidden()


@pytest.mark.parametrize("size", [LAPTOP, PHONE, {"width": 320, "height": 640}, {"width": 1920, "height": 1080}])
def test_the_longest_message_can_be_read_and_put_away_on_every_size(screens, moderator, size):
    speaker = screens.speaker(size=size)
    say(moderator, ("Attention la salle de Cherbourg demande que vous répétiez la question " * 3)[:199])
    later(speaker)
    speaker["#stage-ok"].scroll_into_view_if_needed()
    assert speaker.run("document.documentElement.scrollWidth <= innerWidth")
    assert speaker.run("() => { const box = document.getElementById('stage'); return box.scrollWidth <= box.clientWidth; }")
    speaker["#stage-ok"].click()
    expect(speaker["#stage"]).to_be_hidden()


# --- Rehearsal

def test_a_rehearsal_is_called_one_on_every_page_until_it_ends(screens, public_hub):
    pages = [screens.phone(), screens.phone(size={"width": 320, "height": 640}), screens.speaker(), screens.wall()]
    for screen in pages:
        expect(screen["#rehearsal"]).to_be_hidden()
    organiser = Moderator(public_hub, role="organiser")
    organiser.do("startRehearsal")
    for screen in pages:
        expect(screen["#rehearsal"]).to_have_text(screen.t("rehearsal"))
        assert violations(screen) == []
        assert screen.run("document.documentElement.scrollWidth <= innerWidth")
    pages[0].ask(PRICE)
    organiser.find(PRICE)
    organiser.do("endRehearsal")
    for screen in pages:
        expect(screen["#rehearsal"]).to_be_hidden()
    expect(pages[0]["#mine li"]).to_have_count(0)
