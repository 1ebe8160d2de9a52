"""The pages for everybody: with a screen reader, with a keyboard alone, on narrow screens, in both languages."""

import re

import pytest
from playwright.sync_api import expect
from screens import LAPTOP, PHONE, Moderator, violations

PRICE = "Combien coûte un certificat pour une petite commune ?"
WHO = "Qui délivre les certificats dans la Manche ?"
LOST = "Comment révoquer une clé perdue un dimanche ?"
KINDS = ("phone", "speaker", "wall", "join")
LOOKS = [pytest.param(language, colours, id=f"{language[:2]} {colours}", marks=marks) for language, colours, marks in (
    ("fr-FR", "light", ()), ("en-GB", "dark", ()), ("fr-FR", "dark", pytest.mark.long), ("en-GB", "light", pytest.mark.long))]


@pytest.fixture
def moderator(public_hub):
    return Moderator(public_hub)


def all_four(screens, **options):
    return [getattr(screens, kind)(**options) for kind in KINDS]


@pytest.mark.parametrize("language, colours", LOOKS)
def test_no_page_breaks_a_rule_of_accessibility_in_any_of_its_states(screens, public_hub, moderator, language, colours):
    screens.the_line_will_be_cut()
    found = {}

    def look(state, *shown):
        for screen in shown:
            if broken := violations(screen.draws()):
                found[f"{screen.kind} {state}"] = broken
    phone, speaker, wall, join = all_four(screens, language=language, color_scheme=colours)
    pages = (phone, speaker, wall)
    look("empty", *pages, join)

    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, WHO, LOST, PRICE.replace("petite", "grande"), name="Anne")
    phone.ask(PRICE)
    moderator.find(PRICE)
    phone.send()
    expect(phone["#message"]).to_be_visible()
    phone.mine(PRICE).locator("button").click()
    phone.support(WHO).click()
    expect(phone.count(WHO)).to_have_text("1")
    expect(speaker["#queue li"]).to_have_count(3)
    look("with questions", phone, speaker)

    moderator.live(WHO)
    moderator.live(LOST)
    moderator.do("dismiss", PRICE, reason="personal")
    moderator.do("pauseIntake")
    for screen in (speaker, wall):
        expect(screen["#text"]).to_have_text(LOST)
    expect(phone["#closed"]).to_be_visible()
    phone["#answered summary"].click()
    look("with a live question", *pages)

    public_hub.kill()
    expect(phone["#offline"]).to_be_visible()
    expect(speaker["#line"]).to_have_class("lost")
    expect(wall["#line"]).to_be_visible()
    look("offline", *pages)
    assert found == {}


@pytest.mark.parametrize("language, colours", LOOKS)
def test_proposals_and_joined_questions_break_no_rule(screens, public_hub, moderator, language, colours):
    founder, _ = moderator.publish(public_hub.client(venue="agneaux"), PRICE, WHO, name="Anne")
    phone = screens.phone(language=language, color_scheme=colours)
    speaker, wall = (getattr(screens, kind)(language=language, color_scheme=colours) for kind in ("speaker", "wall"))
    phone.ask(PRICE)
    expect(phone["#mine .why"]).to_be_visible()
    expect(phone["#mine .founder"]).to_have_text(PRICE)
    expect(speaker["#queue .askers"].first).to_be_visible()
    phone.type("qui délivre les certificats de la Manche")
    expect(phone.suggested(WHO)).to_be_visible()
    found = {"typing": violations(phone.draws()), "queue": violations(speaker.draws())}
    phone.suggested(WHO).locator(".support").click()
    expect(phone["#alike-title"]).to_have_text(phone.t("instead"))
    moderator.live(PRICE)
    for screen in (speaker, wall):
        expect(screen["#meta .askers"]).to_be_visible()
        found[screen.kind] = violations(screen.draws())
    found["supported instead"] = violations(phone.draws())
    assert {state: broken for state, broken in found.items() if broken} == {}


def test_pages_that_cannot_be_used_break_no_rule_either(screens):
    stopped = [screens.open(path, ready=False) for path in ("/speaker", "/wall", "/ask?venue=paris")]
    for screen in stopped:
        expect(screen[".notice:not(:empty)"]).to_be_visible()
    assert [violations(screen) for screen in stopped] == [[], [], []]


# --- Language, title, status

@pytest.mark.parametrize("language, code, other", [("fr-FR", "fr", "English"), ("en-US", "en", "Français"),
                                                   pytest.param("de-DE", "fr", "English", marks=pytest.mark.long)])
def test_every_page_speaks_the_person_s_language_and_says_so(screens, language, code, other):
    for screen in all_four(screens, language=language):
        assert screen.run("document.documentElement.lang") == code
        assert "Rencontres numériques" in screen.page.title() or screen.kind == "/"
        if screen.kind == "/wall":
            continue
        button = screen["#languages button"]
        expect(button).to_have_text(other)
        assert button.get_attribute("lang") == ("fr" if other == "Français" else "en")
        button.click()
        chosen = "fr" if other == "Français" else "en"
        expect(screen["html"]).to_have_attribute("lang", chosen)
        screen.page.reload()
        screen.is_connected()
        expect(screen["html"]).to_have_attribute("lang", chosen)


CATALOGUES = """Promise.all(['fr', 'en'].map(language => Promise.all(
    ['', '-ask', '-day', '-screen'].map(page => import(`/js/messages${page}-${language}.js`)))
  .then(all => Object.assign({}, ...all.map(words => words.default)))))"""


def test_no_key_is_without_words_in_either_language(screens):
    join = screens.join()
    french, english = join.run(CATALOGUES)
    assert set(french) == set(english) and len(french) > 100
    assert [key for key, text in french.items() if (text.count("#"), "{s}" in text) != (english[key].count("#"), "{s}" in english[key])] == []
    assert all(french.values()) and all(english.values())


def test_french_sentences_keep_their_signs_with_their_words(screens):
    """In French a high sign is preceded by a space that does not break, and the apostrophe is the curly one."""
    said = screens.join().run(f"""async () => {{
      const [{{typeset}}, [all]] = await Promise.all([import('/js/text.js'), {CATALOGUES}]);
      return Object.entries(all).map(([key, text]) => [key, typeset(text)]);
    }}""")
    breaking = [(key, text) for key, text in said if any(f" {sign}" in text for sign in "?!:;»%") or "« " in text]
    assert len(said) > 50 and breaking == []
    assert [(key, text) for key, text in said if "'" in text or "..." in text] == []


def test_every_page_has_one_status_for_those_who_listen_and_it_says_one_thing(screens, public_hub, moderator):
    pages = all_four(screens)
    assert [screen.run("document.querySelectorAll('[role=status], [aria-live]').length") for screen in pages] == [1] * 4
    # One's turn to speak does not wait for a pause.
    assert [screen.run("document.querySelectorAll('[role=alert]').length") for screen in pages] == [1, 0, 0, 0]
    phone, speaker, wall, _ = pages
    phone.ask(PRICE)
    expect(phone["#status"]).to_contain_text(phone.t("sent_moderated"))
    moderator.approve(PRICE)
    expect(phone["#status"]).to_have_text(phone.t("yourQuestion", phone.t("number", 1), phone.t("state_approved")))
    speaker["#take"].click()
    for screen in (phone, speaker, wall):
        expect(screen["#status"]).to_contain_text(screen.t("onScreen") if screen is phone else "Granville")


def test_many_new_questions_are_announced_as_one(screens, public_hub, moderator):
    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, *(f"Question numéro {n} de la salle ?" for n in range(12)))
    phone = screens.phone()
    expect(phone["#list > li"]).to_have_count(12)
    phone["#list > li"].nth(6).evaluate("row => row.scrollIntoView()")
    phone.run("""() => {
      window.announced = [];
      const watch = () => announced.push(document.getElementById('status').textContent);
      new MutationObserver(watch).observe(document.getElementById('status'), {childList: true, characterData: true, subtree: true});
    }""")
    moderator.publish(asker, *(f"Encore une question {n} de la salle ?" for n in range(5)))
    expect(phone["#fresh"]).to_have_text(phone.t("fresh", 5))
    phone.until("() => announced.length")
    assert phone.run("announced.length") == 1


# --- The keyboard alone

FOCUSED = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const label = node.closest('label') ?? node;
  const looks = [node, label].map(part => getComputedStyle(part));
  const box = label.getBoundingClientRect();
  return {
    name: node.id || node.textContent.trim().slice(0, 40) || node.localName,
    isMarked: looks.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
    isInSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, textarea, summary, select, [tabindex="0"]')]
  .filter(node => node.checkVisibility() && !node.closest('details:not([open]) > ul'))
  .filter(node => node.type !== 'radio' || node.checked)
  .map(node => node.id || node.textContent.trim().slice(0, 40) || node.localName)"""


def walk(screen):
    """What the Tab key comes by, from the top of the page to its end."""
    screen.page.reload()
    screen.is_connected().draws()
    stops = []
    for _ in range(80):
        screen.page.keyboard.press("Tab")
        stop = screen.run(FOCUSED)
        if stop is None or stop in stops:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("kind", ["phone", "speaker", "join"])
def test_tab_reaches_everything_in_order_and_shows_where_it_is(screens, public_hub, moderator, kind):
    moderator.publish(public_hub.client(venue="agneaux"), WHO, LOST, PRICE)
    moderator.live(PRICE)
    screen = getattr(screens, kind)()
    if kind == "phone":
        screen.ask("Une question à moi, s’il vous plaît ?")
        expect(screen["#mine li"]).to_have_count(1)
    stops = walk(screen)
    assert [stop["name"] for stop in stops] == screen.run(REACHABLE)
    assert [stop["name"] for stop in stops if not stop["isMarked"]] == []
    assert [stop["name"] for stop in stops if not stop["isInSight"]] == []


def test_a_phone_without_a_pointer_asks_supports_withdraws_and_sorts(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), WHO, LOST)
    phone = screens.phone(size=LAPTOP)
    press = phone.page.keyboard.press
    expect(phone["#list > li"]).to_have_count(2)

    def tab_to(name):
        for _ in range(30):
            press("Tab")
            if phone.run(FOCUSED)["name"].startswith(name):
                return
        raise AssertionError(f"no way to {name}")
    press("Tab")
    expect(phone[".skip"]).to_be_focused()
    expect(phone[".skip"]).to_be_in_viewport()
    tab_to("text")
    phone.page.keyboard.type(PRICE)
    tab_to("name")
    phone.page.keyboard.type("Anne")
    tab_to("send")
    press("Enter")
    assert moderator.find(PRICE)["name"] == "Anne"
    tab_to(phone.t("withdraw"))
    press("Space")
    expect(phone["#mine button"].first).to_be_focused()
    press("Enter")
    expect(phone.mine(PRICE).locator(".state")).to_have_text(phone.t("state_withdrawn"))
    phone["#text"].focus()
    tab_to("by_votes")
    press("ArrowRight")
    expect(phone["#by_new"]).to_be_checked()
    expect(phone["#list .text"]).to_have_text([LOST, WHO])
    tab_to(phone.t("support"))
    press("Space")
    expect(phone.support(LOST)).to_have_attribute("aria-pressed", "true")
    moderator.client.until(lambda: moderator.find(LOST)["votes"] == 1)
    expect(phone.support(LOST)).to_be_focused()


def test_a_proposal_is_reached_taken_and_given_back_by_keys_alone(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), WHO)
    phone = screens.phone(size=LAPTOP)
    press = phone.page.keyboard.press
    phone["#text"].focus()
    typed = "qui délivre les certificats de la Manche"
    phone.page.keyboard.type(typed)
    expect(phone.suggested(WHO)).to_be_visible()
    expect(phone["#text"]).to_be_focused()
    expect(phone["#status"]).to_have_text(phone.t("found", 1))
    assert [press("Tab") or phone.run(FOCUSED)["name"] for _ in range(2)] == ["name", "send"]
    press("Tab")
    support = phone.suggested(WHO).locator(".support")
    expect(support).to_be_focused()
    expect(support).to_have_accessible_name(re.compile(f"{phone.t('support')} 0 {phone.t('number', 1)}"))
    press("Enter")
    expect(phone["#alike"]).to_be_focused()
    expect(phone["#alike"]).to_have_accessible_name(phone.t("instead"))
    moderator.client.until(lambda: moderator.find(WHO)["votes"] == 1)
    press("Tab")
    expect(phone["#other"]).to_be_focused()
    expect(phone["#other"]).to_have_text(phone.t("takeBack"))
    # As long as a second tap is taken for a slip.
    phone.page.wait_for_timeout(750)
    press("Enter")
    expect(phone["#text"]).to_be_focused()
    expect(phone["#text"]).to_have_value(typed)
    moderator.client.until(lambda: moderator.find(WHO)["votes"] == 0)


def test_a_row_with_the_focus_keeps_it_when_the_list_changes(screens, public_hub, moderator):
    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, WHO, LOST)
    phone = screens.phone()
    expect(phone["#list > li"]).to_have_count(2)
    phone["#sort input"].last.focus()
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Tab")
    expect(phone.support(LOST)).to_be_focused()
    before = phone["#list .text"].all_text_contents()
    voters = [public_hub.client(venue="cherbourg") for _ in range(2)]
    for voter in voters:
        voter.send({"type": "vote", "question": moderator.find(LOST)["id"], "on": True, "counter": 1})
    expect(phone.count(LOST)).to_have_text("2")
    expect(phone.support(LOST)).to_be_focused()
    assert phone["#list .text"].all_text_contents() == before


def test_single_keys_of_the_speaker_can_be_turned_off_and_stay_off(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), WHO, LOST, PRICE)
    speaker = screens.speaker()
    expect(speaker["#queue li"]).to_have_count(3)
    expect(speaker["#keys"]).to_be_checked()
    expect(speaker["#keys"]).to_have_accessible_name(speaker.t("keysOn"))
    speaker.page.keyboard.press("ArrowRight")
    expect(speaker["#text"]).to_have_text(WHO)
    expect(speaker["#line"]).to_have_class("connected")
    speaker["#keys"].uncheck()
    for visit in range(2):
        for key in ("PageDown", "ArrowRight", "ArrowLeft", "PageUp", "Space"):
            speaker.run("() => document.activeElement.blur()")
            speaker.page.keyboard.press(key)
        speaker.draws()
        expect(speaker["#line"]).to_have_class("connected")
        expect(speaker["#text"]).to_have_text(WHO)
        speaker.page.reload()
        speaker.is_connected()
        expect(speaker["#keys"]).not_to_be_checked()
    speaker["#take"].focus()
    speaker.page.keyboard.press("Enter")
    expect(speaker["#text"]).to_have_text(LOST)


def test_a_key_with_a_modifier_is_the_browser_s(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), WHO)
    speaker = screens.speaker()
    expect(speaker["#queue li"]).to_have_count(1)
    taken = speaker.run("""() => ['ctrlKey', 'altKey', 'metaKey', 'shiftKey', 'none'].map(modifier => {
      const press = new KeyboardEvent('keydown', {key: modifier === 'none' ? 'PageDown' : 'PageUp', cancelable: true, [modifier]: true});
      return !dispatchEvent(press);
    })""")
    assert taken == [False, False, False, False, True]


# --- Sizes and motion

def test_what_a_finger_has_to_hit_is_large_enough(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), WHO, LOST)
    moderator.live(WHO)
    phone, speaker = screens.phone(size={"width": 320, "height": 568}), screens.speaker(size=PHONE)
    phone.ask(PRICE)
    expect(phone["#mine button"]).to_have_count(1)
    for screen in (phone, speaker):
        small = screen.run("""() => [...document.querySelectorAll('button, textarea, input:not([type=radio], [type=checkbox]), label:has(input)')]
          .filter(node => node.checkVisibility() && node.getBoundingClientRect().height < 24)
          .map(node => node.outerHTML.slice(0, 80))""")
        assert small == []
    for css in ("#send", "#list .support", "#mine button", "#text", "#name"):
        assert phone[css].first.bounding_box()["height"] >= 44, css


@pytest.mark.parametrize("width, zoom", [(320, 100), (640, 200)])
def test_proposals_and_notices_fit_the_narrowest_screens_and_the_largest_letters(screens, public_hub, moderator, width, zoom):
    long = "Combien coûte " + "W" * 30 + " pour " + "M" * 30 + " et pour une commune de la Manche qui n’a presque rien ?"
    founder, = moderator.publish(public_hub.client(venue="agneaux"), long, name="M" * 40)
    phone = screens.phone(size={"width": width, "height": 568})
    phone.run("zoom => { document.documentElement.style.fontSize = `${zoom}%`; }", zoom)
    variant = phone.ask("Quel est le prix de cette chose ?")
    moderator.client.until(lambda: variant in moderator.client.view["cards"])
    phone.type("combien coûte " + "W" * 30 + " pour une commune")
    expect(phone.suggested(long)).to_be_visible()

    def look():
        assert phone.draws().run("document.documentElement.scrollWidth <= innerWidth")
        small = phone.run("() => [...document.querySelectorAll('#composer button')].filter(node => node.checkVisibility())"
                          ".filter(node => node.getBoundingClientRect().height < 44).map(node => node.textContent)")
        assert small == []
    look()
    phone.suggested(long).locator(".support").click()
    expect(phone["#alike-title"]).to_have_text(phone.t("instead"))
    look()
    assert moderator.client.do("unite", question=variant, into=founder)["type"] == "ack"
    expect(phone["#mine .founder"]).to_have_text(long)
    look()


def test_text_twice_as_large_still_fits_without_scrolling_sideways(screens, public_hub, moderator):
    moderator.publish(public_hub.client(venue="agneaux"), WHO, LOST)
    moderator.live(WHO)
    for screen in all_four(screens, size={"width": 640, "height": 800}):
        screen.run("() => { document.documentElement.style.fontSize = '200%'; }")
        assert screen.draws().run("document.documentElement.scrollWidth <= innerWidth"), screen.kind


def test_nothing_moves_for_those_who_do_not_want_it(screens, public_hub, moderator):
    pages = all_four(screens, reduced_motion="reduce")
    moderator.publish(public_hub.client(venue="agneaux"), WHO, LOST)
    moderator.live(WHO)
    for screen in pages[1:3]:
        expect(screen["#text"]).to_have_text(WHO)
    assert [screen.run("document.getAnimations().length") for screen in pages] == [0] * 4
    assert [screen.run("getComputedStyle(document.documentElement).scrollBehavior") for screen in pages] == ["auto"] * 4


def test_the_state_of_a_question_is_told_in_words_and_not_by_colour_alone(screens, public_hub, moderator):
    question, = moderator.publish(public_hub.client(venue="agneaux"), WHO)
    phone = screens.phone(forced_colors="active")
    phone.support(WHO).click()
    expect(phone.support(WHO)).to_have_attribute("aria-pressed", "true")
    marks = phone.support(WHO).evaluate("button => getComputedStyle(button, '::before').content")
    phone.has_voted(question)
    phone.support(WHO).click()
    expect(phone.support(WHO)).to_have_attribute("aria-pressed", "false")
    assert marks != phone.support(WHO).evaluate("button => getComputedStyle(button, '::before').content")
    assert phone.support(WHO).evaluate("button => button.innerText").strip().startswith(phone.t("support"))
