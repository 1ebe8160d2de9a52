"""The page for those without script: Chromium with script switched off, and forms that no browser of ours would send."""

import http.client
import re
import urllib.parse

import pytest
from conftest import Hub
from playwright.sync_api import expect
from screens import LAPTOP, PHONE, Moderator, Screens, violations

PRICE = "Combien coûte un certificat pour une petite commune ?"
WHO = "Qui délivre les certificats dans la Manche ?"


@pytest.fixture
def moderator(public_hub):
    return Moderator(public_hub)


def plain(screens, venue="granville", **options):
    return screens.open(f"/plain?venue={venue}", ready=False, java_script_enabled=False, **options)


def ask(screen, text, name=None):
    screen["#text"].fill(text)
    if name:
        screen["#name"].fill(name)
    screen["#composer button.main"].click()


def row(screen, text):
    return screen["#list > li"].filter(has_text=text)


@pytest.mark.parametrize("start", ["/", "/ask?venue=granville"])
def test_whoever_has_no_script_is_led_to_the_plain_page(screens, public_hub, start):
    screen = screens.open(start, ready=False, java_script_enabled=False)
    screen.page.wait_for_url("**/plain?venue=*")
    if not screen["#composer"].count():
        screen.page.get_by_role("link", name="Granville").click()
    expect(screen["#venue"]).to_have_text("Granville")


def test_the_same_rule_is_printed_with_and_without_script(screens, public_hub, moderator):
    without, phone = plain(screens), screens.phone()
    for order in ("by_turns", "by_votes", "by_time", "by_hand"):
        if order != "by_turns":
            moderator.do("setOrder", order=order)
            without.page.reload()
        expect(phone["#rule"]).to_contain_text(phone.t(f"rule_{order}"))
        expect(without["#questions > .muted"].first).to_contain_text(phone["#rule"].inner_text())


def test_without_script_a_question_is_asked_read_supported_and_withdrawn(screens, public_hub, moderator):
    anne, jean = plain(screens), plain(screens, "cherbourg")
    ask(anne, PRICE, "Anne")
    expect(anne["#said"]).to_have_text("Envoyée : un modérateur la lit.")
    expect(anne["#mine"]).to_contain_text("En cours de lecture")
    expect(anne["#text"]).to_have_value("")
    assert moderator.find(PRICE)["name"] == "Anne"
    moderator.approve(PRICE)

    jean.page.get_by_role("link", name="Actualiser la page").first.click()
    row(jean, PRICE).get_by_role("button", name=re.compile("Soutenir")).click()
    expect(jean["#said"]).to_have_text("Votre soutien est compté.")
    expect(row(jean, PRICE).locator(".count")).to_have_text("1")
    jean.page.reload()
    expect(row(jean, PRICE).locator(".count")).to_have_text("1")
    row(jean, PRICE).get_by_role("button", name=re.compile("Ne plus soutenir")).click()
    expect(row(jean, PRICE).locator(".count")).to_have_text("0")

    anne.page.get_by_role("link", name="Actualiser la page").first.click()
    expect(row(anne, PRICE)).to_contain_text("La vôtre")
    assert row(anne, PRICE).get_by_role("button").count() == 0
    anne["#mine summary"].click()
    anne.page.get_by_role("button", name=re.compile("^Oui, retirer")).click()
    expect(anne["#said"]).to_contain_text("Question retirée.")
    jean.page.get_by_role("link", name="Actualiser la page").first.click()
    expect(row(jean, PRICE)).to_have_count(0)


def test_refresh_loads_the_page_however_often_it_is_pressed(screens, public_hub, moderator):
    anne, asker = plain(screens), public_hub.client(venue="agneaux")
    for number in range(1, 4):
        moderator.publish(asker, f"{PRICE} Et la {number}e fois ?")
        anne.page.get_by_role("link", name="Actualiser la page").first.click()
        expect(anne["#list > li"]).to_have_count(number)


def test_without_script_one_sees_what_is_live_and_what_became_of_ones_own(screens, public_hub, moderator):
    anne = plain(screens)
    ask(anne, PRICE)
    expect(anne["#mine"]).to_contain_text(PRICE)
    ask(anne, WHO)
    expect(anne["#mine > ul > li"]).to_have_count(2)
    moderator.approve(PRICE)
    moderator.live(PRICE)
    moderator.do("dismiss", WHO, reason="off_topic")
    anne.page.get_by_role("link", name="Actualiser la page").first.click()
    expect(anne["#live"]).to_contain_text(PRICE)
    expect(anne["#mine"]).to_contain_text("hors sujet")


def test_without_script_one_may_ask_to_speak(screens, public_hub, moderator):
    anne = plain(screens)
    anne["input[name=spoken]"].check()
    ask(anne, "Les certificats des agents", "Anne")
    expect(anne["#said"]).to_have_text("Demande envoyée : un modérateur la lit.")
    assert moderator.find("Les certificats des agents")["spoken"]
    assert anne["input[name=spoken]"].count() == 0


def test_a_text_that_is_refused_is_still_there_to_be_mended(screens, public_hub):
    screens.allowed.append(re.compile("422"))
    anne = plain(screens)
    ask(anne, "Court", "Anne")
    expect(anne["#said"]).to_contain_text("(text_too_")
    expect(anne["#text"]).to_have_value("Court")
    expect(anne["#name"]).to_have_value("Anne")
    expect(anne["#text"]).to_have_attribute("aria-invalid", "true")
    ask(anne, PRICE)
    expect(anne["#said"]).to_have_text("Envoyée : un modérateur la lit.")


def test_a_button_that_is_pressed_twice_sends_one_question(screens, public_hub, moderator):
    anne = plain(screens)
    anne["#text"].fill(PRICE)
    anne["#composer button.main"].dblclick()
    expect(anne["#said"]).to_have_text("Envoyée : un modérateur la lit.")
    anne.page.reload()
    expect(anne["#mine > ul > li"]).to_have_count(1)
    moderator.find(PRICE)
    assert len(moderator.client.cards()) == 1
    # Other words in the next form are another question.
    ask(anne, WHO)
    expect(anne["#mine > ul > li"]).to_have_count(2)


def test_with_script_again_it_is_the_same_person(screens, public_hub, moderator):
    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, WHO)
    anne = plain(screens)
    ask(anne, PRICE)
    row(anne, WHO).get_by_role("button").click()
    expect(row(anne, WHO).locator(".count")).to_have_text("1")
    moderator.find(PRICE)
    address = anne.page.get_by_role("link", name="Continuer avec la page complète").get_attribute("href")
    phone = screens.open(address)
    expect(phone.mine(PRICE)).to_be_visible()
    expect(phone.count(WHO)).to_have_text("1")
    phone.support(WHO).click()
    expect(phone.count(WHO)).to_have_text("0")


def test_both_languages_and_both_sizes_break_no_rule_of_accessibility(screens, public_hub, moderator):
    asker = public_hub.client(venue="agneaux")
    moderator.publish(asker, WHO)
    found = {}
    for language in ("fr-FR", "en-GB"):
        for size in (PHONE, LAPTOP):
            # axe is a script: the page itself has none.
            screen = screens.open("/plain?venue=granville", ready=False, size=size, language=language)
            assert screen.run("document.scripts.length") == 0
            ask(screen, PRICE + f" {language} {size['width']}")
            expect(screen["#said"]).to_be_visible()
            if broken := violations(screen):
                found[language, size["width"]] = broken
    assert found == {}


# --- Forms that no browser of ours sends.


class Form:
    """The first form of a kind on the page of one person, to be sent in any way."""

    def __init__(self, hub, action="ask", cookie=None):
        self.hub = hub
        reply = self.exchange("GET", "/plain?venue=granville&lang=fr", cookie=cookie)
        self.cookie = cookie or reply.headers["Set-Cookie"].split(";")[0]
        self.flags = (reply.headers["Set-Cookie"] or "").split("; ")[1:]
        page = re.search(rf'action="/plain/{action}".*?</form>', reply.text, re.S)[0]
        self.fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        self.path = f"/plain/{action}"

    def exchange(self, method, path, body=None, cookie=None, **headers):
        line = http.client.HTTPConnection(self.hub.host, self.hub.port, timeout=10)
        line.request(method, path, body, {"Host": self.hub.url.removeprefix("http://"), **({"Cookie": cookie} if cookie else {}),
                                          **{name.replace("_", "-"): value for name, value in headers.items()}})
        reply = line.getresponse()
        reply.text = reply.read().decode()
        line.close()
        return reply

    def send(self, cookie="own", headers=(), **changes):
        fields = {**self.fields, **changes}
        body = urllib.parse.urlencode({name: value for name, value in fields.items() if value is not None})
        return self.exchange("POST", self.path, body, self.cookie if cookie == "own" else cookie,
                             **{"Content-Type": "application/x-www-form-urlencoded", "Origin": self.hub.url, **dict(headers)})


@pytest.fixture
def form(free_hub):
    return Form(free_hub)


def test_row_24_a_form_from_elsewhere_is_refused(form, free_hub):
    before = free_hub.health()["head"]
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        reply = form.send(text=PRICE, name="", headers=headers)
        assert reply.status == 403 and "origin_refused" in reply.text, headers
    assert free_hub.health()["head"] == before
    assert form.send(text=PRICE, name="").status == 303


def test_the_cookie_is_for_these_pages_alone_and_for_no_script(form):
    assert "HttpOnly" in form.flags and "SameSite=Lax" in form.flags and "Path=/plain" in form.flags


def test_row_26_a_form_is_good_for_the_person_and_the_deed_it_was_made_for(free_hub):
    anne, jean = Form(free_hub), Form(free_hub)
    assert anne.cookie != jean.cookie
    forged = anne.cookie[:-3] + ("A" if anne.cookie[-3] != "A" else "B") + anne.cookie[-2:]
    for reply, code in [(anne.send(text=PRICE, name="", cookie=jean.cookie), "form_invalid"), (anne.send(text=PRICE, name="", mark="A" * 43), "form_invalid"),
                        (anne.send(text=PRICE, name="", cookie=None), "device_invalid"),
                        (anne.send(text=PRICE, name="", cookie=forged), "device_invalid")]:
        assert reply.status == 403 and code in reply.text
        # A text whose sender is known by nothing but where the form came from is theirs again.
        assert PRICE.split()[0] in reply.text
    assert anne.send(text=PRICE, name="").status == 303


@pytest.mark.parametrize("changes, code", [
    ({"text": None}, "missing_field"), ({"extra": "1"}, "unknown_field"), ({"page": "01"}, "bad_value"), ({"page": "-1"}, "bad_value"), ({"id": "x"}, "bad_value"),
    ({"venue": "mars"}, "venue_unknown"), ({"spoken": "yes"}, "bad_value"), ({"talk": "../x"}, "bad_value")])
def test_a_damaged_form_is_refused_and_changes_nothing(form, free_hub, changes, code):
    before = free_hub.health()["head"]
    reply = form.send(**{"text": PRICE, "name": "", **changes})
    assert 400 <= reply.status < 500 and (code is None or code in reply.text)
    assert free_hub.health()["head"] == before


def test_row_30_the_limits_are_those_of_the_full_page(tmp_path):
    hub = Hub(tmp_path / "data").start()
    form = Form(hub)
    replies = []
    for number in range(12):
        # A page each time: one form is one question.
        again = Form(hub, cookie=form.cookie)
        replies.append(again.send(text=f"{PRICE} Et la {number}e fois ?", name=""))
    refused = [reply for reply in replies if reply.status != 303]
    assert replies[0].status == 303 and refused and {reply.status for reply in refused} == {429}
    assert all(int(reply.headers["Retry-After"]) >= 1 and "rate_limited" in reply.text for reply in refused)
    hub.stop()


def test_row_32_one_form_sent_a_hundred_times_at_once_is_one_question(form, free_hub, record_property):
    import concurrent.futures
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(lambda _: form.send(text=PRICE, name=""), range(100)))
    assert {reply.status for reply in replies} == {303}
    assert len({reply.headers["Location"] for reply in replies}) == 1
    record_property("figure", "one form sent 100 times at once: 1 question, 1 answer")
    moderator = Moderator(free_hub, label="moderator-cherbourg")
    moderator.find(PRICE)
    assert len(moderator.client.cards()) == 1
