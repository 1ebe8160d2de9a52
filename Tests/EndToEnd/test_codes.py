"""One-time codes with the real programs: made, given on phones with and without script, never worth more than one voter."""

import re
import stat

import pytest
from conftest import EVENT, http, new_id, wait_until
from playwright.sync_api import expect
from relays import Relay
from screens import Moderator, PublicHub, violations

PRICE = "Combien coûte un certificat pour une petite commune ?"
WHO = "Qui délivre les certificats dans la Manche ?"
WRONG = "CCCC-CCCC-CCCC"


@pytest.fixture
def event(tmp_path):
    path = tmp_path / "event.yaml"
    path.write_text(EVENT.read_text().replace("votes: open", "votes: codes"))
    return path


@pytest.fixture
def hub(tmp_path, event):
    running = PublicHub(tmp_path / "data", extra=(), event=event).start()
    yield running
    running.stop()


@pytest.fixture
def public_hub(hub):
    return hub


def codes(hub, count, *options):
    made = hub.run("codes", "new", "--count", str(count), *options)
    assert made.returncode == 0, made.stderr
    return made.stdout.split()


def phone_of(server, venue="granville", **hello):
    client = server.client(venue=venue, **hello)
    client.until(lambda: client.position > 0)
    return client


def redeem(client, code, identifier=None):
    identifier = identifier or new_id()
    client.send({"type": "redeem", "id": identifier, "code": code})
    client.until(lambda: identifier in client.answers)
    return client.answers.pop(identifier)


def vote(client, question, counter=1):
    client.send({"type": "vote", "question": question, "on": True, "counter": counter})
    client.until(lambda: (question, counter) in client.answers)
    return client.answers.pop((question, counter))


def published(hub, text=PRICE):
    moderator = Moderator(hub)
    return moderator, moderator.publish(hub.client(venue="agneaux"), text)[0]


def listed(hub):
    return hub.run("codes", "list").stdout.strip().splitlines()


def test_codes_are_told_once_kept_as_hashes_counted_and_taken_back(hub, tmp_path, event):
    assert "one-time code each" in hub.run_alone("check", str(event)).stdout
    made = hub.run("codes", "new", "--count", "30", "--venue", "granville")
    given = made.stdout.split()
    assert len(set(given)) == 30 and all(re.fullmatch(r"(?:[34679CDFHJKMNPQRTVWXY]{4}-){2}[34679CDFHJKMNPQRTVWXY]{4}", c) for c in given)
    batch = re.search(r"batch (\S+)\.", made.stderr)[1]
    sheet = tmp_path / "sheet.html"
    assert hub.run("codes", "new", "--count", "3", "--venue", "agneaux", "--out", str(sheet)).stdout == ""
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert sheet.read_text().count("<svg") == 3
    assert hub.run("codes", "new", "--count", "3", "--out", str(sheet)).returncode == 1
    assert listed(hub)[0] == f"{batch}  granville  30 issued  0 used" and listed(hub)[-1] == "All: 33 good, 0 of them used."
    assert redeem(phone_of(hub), given[0])["type"] == "ack"
    # With the hub down the files are asked; what was used is known there too.
    hub.stop()
    assert hub.run("codes", "revoke", batch).stdout.startswith("29 codes")
    more = codes(hub, 1_100)
    assert len(set(more)) == 1_100 and listed(hub)[-1] == "All: 1104 good, 1 of them used."
    kept = b"".join(path.read_bytes() for path in hub.folder.rglob("*") if path.is_file())
    assert not [code for code in given + more if code.encode() in kept or code.replace("-", "").encode() in kept]
    hub.start()
    assert redeem(phone_of(hub), given[1])["code"] == "code_unknown"
    assert redeem(phone_of(hub), more[-1].lower())["type"] == "ack"
    assert "votes_open" not in hub.log.read_text()
    told = http(hub, "/privacy?lang=en", host=f"{hub.public_host}:{hub.port}").body.decode()
    assert "Your voting code" in told


def test_in_an_event_where_everybody_votes_no_codes_are_made(shared_hub):
    refused = shared_hub.run("codes", "new", "--count", "3")
    assert refused.returncode == 1 and "votes_open" in refused.stderr


def test_the_rule_of_votes_stays_once_there_are_questions(hub, event):
    phone_of(hub).ask(PRICE)
    hub.stop()
    event.write_text(EVENT.read_text())
    with pytest.raises(AssertionError, match="event_changed: The event file counts votes by another rule"):
        hub.start()


def test_row_31_counted_votes_are_no_more_than_codes_also_after_a_kill(hub):
    _, question = published(hub)
    good = codes(hub, 3)
    phones = [phone_of(hub) for _ in range(9)]
    # Each code is tried on three devices.
    answers = [redeem(phone, good[number % 3]) for number, phone in enumerate(phones)]
    assert [answer["type"] for answer in answers].count("ack") == 3
    assert {answer.get("code") for answer in answers if answer["type"] == "rejection"} == {"code_used"}
    votes = [vote(phone, question) for phone in phones]
    assert [answer["type"] for answer in votes].count("ack") == 3
    assert {answer.get("code") for answer in votes if answer["type"] == "rejection"} == {"code_needed"}
    devices = [phone.welcome["device"] for phone in phones]
    hub.kill()
    hub.start()
    moderator = Moderator(hub)
    assert moderator.find(PRICE)["votes"] == 3
    again = [phone_of(hub, device=device) for device in devices]
    assert [vote(phone, question, counter=2)["type"] for phone in again].count("ack") == 3
    assert [redeem(phone, good[0])["type"] for phone in again[3:]] == ["rejection"] * 6
    assert moderator.find(PRICE)["votes"] == 3 and listed(hub)[-1] == "All: 3 good, 3 of them used."


def test_row_31_a_device_that_guesses_codes_is_made_to_wait(hub):
    good = codes(hub, 1)[0]
    phone = phone_of(hub)
    answers = [redeem(phone, WRONG) for _ in range(7)]
    assert [answer["code"] for answer in answers] == ["code_unknown"] * 5 + ["rate_limited"] * 2
    assert redeem(phone, good)["code"] == "rate_limited" and answers[-1]["retry"] == "after"
    assert redeem(phone_of(hub), good)["type"] == "ack"


def test_row_31_a_code_given_in_a_cut_room_is_worth_one_voter_and_the_hub_has_the_last_word(hub, tmp_path):
    _, question = published(hub)
    good = codes(hub, 2)
    relay = Relay(tmp_path / "relay", hub).start()
    try:
        local = phone_of(relay, "cherbourg")
        local.until(lambda: question in local.view["cards"])
        relay.line.cut()
        assert [redeem(local, good[0])["type"], vote(local, question)["type"]] == ["ack", "ack"]
        other = phone_of(relay, "cherbourg")
        assert redeem(other, good[0])["code"] == "code_used"
        # Meanwhile somebody else was faster at the hub.
        thief = phone_of(hub)
        assert [redeem(thief, good[0])["type"], vote(thief, question)["type"]] == ["ack", "ack"]
        assert [redeem(other, good[1])["type"], vote(other, question)["type"]] == ["ack", "ack"]
        relay.line.heal()
        moderator = Moderator(hub)
        moderator.client.until(lambda: moderator.find(PRICE)["votes"] == 2, 20)
        # The room had believed otherwise, and is told.
        local.until(lambda: [frame["code"] for frame in local.frames if "code" in frame and frame["type"] == "mine"][-1] is False, 20)
        assert vote(local, question, counter=2)["code"] == "code_needed"
        assert listed(hub)[-1] == "All: 2 good, 2 of them used."
    finally:
        relay.finish()


def test_row_31_a_phone_asks_for_the_code_when_somebody_first_supports_and_votes_once_it_is_good(screens, hub):
    _, question = published(hub)
    good = codes(hub, 2)
    phone = screens.phone()
    phone.support(PRICE).click()
    expect(phone["dialog"]).to_be_visible()
    expect(phone["#code"]).to_be_focused()
    expect(phone.page.get_by_label("Code de vote").last).to_be_visible()
    assert violations(phone) == []
    phone["#code-send"].click()
    expect(phone["#code-problem"]).to_have_text(phone.t("code_code_needed"))
    phone["#code"].fill(WRONG)
    phone.page.keyboard.press("Enter")
    expect(phone["#code-problem"]).to_contain_text("Ce code n’existe pas")
    assert violations(phone) == []
    phone["#code"].fill(good[0].lower())
    phone.page.keyboard.press("Enter")
    expect(phone["dialog"]).to_be_hidden()
    expect(phone["#status"]).to_have_text(phone.t("voteCodeTaken"))
    expect(phone.count(PRICE)).to_have_text("1")
    phone.has_voted(question)
    # The next device is told so, can put it off, and can ask.
    other = screens.phone(language="en-GB")
    other.support(PRICE).click()
    other["#code"].fill(good[0])
    other["#code-send"].click()
    expect(other["#code-problem"]).to_have_text("This code was used on another device: ask the organiser for another.")
    other["#code-later"].click()
    expect(other["dialog"]).to_be_hidden()
    expect(other.count(PRICE)).to_have_text("1")
    other.ask(WHO)
    assert listed(hub)[-1] == "All: 2 good, 1 of them used."


def test_who_supports_before_the_page_can_ask_for_the_code_is_asked_as_soon_as_it_can(screens, hub):
    _, question = published(hub)
    good = codes(hub, 1)[0]
    context = screens.device()
    held = []
    context.route("**/js/vote-code.js", lambda route: held.append(route))
    phone = screens.phone(context=context)
    phone.support(PRICE).click()
    assert len(held) == 1
    expect(phone["dialog"]).to_have_count(0)
    expect(phone.count(PRICE)).to_have_text("0")
    held.pop().continue_()
    expect(phone["dialog"]).to_be_visible()
    phone["#code"].fill(good)
    phone["#code-send"].click()
    expect(phone.count(PRICE)).to_have_text("1")
    phone.has_voted(question)


def test_where_the_part_that_asks_for_the_code_cannot_be_had_the_refusal_is_shown(screens, hub):
    published(hub)
    codes(hub, 1)
    context = screens.device()
    context.route("**/js/vote-code.js", lambda route: route.abort())
    screens.allowed.append(re.compile("ERR_FAILED"))
    phone = screens.phone(context=context)
    phone.support(PRICE).click()
    expect(phone.card(PRICE).locator(".problem")).to_contain_text("code_needed")
    expect(phone.count(PRICE)).to_have_text("0")


def test_a_question_that_is_supported_instead_of_asked_again_needs_the_code_too(screens, hub):
    published(hub)
    good = codes(hub, 1)[0]
    phone = screens.phone()
    phone.type(PRICE)
    phone.suggested(PRICE).get_by_role("button").click()
    expect(phone["dialog"]).to_be_visible()
    expect(phone["#text"]).to_have_value(PRICE)
    phone["#code"].fill(good)
    phone["#code-send"].click()
    expect(phone["#alike-title"]).to_have_text(phone.t("instead"))
    expect(phone["#text"]).to_have_value("")
    expect(phone.count(PRICE)).to_have_text("1")


def test_row_31_a_link_gives_its_code_by_itself_and_no_request_line_holds_it(screens, hub):
    _, question = published(hub)
    good = codes(hub, 2)
    requested = []
    context = screens.device()
    context.on("request", lambda request: requested.append(request.url))
    phone = screens.open(f"/ask?venue=granville#c={good[0]}", context=context)
    expect(phone["#status"]).to_have_text(phone.t("voteCodeTaken"))
    assert phone.run("location.hash") == "" and not [url for url in requested if good[0] in url.split("#")[0]]
    phone.support(PRICE).click()
    expect(phone["dialog"]).to_have_count(0)
    phone.has_voted(question)
    # The list of rooms hands it on.
    join = screens.open(f"/#c={good[1]}")
    assert join["#venues a"].first.get_attribute("href").endswith("#c=" + good[1])
    assert good[0] not in hub.log.read_text()


def test_row_31_after_a_rehearsal_a_phone_gives_its_code_again_by_itself(screens, hub):
    good = codes(hub, 1)
    assert hub.run("rehearsal", "start").returncode == 0
    phone = screens.open(f"/ask?venue=granville#c={good[0]}")
    expect(phone["#status"]).to_have_text(phone.t("voteCodeTaken"))
    assert hub.run("rehearsal", "end", "--yes").returncode == 0
    wait_until(lambda: listed(hub)[-1] == "All: 1 good, 1 of them used.", 10, "the code to be given again", every=0.3)


def test_row_31_without_script_the_code_has_a_form_of_its_own(screens, hub):
    _, question = published(hub)
    good = codes(hub, 2)
    screens.allowed.append(re.compile(r"status of 4(03|09|22)"))
    anne = screens.open("/plain?venue=granville", ready=False, java_script_enabled=False)
    anne["#list > li"].get_by_role("button", name=re.compile("Soutenir")).click()
    expect(anne["#said"]).to_contain_text("entrez d’abord votre code de vote")
    anne["#code"].fill(WRONG)
    anne["#code-form button"].click()
    expect(anne["#said"]).to_contain_text("Ce code n’existe pas")
    expect(anne["#code"]).to_have_attribute("aria-invalid", "true")
    anne["#code"].fill(good[0])
    anne["#code-form button"].click()
    expect(anne["#said"]).to_have_text("Code accepté : vos soutiens comptent.")
    expect(anne["#code-form"]).to_have_count(0)
    anne["#list > li"].get_by_role("button", name=re.compile("Soutenir")).click()
    expect(anne["#said"]).to_have_text("Votre soutien est compté.")
    # Who comes with the same code is told so.
    jean = screens.open("/plain?venue=granville", ready=False, java_script_enabled=False)
    jean["#code"].fill(good[0])
    jean["#code-form button"].click()
    expect(jean["#said"]).to_contain_text("a déjà servi sur un autre appareil")
