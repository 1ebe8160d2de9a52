"""Texts that want to be more than text, on every page."""

import re

import pytest
from conftest import wait_until
from hostile import ESCAPES, MARKUP, UNICODE, clean, shown, variants, within_limits
from playwright.sync_api import expect
from screens import Moderator, supported

TAGS_OF_OURS = "[...new Set([...document.querySelectorAll('*')].map(node => node.localName))].sort()"
ATTRIBUTES = "[...document.querySelectorAll('*')].flatMap(node => [...node.attributes].map(({name}) => name)).filter(name => name.startsWith('on'))"


def is_untouched(screen, tags):
    assert set(screen.run(TAGS_OF_OURS)) <= tags, "an element of theirs"
    assert screen.run(ATTRIBUTES) == []
    assert screen.run("typeof status") in ("object", "string") and screen.run("document.querySelectorAll('#status').length") == 1


def the_corpus_is_only_text(screens, hub, payloads, live):
    moderator = Moderator(hub)
    asker = hub.client(venue="agneaux")
    phone, speaker, wall, join, day = screens.phone(), screens.speaker(), screens.wall(), screens.join(), screens.day()
    before = {screen: set(screen.run(TAGS_OF_OURS)) | {"li", "bdi", "span", "button", "p", "img", "small"}
              for screen in (phone, speaker, wall, join, day)}
    sent = {}
    for payload in payloads:
        name = clean(payload)[:40].strip()
        answer = asker.ask(payload, name=name)
        assert answer["type"] == "ack", (payload, answer)
        sent[answer["id"]] = clean(payload)
    for question, text in sent.items():
        moderator.client.until(lambda: question in moderator.client.view["cards"])
        assert moderator.client.view["cards"][question]["text"] == text
        moderator.client.do("approve", question=question)

    # The phone shows at most the first of the queue and the newest: all of them here.
    expect(phone["#list > li"]).to_have_count(len(sent), timeout=20_000)
    drawn = phone.run("() => [...document.querySelectorAll('#list > li')].map(row => row.querySelector('.text').textContent)")
    assert sorted(drawn) == sorted(map(shown, sent.values()))
    names = phone.run("() => [...document.querySelectorAll('#list > li')].map(row => row.querySelector('.meta bdi:not(.venue)').textContent)")
    assert sorted(names) == sorted(shown(text[:40].strip()) for text in sent.values())

    assert sorted(plain_texts(screens)) == sorted(map(shown, sent.values()))

    for question in list(sent)[:live]:
        moderator.client.do("takeLive", question=question, replacing=moderator.client.view["live"]["id"])
        text = shown(sent[question])
        for screen in (speaker, wall):
            screen.until("text => document.getElementById('text').textContent === text", text)
        phone.until("text => document.querySelector('#live .text')?.textContent === text", text)
        for screen in (speaker, wall):
            assert fits(screen) == []
        moderator.client.until(lambda: moderator.client.view["live"]["id"] == question)

    # One's own questions, and the names of others, on a phone that comes back as the asker.
    device = screens.device()
    device.add_init_script(f"localStorage.setItem('{phone.key('device').replace('granville', 'agneaux')}', "
                           f"'\"{asker.welcome['device']}\"')")
    mine = screens.phone("agneaux", context=device)
    # A phone is told its newest hundred.
    newest = list(sent.values())[-100:]
    expect(mine["#mine > ul > li"]).to_have_count(len(newest), timeout=20_000)
    own = mine.run("() => [...document.querySelectorAll('#mine li .text')].map(node => node.textContent)")
    assert sorted(own) == sorted(map(shown, newest))
    join.page.reload()
    join.is_connected()
    for screen, tags in before.items():
        is_untouched(screen, tags)
    assert screens.complaints() == []


OURS = set("html head meta link title body a header div p h1 h2 main section form input label textarea button fieldset legend span bdi ul li nav "
           "details summary small footer aside".split())


def is_plain(screen):
    """Nothing on the page without script but what it is made of: one style sheet of each kind, no script, no handler."""
    assert set(screen.run(TAGS_OF_OURS)) <= OURS and screen.run(ATTRIBUTES) == []
    assert screen.run("[...document.querySelectorAll('link, form, a')].map(node => node.href ?? node.action).filter(to => !to.startsWith(location.origin))") == []
    assert screen.run("document.querySelectorAll('meta[http-equiv], base, [style], [srcdoc], body [src]').length") == 0


def plain_texts(screens):
    """The texts of all pages of the list that needs no script."""
    plain = screens.open("/plain?venue=granville", ready=False)
    texts = []
    while True:
        is_plain(plain)
        texts += plain.run("[...document.querySelectorAll('#list > li > .text')].map(node => node.textContent)")
        if not plain["a[rel=next]"].count():
            return texts
        plain["a[rel=next]"].click()


def fits(screen):
    """What of the live question lies outside of its box."""
    return screen.run("""() => {
      const box = document.getElementById('box').getBoundingClientRect();
      const text = document.getElementById('text').getBoundingClientRect();
      const inside = text.top >= box.top - 1 && text.bottom <= box.bottom + 1 && text.right <= box.right + 1;
      return inside ? [] : [text.top - box.top, box.bottom - text.bottom];
    }""")


def test_row_33_hostile_texts_are_only_text_on_every_page(screens, public_hub, record_property):
    payloads = variants(90)
    assert len(set(payloads)) == 90
    the_corpus_is_only_text(screens, public_hub, payloads, live=12)
    record_property("figure", "90 texts on every page: 0 executed, 0 reports of the policy")


@pytest.mark.long
def test_row_33_two_hundred_hostile_texts_are_only_text_on_every_page_one_after_the_other(screens, public_hub, record_property):
    payloads = variants(200)
    assert len(set(payloads)) == 200
    the_corpus_is_only_text(screens, public_hub, payloads, live=200)
    record_property("figure", "200 texts on every page: 0 executed, 0 reports of the policy")


def test_row_33_what_is_typed_into_the_page_is_only_text_too(screens, public_hub):
    phone = screens.phone()
    for number, payload in enumerate((MARKUP[1], ESCAPES[0], UNICODE[3])):
        text = within_limits(payload, number)
        phone.write(text, name=payload[:40])
        phone.send()
        wait_until(lambda: shown(clean(text)) in phone["#mine .text"].all_text_contents(), what=text)
    moderator = Moderator(public_hub)
    for number, payload in enumerate((MARKUP[1], ESCAPES[0], UNICODE[3])):
        assert moderator.find(clean(within_limits(payload, number)))["name"] == clean(payload[:40])


def test_row_33_an_edited_text_and_a_draft_kept_in_the_browser_are_only_text_too(screens, public_hub):
    phone = screens.phone()
    phone.ask("Combien coûte un certificat ?")
    moderator = Moderator(public_hub)
    question = moderator.find("Combien coûte un certificat ?")["id"]
    moderator.client.do("edit", question=question, text=within_limits(MARKUP[1], 1))
    expect(phone["#mine .text"]).to_have_text(clean(within_limits(MARKUP[1], 1)))
    phone.write(MARKUP[0])
    phone.page.reload()
    expect(phone["#text"]).to_have_value(MARKUP[0])
    expect(phone["#text"]).to_be_visible()


def test_row_33_the_page_without_script_gives_back_what_was_typed_as_text_taken_or_refused(screens, public_hub):
    plain = screens.open("/plain?venue=granville", ready=False)
    for number, payload in enumerate((MARKUP[1], ESCAPES[0], UNICODE[3], UNICODE[23], "</textarea><script>alert(1)</script>")):
        text = within_limits(payload, number)
        plain["#text"].fill(text)
        plain["#name"].fill(payload[:40])
        plain["#composer button.main"].click()
        expect(plain["#said"]).to_have_class("notice")
        expect(plain["#mine .text"].filter(has_text=f"{number}\u00a0?")).to_have_text(shown(clean(text)), use_inner_text=False)
        is_plain(plain)
    # Refused, for it is no three words: what was typed comes back in its fields.
    screens.allowed.append(re.compile("status of 4"))
    for payload in (*MARKUP[7:14], *ESCAPES[:4], "\n\n</textarea>\n<script>alert(1)</script>"):
        word = payload.replace(" ", "/")
        plain["#text"].fill(word)
        plain["#name"].fill("\" autofocus onfocus=alert(1) x='")
        plain["#composer button.main"].click()
        expect(plain["#said"]).to_have_class("notice problem")
        expect(plain["#text"]).to_have_value(word)
        expect(plain["#name"]).to_have_value("\" autofocus onfocus=alert(1) x='")
        is_plain(plain)


EVIL = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"


@pytest.mark.parametrize("path", [
    f"/plain?venue={EVIL}", f"/plain?venue=granville&lang={EVIL}", f"/plain?venue=granville&page={EVIL}", f"/plain?venue=granville&done=ask&question={EVIL}",
    f"/plain?venue=granville&done={EVIL}&question={EVIL}", f"/plain?{EVIL}={EVIL}", f"/plain/{EVIL}", f"/{EVIL}", f"/ask?venue={EVIL}",
    "/plain?venue=granville#<img src=x onerror=alert(1)>"])
def test_row_33_nothing_of_an_address_becomes_part_of_a_page(screens, path):
    screens.allowed.append(re.compile("status of 404"))
    screen = screens.open(path, ready=False)
    assert screen.run("[...document.scripts].filter(script => !script.src.startsWith(location.origin) || script.text).length") == 0
    assert screen.run(ATTRIBUTES) == [] and screen.run("document.querySelectorAll('img[src=x]').length") == 0


def test_row_33_no_text_can_become_markup_or_script_by_the_pages_own_code(screens):
    """Trusted Types: what would turn a text into anything else throws, on every page, whoever calls it."""
    sinks = ["document.body.innerHTML = '<b>x</b>'", "document.write('<b>x</b>')", "document.createElement('script').text = 'alert(1)'",
             "document.createElement('script').src = '/js/dom.js'", "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
             "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')", "document.createElement('iframe').srcdoc = '<b>x</b>'",
             "setTimeout('alert(1)')", "document.createRange().createContextualFragment('<b>x</b>')"]
    plain = screens.open("/plain?venue=granville", ready=False)
    for screen in (screens.phone(), screens.speaker(), screens.wall(), screens.join(), screens.day(), plain):
        for sink in sinks:
            threw = screen.run("() => { try { %s; return 'let through'; } catch (error) { return error.name; } }" % sink)
            assert threw in ("TypeError", "EvalError"), (screen.kind, sink, threw)
        assert screen.run("document.querySelectorAll('b').length") == 0
    screens.allowed.append(re.compile("CSP: (require-trusted-types-for|script-src)|TrustedHTML|TrustedScript|Content Security Policy"))


def test_row_33_an_event_with_a_hostile_title_harms_no_page(browser, tmp_path):
    from conftest import EVENT
    from screens import PublicHub, Screens
    event = tmp_path / "event.yaml"
    evil = "<img src=x onerror=alert(1)>"
    event.write_text(EVENT.read_text().replace("Rencontres numériques – l’administration électronique", evil)
                     .replace("name: Granville", f"name: '{evil}'").replace("Un géomaticien", evil)
                     .replace("title: Le certificat électronique – à quoi il sert, comment l’obtenir", f"title: '{evil}'"))
    hub = PublicHub(tmp_path / "data", event=event).start()
    opened = Screens(browser, hub)
    try:
        for screen in (opened.phone(), opened.speaker(), opened.wall(), opened.join(), opened.day()):
            expect(screen["#title"]).to_have_text(evil)
            assert screen.run("document.querySelectorAll('[onerror], img[src=x]').length") == 0
        plain = opened.open("/plain?venue=granville", ready=False)
        expect(plain["h1"]).to_have_text(evil)
        expect(plain["#venue"]).to_have_text(evil)
        assert plain.run("document.title") == f"{evil} – {evil}"
        is_plain(plain)
        assert opened.complaints() == []
    finally:
        opened.close()
        hub.stop()


# --- Directions and widths

def neighbours(screen):
    """Where every other row and its parts are, and what they say, in the order of the eye."""
    return screen.draws().run("""() => [...document.querySelectorAll('#list > li')].filter(row => !row.textContent.includes('VOISIN'))
      .map(row => [...row.querySelectorAll('.text, .meta > *, button')].map(part => {
        const {x, width, height} = part.getBoundingClientRect();
        return [part.textContent, x, width, height];
      }))""")


def pictures(screen, left_out):
    """The pixels of every text and name of the other rows, once they rest."""
    screen.page.mouse.move(0, 0)
    rows = [row for row in screen.draws()["#list > li"].all() if left_out not in row.text_content()]
    parts = [part for row in rows for part in row.locator(".text, .meta bdi").all() if part.is_visible()]
    taken = [[], None]

    def rest():
        taken[:] = taken[1], [part.screenshot(animations="disabled") for part in parts]
        return taken[0] == taken[1]
    wait_until(rest, what="a picture that stays")
    return taken[1]


def test_row_34_directions_in_one_text_change_nothing_beside_it(screens, public_hub):
    moderator = Moderator(public_hub)
    asker = public_hub.client(venue="agneaux")
    # Supported ones come first, so that they stand where they stood when others come.
    for question in moderator.publish(asker, "Combien coûte un certificat ?", "Qui délivre les certificats ?", name="Anne"):
        supported(public_hub, question, [public_hub.client(venue="granville")])
    phone, speaker = screens.phone(), screens.speaker()
    expect(phone["#list > li"]).to_have_count(2)
    before = neighbours(phone)
    pixels = pictures(phone, "VOISIN")
    meta = speaker["#queue .meta"].first.evaluate("node => [...node.children].map(part => part.getBoundingClientRect().x)")
    for text, name in (("\u202e\u202d\u2067VOISIN à l’envers un deux", "\u202eenna"), ("VOISIN ما هو السعر 12 ?", "أحمد 7"),
                       ("\u200f VOISIN כמה זה עולה 34 (5)", "\u2067\u202bדוד")):
        moderator.publish(asker, text, name=name)
    expect(phone["#list > li"]).to_have_count(5)
    assert neighbours(phone) == before
    assert pictures(phone, "VOISIN") == pixels
    expect(speaker["#queue li"]).to_have_count(5)
    assert meta == speaker["#queue .meta"].first.evaluate("node => [...node.children].map(part => part.getBoundingClientRect().x)")
    # In the row itself, number and support stand where they stand in any other.
    for row in phone["#list > li"].all():
        number, venue = row.locator(".number").bounding_box(), row.locator(".venue").bounding_box()
        assert number["x"] > venue["x"]
    texts = phone.run("() => document.getElementById('list').textContent")
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", texts)


def test_row_35_marks_piled_on_a_letter_do_not_reach_the_neighbours(screens, public_hub):
    moderator = Moderator(public_hub)
    asker = public_hub.client(venue="agneaux")
    pile = "Z" + "\u0351\u036b\u0343\u036a\u0302" * 5 + "ut est là ?"
    neighbour, = moderator.publish(asker, "Combien coûte un certificat ?")
    supported(public_hub, neighbour, [public_hub.client(venue="granville")])
    phone = screens.phone()
    expect(phone["#list > li"]).to_have_count(1)
    pixels = pictures(phone, "ut est là")
    moderator.publish(asker, pile)
    expect(phone["#list > li"]).to_have_count(2)
    assert pictures(phone, "ut est là") == pixels
    heights = [row.bounding_box()["height"] for row in phone["#list > li"].all()]
    assert max(heights) - min(heights) < 40
    drawn = phone["#list .text"].last.text_content()
    assert drawn == shown(clean(pile)) and len(drawn) < len(pile)


LONG = ["W" * 30 + " " + "M" * 30 + " " + "Ш" * 30 + " fin", "a" * 30 + " " + "一二三四五六七八九十" * 3 + " fin",
        "https://example.org/abcdefghij /chemin/sans/espace/abcdefghij " + "\u00e9" * 30]


@pytest.mark.parametrize("width", [320, 256])
def test_nothing_needs_scrolling_sideways_on_the_narrowest_screens(screens, public_hub, width):
    moderator = Moderator(public_hub)
    size = {"width": width, "height": 568}
    phone = screens.phone(size=size)
    asker = public_hub.client(venue="granville", device=phone.device)
    ids = moderator.publish(asker, *LONG, "Question de trop ?!", name="M" * 40)
    others = public_hub.client(venue="cherbourg")
    moderator.publish(others, *(f"{number} {text}" for number, text in enumerate(LONG)), name="W" * 40)
    supported(public_hub, ids[0], [public_hub.client(venue="agneaux") for _ in range(3)])
    moderator.live(LONG[0])
    asker.ask("Celle-ci attend encore " + "W" * 30)
    pages = [phone, screens.speaker(size=size), screens.wall(size=size), screens.join(size=size)]
    expect(phone["#live li"]).to_have_count(1)
    expect(phone["#mine li"]).to_have_count(5)
    for screen in pages[1:3]:
        expect(screen["#text"]).to_have_text(LONG[0])
        assert width < 320 or fits(screen) == [], screen.kind
    for screen in pages:
        wide = screen.draws().run("() => [document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth]")
        assert wide[0] <= wide[2] and wide[1] <= wide[2], (screen.kind, wide)
        # What is said beside a question of the queue is cut off by its row when it is too much.
        out = screen.run("""() => [...document.querySelectorAll('body *')].filter(node => {
          const box = node.getBoundingClientRect();
          return box.width > 1 && box.height > 1 && box.right > innerWidth + 1;
        }).filter(node => !node.closest('#queue .meta')).map(node => node.outerHTML.slice(0, 80))""")
        assert out == [], screen.kind
