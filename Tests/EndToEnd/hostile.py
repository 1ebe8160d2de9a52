"""Texts that want to be more than text: the corpus for pages, terminals and exports, and what is to be left of them."""

import re
import unicodedata

TAGS = ["script", "img", "svg", "iframe", "object", "embed", "video", "audio", "math", "style", "link", "meta", "base", "form",
        "template", "marquee", "details", "input", "body", "a"]
EVENTS = ["onerror", "onload", "onclick", "onmouseover", "onfocus", "ontoggle", "onanimationstart", "onbegin"]

MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<iframe src=javascript:alert(1)>", "<a href=javascript:alert(1)>clic</a>",
    "</bdi></li></ul><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>", "</script><script>alert(1)</script>", "</noscript><img src=x onerror=alert(1)>",
    "<!--<img src='--><img src=x onerror=alert(1)>'>", "<![CDATA[<script>alert(1)</script>]]>", "<details open ontoggle=alert(1)>",
    "<math><mtext><img src=x onerror=alert(1)>", "<svg><script>alert&#40;1)</script>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{display:none!important}</style>", "<form action=//evil.example><input name=q>", "<object data=javascript:alert(1)>",
    "<body onload=alert(1)>", "<input autofocus onfocus=alert(1)>", "<video><source onerror=alert(1)>",
    "<template shadowrootmode=open><script>alert(1)</script>", "<x contenteditable onblur=alert(1)>", "<p id=status role=status>",
]
ESCAPES = [
    "\"><img src=x onerror=alert(1)>", "'><img src=x onerror=alert(1)>", "\" autofocus onfocus=alert(1) x=\"", "'-alert(1)-'",
    "\\\";alert(1)//", "`${alert(1)}`", "${alert(1)}", "{{constructor.constructor('alert(1)')()}}", "#{7*7} <%= 7*7 %>",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;img src=x onerror=alert(1)&#62;", "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "\\x3cimg src=x onerror=alert(1)\\x3e", "＜script＞alert(1)＜/script＞",
    "ʺ><svg onload=alert(1)>", "\u2028alert(1)\u2029//", "<scr\u0000ipt>alert(1)</scr\u0000ipt>", "<scr\u200bipt>alert(1)</script>",
    "__proto__ constructor toString", "%s%n%d {0} $& $1 $`", "'; DROP TABLE entries; --", "\\ \\\\ \\\" ' ` \" & < >",
    "=HYPERLINK(\"http://evil.example\")", "url(javascript:alert(1)) expression(alert(1))", "]]> --> */ //",
]
UNICODE = [
    "ما هو سعر هذه الشهادة؟", "כמה עולה התעודה הזאת לעיר?", "prix 123 كم السعر 456 ?", "\u202eexclamation à l’envers",
    "\u2066isolé\u2069 et \u2067encore\u2069 un", "\u200f\u200e\u061c marques de sens", "Z\u0351\u036b\u0343\u036a\u0302a\u0310\u0349l\u0348g\u0355o" + "\u0301" * 40 + " fin",
    "e" + "\u0300\u0316" * 40 + " déborde", "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇫🇷", "🇫🇷🇫🇷🇫🇷 1️⃣ ☎️ ☎︎", "ใบรับรองนี้ราคาเท่าไร ครับ ผม", "प्रमाणपत्र की कीमत क्या है",
    "Giấy chứng nhận giá bao nhiêu", "می‌خواهم بدانم قیمت", "\ufeffinvisible\u2060 au\u00ad milieu", "ﷺ ﷽ très large",
    "Ａｄｍｉｎ ｐｌｅｉｎｅ largeur", "ℌ𝔢𝔩𝔩𝔬 𝕨𝕠𝕣𝕝𝕕", "\U000e0041\U000e0042 étiquettes", "\uf8ff usage privé \ue000", "A\u030a Å \u212b équivalents",
    "İstanbul ıslak ẞ ß ﬁ", "\u3000large\u3000espace\u3000", "tab\tet\nretour\r\nligne", "\u0007\u001b[31mrouge\u001b[0m", "ligne\u2028séparée\u2029ici",
    "W" * 30 + " large", "一二三四五六七八九十" * 3 + " fin", "....////----____====++++", "١٢٣ ४५६ 七八九",
]


HIDDEN = re.compile("[\u00ad\u180e\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
                    "\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]")
WHITE = re.compile("[\\s\u0000-\u001f\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
EUROPE = re.compile("[\u0000-\u058f\u1c80-\u1c8f\u1d00-\u206f\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff\uff00-\uff65]")


def category(character):
    return unicodedata.category(character)


def is_kept(text, place, before):
    """What docs/PROTOCOL.md section 8 says under 2 to 4 of one character; `before` is what was kept of those before."""
    character = text[place]
    if character in "\u200e\u200f\u061c":
        behind = [c for c in before if category(c)[0] == "L"][-1:]
        ahead = [c for c in text[place + 1:] if category(c)[0] == "L"][:1]
        return any(RIGHT_TO_LEFT.match(c) for c in behind + ahead)
    last = before[-1:].strip(" ")
    if character in "\u200b\u200c\u200d":
        word = before[before.rfind(" ") + 1:]
        base = [c for c in word if category(c)[0] != "M" and category(c) != "Cf"][-1:]
        return bool(last) and last not in "\u200b\u200c\u200d" and bool(base) and not EUROPE.match(base[0])
    if "\U000e0020" <= character <= "\U000e007f":
        return bool(last) and (last == "\U0001f3f4" or "\U000e0020" <= last <= "\U000e007f")
    return True


def clean(text):
    """Docs/PROTOCOL.md section 8, once more and from the page alone."""
    text = HIDDEN.sub("", WHITE.sub(" ", text))
    kept = ""
    for place, character in enumerate(text):
        if is_kept(text, place, kept):
            kept += character
    kept = unicodedata.normalize("NFC", re.sub(" +", " ", kept).strip(" "))
    result, marks = "", 0
    for character in kept:
        if category(character)[0] == "M":
            marks += 1
        elif category(character) != "Cf":
            marks = 0
        result += character if marks <= 4 else ""
    return result


def shown(text):
    """A text as it is drawn: French signs on the line of the word before them."""
    return re.sub("(«|n°) ", "\\1\u00a0", re.sub(" (?=[?!:;»])", "\u00a0", text))


def within_limits(payload, number):
    """The payload as a question that the hub takes: three words, none too long, all different; raw if it can be."""
    raw = f"{payload} sinon quoi {number} ?"
    if len(clean(raw)) <= 200 and all(len(word) <= 30 for word in clean(raw).split(" ")):
        return raw
    words = []
    for word in clean(payload).split(" "):
        words += [word[start:start + 30] for start in range(0, len(word), 30)]
    text = " ".join([*words, "sinon", "quoi", f"{number} ?"])
    return text if len(text) <= 200 else " ".join([text[:180], f"{number} ?"])


def variants(how_many):
    """The corpus, then every event on every tag in turn, spelt in ways that filters overlook."""
    spell = [lambda s: s, str.upper, lambda s: s.replace(" ", "/"), lambda s: s.replace("=", "\t="),
             lambda s: s.replace(">", "\n>"), lambda s: "\u202e" + s, lambda s: s.replace("<", "<\u200d"), lambda s: "\"'>" + s,
             lambda s: s.replace("alert", "al\u0065rt"), lambda s: s.replace("(1)", "`1`")]
    payloads = MARKUP + ESCAPES + UNICODE
    number = 0
    while len(payloads) < how_many:
        tag, event = TAGS[number % len(TAGS)], EVENTS[number % len(EVENTS)]
        payloads.append(spell[number % len(spell)](f"<{tag} src=x href=x {event}=alert({number})>"))
        number += 1
    return [within_limits(payload, number) for number, payload in enumerate(payloads[:how_many])]
