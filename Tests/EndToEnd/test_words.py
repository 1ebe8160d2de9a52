"""The organiser's words and names that are not everybody's: what the asker, the audience and moderators see of them."""

import pytest
from conftest import EVENT, Hub
from playwright.sync_api import expect
from screens import Moderator, PublicHub, Screens


def event_with(folder, words):
    folder.mkdir(exist_ok=True)
    (folder / "mots.txt").write_text("# un par ligne\nvoleurs\npauvre type\n")
    text = EVENT.read_text()
    assert "\nmoderation:" in text
    event = folder / "event.yaml"
    event.write_text("\n".join("moderation: off" if line.startswith("moderation:") else line for line in text.split("\n")) + words)
    return event


HOLD = "\nwords:\n  file: mots.txt\n"
REFUSE = HOLD + "  then: refuse\n"


@pytest.fixture
def opened(browser, tmp_path, request):
    hub = PublicHub(tmp_path / "data", event=event_with(tmp_path / "setup", request.param)).start()
    screens = Screens(browser, hub)
    yield screens
    complaints = screens.complaints()
    screens.close()
    hub.stop()
    assert complaints == []


@pytest.mark.parametrize("opened", [HOLD], indirect=True)
def test_row_36_a_question_with_a_word_of_the_list_waits_for_a_moderator_who_sees_why(opened):
    phone, other = opened.phone(), opened.phone("agneaux")
    phone.ask("Pourquoi ces vo1euгs sont-ils là ?")
    expect(phone["#mine .state"]).to_have_text(phone.t("state_held"))
    phone.ask("Combien coûte un certificat ?")
    expect(other["#list > li .text"]).to_have_text("Combien coûte un certificat\u00a0?")
    moderator = Moderator(opened.hub)
    card = moderator.find("Pourquoi ces vo1euгs sont-ils là ?")
    assert card["status"] == "pending" and card["held"] == "voleurs"
    moderator.client.do("approve", question=card["id"])
    expect(other["#list > li"]).to_have_count(2)
    expect(phone["#mine .state"].last).to_have_text(phone.t("state_approved"))


@pytest.mark.parametrize("opened", [REFUSE], indirect=True)
def test_row_36_or_it_is_refused_with_a_sentence_and_the_text_is_kept(opened):
    phone = opened.phone()
    phone.ask("Vous êtes un P A U V R E type ou quoi")
    expect(phone["#mine .state"]).to_contain_text(phone.t("code_words_refused"))
    phone["#mine button"].first.click()
    expect(phone["#text"]).to_have_value("Vous êtes un P A U V R E type ou quoi")


def test_row_36_nobody_goes_by_the_name_of_a_moderator_or_a_venue(free_hub):
    asker = free_hub.client(venue="granville")
    for name in ("Modérateur", "ＭＯＤＥＲＡＴＯＲ", "Mоdérateur Granville", "moderator-gгanvi11e", "Granville", "m\u200dodérateur"):
        answer = asker.ask("Combien coûte un certificat ?", name=name)
        assert (answer["type"], answer["code"], answer["field"]) == ("rejection", "name_reserved", "name"), name
    assert asker.ask("Combien coûte un certificat ?", name="Anne")["type"] == "ack"


def test_what_was_held_is_decided_once_and_the_list_may_change_afterwards(tmp_path):
    event = event_with(tmp_path / "setup", HOLD)
    hub = Hub(tmp_path / "data", event=event, extra=["--no-rate-limits"]).start()
    try:
        asker = hub.client(venue="granville")
        held = asker.ask("Ces voleurs sont encore là ?")["id"]
        shown = asker.ask("Ces escrocs sont encore là ?")["id"]
        hub.stop()
        (tmp_path / "setup" / "mots.txt").write_text("escrocs\n")
        hub.start()
        moderator = hub.client(role="moderator", token=hub.token("moderator"))
        moderator.until(lambda: {held, shown} <= set(moderator.view["cards"]))
        cards = moderator.view["cards"]
        assert (cards[held]["status"], cards[held]["held"]) == ("pending", "voleurs")
        assert cards[shown]["status"] == "approved" and "held" not in cards[shown]
        again = hub.client(venue="granville").ask("Ces escrocs sont donc là ?")["id"]
        moderator.until(lambda: again in moderator.view["cards"])
        assert moderator.view["cards"][again]["held"] == "escrocs"
        hub.stop()
        assert "voleurs" not in "".join(line for line in hub.log.read_text())
    finally:
        hub.stop()
