"""The pages in Chromium, as people have them before them: phones, a speaker's console, walls."""

import json
import re
import shutil
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
from conftest import EVENT, Hub, wait_until
from playwright.sync_api import expect

expect.set_options(timeout=10_000)

# Not `localhost`: to browsers this is an insecure context, as on the day, with the hub's plain address.
HOST = "qarelay.test"
EVENT_ID = re.search(r"^id: (\S+)", EVENT.read_text(), re.M)[1]
VENUES = ("granville", "agneaux", "cherbourg")

SAID_OF_A_CUT = re.compile(r"WebSocket connection to .* failed|net::ERR_(CONNECTION|INTERNET|FAILED|ADDRESS|SOCKET|EMPTY)")
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}

WATCH = """
addEventListener('securitypolicyviolation', event => console.error('CSP: ' + event.violatedDirective + ' ' + event.sample));
"""


def launch(playwright):
    return playwright.chromium.launch(executable_path=shutil.which("chromium"),
                                      args=["--no-sandbox", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"])


class PublicHub(Hub):
    """A hub that phones know by a name; the protocol client, which knows no names, dials its address."""

    def __init__(self, folder, extra=("--no-rate-limits",), **options):
        super().__init__(folder, extra=extra, public_host=HOST, **options)

    @property
    def ws(self):
        return f"ws://{self.host}:{self.port}/ws"


class Screens:
    """All pages of a test; none may complain of anything that the test did not do to it."""

    def __init__(self, browser, hub):
        self.browser = browser
        self.hub = hub
        self.all = []
        self.contexts = []
        self.allowed = []

    def the_line_will_be_cut(self):
        self.allowed.append(SAID_OF_A_CUT)

    def device(self, size=PHONE, language="fr-FR", **options):
        """A browser of its own: whatever is kept in it belongs to one person."""
        context = self.browser.new_context(viewport=size, locale=language, **options)
        context.add_init_script(WATCH)
        self.contexts.append(context)
        return context

    def open(self, path, context=None, ready=True, **options):
        screen = Screen(self, context or self.device(**options), path)
        if ready:
            screen.is_connected()
        return screen

    def phone(self, venue="granville", **options):
        return self.open(f"/ask?venue={venue}", **options)

    def speaker(self, label="speaker", size=LAPTOP, **options):
        return self.open(f"/speaker#{self.hub.token(label)}", size=size, **options)

    def wall(self, label="wall", size=LAPTOP, **options):
        return self.open(f"/wall#{self.hub.token(label)}", size=size, **options)

    def day(self, label="organiser", size=LAPTOP, **options):
        return self.open(f"/day#{self.hub.token(label)}", size=size, **options)

    def join(self, **options):
        return self.open("/", **options)

    def complaints(self):
        return [said for screen in self.all for said in screen.said
                if not any(allowed.search(said) for allowed in self.allowed)]

    def close(self):
        for context in self.contexts:
            context.close()


class Screen:
    """One page: what is on it, and what it complained of."""

    def __init__(self, screens, context, path):
        self.screens, self.context, self.kind = screens, context, re.match(r"/\w*", path)[0]
        self.said = []
        self.sent = []
        self.heard = []
        self.sent_at = 0
        self.page = page = context.new_page()
        screens.all.append(self)
        page.on("console", lambda message: message.type in ("error", "warning") and self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(f"uncaught: {error}"))
        page.on("dialog", self.refuse)
        page.on("websocket", self.listen)
        page.goto(screens.hub.url + path)

    def refuse(self, dialog):
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def listen(self, line):
        line.on("framesent", lambda data: self.sent.append(json.loads(data)))
        line.on("framereceived", lambda data: self.heard.append(json.loads(data)))

    def __getitem__(self, selector):
        return self.page.locator(selector)

    def run(self, script, *arguments):
        return self.page.evaluate(script, *arguments)

    def is_connected(self):
        """Waits until the hub's word is on the page."""
        proof = {"/ask": "#counts:not(:empty)", "/wall": "#counts:not(:empty)", "/speaker": "#line.connected", "/": "#venues a",
                 "/day": "#rooms .sum"}
        expect(self[proof[self.kind]].first).to_be_visible()
        return self

    def t(self, key, *values):
        """The page's own words for a key, in its language, once it has them."""
        return self.run("""async ([key, values]) => {
          const {t} = await import('/js/i18n.js');
          while (t('number') === 'number') await new Promise(done => setTimeout(done, 10));
          return t(key, ...values);
        }""", [key, list(values)])

    def draws(self):
        """Returns after the page has drawn what it had heard so far."""
        self.run("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")
        return self

    def until(self, script, *arguments, seconds=10):
        """Waits until a function in the page answers something true, and returns it."""
        return wait_until(lambda: self.run(script, *arguments), seconds, f"{script} on {self.kind}")

    def box(self, selector):
        return self.run("css => { const {x, y, width, height} = document.querySelector(css).getBoundingClientRect();"
                        " return {x, y, width, height}; }", selector)

    # The phone

    def write(self, text, name=None):
        self["#text"].fill(text)
        if name is not None:
            self["#name"].fill(name)

    def type(self, text):
        """Key by key, as a person does, behind what is there."""
        self["#text"].press_sequentially(text, delay=10)

    def suggested(self, text=""):
        return self["#alike li"].filter(has_text=text)

    def ask(self, text, name=None):
        """Writes and sends, and returns the id that the question has from its first moment."""
        self.write(text, name)
        self.send()
        expect(self["#text"]).to_have_value("")
        return self.mine(text).first.get_attribute("id")

    def send(self):
        """Two clicks within a moment are one; a person who writes has taken longer than that."""
        self.run("sent => new Promise(done => setTimeout(done, sent + 750 - Date.now()))", self.sent_at)
        self["#send"].click()
        self.sent_at = self.run("Date.now()")

    def mine(self, text):
        return self["#mine li"].filter(has_text=text)

    def card(self, text):
        return self["#list > li"].filter(has_text=text)

    def support(self, text):
        return self.card(text).locator(".support")

    def count(self, text):
        return self.card(text).locator(".count")

    def has_voted(self, question, on=True):
        """Waits until the hub has this phone's vote and the page knows; until then another tap would be passed over."""
        self.until("([key, question, on]) => JSON.parse(localStorage.getItem(key))?.[question]?.[1] === on",
                   [self.key("votes"), question, on])

    @property
    def device(self):
        """The credential that makes this browser one person."""
        return self.run("key => JSON.parse(localStorage.getItem(key))", self.key("device"))

    def key(self, name):
        venue = urllib.parse.parse_qs(urllib.parse.urlparse(self.page.url).query)["venue"][0]
        return f"qa/{EVENT_ID}/{venue}/{name}"


class Moderator:
    """A moderator who works through the protocol and finds questions by their text."""

    def __init__(self, hub, role="moderator", label=None):
        self.client = hub.client(role=role, token=hub.token(label or role))
        self.client.until(lambda: "event" in self.client.view)

    def find(self, text):
        def known():
            return next((c for c in self.client.cards() if text in (c["text"], c.get("original"))), None)
        self.client.until(known, what=f"the card of {text}")
        return known()

    def do(self, command, text=None, **fields):
        if text is not None:
            fields["question"] = self.find(text)["id"]
        answer = self.client.do(command, **fields)
        assert answer["type"] == "ack", answer
        return answer

    def approve(self, *texts):
        for text in texts:
            self.do("approve", text)

    def live(self, text):
        question = self.find(text)["id"]
        self.do("takeLive", question=question, replacing=self.client.view["live"]["id"])
        self.client.until(lambda: self.client.view["live"]["id"] == question)

    def publish(self, person, *texts, **fields):
        """Asked by a person through the protocol, and approved."""
        answers = [person.ask(text, **fields) for text in texts]
        assert {answer["type"] for answer in answers} == {"ack"}, answers
        ids = [answer["id"] for answer in answers]
        for identifier in ids:
            self.client.until(lambda: identifier in self.client.view["cards"])
            assert self.client.do("approve", question=identifier)["type"] == "ack"
        return ids


def supported(hub, question, people, on=True, counter=1):
    """People elsewhere support a question; returns them once all are counted."""
    for person in people:
        person.send({"type": "vote", "question": question, "on": on, "counter": counter})
        person.until(lambda: (question, counter) in person.answers)
        assert person.answers[(question, counter)]["type"] == "ack"
    return people


RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
         "resultTypes": ["violations"]}


def violations(screen):
    """What axe has to say against a page, short enough to read."""
    found = Axe().run(screen.page, options=RULES).response["violations"]
    return [f"{rule['id']}: {rule['help']} – " + "; ".join(node["html"][:120] for node in rule["nodes"]) for rule in found]
