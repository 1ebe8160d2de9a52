"""What the pages make of questions that ask the same: proposed while one types, joined, shown as one."""

import pytest
from conftest import wait_until
from playwright.sync_api import expect
from screens import Moderator, supported

PRICE = "Combien coûte un certificat pour une petite commune ?"
TYPED = "combien coûte un certificat pour une commune"
WHO = "Qui délivre les certificats dans la Manche ?"
LOST = "Comment révoquer une clé perdue un dimanche ?"
ELSE = "Les mairies ouvrent-elles aussi le samedi matin ?"
KEYBOARD_UP = {"width": 360, "height": 640}

# The hub is not asked, and so does not answer.
DEAF = """() => {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) { if (!data.includes('"suggest"')) send.call(this, data); };
}"""


@pytest.fixture
def moderator(public_hub):
    return Moderator(public_hub)


@pytest.fixture
def elsewhere(public_hub):
    """Somebody in another room."""
    return public_hub.client(venue="agneaux")


def asked_of_the_hub(phone):
    return [frame["text"] for frame in phone.sent if frame["type"] == "suggest"]


def answered_by_the_hub(phone):
    return [len(frame["cards"]) for frame in phone.heard if frame["type"] == "suggestions"]


def is_quiet(phone):
    """Every text that was put to the hub has its answer, and the page has made of it what it does."""
    phone.page.wait_for_timeout(600)
    wait_until(lambda: phone.draws() and len(answered_by_the_hub(phone)) == len(asked_of_the_hub(phone)), what="an answer")
    phone.draws()


def join_groups(moderator, founder, *variants):
    for variant in variants:
        assert moderator.client.do("unite", question=variant, into=founder)["type"] == "ack"


# --- Proposed while typing

def test_a_question_asked_before_is_supported_by_one_tap_instead_of_being_sent(screens, moderator, elsewhere):
    question, _ = moderator.publish(elsewhere, PRICE, WHO)
    phone = screens.phone(size=KEYBOARD_UP)
    expect(phone["#list > li"]).to_have_count(2)
    phone["#text"].focus()
    before = phone.draws().box("#send")
    phone.type(TYPED)
    row = phone.suggested(PRICE)
    expect(row).to_be_visible()
    expect(phone["#alike-title"]).to_have_text(phone.t("alike"))
    expect(row.locator(".venue")).to_have_text("Agneaux")
    expect(row.locator(".count")).to_have_text("0")
    assert any(answered_by_the_hub(phone))
    # It came by itself: the finger and the eye are where they were.
    assert phone.box("#send") == before
    expect(phone["#text"]).to_be_focused()
    expect(phone["#status"]).to_have_text(phone.t("found", phone.suggested().count()))

    row.locator(".support").click()
    expect(phone["#text"]).to_have_value("")
    expect(phone["#alike-title"]).to_have_text(phone.t("instead"))
    expect(phone.suggested()).to_have_count(1)
    expect(row.locator(".state")).to_have_text(f"{phone.t('supported')} · {phone.t('supporters', 1)}")
    expect(row.locator(".support")).to_be_hidden()
    expect(phone["#status"]).to_contain_text(phone.t("instead"))
    expect(phone.support(PRICE)).to_have_attribute("aria-pressed", "true")
    assert phone.run("key => localStorage.getItem(key)", phone.key("draft")) is None
    moderator.client.until(lambda: moderator.client.view["cards"][question]["votes"] == 1)
    assert len(moderator.client.cards()) == 2
    # The next word that is written takes the notice away.
    phone.type("Autre")
    expect(phone["#alike"]).to_be_hidden()


def test_the_tap_can_be_taken_back_with_the_text(screens, moderator, elsewhere):
    question, = moderator.publish(elsewhere, PRICE)
    phone = screens.phone()
    expect(phone.card(PRICE)).to_be_visible()
    phone.type(TYPED)
    expect(phone.suggested(PRICE)).to_be_visible()
    # The second tap of two in a hurry is not for what has come in its place.
    phone.run("() => { document.querySelector('#alike .support').click(); document.getElementById('other').click(); }")
    expect(phone["#other"]).to_have_text(phone.t("takeBack"))
    phone.page.wait_for_timeout(750)
    phone["#other"].click()
    expect(phone["#text"]).to_have_value(TYPED)
    expect(phone["#text"]).to_be_focused()
    expect(phone["#alike"]).to_be_hidden()
    expect(phone.support(PRICE)).to_have_attribute("aria-pressed", "false")
    moderator.client.until(lambda: moderator.client.view["cards"][question]["votes"] == 0)
    phone["#send"].click()
    moderator.find(TYPED)


def test_what_a_tap_far_down_brings_is_in_sight(screens, moderator, elsewhere):
    moderator.publish(elsewhere, *(PRICE.replace("petite", f"{size} petite et très lointaine") for size in ("bien", "plus", "très")))
    phone = screens.phone(size=KEYBOARD_UP)
    phone.type(TYPED)
    expect(phone.suggested()).to_have_count(3)
    phone["#other"].scroll_into_view_if_needed()
    phone.suggested().last.locator(".support").click()
    expect(phone["#alike-title"]).to_have_text(phone.t("instead"))
    expect(phone["#alike-title"]).to_be_in_viewport(ratio=1)
    expect(phone["#other"]).to_be_in_viewport(ratio=1)
    phone.page.wait_for_timeout(750)
    phone["#other"].click()
    expect(phone["#text"]).to_be_in_viewport(ratio=1)
    expect(phone["#send"]).to_be_in_viewport(ratio=1)


def test_it_is_closed_by_a_tap_until_the_text_is_another(screens, moderator, elsewhere):
    moderator.publish(elsewhere, PRICE, ELSE)
    phone = screens.phone()
    phone.type(TYPED)
    expect(phone.suggested(PRICE)).to_be_visible()
    phone["#other"].click()
    expect(phone["#alike"]).to_be_hidden()
    expect(phone["#text"]).to_be_focused()
    expect(phone["#text"]).to_have_value(TYPED)
    asked = len(asked_of_the_hub(phone))
    phone.type(" rurale")
    is_quiet(phone)
    expect(phone["#alike"]).to_be_hidden()
    assert len(asked_of_the_hub(phone)) == asked
    phone["#text"].fill("")
    phone.type("les mairies sont ouvertes le samedi matin")
    expect(phone.suggested(ELSE)).to_be_visible()


def test_it_goes_with_the_text(screens, moderator, elsewhere):
    moderator.publish(elsewhere, PRICE)
    phone = screens.phone()
    phone.type(TYPED)
    expect(phone.suggested(PRICE)).to_be_visible()
    phone["#text"].fill("")
    expect(phone["#alike"]).to_be_hidden()
    phone.type(TYPED)
    expect(phone.suggested(PRICE)).to_be_visible()
    phone.send()
    expect(phone["#alike"]).to_be_hidden()
    expect(phone["#text"]).to_have_value("")
    is_quiet(phone)
    expect(phone["#alike"]).to_be_hidden()


def test_what_is_one_s_own_or_supported_or_dealt_with_says_so_without_a_button(screens, public_hub, moderator, elsewhere):
    question, = moderator.publish(elsewhere, PRICE)
    phone = screens.phone()
    phone.support(PRICE).click()
    phone.has_voted(question)
    phone.type(TYPED)
    state = phone.suggested(PRICE).locator(".state")
    expect(state).to_have_text(f"{phone.t('supported')} · {phone.t('supporters', 1)}")
    moderator.live(PRICE)
    expect(state).to_have_text(" · ".join(phone.t(*words) for words in (("supported",), ("onScreen",), ("supporters", 1))))
    moderator.do("answer", PRICE)
    expect(state).to_contain_text(phone.t("dealtWith"))
    expect(phone.suggested(PRICE).locator(".support")).to_be_hidden()

    # The hub proposes nobody their own questions; the phone, when it is alone, says that they are.
    own = public_hub.client(venue="granville", device=phone.device)
    moderator.publish(own, ELSE)
    expect(phone.card(ELSE)).to_be_visible()
    phone.run(DEAF)
    phone["#text"].fill("")
    phone.type("les mairies ouvrent le samedi")
    expect(phone.suggested(ELSE).locator(".state")).to_have_text(f"{phone.t('own')} · {phone.t('supporters', 0)}")
    expect(phone.suggested(ELSE).locator(".support")).to_be_hidden()


def test_the_hub_is_asked_from_the_third_word_and_not_for_a_comma(screens, moderator, elsewhere):
    moderator.publish(elsewhere, PRICE)
    phone = screens.phone()
    phone.type("Combien coûte ")
    is_quiet(phone)
    assert asked_of_the_hub(phone) == []
    phone.type("un")
    is_quiet(phone)
    phone.type(" , ...")
    is_quiet(phone)
    assert asked_of_the_hub(phone) == ["Combien coûte un"]


def test_a_text_that_is_too_long_is_not_put_to_the_hub(screens, moderator, elsewhere):
    moderator.publish(elsewhere, PRICE)
    phone = screens.phone()
    phone["#text"].fill("mot " * 51)
    is_quiet(phone)
    assert asked_of_the_hub(phone) == []
    assert not [frame for frame in phone.heard if frame["type"] == "rejection"]


def test_with_nothing_alike_nothing_is_shown(screens, moderator, elsewhere):
    moderator.publish(elsewhere, PRICE, WHO)
    phone = screens.phone()
    phone.type("Le soleil brille sur la plage de Donville")
    is_quiet(phone)
    assert answered_by_the_hub(phone) == [0] * len(asked_of_the_hub(phone)) != []
    expect(phone["#alike"]).to_be_hidden()
    expect(phone["#message"]).to_be_hidden()


# --- When the hub does not answer

def test_a_hub_that_does_not_answer_shows_nothing_unless_the_phone_finds_something(screens, moderator, elsewhere):
    moderator.publish(elsewhere, PRICE, WHO)
    phone = screens.phone()
    expect(phone["#list > li"]).to_have_count(2)
    phone.run(DEAF)
    phone.type("Le soleil brille sur la plage")
    phone.page.wait_for_timeout(2_200)
    expect(phone["#alike"]).to_be_hidden()
    expect(phone["#message"]).to_be_hidden()
    phone["#text"].fill("")
    phone.type(TYPED)
    expect(phone.suggested(PRICE)).to_be_visible()
    phone.suggested(PRICE).locator(".support").click()
    moderator.client.until(lambda: moderator.find(PRICE)["votes"] == 1)


def test_without_a_line_the_phone_proposes_what_it_has_and_the_support_leaves_later(screens, public_hub, moderator, elsewhere):
    screens.the_line_will_be_cut()
    moderator.publish(elsewhere, PRICE, WHO)
    phone = screens.phone()
    expect(phone["#list > li"]).to_have_count(2)
    public_hub.kill()
    expect(phone["#offline"]).to_be_visible()
    phone.type(TYPED)
    expect(phone.suggested()).to_have_count(1)
    phone.suggested(PRICE).locator(".support").click()
    expect(phone["#alike-title"]).to_have_text(phone.t("instead"))
    expect(phone.count(PRICE)).to_have_text("1")
    public_hub.start()
    expect(phone["#offline"]).to_be_hidden(timeout=20_000)
    back = Moderator(public_hub)
    back.client.until(lambda: back.find(PRICE)["votes"] == 1)
    assert len(back.client.cards()) == 2
    # Once the line is there again, so are the hub's answers.
    phone.type("qui délivre les certificats de la Manche")
    expect(phone.suggested(WHO)).to_be_visible()
    assert any(answered_by_the_hub(phone))


# --- When to look: the module alone, on a clock of the test's own

TYPING = """async () => {
  const {Suggester} = await import('/js/suggest.js');
  const log = window.log = {asked: [], searched: [], shown: []};
  window.suggester = new Suggester({
    ask: text => { log.asked.push(text); return new Promise(answer => { window.answer = answer; }); },
    search: text => { log.searched.push(text); return text.includes('loin') ? [] : [{id: `own of ${text}`}]; },
    show: cards => log.shown.push(cards.map(({id}) => id).join()),
  });
}"""


class Typing:
    def __init__(self, page):
        self.page = page
        page.clock.install(time=0)
        page.clock.pause_at(1_000)
        page.evaluate(TYPING)

    def type(self, text, wait=400):
        self.page.evaluate("text => suggester.type(text)", text)
        self.page.clock.run_for(wait)

    def answer(self, *ids):
        self.page.evaluate("ids => answer(ids && ids.map(id => ({id})))", list(ids) if ids != (None,) else None)

    def __getattr__(self, name):
        return self.page.evaluate("name => log[name]", name)


@pytest.fixture
def typing(screens):
    return Typing(screens.join().page)


def test_it_waits_for_the_keys_to_rest_and_asks_one_text_at_a_time(typing):
    for text in ("un deux t", "un deux tr", "un deux tro"):
        typing.type(text, wait=399)
    assert typing.asked == []
    typing.page.clock.run_for(1)
    assert typing.asked == ["un deux tro"]
    typing.type("un deux trois quatre")
    typing.type("un deux trois cinq")
    assert typing.asked == ["un deux tro"]
    # Of an older text: not shown. Then comes the newest one's turn, and only that one's.
    typing.answer("a")
    assert (typing.asked, typing.shown) == (["un deux tro", "un deux trois cinq"], [])
    typing.answer("b", "c")
    assert typing.shown == ["b,c"]
    assert typing.searched == []


def test_an_answer_that_comes_while_more_is_typed_is_dropped(typing):
    typing.type("un deux trois")
    typing.type("un deux trois quatre", wait=100)
    typing.answer("a")
    assert typing.shown == []
    typing.page.clock.run_for(300)
    assert typing.asked == ["un deux trois", "un deux trois quatre"]


def test_after_a_second_and_a_half_the_phone_looks_itself_and_what_is_read_stays(typing):
    typing.type("un deux trois")
    typing.page.clock.run_for(1_499)
    assert typing.shown == []
    typing.page.clock.run_for(1)
    assert typing.shown == ["own of un deux trois"]
    # The hub is late: no second text is put to it before it has answered.
    typing.type("un deux trois quatre")
    assert (typing.asked, typing.shown[-1]) == (["un deux trois"], "own of un deux trois quatre")
    typing.answer("a")
    assert typing.asked[1:] == ["un deux trois quatre"]
    assert typing.shown[-1] == "own of un deux trois quatre"
    typing.page.clock.run_for(1_500)
    typing.answer("late")
    assert typing.shown[-1] == "own of un deux trois quatre"


def test_a_late_answer_is_shown_when_the_phone_found_nothing(typing):
    typing.type("un deux loin")
    typing.page.clock.run_for(1_500)
    assert typing.shown == [""]
    typing.answer("a")
    assert typing.shown == ["", "a"]


def test_a_line_that_breaks_before_the_answer_leaves_it_to_the_phone(typing):
    typing.type("un deux trois")
    typing.answer(None)
    assert typing.shown == ["own of un deux trois"]


@pytest.mark.parametrize("end", ["type('')", "refuse()"])
def test_an_answer_to_a_text_that_is_gone_or_refused_is_dropped(typing, end):
    typing.type("un deux trois")
    typing.page.evaluate(f"() => suggester.{end}")
    typing.answer("a")
    typing.page.clock.run_for(3_000)
    assert set(typing.shown) == {""}


def test_what_was_refused_is_refused_for_texts_that_share_half_of_their_words(typing):
    typing.type("un deux trois quatre")
    typing.answer("a")
    typing.page.evaluate("() => suggester.refuse()")
    for text in ("un deux trois quatre cinq", "un deux trois quatre cinq six sept huit", "un deux", "quatre trois deux cinq"):
        typing.type(text)
    assert typing.asked == ["un deux trois quatre"]
    typing.type("un cinq six sept")
    assert typing.asked[1:] == ["un cinq six sept"]


# --- The phone's own matcher

QUESTIONS = [PRICE, WHO, LOST, ELSE, "Le certificat est-il obligatoire pour les marchés publics ?", "How much does a certificate cost for a small town?",
             "Quelle est la durée de validité d’un certificat ?", "Peut-on signer depuis un téléphone ?", "Bonjour, merci de me dire : qui paie, s’il vous plaît ?"]
ALIKE = """([text, texts]) => import('/js/alike.js').then(({alike}) =>
  alike(text, texts.map((text, index) => ({text, number: index + 1, votes: index % 2}))).map(card => card.text))"""


@pytest.mark.parametrize("text, found", [
    ("COMBIEN COUTE UN CERTIFICAT", PRICE), ("on peut signer avec son telephone", "Peut-on signer depuis un téléphone ?"),
    ("la clé est perdue, comment la révoque-t-on", LOST), ("durée de validité", "Quelle est la durée de validité d’un certificat ?"),
    ("a certificate, how much is the cost", "How much does a certificate cost for a small town?"),
    ("qui délivre des certificats", WHO), ("certificats obligatoires pour un marché public", "Le certificat est-il obligatoire pour les marchés publics ?")])
def test_the_phone_finds_a_question_in_other_forms_of_its_words(screens, text, found):
    assert screens.join().run(ALIKE, [text, QUESTIONS])[:1] == [found]


@pytest.mark.parametrize("text", ["", "???", "certificat", "certificat certificat certificat", "bonjour merci s’il vous plaît de me dire", "quel temps fait-il demain",
                                  "la mairie est-elle au téléphone", "qu’est-ce que c’est que ça", "一二三四五 六七八 九十"])
def test_the_phone_finds_nothing_in_manners_and_in_one_word(screens, text):
    assert screens.join().run(ALIKE, [text, QUESTIONS]) == []


def test_the_phone_finds_at_most_three_the_best_first(screens):
    join = screens.join()
    texts = [f"Combien coûte un certificat {kind} ?" for kind in ("personnel", "collectif", "annuel", "européen")] + [PRICE]
    found = join.run(ALIKE, ["combien coûte un certificat annuel", texts])
    assert len(found) == 3 and found[0] == texts[2]
    assert join.run(ALIKE, ["combien coûte un certificat", []]) == []


# --- Joined

def test_a_question_asked_already_counts_with_it_and_says_what_becomes_of_it(screens, public_hub, moderator):
    first, second = screens.phone("cherbourg"), screens.phone("granville")
    founder = first.ask(PRICE, name="Anne")
    expect(first.mine(PRICE).locator(".state")).to_have_text(first.t("state_pending"))
    variant = second.ask(PRICE.upper())
    mine = second["#mine li"]
    expect(mine.locator(".why")).to_have_text(second.t("state_merged"))
    expect(mine.locator(".state")).to_have_text(second.t("state_pending"))
    expect(mine.locator(".founder")).to_be_empty()
    expect(second["#status"]).to_contain_text(second.t("state_merged"))
    moderator.client.until(lambda: moderator.client.view["cards"].get(founder, {}).get("variants") == [variant])

    moderator.approve(PRICE)
    expect(mine.locator(".founder")).to_have_text(PRICE)
    expect(mine.locator(".state")).to_have_text(second.t("state_approved"))
    expect(second["#status"]).to_contain_text(second.t("yourQuestion", second.t("number", 2), second.t("state_approved")))
    card = second.card(PRICE)
    expect(card.locator(".state")).to_have_text(f"{second.t('ownToo')} · {second.t('supporters', 1)}")
    expect(card.locator(".support")).to_be_hidden()
    expect(card.locator(".venue")).to_have_text("Cherbourg, Granville")
    expect(card.locator(".askers")).to_have_text(second.t("askers", 2))
    expect(first.card(PRICE).locator(".state")).to_have_text(f"{first.t('own')} · {first.t('supporters', 1)}")
    expect(first["#mine .why"]).to_be_hidden()

    supported(public_hub, founder, [public_hub.client(venue="agneaux") for _ in range(2)])
    expect(mine.locator(".backers")).to_have_text(second.t("supporters", 3))
    better = "Quel est le tarif d’un certificat pour une petite commune ?"
    moderator.client.do("edit", question=founder, text=better)
    expect(mine.locator(".founder")).to_have_text(better)
    moderator.live(better)
    expect(mine.locator(".state")).to_have_text(second.t("state_live"))
    expect(second["#live .state"]).to_contain_text(second.t("ownToo"))
    moderator.do("answer", better)
    expect(mine.locator(".state")).to_have_text(second.t("state_answered"))
    expect(mine.locator("button")).to_have_count(0)


def test_the_reason_why_a_question_is_not_taken_is_told_to_all_who_asked_it(screens, moderator):
    first, second = screens.phone("cherbourg"), screens.phone()
    founder = first.ask(PRICE)
    expect(first.mine(PRICE).locator(".state")).to_have_text(first.t("state_pending"))
    second.ask(PRICE)
    expect(second["#mine .why"]).to_be_visible()
    moderator.client.until(lambda: founder in moderator.client.view["cards"])
    moderator.client.do("dismiss", question=founder, reason="no_time")
    for phone in (first, second):
        expect(phone["#mine .state"]).to_have_text(phone.t("state_dismissed", phone.t("reason_no_time")))
        expect(phone["#mine button"]).to_have_count(0)


def test_a_joined_question_can_be_withdrawn_and_then_counts_no_more(screens, public_hub, moderator, elsewhere):
    founder, = moderator.publish(elsewhere, PRICE)
    phone, other = screens.phone(), screens.phone("cherbourg")
    expect(phone.card(PRICE)).to_be_visible()
    phone.ask(PRICE)
    expect(phone["#mine .why"]).to_be_visible()
    expect(other.count(PRICE)).to_have_text("1")
    phone["#mine button"].click()
    phone["#mine button"].first.click()
    expect(phone["#mine .state"]).to_have_text(phone.t("state_withdrawn"))
    expect(phone["#mine .why"]).to_be_hidden()
    expect(phone.support(PRICE)).to_be_visible()
    expect(phone.support(PRICE)).to_have_attribute("aria-pressed", "false")
    expect(other.count(PRICE)).to_have_text("0")
    expect(phone.card(PRICE).locator(".askers")).to_be_hidden()
    card = moderator.client.view["cards"]
    moderator.client.until(lambda: card[founder]["status"] == "approved" and "askers" not in card[founder])


def test_support_of_a_joined_question_is_support_of_the_other_and_is_taken_back_with_it(screens, public_hub, moderator, elsewhere):
    founder, variant, last = moderator.publish(elsewhere, PRICE, WHO, LOST)
    phone, other = screens.phone(), screens.phone("cherbourg")
    for text, question in ((WHO, variant), (LOST, last)):
        phone.support(text).click()
        phone.has_voted(question)
    expect(other.count(WHO)).to_have_text("1")
    join_groups(moderator, founder, variant, last)
    expect(phone["#list > li:not(.gone)"]).to_have_count(1)
    expect(phone.support(PRICE)).to_have_attribute("aria-pressed", "true")
    expect(phone.count(PRICE)).to_have_text("1")
    phone.page.reload()
    phone.is_connected()
    expect(phone.support(PRICE)).to_have_attribute("aria-pressed", "true")

    phone.support(PRICE).click()
    for screen in (phone, other):
        expect(screen.count(PRICE)).to_have_text("0")
        expect(screen.support(PRICE)).to_have_attribute("aria-pressed", "false")
    moderator.client.until(lambda: moderator.client.view["cards"][founder]["votes"] == 0)
    for question in (variant, last):
        phone.has_voted(question, on=False)
    phone.support(PRICE).click()
    for screen in (phone, other):
        expect(screen.count(PRICE)).to_have_text("1")
    phone.has_voted(founder)
    # Apart again: each has the support that it was given itself.
    assert moderator.client.do("separate", question=variant)["type"] == "ack"
    expect(phone.support(WHO)).to_have_attribute("aria-pressed", "false")
    expect(phone.support(PRICE)).to_have_attribute("aria-pressed", "true")


def test_a_joined_question_that_is_separated_is_one_s_own_again(screens, moderator, elsewhere):
    moderator.publish(elsewhere, PRICE)
    phone = screens.phone()
    variant = phone.ask(PRICE)
    expect(phone["#mine .why"]).to_be_visible()
    assert moderator.client.do("separate", question=variant)["type"] == "ack"
    expect(phone["#mine .why"]).to_be_hidden()
    expect(phone["#mine .state"]).to_have_text(phone.t("state_pending"))
    expect(phone.support(PRICE)).to_be_visible()


VOTES = """async steps => {
  const {Votes} = await import('/js/votes.js');
  const kept = new Map();
  const make = () => new Votes({get: key => JSON.parse(kept.get(key) ?? 'null'), set: (key, value) => kept.set(key, JSON.stringify(value))});
  let votes = make();
  return steps.map(([name, ...values]) => {
    if (name === 'reopen') votes = make();
    return name === 'reopen' ? null : votes[name](...values) ?? null;
  });
}"""


def test_votes_keep_their_group_through_taps_answers_and_visits(screens):
    steps = [("toggle", "v"), ("learn", {"whole": False, "votes": [["v", 1, True, "f"]]}, []), ("isOn", "f"),
             ("acknowledge", {"question": "v", "counter": 1}, 5), ("reach", 5), ("count", {"id": "f", "votes": 7}),
             ("reopen",), ("isOn", "f"), ("group", "f"), ("toggle", "f"), ("count", {"id": "f", "votes": 7}), ("isPending", "f"),
             ("reject", "v"), ("isOn", "f"), ("learn", {"whole": True, "votes": [["v", 1, True]]}, []), ("isOn", "f"), ("isOn", "v")]
    got = screens.join().run(VOTES, steps)
    on = {"type": "vote", "question": "v", "on": True, "counter": 1}
    off = {"type": "vote", "question": "v", "on": False, "counter": 2}
    assert got == [[on], [], True, None, None, 7, None, True, ["f", "v"], [off], 6, True, None, True, [], False, True]


@pytest.mark.parametrize("isLate", [False, True], ids=["answer first", "other tab first"])
def test_a_tap_is_over_when_another_tab_of_the_phone_tapped_after_it(screens, isLate):
    answer = [("acknowledge", {"question": "q", "counter": 1}, 5)]
    other = [("learn", {"whole": False, "votes": [["q", 2, False]]}, [])]
    steps = [("toggle", "q"), *((other + answer) if isLate else (answer + other)), ("isOn", "q"), ("reach", 6), ("isOn", "q"),
             ("count", {"id": "q", "votes": 0}), ("isPending", "q"), ("toggle", "q")]
    got = screens.join().run(VOTES, steps)
    assert got[3:] == [False, None, False, 0, False, [{"type": "vote", "question": "q", "on": True, "counter": 3}]]


# --- Who asked, on every page

def test_every_page_names_all_venues_that_asked(screens, public_hub, moderator):
    people = {venue: public_hub.client(venue=venue) for venue in ("granville", "cherbourg", "agneaux")}
    ids = [moderator.publish(people[venue], text)[0] for venue, text in zip(people, (PRICE, WHO, LOST))]
    again, = moderator.publish(people["granville"], ELSE)
    phone, speaker, wall = screens.phone(), screens.speaker(), screens.wall()
    expect(speaker["#queue li"]).to_have_count(4)
    join_groups(moderator, ids[0], ids[1], again)
    expect(phone.card(PRICE).locator(".venue")).to_have_text("Granville, Cherbourg")
    expect(phone.card(PRICE).locator(".askers")).to_have_text(phone.t("askers", 3))
    expect(phone.card(LOST).locator(".askers")).to_be_hidden()
    row = speaker["#queue li"].filter(has_text=PRICE)
    expect(row.locator(".venue")).to_have_text("Granville, Cherbourg")
    expect(row.locator(".askers")).to_have_text(speaker.t("askers", 3))
    assert row.locator(".meta").evaluate("node => [...node.children].slice(0, 3).every(part => "
                                         "part.getBoundingClientRect().right <= node.parentNode.getBoundingClientRect().right)")

    moderator.live(PRICE)
    for screen in (speaker, wall):
        expect(screen["#text"]).to_have_text(PRICE)
        expect(screen["#meta .venue"]).to_have_text(["Granville", "Cherbourg"])
        expect(screen["#meta .askers"]).to_have_text(screen.t("askers", 3))
        expect(screen["#status"]).to_contain_text("Granville, Cherbourg")
    expect(phone["#live .venue"]).to_have_text("Granville, Cherbourg")


@pytest.mark.parametrize("width, height", [(1280, 720), (1280, 800), (1920, 1080)])
def test_nothing_moves_when_others_join_the_live_question(screens, public_hub, moderator, width, height):
    people = [public_hub.client(venue=venue) for venue in ("granville", "cherbourg", "agneaux")]
    founder, = moderator.publish(people[0], PRICE, name="Anne Lepic")
    others = [moderator.publish(person, text)[0] for person, text in zip(people[1:], (WHO, LOST))]
    size = {"width": width, "height": height}
    speaker, wall = screens.speaker(size=size), screens.wall(size=size)
    moderator.live(PRICE)
    for screen in (speaker, wall):
        expect(screen["#text"]).to_have_text(PRICE)
    before = [[screen.draws().box(css) for css in ("#text", "#box", "#meta")] for screen in (speaker, wall)]
    join_groups(moderator, founder, *others)
    for screen in (speaker, wall):
        expect(screen["#meta .venue"]).to_have_text(["Granville", "Cherbourg", "Agneaux"])
        expect(screen["#meta"]).to_contain_text("Anne Lepic")
    assert [[screen.draws().box(css) for css in ("#text", "#box", "#meta")] for screen in (speaker, wall)] == before


def test_a_list_being_read_stands_still_when_questions_are_joined(screens, moderator, elsewhere):
    texts = [f"{word} dans la commune numéro {n} ?" for n, word in enumerate((
        "La piscine sera-t-elle rouverte", "Où jeter des piles", "Quand passe le facteur", "Le stade est-il éclairé", "Faut-il un permis",
        "Combien de bancs publics", "Les chiens sont-ils admis", "Le marché déménage-t-il", "Pourquoi ces travaux", "Qui tond la pelouse"))]
    ids = moderator.publish(elsewhere, *texts)
    phone = screens.phone()
    expect(phone["#list > li"]).to_have_count(len(texts))
    phone.card(texts[4]).evaluate("row => row.scrollIntoView({block: 'start'})")
    tops = "() => [...document.querySelectorAll('#list > li')].slice(4, 8).map(row => row.getBoundingClientRect().top)"
    before = phone.draws().run(tops)
    join_groups(moderator, ids[0], ids[1])
    expect(phone["#list > .gone"]).to_have_count(1)
    # Scrolling by less than a pixel is rounding.
    assert all(abs(now - then) < 1 for now, then in zip(phone.draws().run(tops), before))


# --- Nothing but text

@pytest.mark.parametrize("payload", ["<img src=x onerror=alert(1)>", "</bdi></li><svg onload=alert(1)>", "\"' autofocus onfocus=alert(1) {{7*7}} # {s}"])
def test_hostile_texts_in_proposals_and_in_notices_are_only_text(screens, moderator, elsewhere, payload):
    text = f"Combien coûte un certificat {payload} ?"
    founder, = moderator.publish(elsewhere, text, name=payload[:40])
    phone = screens.phone()
    ours = set(phone.run("[...document.querySelectorAll('*')].map(node => node.localName)")) | {"li", "bdi", "span", "button", "p", "div"}
    phone.type(f"combien coûte un certificat {payload}")
    row = phone.suggested("Combien coûte")
    expect(row.locator(".text")).to_have_text(text)
    row.locator(".support").click()
    expect(phone["#alike-title"]).to_have_text(phone.t("instead"))
    variant = phone.ask("Quel est le prix de cette chose ?")
    moderator.client.until(lambda: variant in moderator.client.view["cards"])
    join_groups(moderator, founder, variant)
    expect(phone["#mine .founder"]).to_have_text(text)
    assert set(phone.run("[...document.querySelectorAll('*')].map(node => node.localName)")) <= ours
    assert phone.run("document.querySelectorAll('[onerror], [onfocus], [autofocus]').length") == 0
