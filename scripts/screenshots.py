"""Stages a small event on a real hub and takes the pictures of the README."""

import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))

from conftest import BIN, Hub, wait_until  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

QUESTIONS = [
    ("granville", "Anne", "Combien coûte un certificat électronique pour une petite commune ?", 23),
    ("agneaux", None, "Le certificat remplace-t-il la signature manuscrite sur une délibération ?", 41),
    ("cherbourg", "Paul L.", "Que se passe-t-il si l’agent qui détient la clé part à la retraite ?", 35),
    ("granville", None, "Faut-il un certificat par élu ou un seul pour la mairie ?", 18),
    ("cherbourg", "Maryvonne", "Qui délivre les certificats dans la Manche, et en combien de temps ?", 29),
    ("agneaux", "Service achats", "Les marchés publics exigent-ils tous la même classe de certificat ?", 12),
    ("cherbourg", None, "Peut-on signer depuis un téléphone ?", 9),
    ("agneaux", None, "Comment révoquer une clé perdue un dimanche ?", 16),
]
PENDING = [
    ("granville", None, "Est-ce que la préfecture accepte les actes signés ainsi ?"),
    ("cherbourg", "Jean", "Quel budget prévoir la deuxième année ?"),
    ("agneaux", None, "Y a-t-il une formation pour les secrétaires de mairie ?"),
    ("granville", "Élodie", "Peut-on mutualiser entre plusieurs communes ?"),
]


def stage(hub):
    """Questions asked, supported and triaged through the protocol, as people would."""
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.until(lambda: "event" in moderator.view)
    moderator.do("startTalk", talk=moderator.view["event"]["talks"][0]["id"])
    crowd = [hub.client(venue=venue) for venue in ("granville", "agneaux", "cherbourg") for _ in range(15)]
    ids = []
    for venue, name, text, votes in QUESTIONS:
        phone = hub.client(venue=venue)
        question = phone.ask(text, **({"name": name} if name else {}))["id"]
        ids.append(question)
        moderator.do("approve", question=question)
        for voter in crowd[:votes]:
            voter.send({"type": "vote", "question": question, "on": True, "counter": 1})
    for venue, name, text in PENDING:
        hub.client(venue=venue).ask(text, **({"name": name} if name else {}))
    moderator.until(lambda: sum(c["votes"] for c in moderator.cards()) == sum(q[3] for q in QUESTIONS))
    moderator.do("takeLive", question=ids[2], replacing=None)
    moderator.do("takeLive", question=ids[1], replacing=ids[2])
    return crowd


def pages(hub, folder):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])

        def picture(name, path, width, height, scheme="light", scale=1):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme,
                                          device_scale_factor=scale, locale="fr-FR")
            page = context.new_page()
            page.goto(hub.url + path)
            page.get_by_text('délibération').first.wait_for()
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}.png")
            context.close()

        picture("phone", "/ask?venue=granville", 390, 844)
        picture("speaker", "/speaker#" + hub.token("speaker"), 1280, 720)
        picture("wall", "/wall#" + hub.token("wall"), 1280, 720)
        terminal(hub, folder, browser)
        browser.close()


def terminal(hub, folder, browser, width=120, height=30):
    tmux = ["tmux", "-L", "qarelay-pictures", "-f", "/dev/null"]
    command = f"{BIN}/qaclient --hub {hub.ws.removesuffix('/ws')} --token-file {hub.token_file('moderator')} --language fr"
    subprocess.run([*tmux, "new-session", "-d", "-x", str(width), "-y", str(height), command], check=True,
                   env={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "HOME": tempfile.mkdtemp()})
    try:
        def shown():
            capture = subprocess.run([*tmux, "capture-pane", "-e", "-p"], capture_output=True, text=True).stdout
            return capture if "mutualiser" in capture else None
        capture = wait_until(shown, 15, "the terminal's screen")
        time.sleep(0.5)
        capture = shown()
    finally:
        subprocess.run([*tmux, "kill-server"])
    page = browser.new_page(viewport={"width": 1200, "height": 700})
    page.set_content(f"<meta charset=utf-8><style>body{{margin:0;background:#10151c;color:#dfe6ee}}"
                     f"pre{{font:15px/1.25 'DejaVu Sans Mono',monospace;margin:0;padding:14px;display:inline-block}}</style>"
                     f"<pre>{colours(capture)}</pre>")
    page.locator("pre").screenshot(path=folder / "terminal.png")


PALETTE = ["#1b222c", "#f28b82", "#8fd694", "#f2cc60", "#7fb2ff", "#d7a6f7", "#78cfd8", "#dfe6ee",
           "#7a8592", "#ffb3ab", "#b4f0b8", "#ffe08a", "#a9ccff", "#ecc8ff", "#a5ebf2", "#ffffff"]


def colours(capture):
    """SGR sequences of a captured screen as spans."""
    out, fore, back, bold, reverse, faint, under = [], None, None, False, False, False, False
    for part in re.split(r"(\x1b\[[0-9;]*m)", capture):
        match = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if match:
            codes = [int(code or 0) for code in match[1].split(";")]
            for code in codes:
                if code == 0:
                    fore, back, bold, reverse, faint, under = None, None, False, False, False, False
                elif code == 1: bold = True
                elif code == 2: faint = True
                elif code == 4: under = True
                elif code == 7: reverse = True
                elif code in (22,): bold = faint = False
                elif code == 24: under = False
                elif code == 27: reverse = False
                elif 30 <= code <= 37: fore = PALETTE[code - 30]
                elif code == 39: fore = None
                elif 40 <= code <= 47: back = PALETTE[code - 40]
                elif code == 49: back = None
                elif 90 <= code <= 97: fore = PALETTE[code - 82]
                elif 100 <= code <= 107: back = PALETTE[code - 92]
        elif part:
            first, second = fore or "#dfe6ee", back or "transparent"
            if reverse:
                first, second = back or "#10151c", fore or "#dfe6ee"
            style = f"color:{first};background:{second}" + (";font-weight:bold" if bold else "")
            style += ";opacity:.65" if faint else ""
            style += ";text-decoration:underline" if under else ""
            out.append(f'<span style="{style}">{html.escape(part)}</span>')
    return "".join(out)


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        running = Hub(pathlib.Path(folder) / "data").start()
        try:
            crowd = stage(running)
            pages(running, target)
        finally:
            running.stop()
    print("\n".join(str(path) for path in sorted(target.glob("*.png"))))
