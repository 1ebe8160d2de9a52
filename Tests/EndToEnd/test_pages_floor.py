"""Turns of the rooms and people who ask for the floor, on the pages."""

import re

import pytest
from playwright.sync_api import expect
from screens import LAPTOP, Moderator, violations

PRICE = "Combien coûte un certificat pour une petite commune ?"
WHO = "Qui délivre les certificats dans la Manche ?"
LOST = "Comment révoquer une clé perdue un dimanche ?"
SUBJECT = "Les petites communes"
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def moderator(public_hub):
    return Moderator(public_hub)


def asks_to_speak(phone, subject=SUBJECT, name=None):
    phone["#spoken"].check()
    phone.write(subject, name)
    phone.send()
    expect(phone["#text"]).to_have_value("")
    return phone.mine(subject).first.get_attribute("id")


def state(phone, subject=SUBJECT):
    return phone.mine(subject).locator(".state")


def titles(phone):
    """What the window's title shows from now on."""
    phone.run("""() => {
      window.titles = new Set();
      setInterval(() => titles.add(document.title), 50);
    }""")


# --- Turns

def test_the_rule_of_the_order_is_printed_and_changes_with_it(screens, moderator):
    phone = screens.phone()
    for order in ("by_votes", "by_time", "by_hand", "by_turns"):
        moderator.do("setOrder", order=order)
        expect(phone["#rule"]).to_have_text(f"{phone.t(f'rule_{order}')} {phone.t('rule_pins')}")
    for words in ("tour de rôle", "liaison est coupée", "épinglée"):
        assert words in phone["#rule"].inner_text()


def test_the_wall_shows_the_short_rule_and_the_turns_and_the_console_the_whole_one(screens, public_hub, moderator):
    question = moderator.publish(public_hub.client(venue="granville"), PRICE)[0]
    wall, speaker = screens.wall(), screens.speaker()
    expect(wall["#turns"]).to_have_text(wall.t("turns", "Granville 0, Agneaux 0, Cherbourg 0"))
    expect(wall["#rule"]).to_have_text("Les salles passent à tour de rôle.")
    moderator.live(PRICE)
    expect(wall["#rule"]).to_be_hidden()
    moderator.do("answer", question=question)
    expect(wall["#turns"]).to_have_text(wall.t("turns", "Granville 1, Agneaux 0, Cherbourg 0"))
    expect(wall["#turns"]).to_be_in_viewport(ratio=1)
    expect(wall["#rule"]).to_be_in_viewport(ratio=1)
    expect(speaker["#rule"]).to_be_hidden()
    speaker["#turns"].press("Space")
    expect(speaker["#rule"]).to_have_text(f"{speaker.t('rule_by_turns')} {speaker.t('rule_pins')}")
    assert [frame["do"] for frame in speaker.sent if frame["type"] == "command"] == [], "the key opened the rule alone"
    for order in ("by_votes", "by_time", "by_hand"):
        moderator.do("setOrder", order=order)
        expect(wall["#rule"]).to_have_text(wall.t(f"rule_{order}"))


def test_turns_taken_are_counted_on_the_phone_and_the_console(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="granville"), PRICE, WHO)
    moderator.publish(public_hub.client(venue="agneaux"), LOST)
    phone, speaker = screens.phone(), screens.speaker()
    for screen in (phone, speaker):
        expect(screen["#turns"]).to_have_text(screen.t("turns", "Granville 0, Agneaux 0, Cherbourg 0"))
    speaker["#take"].click()
    for screen in (phone, speaker):
        expect(screen["#turns"]).to_have_text(screen.t("turns", "Granville 1, Agneaux 0, Cherbourg 0"))
    # The room that had no turn yet is next, though the other one asked before.
    expect(speaker["#queue .text"]).to_have_text([LOST, WHO])


def test_a_pinned_question_is_marked_on_the_console(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="granville"), PRICE, WHO)
    speaker = screens.speaker()
    expect(speaker["#queue .pinned:visible"]).to_have_count(0)
    moderator.do("pin", WHO)
    expect(speaker["#queue li"].first).to_contain_text(WHO)
    expect(speaker["#queue li"].first.locator(".pinned")).to_have_text(speaker.t("pinned"))
    expect(speaker["#queue .pinned:visible"]).to_have_count(1)


# --- A floor request's way

def test_a_floor_request_is_read_queued_near_ready_live_and_done(screens, moderator):
    phone, other, speaker, wall = screens.phone("cherbourg"), screens.phone(), screens.speaker(), screens.wall()
    identifier = asks_to_speak(phone, name="Marie")
    expect(state(phone)).to_have_text(phone.t("state_pending"))
    expect(phone["#turn"]).to_be_hidden()
    assert moderator.find(SUBJECT)["spoken"] is True
    titles(phone)
    moderator.approve(SUBJECT)
    expect(state(phone)).to_have_text(phone.t("floor_near"))
    expect(phone["#turn"]).to_have_text(phone.t("floor_near"))
    phone.until("words => [...titles].some(title => title.includes(words))", phone.t("floor_near"))
    # To others it is no written question.
    expect(other.card(SUBJECT).locator(".spoken")).to_have_text(other.t("spoken"))
    expect(other.card(SUBJECT)).to_contain_text("Marie")
    other.support(SUBJECT).click()
    row = speaker["#queue li"].first
    for said in (speaker.t("spoken"), "Marie", "Cherbourg", SUBJECT, speaker.t("micAwaited")):
        expect(row).to_contain_text(said)

    moderator.do("ready", question=identifier, on=True)
    expect(state(phone)).to_have_text(phone.t("floor_ready"))
    expect(row).to_contain_text(speaker.t("micReady"))

    speaker["#take"].click()
    expect(state(phone)).to_have_text(phone.t("floor_live"))
    expect(phone["#turn"]).to_have_text(phone.t("floor_live"))
    phone.until("words => [...titles].some(title => title.includes(words))", phone.t("floor_live"))
    for screen in (speaker, wall):
        expect(screen["#floor"]).to_have_text(re.compile("^La parole est à \u2068?Marie\u2069?, Cherbourg$"))
        expect(screen["#text"]).to_have_text(SUBJECT)
    expect(speaker["#meta"]).to_contain_text(speaker.t("micReady"))
    expect(wall["#meta"]).not_to_contain_text("micro")
    expect(other["#live h2"]).to_have_text(re.compile("Marie"))

    speaker["#done"].click()
    expect(state(phone)).to_have_text(phone.t("floor_answered"))
    expect(phone["#turn"]).to_be_hidden()
    phone.until("() => !document.title.includes('●')")
    expect(phone.mine(SUBJECT).locator("button")).to_have_count(0)


def test_without_a_name_the_room_has_the_floor(screens, moderator):
    phone, speaker, wall = screens.phone("cherbourg"), screens.speaker(), screens.wall()
    asks_to_speak(phone)
    moderator.approve(SUBJECT)
    expect(speaker["#queue li"]).to_contain_text(speaker.t("somebody"))
    speaker["#take"].click()
    for screen in (speaker, wall):
        expect(screen["#floor"]).to_have_text(screen.t("floorIn", "Cherbourg"))
    expect(speaker["#meta"]).to_contain_text(speaker.t("micAwaited"))


def test_the_turn_is_told_at_once_and_once(screens, public_hub, moderator):
    phone = screens.phone("cherbourg")
    phone.run("""() => {
      window.told = [];
      const turn = document.getElementById('turn');
      new MutationObserver(() => told.push(turn.textContent)).observe(turn, {childList: true, characterData: true, subtree: true});
      Object.defineProperty(navigator, 'vibrate', {value: () => { window.shaken = (window.shaken ?? 0) + 1; return true; }});
    }""")
    assert phone["#turn"].get_attribute("role") == "alert"
    asks_to_speak(phone)
    moderator.approve(SUBJECT)
    expect(phone["#turn"]).to_have_text(phone.t("floor_near"))
    moderator.publish(public_hub.client(venue="agneaux"), PRICE)
    expect(phone.card(PRICE)).to_be_visible()
    moderator.live(SUBJECT)
    expect(phone["#turn"]).to_have_text(phone.t("floor_live"))
    phone.draws()
    assert phone.run("told") == [phone.t("floor_near"), phone.t("floor_live")]
    assert phone.run("shaken") == 2


@pytest.mark.parametrize("when", ["pending", "approved", "live"])
def test_one_may_give_the_floor_up_until_one_has_spoken(screens, moderator, when):
    phone, speaker = screens.phone("cherbourg"), screens.speaker()
    asks_to_speak(phone)
    if when != "pending":
        moderator.approve(SUBJECT)
    if when == "live":
        moderator.live(SUBJECT)
        expect(speaker["#floor"]).to_be_visible()
    buttons = phone.mine(SUBJECT).locator("button")
    expect(buttons).to_have_text([phone.t("decline")])
    buttons.click()
    expect(buttons).to_have_text([phone.t("declineYes"), phone.t("no")])
    buttons.first.click()
    expect(state(phone)).to_have_text(phone.t("floor_withdrawn"))
    expect(phone["#turn"]).to_be_hidden()
    expect(speaker["#floor"]).to_be_hidden()
    expect(speaker["#queue li"]).to_have_count(0)


def test_one_request_at_a_time_and_questions_can_still_be_written(screens, moderator):
    phone = screens.phone("cherbourg")
    asks_to_speak(phone)
    expect(phone["#written"]).to_be_checked()
    phone.ask(PRICE)
    moderator.find(PRICE)
    phone["#spoken"].check()
    expect(phone["#closed"]).to_have_text(phone.t("code_floor_taken"))
    expect(phone["#send"]).to_have_attribute("aria-disabled", "true")
    moderator.do("dismiss", SUBJECT, reason="no_time")
    expect(phone["#closed"]).to_be_hidden()
    expect(state(phone)).to_have_text(phone.t("state_dismissed", phone.t("reason_no_time")))
    asks_to_speak(phone, "Le prix")
    moderator.find("Le prix")


def test_a_subject_may_be_one_word_and_what_is_typed_outlives_the_change_of_mind(screens, moderator):
    phone = screens.phone("cherbourg")
    phone.write("Tarifs")
    phone["#send"].click()
    expect(phone["#message"]).to_have_text(phone.t("code_text_too_short", 10))
    phone["#spoken"].check()
    expect(phone["#message"]).to_be_hidden()
    expect(phone["#text"]).to_have_value("Tarifs")
    expect(phone["#text"]).to_have_accessible_name(phone.t("subject"))
    expect(phone["#send"]).to_have_text(phone.t("askFloor"))
    phone.page.reload()
    phone.is_connected()
    expect(phone["#spoken"]).to_be_checked()
    expect(phone["#text"]).to_have_value("Tarifs")
    phone["#send"].click()
    assert moderator.find("Tarifs")["spoken"] is True


def test_where_the_floor_is_not_asked_for_nothing_speaks_of_it(browser, tmp_path):
    from conftest import EVENT
    from screens import PublicHub, Screens
    event = tmp_path / "event.yaml"
    text = re.sub(r"^floor:.*$", "", EVENT.read_text(), flags=re.M)
    event.write_text(text + "\nfloor: false\n")
    hub = PublicHub(tmp_path / "data", event=event).start()
    screens = Screens(browser, hub)
    try:
        phone = screens.phone()
        expect(phone["#way"]).to_be_hidden()
        phone.ask(PRICE)
        assert screens.complaints() == []
    finally:
        screens.close()
        hub.stop()


def test_the_floor_is_asked_for_by_keys_alone_and_nothing_offends(screens, moderator):
    phone, speaker, wall = screens.phone("cherbourg", size=NARROW), screens.speaker(size=LAPTOP), screens.wall(size=LAPTOP)
    phone["#written"].focus()
    phone.page.keyboard.press("ArrowRight")
    expect(phone["#spoken"]).to_be_checked()
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.type(SUBJECT)
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.type("Marie")
    phone.page.keyboard.press("Enter")
    moderator.approve(SUBJECT)
    expect(phone["#turn"]).to_be_visible()
    assert violations(phone) == []
    moderator.live(SUBJECT)
    expect(phone["#turn"]).to_have_text(phone.t("floor_live"))
    for screen in (speaker, wall):
        expect(screen["#floor"]).to_be_visible()
    for screen in (phone, speaker, wall):
        assert violations(screen) == []
        assert screen.run("document.documentElement.scrollWidth <= innerWidth")
