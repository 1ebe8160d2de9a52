"""The pages as people use them: phones, a speaker's console and a wall at once, over plain HTTP under a name."""

import contextlib
import functools
import http.server
import re
import threading
import urllib.parse

import pytest
from conftest import EVENT, ROOT
from playwright.sync_api import expect
from screens import VENUES, Moderator, PublicHub, Screens, supported

PRICE = "Combien coûte un certificat pour une petite commune ?"
WHO = "Qui délivre les certificats dans la Manche ?"
LOST = "Comment révoquer une clé perdue un dimanche ?"
PHONES = "Peut-on signer depuis un téléphone ?"
MANY = [f"Question numéro {n} de la salle, s’il vous plaît ?" for n in range(1, 31)]
REASONS = ("off_topic", "unclear", "already_answered", "duplicate", "personal", "offensive", "no_time", "other")

# What a page sends stays in its hands until it is let go.
HOLD = """() => {
  const send = WebSocket.prototype.send;
  window.held = [];
  WebSocket.prototype.send = function (data) { held.push(() => send.call(this, data)); };
  window.release = () => { WebSocket.prototype.send = send; held.splice(0).forEach(leave => leave()); };
}"""
RELEASE = "() => release()"


@pytest.fixture
def moderator(public_hub):
    return Moderator(public_hub)


# --- A question's way

def test_a_question_is_read_published_taken_and_answered_on_every_screen(screens, moderator):
    granville, agneaux, cherbourg = (screens.phone(venue) for venue in VENUES)
    speaker, wall = screens.speaker(), screens.wall()
    everybody = (granville, agneaux, cherbourg, speaker, wall)
    assert [screen.run("isSecureContext") for screen in everybody] == [False] * 5

    granville.ask(PRICE, name="Anne Lepic")
    agneaux.ask(WHO)
    for phone, text in ((granville, PRICE), (agneaux, WHO)):
        expect(phone.mine(text).locator(".state")).to_have_text(phone.t("state_pending"))
        expect(phone["#list > li"]).to_have_count(0)

    moderator.approve(PRICE, WHO)
    for phone in (granville, agneaux, cherbourg):
        expect(phone["#list > li"]).to_have_count(2)
        expect(phone.card(PRICE)).to_contain_text("Anne Lepic")
        expect(phone.card(PRICE).locator(".venue")).to_have_text("Granville")
        expect(phone.card(WHO).locator(".venue")).to_have_text("Agneaux")
    expect(granville.mine(PRICE).locator(".state")).to_have_text(granville.t("state_approved"))
    expect(granville.support(PRICE)).to_be_hidden()
    expect(speaker["#queue li"]).to_have_count(2)
    expect(wall["#idle"]).to_be_visible()

    speaker["#take"].click()
    for screen in (speaker, wall):
        expect(screen["#text"]).to_have_text(PRICE)
        expect(screen["#meta"]).to_contain_text("Granville")
        expect(screen["#meta"]).to_contain_text("Anne Lepic")
    for phone in (granville, agneaux, cherbourg):
        expect(phone["#live .text"]).to_have_text(PRICE)
        expect(phone["#list > li"]).to_have_count(1)
    expect(granville.mine(PRICE).locator(".state")).to_have_text(granville.t("state_live"))

    speaker["#done"].click()
    expect(wall["#idle"]).to_be_visible()
    expect(wall["#live"]).to_be_hidden()
    for phone in (granville, agneaux, cherbourg):
        expect(phone["#live"]).to_be_hidden()
        expect(phone["#answered summary"]).to_have_text(phone.t("answered", 1))
    cherbourg["#answered summary"].click()
    expect(cherbourg["#answered .text"]).to_have_text(PRICE)
    expect(granville.mine(PRICE).locator(".state")).to_have_text(granville.t("state_answered"))


def test_support_is_given_and_taken_back_and_counted_on_every_screen(screens, public_hub, moderator):
    asker = public_hub.client(venue="cherbourg")
    _, question = moderator.publish(asker, PRICE, WHO)
    granville, agneaux, cherbourg = (screens.phone(venue) for venue in VENUES)
    speaker, wall = screens.speaker(), screens.wall()
    granville.support(WHO).click()
    agneaux.support(WHO).click()
    for phone in (granville, agneaux, cherbourg):
        expect(phone.count(WHO)).to_have_text("2")
        expect(phone.count(PRICE)).to_have_text("0")
    expect(granville.support(WHO)).to_have_attribute("aria-pressed", "true")
    expect(cherbourg.support(WHO)).to_have_attribute("aria-pressed", "false")
    first = speaker["#queue li"].first
    expect(first).to_contain_text(WHO)
    expect(first).to_contain_text(speaker.t("supporters", 2))

    agneaux.has_voted(question)
    agneaux.support(WHO).click()
    for phone in (granville, agneaux, cherbourg):
        expect(phone.count(WHO)).to_have_text("1")
    expect(agneaux.support(WHO)).to_have_attribute("aria-pressed", "false")
    expect(first).to_contain_text(speaker.t("supporters", 1))

    moderator.live(WHO)
    for screen in (speaker, wall):
        expect(screen["#text"]).to_have_text(WHO)
        expect(screen["#meta"]).to_contain_text(screen.t("supporters", 1))
    expect(cherbourg["#live .count"]).to_have_text("1")
    cherbourg["#live .support"].click()
    for screen in (speaker, wall):
        expect(screen["#meta"]).to_contain_text(screen.t("supporters", 2))


def test_support_tapped_many_times_ends_as_it_was_tapped_last(screens, public_hub, moderator):
    question, = moderator.publish(public_hub.client(venue="cherbourg"), PRICE)
    phone = screens.phone()
    for _ in range(3):
        phone.support(PRICE).dblclick()
    phone.until("""text => {
      const button = [...document.querySelectorAll('#list .support')][0];
      return button.querySelector('.count').textContent === (button.ariaPressed === 'true' ? '1' : '0');
    }""", PRICE)
    moderator.client.until(lambda: moderator.client.view["cards"][question]["votes"]
                           == int(phone.count(PRICE).inner_text()))


def test_the_speaker_goes_on_by_button_by_page_down_and_by_a_click_on_a_row(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), PRICE, WHO, LOST, PHONES)
    speaker, wall = screens.speaker(), screens.wall()
    expect(speaker["#queue .text"]).to_have_text([PRICE, WHO, LOST, PHONES])
    speaker["#take"].click()
    expect(wall["#text"]).to_have_text(PRICE)
    expect(speaker["#line"]).to_have_class("connected")
    speaker.page.keyboard.press("PageDown")
    expect(wall["#text"]).to_have_text(WHO)
    expect(speaker["#queue .text"]).to_have_text([LOST, PHONES])
    expect(speaker["#line"]).to_have_class("connected")
    speaker["#queue button"].nth(1).click()
    expect(wall["#text"]).to_have_text(PHONES)
    expect(speaker["#queue .text"]).to_have_text([LOST])
    expect(speaker["#line"]).to_have_class("connected")
    speaker.page.keyboard.press("PageUp")
    expect(wall["#text"]).to_have_text(WHO)
    for text, status in ((PRICE, "answered"), (WHO, "live"), (LOST, "approved"), (PHONES, "approved")):
        moderator.client.until(lambda: moderator.find(text)["status"] == status)


def test_next_at_the_end_of_the_queue_answers_the_last_question(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), PRICE)
    speaker, wall = screens.speaker(), screens.wall()
    expect(speaker["#queue .text"]).to_have_text([PRICE])
    for _ in range(2):
        expect(speaker["#line"]).to_have_class("connected")
        speaker.page.keyboard.press("PageDown")
        speaker.draws()
    expect(wall["#idle"]).to_be_visible()
    moderator.client.until(lambda: moderator.find(PRICE)["status"] == "answered")


def test_a_presenter_s_key_held_down_or_pressed_twice_takes_one_question_at_a_time(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), PRICE, WHO, LOST)
    speaker = screens.speaker()
    expect(speaker["#queue .text"]).to_have_count(3)
    for _ in range(5):
        speaker.page.keyboard.down("PageDown")
    speaker.page.keyboard.up("PageDown")
    expect(speaker["#text"]).to_have_text(PRICE)
    expect(speaker["#line"]).to_have_class("connected")
    expect(speaker["#queue .text"]).to_have_text([WHO, LOST])


def test_two_speakers_who_press_next_at_once_skip_nothing_and_can_both_go_on(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), PRICE, WHO, LOST)
    one, other = screens.speaker(), screens.speaker()
    for console in (one, other):
        expect(console["#queue .text"]).to_have_count(3)
    # Neither has heard of the other's press when its own leaves.
    for console in (one, other):
        console.run(HOLD)
        console["#take"].click()
        console.until("() => held.length")
    for console in (one, other):
        console.run(RELEASE)
    for console in (one, other):
        expect(console["#text"]).to_have_text(PRICE)
        expect(console["#line"]).to_have_class("connected", timeout=3_000)
    other["#take"].click()
    for console in (one, other):
        expect(console["#text"]).to_have_text(WHO)


def test_a_question_withdrawn_by_its_asker_leaves_everywhere(screens, moderator):
    asker, other, speaker = screens.phone(), screens.phone("agneaux"), screens.speaker()
    asker.ask(PRICE)
    moderator.approve(PRICE)
    expect(other.card(PRICE)).to_be_visible()
    expect(speaker["#queue li"]).to_have_count(1)
    buttons = asker.mine(PRICE).locator("button")
    buttons.click()
    expect(buttons).to_have_text([asker.t("yes"), asker.t("no")])
    buttons.last.click()
    expect(buttons).to_have_text([asker.t("withdraw")])
    buttons.click()
    buttons.first.click()
    expect(asker.mine(PRICE).locator(".state")).to_have_text(asker.t("state_withdrawn"))
    expect(buttons).to_have_count(0)
    expect(speaker["#queue li"]).to_have_count(0)
    expect(other["#list > li:not(.gone)"]).to_have_count(0)


def test_a_dismissed_question_says_why_in_words(screens, public_hub, moderator):
    phone = screens.phone()
    myself = public_hub.client(venue="granville", device=phone.device)
    for number, reason in enumerate(REASONS):
        myself.ask(MANY[number])
        moderator.do("dismiss", MANY[number], reason=reason)
    states = [phone.t("state_dismissed", phone.t(f"reason_{reason}")) for reason in reversed(REASONS)]
    expect(phone["#mine .state"]).to_have_text(states)
    assert not any("_" in state for state in states) and len(set(states)) == len(REASONS)
    expect(phone["#mine button"]).to_have_count(0)
    moderator.do("restore", MANY[0])
    expect(phone.mine(MANY[0]).locator(".state")).to_have_text(phone.t("state_pending"))


def test_an_edited_text_is_what_everybody_sees(screens, moderator):
    better = "Quel est le tarif d’un certificat pour une commune de 300 habitants ?"
    asker, other, speaker, wall = screens.phone(), screens.phone("cherbourg"), screens.speaker(), screens.wall()
    asker.ask(PRICE)
    moderator.approve(PRICE)
    expect(other.card(PRICE)).to_be_visible()
    moderator.client.do("edit", question=moderator.find(PRICE)["id"], text=better)
    expect(asker.mine(better)).to_be_visible()
    expect(other.card(better)).to_be_visible()
    expect(speaker["#queue .text"]).to_have_text([better])
    moderator.live(better)
    expect(wall["#text"]).to_have_text(better)
    moderator.client.do("edit", question=moderator.find(better)["id"], text=PRICE)
    expect(wall["#text"]).to_have_text(PRICE)
    expect(speaker["#text"]).to_have_text(PRICE)


def test_while_the_intake_is_paused_a_text_stays_and_can_be_sent_later(screens, moderator):
    phone = screens.phone()
    phone.write(PRICE)
    moderator.do("pauseIntake")
    expect(phone["#closed"]).to_have_text(phone.t("paused"))
    expect(phone["#send"]).to_have_attribute("aria-disabled", "true")
    phone["#send"].click(force=True)
    phone["#name"].press("Enter")
    expect(phone["#text"]).to_have_value(PRICE)
    expect(phone["#mine li"]).to_have_count(0)
    moderator.do("resumeIntake")
    expect(phone["#closed"]).to_be_hidden()
    expect(phone["#text"]).to_have_value(PRICE)
    phone["#send"].click()
    expect(phone.mine(PRICE).locator(".state")).to_have_text(phone.t("state_pending"))


def test_a_question_caught_by_the_pause_on_its_way_is_kept_and_can_be_taken_up_again(screens, moderator):
    phone = screens.phone()
    # The page has not heard of the pause yet: it asks as if there were none.
    phone.run(HOLD)
    phone.write(PRICE)
    phone["#send"].click()
    phone.until("() => held.length")
    moderator.do("pauseIntake")
    expect(phone["#closed"]).to_have_text(phone.t("paused"))
    phone.run(RELEASE)
    mine = phone.mine(PRICE)
    expect(mine.locator(".state")).to_have_text(phone.t("state_refused", phone.t("code_intake_paused")))
    mine.locator("button").first.click()
    expect(phone["#text"]).to_have_value(PRICE)
    expect(phone["#mine li"]).to_have_count(0)


def test_a_closed_event_says_so_and_keeps_the_text(screens, public_hub, moderator):
    phone = screens.phone()
    phone.write(PRICE)
    organiser = Moderator(public_hub, role="organiser")
    organiser.do("closeEvent")
    expect(phone["#closed"]).to_have_text(phone.t("closed"))
    phone["#send"].click(force=True)
    expect(phone["#text"]).to_have_value(PRICE)
    expect(phone["#mine li"]).to_have_count(0)
    organiser.do("openEvent")
    expect(phone["#closed"]).to_be_hidden()
    phone["#send"].click()
    moderator.find(PRICE)



def test_everybody_sees_how_many_questions_went_which_way(screens, public_hub, moderator):
    phone, person = screens.phone("agneaux"), public_hub.client(venue="granville")
    moderator.publish(person, *MANY[:5])
    for text in MANY[:3]:
        moderator.live(text)
        moderator.do("answer", text)
        moderator.client.until(lambda: not moderator.client.view["live"]["id"], what="nothing live")
    for text in MANY[5:10]:
        person.ask(text)
    for text in MANY[5:9]:
        moderator.do("dismiss", text, reason="off_topic")
    expect(phone["#counts"]).to_have_text(phone.t("counts", 10, 1, 5, 3, 4))


# --- What the page says before the hub has to

def test_a_text_that_breaks_a_rule_is_explained_beside_the_field_and_not_sent(screens, moderator):
    phone = screens.phone()
    for text, code, limit in (("", "text_empty", None), ("Quel prix", "text_too_short", 10),
                              ("Combien coûte-t-il", "text_too_few_words", 3),
                              ("Un mot " + "a" * 31, "word_too_long", 30), ("mot " * 51, "text_too_long", 200)):
        phone.write(text)
        phone["#send"].click()
        expect(phone["#message"]).to_have_text(phone.t(f"code_{code}", limit))
        expect(phone["#text"]).to_have_attribute("aria-invalid", "true")
        expect(phone["#text"]).to_be_focused()
        expect(phone["#text"]).to_have_value(text)
    phone.write(PRICE, name="n" * 41)
    phone["#send"].click()
    expect(phone["#message"]).to_have_text(phone.t("code_name_too_long", 40))
    expect(phone["#name"]).to_be_focused()
    phone.write(PRICE, name="Anne")
    expect(phone["#message"]).to_be_hidden()
    phone["#send"].click()
    assert moderator.find(PRICE)["name"] == "Anne"


def test_a_second_click_on_send_sends_nothing_more(screens, moderator):
    phone = screens.phone()
    phone.write(PRICE)
    phone["#send"].dblclick()
    phone.run("() => { for (let i = 0; i < 3; i++) document.getElementById('send').click(); }")
    phone.sent_at = phone.run("Date.now()")
    moderator.find(PRICE)
    phone.ask(WHO)
    moderator.find(WHO)
    expect(phone["#mine li"]).to_have_count(2)
    expect(phone["#message"]).to_be_hidden()
    assert sorted(card["text"] for card in moderator.client.cards()) == sorted([PRICE, WHO])


def test_a_question_too_many_waits_with_a_sentence_and_leaves_by_itself(browser, tmp_path):
    event = tmp_path / "event.yaml"
    event.write_text(EVENT.read_text().replace("ask_every_seconds: 20", "ask_every_seconds: 4"))
    hub = PublicHub(tmp_path / "data", extra=(), event=event).start()
    screens = Screens(browser, hub)
    try:
        phone = screens.phone()
        for text in MANY[:4]:
            phone.ask(text)
        last = phone.mine(MANY[3]).locator(".state")
        sentence = re.escape(phone.t("state_cooling", 7)).replace("7", "[1-4]")
        expect(last).to_have_text(re.compile(f"^{sentence}$"))
        expect(last).to_have_text(phone.t("state_pending"))
        expect(phone["#mine li"]).to_have_count(4)
        assert screens.complaints() == []
    finally:
        screens.close()
        hub.stop()


# --- Lines that break

def test_words_that_do_not_come_are_asked_for_until_they_do(screens):
    screens.the_line_will_be_cut()
    context, lost = screens.device(), []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()
    context.route("**/js/messages-ask-fr.js*", lose)
    phone = screens.open("/ask?venue=granville", context, ready=False)
    expect(phone["#send"]).to_have_text("Envoyer", timeout=20_000)
    assert len(lost) == 2
    assert not phone.run("performance.getEntriesByType('resource').some(({name}) => name.includes('-en.js'))"), "one language alone"


def test_a_killed_hub_costs_nobody_anything(screens, public_hub, moderator):
    screens.the_line_will_be_cut()
    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, PRICE)
    granville, _, cherbourg = phones = [screens.phone(venue) for venue in ("granville", "agneaux", "cherbourg")]
    speaker, wall = screens.speaker(), screens.wall()
    granville.ask(WHO)
    moderator.approve(WHO)
    moderator.live(WHO)
    expect(wall["#text"]).to_have_text(WHO)

    public_hub.kill()
    for phone in phones:
        expect(phone["#offline"]).to_be_visible()
    expect(speaker["#line"]).to_have_text(speaker.t("lost"))
    expect(wall["#line"]).to_be_visible()
    # What was there stays there.
    expect(wall["#text"]).to_have_text(WHO)
    expect(speaker["#text"]).to_have_text(WHO)
    asked = dict(zip((LOST, MANY[0], PHONES), phones))
    for text, phone in asked.items():
        phone.ask(text)
        expect(phone.mine(text).locator(".state")).to_have_text(phone.t("state_waiting"))
    cherbourg.support(PRICE).click()
    expect(cherbourg.count(PRICE)).to_have_text("1")

    public_hub.start()
    back = Moderator(public_hub)
    for text, phone in asked.items():
        expect(phone["#offline"]).to_be_hidden(timeout=20_000)
        expect(phone.mine(text).locator(".state")).to_have_text(phone.t("state_pending"))
    expect(speaker["#line"]).to_have_class("connected", timeout=20_000)
    expect(wall["#line"]).to_be_hidden(timeout=20_000)
    back.approve(*asked)
    assert sorted(card["text"] for card in back.client.cards()) == sorted([PRICE, WHO, *asked])
    back.client.until(lambda: back.find(PRICE)["votes"] == 1)
    for phone in phones:
        expect(phone["#list > li"]).to_have_count(4)
        expect(phone.card(PRICE)).to_contain_text("1")
    expect(cherbourg.support(PRICE)).to_have_attribute("aria-pressed", "true")
    speaker["#take"].click()
    expect(wall["#text"]).to_have_text(PRICE)


def test_a_question_sent_to_a_hub_that_dies_before_it_answers_is_there_once(screens, public_hub):
    screens.the_line_will_be_cut()
    phone = screens.phone()
    # The hub keeps the question, and its answer never arrives.
    phone.run("""() => {
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = function (data) {
        if (data.includes('"ask"')) this.onmessage = null;
        WebSocket.prototype.send = send;
        send.call(this, data);
      };
    }""")
    phone.write(PRICE)
    phone["#send"].click()
    Moderator(public_hub).find(PRICE)
    public_hub.kill()
    expect(phone["#offline"]).to_be_visible()
    public_hub.start()
    expect(phone.mine(PRICE).locator(".state")).to_have_text(phone.t("state_pending"), timeout=20_000)
    expect(phone["#mine li"]).to_have_count(1)
    cards = Moderator(public_hub)
    cards.find(PRICE)
    assert len(cards.client.cards()) == 1


@contextlib.contextmanager
def only_a_cache(hub):
    """On the hub's port, what a browser's cache would have: the pages' own files, and nothing that lives."""
    class Files(http.server.SimpleHTTPRequestHandler):
        def do_GET(self):
            path = urllib.parse.urlparse(self.path).path
            self.path = path if "." in path else path + ".html"
            if (ROOT / "web" / self.path[1:]).is_file():
                super().do_GET()
            else:
                self.close_connection = True

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer((hub.host, hub.port), functools.partial(Files, directory=ROOT / "web"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_phone_opened_for_the_first_time_while_the_hub_is_down_heals_by_itself(screens, public_hub):
    screens.the_line_will_be_cut()
    public_hub.kill()
    with only_a_cache(public_hub):
        phone = screens.open("/ask?venue=granville", ready=False)
    public_hub.start()
    expect(phone["#counts"]).not_to_be_empty(timeout=20_000)
    phone.ask(PRICE)
    expect(phone.mine(PRICE).locator(".state")).to_have_text(phone.t("state_pending"))


def test_a_phone_opened_again_while_the_hub_is_down_can_be_written_on_and_heals_by_itself(screens, public_hub):
    screens.the_line_will_be_cut()
    device = screens.device()
    screens.phone(context=device).page.close()
    public_hub.kill()
    with only_a_cache(public_hub):
        phone = screens.open("/ask?venue=granville", context=device, ready=False)
        expect(phone["#offline"]).to_be_visible()
        phone.ask(PRICE)
        expect(phone.mine(PRICE).locator(".state")).to_have_text(phone.t("state_waiting"))
        phone.write(WHO)
    public_hub.start()
    expect(phone["#offline"]).to_be_hidden(timeout=20_000)
    expect(phone.mine(PRICE).locator(".state")).to_have_text(phone.t("state_pending"))
    expect(phone["#text"]).to_have_value(WHO)


def test_screens_opened_while_the_hub_is_down_heal_by_themselves(screens, public_hub, moderator):
    screens.the_line_will_be_cut()
    moderator.publish(public_hub.client(venue="agneaux"), PRICE)
    moderator.live(PRICE)
    tokens = {role: public_hub.token(role) for role in ("speaker", "wall")}
    public_hub.kill()
    with only_a_cache(public_hub):
        opened = [screens.open(f"/{role}#{token}", ready=False) for role, token in tokens.items()]
    public_hub.start()
    for screen in opened:
        expect(screen["#text"]).to_have_text(PRICE, timeout=20_000)


def is_looked_at(screen):
    """The person takes the phone into the hand again."""
    screen.run("() => dispatchEvent(new Event('visibilitychange'))")


def test_a_phone_without_network_keeps_what_is_typed_and_sends_it_once(screens, public_hub, moderator):
    screens.the_line_will_be_cut()
    moderator.publish(public_hub.client(venue="agneaux"), PRICE)
    phone, other = screens.phone(), screens.phone("cherbourg")
    expect(phone.card(PRICE)).to_be_visible()
    phone.context.set_offline(True)
    phone.ask(WHO)
    phone.support(PRICE).click()
    # Nothing tells the page that its line is dead; it finds out by itself, sooner when it is looked at after 4 s.
    phone.page.wait_for_timeout(4_100)
    is_looked_at(phone)
    expect(phone["#offline"]).to_be_visible()
    expect(phone.mine(WHO).locator(".state")).to_have_text(phone.t("state_waiting"))
    phone.ask(LOST)
    phone.context.set_offline(False)
    expect(phone["#offline"]).to_be_hidden(timeout=20_000)
    for text in (WHO, LOST):
        expect(phone.mine(text).locator(".state")).to_have_text(phone.t("state_pending"))
    moderator.approve(WHO, LOST)
    assert sorted(card["text"] for card in moderator.client.cards()) == sorted([PRICE, WHO, LOST])
    expect(other.count(PRICE)).to_have_text("1")
    expect(phone["#list > li"]).to_have_count(3)


@pytest.mark.long
@pytest.mark.parametrize("role", ["phone", "speaker", "wall"])
def test_every_page_finds_out_by_itself_that_its_network_is_gone(screens, role):
    screens.the_line_will_be_cut()
    screen = getattr(screens, role)()
    bar = {"phone": "#offline", "speaker": "#line.lost", "wall": "#line"}[role]
    screen.context.set_offline(True)
    expect(screen[bar]).to_be_visible(timeout=26_000)
    screen.context.set_offline(False)
    expect(screen[bar]).not_to_be_visible(timeout=35_000)


@pytest.mark.long
def test_a_hub_killed_again_and_again_loses_nothing_and_doubles_nothing(screens, public_hub):
    screens.the_line_will_be_cut()
    phones = [screens.phone(venue) for venue in VENUES]
    asked = []
    for round in range(5):
        for number, phone in enumerate(phones):
            text = f"Question {number} de la ronde {round} ?"
            phone.ask(text)
            asked.append(text)
            if number == round % 3:
                public_hub.kill()
                public_hub.start()
    for phone in phones:
        expect(phone["#offline"]).to_be_hidden(timeout=40_000)
        expect(phone["#mine .state"]).to_have_text([phone.t("state_pending")] * 5, timeout=40_000)
    moderator = Moderator(public_hub)
    moderator.client.until(lambda: len(moderator.client.cards()) >= len(asked))
    assert sorted(card["text"] for card in moderator.client.cards()) == sorted(asked)


# --- Tabs and visits

def test_a_page_closed_and_opened_again_belongs_to_the_same_person(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), WHO)
    phone = screens.phone()
    phone.ask(PRICE, name="Anne")
    moderator.approve(PRICE)
    phone.support(WHO).click()
    moderator.client.until(lambda: moderator.find(WHO)["votes"] == 1)
    phone.write(LOST)
    device = phone.device
    phone.page.close()

    again = screens.phone(context=phone.context)
    expect(again.mine(PRICE).locator(".state")).to_have_text(again.t("state_approved"))
    expect(again.support(WHO)).to_have_attribute("aria-pressed", "true")
    expect(again.support(PRICE)).to_be_hidden()
    expect(again["#text"]).to_have_value(LOST)
    expect(again["#name"]).to_have_value("Anne")
    assert again.device == device
    again.support(WHO).click()
    moderator.client.until(lambda: moderator.find(WHO)["votes"] == 0)
    again["#send"].click()
    assert moderator.find(LOST)["by"] == moderator.find(PRICE)["by"]


def test_a_question_typed_without_a_hub_outlives_its_tab(screens, public_hub):
    screens.the_line_will_be_cut()
    phone = screens.phone()
    public_hub.kill()
    expect(phone["#offline"]).to_be_visible()
    phone.ask(PRICE)
    phone.page.close()
    public_hub.start()
    again = screens.phone(context=phone.context)
    expect(again.mine(PRICE).locator(".state")).to_have_text(again.t("state_pending"))
    moderator = Moderator(public_hub)
    moderator.find(PRICE)
    assert len(moderator.client.cards()) == 1


def test_two_tabs_of_one_phone_are_one_person(screens, public_hub, moderator):
    question, = moderator.publish(public_hub.client(venue="agneaux"), WHO)
    one = screens.phone()
    other = screens.phone(context=one.context)
    assert one.device == other.device
    one.ask(PRICE)
    for tab in (one, other):
        expect(tab.mine(PRICE).locator(".state")).to_have_text(tab.t("state_pending"))
    one.support(WHO).click()
    expect(other.support(WHO)).to_have_attribute("aria-pressed", "true")
    other.has_voted(question)
    other.support(WHO).click()
    expect(one.support(WHO)).to_have_attribute("aria-pressed", "false")
    moderator.client.until(lambda: moderator.client.view["cards"][question]["votes"] == 0)
    other.ask(LOST)
    expect(one["#mine li"]).to_have_count(2)
    moderator.find(LOST)
    assert len(moderator.client.cards()) == 3
    assert moderator.find(LOST)["by"] == moderator.find(PRICE)["by"]


@pytest.mark.long
def test_two_tabs_that_were_without_a_hub_send_each_question_once(screens, public_hub):
    screens.the_line_will_be_cut()
    one = screens.phone()
    other = screens.phone(context=one.context)
    public_hub.kill()
    for tab in (one, other):
        expect(tab["#offline"]).to_be_visible()
    one.ask(PRICE)
    expect(other.mine(PRICE)).to_be_visible()
    other.ask(WHO)
    expect(one.mine(WHO)).to_be_visible()
    public_hub.start()
    for tab in (one, other):
        expect(tab["#offline"]).to_be_hidden(timeout=20_000)
        expect(tab["#mine .state"]).to_have_text([tab.t("state_pending")] * 2, timeout=20_000)
    moderator = Moderator(public_hub)
    moderator.find(PRICE), moderator.find(WHO)
    assert len(moderator.client.cards()) == 2


def test_two_new_tabs_opened_at_once_become_one_person(screens):
    device = screens.device()
    tabs = [screens.open("/ask?venue=granville", context=device, ready=False) for _ in range(3)]
    for tab in tabs:
        tab.is_connected()
    tabs[0].ask(PRICE)
    for tab in tabs:
        expect(tab.mine(PRICE).locator(".state")).to_have_text(tab.t("state_pending"))


# --- What must stand still

def moved(before, after):
    """By how many pixels things moved; scrolling by less than one is rounding."""
    assert list(before) == list(after), "other things, or in another order"
    return [(name, before[name], after[name]) for name in before if abs(after[name] - before[name]) >= 1]


def tops(screen):
    """Where the rows in sight are, by their text."""
    return screen.draws().run("""() => Object.fromEntries([...document.querySelectorAll('#list > li')]
      .filter(row => row.getBoundingClientRect().bottom > 1 && row.getBoundingClientRect().top < innerHeight - 1)
      .map(row => [row.querySelector('.text')?.textContent.replaceAll('\u00a0', ' ') ?? 'gone', row.getBoundingClientRect().top]))""")


def test_a_list_that_was_scrolled_stands_still_and_a_pill_tells_of_new_questions(screens, public_hub, moderator):
    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, *MANY[:15])
    phone = screens.phone()
    expect(phone["#list > li"]).to_have_count(15)
    phone.card(MANY[7]).evaluate("row => row.scrollIntoView({block: 'start'})")
    before = tops(phone)
    assert len(before) >= 3 and list(before)[0] == MANY[7]
    moderator.publish(asker, *MANY[15:18])
    expect(phone["#fresh"]).to_have_text(phone.t("fresh", 3))
    expect(phone["#fresh"]).to_be_in_viewport()
    # The last question has the most supporters by now, and another is on the wall.
    supported(public_hub, moderator.find(MANY[14])["id"], [public_hub.client(venue="cherbourg") for _ in range(3)])
    expect(phone.count(MANY[14])).to_have_text("3")
    assert moved(before, tops(phone)) == []
    moderator.live(MANY[2])
    expect(phone["#live .text"]).to_have_text(MANY[2])
    moderator.client.do("answer", question=moderator.find(MANY[2])["id"])
    expect(phone["#live"]).to_be_hidden()
    assert moved(before, tops(phone)) == []

    phone["#fresh"].click()
    expect(phone["#fresh"]).to_be_hidden()
    expect(phone["#list .text"].first).to_have_text(MANY[14])
    expect(phone["#list > li"]).to_have_count(17)
    expect(phone["#questions-title"]).to_be_in_viewport()


def test_at_the_top_new_questions_come_in_by_themselves(screens, public_hub, moderator):
    phone = screens.phone()
    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, PRICE, WHO)
    expect(phone["#list .text"]).to_have_text([PRICE, WHO])
    expect(phone["#fresh"]).to_be_hidden()
    supported(public_hub, moderator.find(WHO)["id"], [public_hub.client(venue="cherbourg")])
    expect(phone["#list .text"]).to_have_text([WHO, PRICE])
    phone["#sort label"].last.click()
    moderator.publish(asker, LOST)
    expect(phone["#list .text"]).to_have_text([LOST, WHO, PRICE])


def test_a_question_that_leaves_a_list_being_read_leaves_a_row_of_its_height(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), *MANY[:12])
    phone = screens.phone()
    expect(phone["#list > li"]).to_have_count(12)
    phone.card(MANY[5]).evaluate("row => row.scrollIntoView({block: 'start'})")
    before = tops(phone)
    moderator.do("dismiss", MANY[6], reason="other")
    expect(phone["#list > .gone"]).to_have_text(phone.t("gone"))
    assert moved({("gone" if text == MANY[6] else text): top for text, top in before.items()}, tops(phone)) == []


def test_what_is_being_written_stays_under_the_finger(screens, public_hub, moderator):
    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, *MANY[:4])
    phone = screens.phone()
    expect(phone["#list > li"]).to_have_count(4)
    phone["#text"].focus()
    phone["#text"].fill("Combien coûte")
    phone.run("() => scrollTo(0, 150)")
    before = phone.draws().box("#text")
    moderator.live(MANY[0])
    expect(phone["#live .text"]).to_have_text(MANY[0])
    moderator.publish(asker, *MANY[4:8])
    expect(phone["#list > li"]).to_have_count(7)
    assert moved(before, phone.draws().box("#text")) == []
    expect(phone["#text"]).to_be_focused()
    expect(phone["#text"]).to_have_value("Combien coûte")


def test_the_speaker_s_live_text_stands_still_when_support_and_questions_come(screens, public_hub, moderator):
    asker = public_hub.client(venue="agneaux")
    question, *_ = moderator.publish(asker, *MANY[:8], name="Anne")
    speaker, wall = screens.speaker(), screens.wall()
    speaker["#take"].click()
    for screen in (speaker, wall):
        expect(screen["#text"]).to_have_text(MANY[0])

    def look():
        return [(screen.draws().box("#text"), screen.box("#meta")["y"],
                 screen.run("() => getComputedStyle(document.getElementById('text')).fontSize")) for screen in (speaker, wall)]
    before = look()
    supported(public_hub, question, [public_hub.client(venue="cherbourg") for _ in range(12)])
    for screen in (speaker, wall):
        expect(screen["#meta"]).to_contain_text(screen.t("supporters", 12))
    moderator.publish(asker, *MANY[8:14])
    moderator.publish(public_hub.client(venue="cherbourg"), "Une question avec un nom ?", name="M" * 40)
    expect(speaker["#queue-title"]).to_have_text(speaker.t("queue", 14))
    moderator.do("pauseIntake")
    assert look() == before


def test_the_speaker_s_rows_stand_still_under_a_pointer(screens, public_hub, moderator):
    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, *MANY[:4])
    speaker = screens.speaker()
    expect(speaker["#queue .text"]).to_have_text(MANY[:4])
    row = speaker.box("#queue li:nth-child(2)")
    speaker.page.mouse.move(row["x"] + 50, row["y"] + 10)
    supported(public_hub, moderator.find(MANY[3])["id"], [public_hub.client(venue="cherbourg")])
    speaker.page.mouse.move(row["x"] + 52, row["y"] + 12)
    expect(speaker["#queue li"].nth(3)).to_contain_text(speaker.t("supporters", 1))
    expect(speaker["#queue .text"]).to_have_text(MANY[:4])
    speaker.page.mouse.move(5, 5)
    expect(speaker["#queue .text"]).to_have_text([MANY[3], *MANY[:3]])


# --- Keys to the screens

def test_the_key_of_a_screen_does_not_stay_in_its_address_and_outlives_a_reload(screens):
    for role in ("speaker", "wall"):
        screen = getattr(screens, role)()
        assert screen.page.url == f"{screens.hub.url}/{role}"
        screen.page.reload()
        screen.is_connected()
        assert screen.page.url == f"{screens.hub.url}/{role}"
        screen.page.go_back()
        assert "#" not in screen.page.url


def test_a_screen_without_a_key_says_what_to_do(screens):
    for role in ("speaker", "wall"):
        screen = screens.open(f"/{role}", ready=False)
        expect(screen["main.notice"]).to_have_text(screen.t("noToken"))


def test_a_revoked_key_says_what_to_do(screens, public_hub):
    for role in ("speaker", "wall"):
        screen = getattr(screens, role)()
        done = public_hub.run("token", "revoke", role)
        assert done.returncode == 0, done.stderr
        expect(screen["main.notice"]).to_have_text(screen.t("badToken"))
        screen.page.reload()
        expect(screen["main.notice"]).to_have_text(screen.t("noToken"))
        again = screens.open(f"/{role}#{public_hub.token(role)}", ready=False)
        expect(again["main.notice"]).to_have_text(again.t("badToken"))


def test_a_key_for_something_else_is_refused_in_words(screens, public_hub):
    screen = screens.open(f"/speaker#{public_hub.token('wall')}", ready=False)
    expect(screen["main.notice"]).to_have_text(screen.t("badToken"))


def test_an_unknown_venue_leads_to_the_list_of_venues(screens):
    for address in ("/ask", "/ask?venue=paris", "/ask?venue=%3Cb%3E"):
        phone = screens.open(address, ready=False)
        expect(phone["#main"]).to_contain_text(phone.t("venueUnknown"))
    phone["#main a"].click()
    expect(phone["#venues a"]).to_have_count(len(VENUES))


def test_the_join_page_leads_each_venue_to_its_own_questions(screens):
    join = screens.join()
    for number, name in enumerate(("Granville", "Agneaux", "Cherbourg")):
        expect(join["#venues li"].nth(number)).to_contain_text(name)
        assert join["#venues img"].nth(number).evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    join["#venues a"].nth(1).click()
    expect(join["#venue"]).to_have_text("Agneaux")
    assert join.page.url == f"{screens.hub.url}/ask?venue=agneaux"
