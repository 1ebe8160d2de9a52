"""The moderators' terminal in a real tmux, against the real hub: what it shows, what its keys do, what it survives."""

import contextlib
import fcntl
import os
import pty
import re
import select
import shlex
import signal
import stat
import struct
import termios
import time
import unicodedata

import pytest
from conftest import BIN, LogFile, wait_until
from hostile import variants
from terminals import LARGE, SMALL, pattern


@pytest.fixture(scope="module")
def seat(shared_desk):
    """The terminal of Granville's moderator, open during the tests of single keys."""
    return shared_desk.terminal().open(shared_desk.hub, label="moderator-granville")


@pytest.fixture
def at(shared_desk, seat):
    """Brings the shared terminal to a question of its own in a given state, cursor on it."""
    def at(status):
        seat.press("Escape")
        seat.until("aide", without=["Échap"])
        card = prepared(shared_desk, status)
        seat.choose(card["number"])
        return card
    return at


def prepared(desk, status):
    card = desk.ask()
    if status == "dismissed":
        desk.act("dismiss", card, reason="unclear")
    elif status != "pending":
        desk.act("approve", card)
    if status in ("live", "answered"):
        desk.act("takeLive", card, replacing=desk.other.view["live"]["id"])
    if status == "answered":
        desk.act("answer", card)
    return desk.wait(card, status)


def own_latest(desk):
    return [(a["what"], a.get("number"), bool(a.get("undone"))) for a in desk.other.view["actions"]][-1]


# --- What is shown

def test_a_small_screen_shows_three_venues_who_is_there_and_what_is_new(desk):
    texts = {"granville": "Qui délivre le certificat ?", "agneaux": "Combien coûte la clé USB ?",
             "cherbourg": "Est-ce que cela marche sous Linux ?"}
    for venue, text in texts.items():
        desk.ask(text, venue)
    terminal = desk.terminal(SMALL).open(desk.hub)
    shown = terminal.until("3 tél., 2 mod.", *texts.values())
    assert "Rencontres numér" in shown and "questions ouvertes · ordre : tour de rôle" in shown
    for line, (venue, text) in zip(shown.split("\n")[5:], texts.items()):
        assert venue.capitalize() in line and text in line
    terminal.press("1", "0")
    terminal.until("[0 Toutes 3]", without=["•"])
    desk.ask("Et pour les mairies sans réseau ?", "cherbourg")
    shown = terminal.until("[0 Toutes 4 •1]", "3 Cherbourg 2 •1", "Et pour les mairies sans réseau ?")
    assert re.search(r"• +4 .*Et pour les mairies", shown)
    terminal.press("n")
    terminal.until("[0 Toutes 4]", pattern(r"^▸ +4 "), without=["•"])
    terminal.press("2")
    terminal.until("[2 Agneaux 1]", texts["agneaux"], "1 tél.", without=[texts["granville"]])


def test_a_large_screen_shows_the_venues_side_by_side_with_the_stage(desk):
    live, waiting = desk.ask("Qui délivre le certificat ?"), desk.ask("Combien coûte la clé USB ?", "agneaux")
    for card in (live, waiting):
        desk.act("approve", card)
    desk.act("takeLive", live, replacing=None)
    new = desk.ask("Est-ce que cela marche sous Linux ?", "cherbourg")
    terminal = desk.terminal(LARGE).open(desk.hub, label="moderator-granville")
    shown = terminal.until("vous : Granville", "1 tél., 1 mod.", new["text"])
    heads = next(line for line in shown.split("\n") if "[1 Granville]" in line)
    for part in ("[1 Granville] À lire 0", "2 Agneaux  À lire 0", "3 Cherbourg  À lire 1", "À l’écran"):
        assert part in heads
    assert "Rien à lire" in shown and "File d’attente 1" in shown
    assert shown.count(live["text"]) == 1 and shown.count(waiting["text"]) == 1
    terminal.press("Right")
    shown = terminal.until("Retenues 1")
    assert shown.count(waiting["text"]) == 2, "in its venue's column and in the queue"
    desk.ask("Et pour les mairies sans réseau ?", "agneaux")
    terminal.until(pattern(r"2 Agneaux 1 •\d"), pattern(r"2 Agneaux  Retenues 1  •\d"))


def test_votes_move_the_queue_before_the_moderators_eyes(desk):
    first, second = prepared(desk, "approved"), prepared(desk, "approved")
    terminal = desk.terminal(LARGE).open(desk.hub)
    terminal.press("Right")
    terminal.until(pattern(f"▸ +{first['number']} ▲0"), f"{second['number']} ▲0")
    desk.phone("agneaux").send({"type": "vote", "question": second["id"], "on": True, "counter": 1})
    terminal.until(pattern(f"^ [ •] +{second['number']} ▲1"), pattern(f"^▸ +{first['number']} ▲0"))
    lines = terminal.lines()
    rows = [i for i, line in enumerate(lines) if re.match(r"[▸ ][• ] +\d+ ▲", line)]
    assert f" {second['number']} ▲1" in lines[rows[0]], "the better supported one is first; the cursor stayed on its question"


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "200x60"])
def test_help_has_every_key(desk, size):
    terminal = desk.terminal(size).open(desk.hub)
    terminal.press("?")
    terminal.until("Aide", "Trier la question choisie")
    wanted = ["retenir :", "écarter, puis", "modifier le texte", "rétablir une", "bloquer, débloquer", "à l’écran ;", "réponse donnée",
              "remettre dans la file", "annuler ma dernière", "les dernières actions", "salle suivante", "chercher un mot",
              "commencer ou terminer", "fermer ou rouvrir", "ordre de la file", "quitter ;", "Signes :",
              "épingler devant", "monter dans l’ordre", "micro apporté (ou", "cocher la question", "notes sur la question", "canal de la",
              "confier la question", "étiquettes ;", "à un autre exposé", "entendue dans la salle", "message à l’intervenant",
              "qui est là, et", "a refusé au relais", "organisation :"]
    missing = set(wanted)
    for _ in range(90):
        shown = terminal.screen()
        missing -= {one for one in missing if one in shown}
        if not missing:
            break
        terminal.press("j")
        wait_until(lambda: terminal.screen() != shown, 2, "a line further")
    assert not missing
    terminal.press("x")
    terminal.until("[0 Toutes 0]", without=["Signes :", "Aide"])


# --- One key, one action, and back

@pytest.mark.parametrize("before, keys, says, after, what", [
    ("pending", ["a"], "retenue", "approved", "approve"),
    ("pending", ["l"], "à l’écran", "live", "takeLive"),
    ("pending", ["d", "1"], "écartée (hors sujet)", "dismissed", "dismiss"),
    ("approved", ["d", "6"], "écartée (blessante)", "dismissed", "dismiss"),
    ("approved", ["l"], "à l’écran", "live", "takeLive"),
    ("approved", ["v"], "répondue", "answered", "answer"),
    ("live", ["v"], "répondue", "answered", "answer"),
    ("live", ["p"], "remise dans la file", "approved", "putBack"),
    ("answered", ["r"], "rétablie", "approved", "restore"),
    ("answered", ["l"], "à l’écran", "live", "takeLive"),
    ("dismissed", ["r"], "rétablie", "pending", "restore"),
])
def test_a_key_does_it_and_u_takes_it_back(shared_desk, seat, at, before, keys, says, after, what):
    card = at(before)
    number = f"n° {card['number']}"
    seat.press(*keys)
    seat.until(f"{number} {says}")
    shared_desk.wait(card, after)
    assert own_latest(shared_desk) == (what, card["number"], False)
    seat.press("u")
    seat.until(f"Annulé : {number}")
    shared_desk.wait(card, before)
    seat.press("U")
    seat.until("Dernières actions", pattern(f"vous +{number} .*\\(annulé\\)"))


def test_dismissing_tells_the_asker_why(shared_desk, seat, at):
    card = at("pending")
    seat.press("d")
    seat.until("tapez le chiffre de la raison", "1 hors sujet", "4 en double", "8 autre raison")
    seat.press("4")
    shared_desk.wait(card, "dismissed", reason="duplicate")
    phone = shared_desk.phone()
    told = lambda: [q for f in phone.frames if f["type"] == "mine" for q in f["questions"] if q["id"] == card["id"] and q.get("reason")]
    phone.until(told)
    assert told()[-1]["status"] == "dismissed" and told()[-1]["reason"] == "duplicate"


def test_a_wrong_key_instead_of_a_reason_does_nothing(shared_desk, seat, at):
    card = at("pending")
    seat.press("d")
    seat.until("tapez le chiffre de la raison")
    seat.press("a")
    seat.until("tapez le chiffre de la raison")
    seat.press("Escape")
    seat.until("retenir", without=["tapez le chiffre"])
    assert shared_desk.wait(card)["status"] == "pending"


def test_an_edit_keeps_the_original_for_moderators_and_shows_the_new_text_to_all(shared_desk, seat, at):
    card = at("pending")
    seat.press("e")
    seat.until(f"Modifier la n° {card['number']}", f"Texte d’origine : {card['text']}")
    seat.press("C-u")
    seat.type("Un texte plus clair, préparé ?")
    seat.press("Enter")
    changed = shared_desk.wait(card, "pending", text="Un texte plus clair, préparé ?")
    assert changed["original"] == card["text"] and changed["edited"] is True
    seat.until(f"n° {card['number']} modifiée", "✎", f"Texte d’origine : {card['text']}")
    seat.press("a")
    shared_desk.wait(card, "approved")
    phone = shared_desk.phone("cherbourg")
    phone.until(lambda: card["id"] in phone.view["cards"])
    assert phone.view["cards"][card["id"]]["text"] == changed["text"]
    assert "original" not in phone.view["cards"][card["id"]], "the original is for moderators alone"
    seat.press("u")
    shared_desk.wait(card, "pending")
    seat.press("u")
    shared_desk.wait(card, "pending", text=card["text"])
    seat.until(f"Annulé : n° {card['number']} modifiée")


def test_an_edit_that_the_hub_would_refuse_stays_in_the_editor(shared_desk, seat, at):
    card = at("pending")
    seat.press("e", "C-u")
    seat.type("Trop court")
    seat.press("Enter")
    seat.until("! le texte a trop peu de mots : 3 au moins.")
    seat.type(" ou pas")
    seat.press("Escape")
    seat.until("Brouillon gardé")
    seat.press("e")
    seat.until("Voici votre brouillon.", "Trop court ou pas")
    seat.press("Enter")
    shared_desk.wait(card, "pending", text="Trop court ou pas")


def test_what_is_pasted_into_the_editor_is_never_taken_for_keys(shared_desk, seat, at):
    card = at("pending")
    before = len(shared_desk.other.view["actions"])
    seat.tmux("set-buffer", "--", "Collé\naad1lvpq\x1b[31m\x1b]52;c;aGk=\x07 fin ?")
    seat.press("e", "C-u")
    seat.until("0/200")
    seat.tmux("paste-buffer", "-p")
    seat.until("Collé aad1lvpq", "fin ?")
    seat.press("Escape")
    seat.until("Brouillon gardé")
    seat.tmux("paste-buffer", "-p")
    seat.press("g")
    seat.until("Aller au n°")
    seat.press("Escape")
    shared_desk.act("setOrder", order="by_turns")
    assert len(shared_desk.other.view["actions"]) <= before + 1 and shared_desk.wait(card)["status"] == "pending"


def test_taking_a_question_live_answers_the_one_before(shared_desk, seat, at):
    previous = at("live")
    card = at("approved")
    seat.press("l")
    shared_desk.wait(card, "live")
    shared_desk.wait(previous, "answered")
    seat.press("u")
    shared_desk.wait(card, "approved")
    shared_desk.wait(previous, "live")
    seat.until(f"À l’écran : n° {previous['number']} ")
    seat.press("V")
    shared_desk.wait(previous, "answered")
    seat.press("u")
    shared_desk.wait(previous, "live")


def test_blocking_asks_first_and_shuts_the_device_out(shared_desk, seat, at):
    card = at("pending")
    phone = shared_desk.phone()
    seat.press("b")
    seat.until(f"Bloquer l’appareil de la n° {card['number']}", "oui")
    seat.press("n")
    seat.until("Rien n’est changé.")
    assert not shared_desk.wait(card).get("blocked")
    seat.press("b", "o")
    shared_desk.wait(card, "pending", blocked=True)
    seat.until("appareil bloqué", "⊘")
    assert phone.ask("Une question d'un appareil bloqué ?")["code"] == "blocked"
    seat.press("B", "o")
    seat.until(f"appareil de la n° {card['number']} débloqué")
    shared_desk.wait(card, blocked=None)
    seat.press("u")
    shared_desk.wait(card, blocked=True)
    seat.press("u")
    shared_desk.wait(card, blocked=None)
    assert shared_desk.ask("Une question d'un appareil débloqué ?")


def test_a_talk_is_started_and_ended_and_both_are_taken_back(shared_desk, seat):
    phases = lambda: [talk["phase"] for talk in shared_desk.other.view["event"]["talks"]]
    shared = shared_desk.other
    seat.press("Escape", "t")
    seat.until("Exposés", pattern("▸ prévu +Le certificat"), "Un géomaticien")
    seat.press("d")
    shared.until(lambda: phases() == ["running", "planned", "planned"])
    seat.until("exposé commencé : Le certificat", "(en cours)")
    seat.press("t")
    seat.until(pattern("▸ en cours +Le certificat"))
    seat.press("f")
    shared.until(lambda: phases() == ["ended", "planned", "planned"])
    seat.press("u")
    shared.until(lambda: phases() == ["running", "planned", "planned"])
    seat.until("Annulé : exposé terminé")
    seat.press("u")
    shared.until(lambda: phases() == ["planned", "planned", "planned"])
    seat.until("Annulé : exposé commencé")


def test_intake_is_paused_and_resumed(shared_desk, seat):
    seat.press("Escape", "i")
    shared_desk.event(intake=False)
    seat.until("PAUSE : questions fermées")
    assert shared_desk.phone().ask("Est-ce encore possible de demander ?")["code"] == "intake_paused"
    seat.press("u")
    shared_desk.event(intake=True)
    seat.until("Annulé : questions fermées", "questions ouvertes ·")
    seat.press("i")
    shared_desk.event(intake=False)
    seat.press("i")
    shared_desk.event(intake=True)


def test_the_order_of_the_queue_is_turned(shared_desk, seat):
    seat.press("Escape", "o")
    seat.until("Ordre de la file", "1  à tour de rôle entre les salles  (en ce moment)")
    seat.press("2")
    shared_desk.event(order="by_votes")
    seat.until("ordre : votes", "file rangée par votes")
    seat.press("u")
    shared_desk.event(order="by_turns")
    seat.until("ordre : tour de rôle")
    for digit, order in (("2", "by_votes"), ("3", "by_time"), ("4", "by_hand"), ("1", "by_turns")):
        seat.press("o", digit)
        shared_desk.event(order=order)


def test_the_history_takes_an_older_action_back(shared_desk, seat, at):
    first = at("pending")
    seat.press("a")
    shared_desk.wait(first, "approved")
    second = at("pending")
    seat.press("a")
    shared_desk.wait(second, "approved")
    third = at("pending")
    shared_desk.act("dismiss", third, reason="no_time")
    # The history opens on the newest action that the terminal knows of: it must have heard of this one. A question
    # that somebody else took stays under the cursor, greyed with what became of it.
    seat.until(pattern(f"n° {third['number']} .*(écartée|plus le temps)"))
    seat.press("U")
    lines = seat.until("Dernières actions", "plus le temps", f"n° {first['number']} retenue").split("\n")
    newest = next(line for line in lines if line.startswith("▸"))
    assert "modération" in newest and "(plus le temps)" in newest, "another's action is shown as another's"
    seat.press("j")
    seat.until(pattern(f"▸.*vous +n° {second['number']} retenue"))
    seat.press("j")
    seat.until(pattern(f"▸.*vous +n° {first['number']} retenue"))
    seat.press("u")
    shared_desk.wait(first, "pending")
    assert shared_desk.wait(second)["status"] == "approved"
    seat.until(f"Annulé : n° {first['number']} retenue")


def test_what_cannot_be_done_is_said_and_not_sent(shared_desk, seat, at):
    card = at("pending")
    head = shared_desk.hub.health()["head"]
    for key, says in (("p", "impossible, la question est à lire"), ("r", "impossible"), ("B", "impossible")):
        seat.press(key)
        seat.until(f"! n° {card['number']} : {says}")
    assert shared_desk.hub.health()["head"] == head


def test_another_venues_question_is_not_triaged_but_may_be_taken_live(shared_desk, seat):
    card = shared_desk.ask(venue="agneaux")
    shared_desk.act("approve", card)
    shared_desk.wait(card, "approved")
    seat.press("Escape")
    seat.choose(card["number"])
    seat.until("triée par Agneaux")
    for key in "deb":
        seat.press(key)
        seat.until(f"! n° {card['number']} : c’est la modération de l’autre salle qui trie cette question.",
                   without=["Modifier la n°", "tapez le chiffre"])
    assert shared_desk.wait(card)["status"] == "approved"
    seat.press("l")
    shared_desk.wait(card, "live")
    seat.press("u")
    shared_desk.wait(card, "approved")
    seat.press("1")


def test_a_moderator_cannot_undo_another_venues_triage(shared_desk, seat):
    agneaux = shared_desk.hub.client(role="moderator", token=shared_desk.hub.token("moderator-agneaux"))
    card = shared_desk.ask(venue="agneaux")
    agneaux.do("approve", question=card["id"])
    shared_desk.wait(card, "approved")
    agneaux.close()
    seat.press("Escape")
    seat.choose(card["number"])
    seat.press("U")
    seat.until(pattern(f"▸.*Agneaux +n° {card['number']} retenue"))
    seat.press("u")
    seat.until("! ", "c’est la modération de l’autre salle")
    assert shared_desk.wait(card)["status"] == "approved"


def test_search_finds_words_without_accents_names_and_numbers(desk):
    wanted = desk.ask("À quoi sert le péage numérique ?", name="Élise")
    other = desk.ask("Combien coûte la clé USB ?", "agneaux")
    desk.act("dismiss", other, reason="duplicate")
    terminal = desk.terminal().open(desk.hub)
    terminal.press("/")
    terminal.type("peage")
    terminal.until("Recherche « peage » : 1 question", wanted["text"], without=[other["text"]])
    terminal.press("C-u")
    terminal.type("elise")
    terminal.until("Recherche « elise » : 1 question", wanted["text"])
    terminal.press("C-u")
    terminal.type("#2")
    terminal.until("Recherche « #2 » : 1 question", other["text"], "écartée", without=[wanted["text"]])
    terminal.press("Enter", "r")
    desk.wait(other, "pending")
    terminal.press("Escape")
    terminal.until("[0 Toutes 2]", wanted["text"], other["text"])


# --- The window

def test_a_resized_pane_is_drawn_right_at_every_size(desk):
    for venue in ("granville", "agneaux", "cherbourg"):
        for _ in range(4):
            desk.ask(venue=venue)
    terminal = desk.terminal(SMALL).open(desk.hub, label="moderator-granville")
    terminal.until("vous : Granville", "1 tél., 1 mod.")
    for size in (LARGE, (60, 16), (59, 15), (151, 30), (120, 40), (300, 90), SMALL):
        terminal.resize(*size)
        if size == (59, 15):
            terminal.until("Fenêtre trop petite (59×15)", "60×16")
            continue
        terminal.until(pattern(r"\[1 Gran"), "1 tél.", "a retenir", without=["Fenêtre trop petite"])
        settled(terminal)
        shown = terminal.screen().split("\n")
        assert "en ligne" in shown[0] and "? aide" in "\n".join(shown[-5:])
        terminal.press("C-l")
        settled(terminal)
        assert untimed(terminal.screen().split("\n")) == untimed(shown), f"{size}: what was drawn over differs from a fresh screen"


def untimed(lines):
    return [re.sub(r"\d\d:\d\d ?$", "", line) for line in lines]


def settled(terminal):
    """Waits until everything written has been drawn: no byte came for a moment."""
    last, since = None, time.monotonic()

    def quiet():
        nonlocal last, since
        size = terminal.raw.stat().st_size
        if size != last:
            last, since = size, time.monotonic()
        return time.monotonic() - since > 0.25
    wait_until(quiet, 10, "a quiet line")


# --- Cuts

def test_an_edit_and_actions_made_while_the_hub_is_down_arrive_once(desk):
    edited, approved, dismissed = desk.ask(), desk.ask(), desk.ask()
    terminal = desk.terminal().open(desk.hub, label="moderator-granville")
    terminal.choose(edited["number"])
    terminal.press("e", "C-u")
    terminal.type("Un texte commencé avant")
    terminal.until("Un texte commencé avant")
    desk.hub.kill()
    terminal.until("hors ligne")
    terminal.type(" et fini après la panne ?")
    terminal.press("Enter")
    terminal.until("modifiée, envoyé dès que la ligne revient", "1 en attente d’envoi", "Un texte commencé avant et fini après la panne ?")
    terminal.choose(approved["number"])
    terminal.press("a")
    terminal.choose(dismissed["number"])
    terminal.press("d", "2")
    terminal.until("3 en attente d’envoi")
    terminal.press("i")
    terminal.until("4 en attente d’envoi")
    terminal.press("u")
    terminal.until("Annulé avant l’envoi : questions fermées", "3 en attente d’envoi")
    desk.hub.start()
    desk.look_again()
    desk.wait(edited, "pending", text="Un texte commencé avant et fini après la panne ?", original=edited["text"])
    desk.wait(approved, "approved")
    desk.wait(dismissed, "dismissed", reason="unclear")
    terminal.until("● en ligne", without=["en attente"])
    assert [what for what, _ in desk.done_by("granville")] == ["edit", "approve", "dismiss"]
    assert desk.event(intake=True)


@pytest.mark.parametrize("kills", [1, pytest.param(6, marks=pytest.mark.long)])
def test_actions_pressed_while_the_hub_is_killed_are_in_the_log_once(desk, kills):
    for kill in range(kills):
        cards = [desk.ask() for _ in range(10)]
        if not desk.terminals:
            terminal = desk.terminal().open(desk.hub, label="moderator-granville")
        terminal.until("● en ligne", cards[-1]["text"])
        for index, card in enumerate(cards):
            terminal.press("a")
            if index == 4:
                desk.hub.kill()
        terminal.until("Rien à lire : tout est trié.", "hors ligne")
        desk.hub.start()
        desk.phones.clear()
        desk.look_again()
        for card in cards:
            desk.wait(card, "approved")
        terminal.until("● en ligne", without=["en attente"], seconds=20)
    desk.hub.stop()
    approved = [change["question"] for _, entry in LogFile(desk.hub).entries for change in entry["changes"]
                if change["kind"] == "statusChanged" and change["to"] == {"status": "approved"}]
    assert len(approved) == len(set(approved)) == 10 * kills


def test_a_terminal_killed_with_a_full_outbox_sends_it_once_when_it_is_back(desk):
    cards = [desk.ask() for _ in range(5)]
    terminal = desk.terminal().open(desk.hub, label="moderator-granville")
    terminal.until(cards[-1]["text"])
    desk.hub.kill()
    terminal.until("hors ligne")
    terminal.press(*"aaaaa")
    terminal.until("5 en attente d’envoi")
    terminal.kill()
    files = [path for path in (terminal.home / "state" / "qarelay").iterdir() if path.is_file()]
    token = desk.hub.token("moderator-granville").encode()
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600 and token not in path.read_bytes()
    assert stat.S_IMODE((terminal.home / "state" / "qarelay").stat().st_mode) == 0o700
    # `reset` is what a person types into a terminal whose program was killed.
    terminal.say("stty sane; reset")
    terminal.run(desk.hub, label="moderator-granville")
    terminal.until("5 en attente d’envoi")
    desk.hub.start()
    desk.look_again()
    for card in cards:
        desk.wait(card, "approved")
    terminal.until("● en ligne", without=["en attente"], seconds=20)
    assert desk.done_by("granville") == [("approve", card["number"]) for card in cards]
    assert not any(path.name.startswith("outbox") and path.suffix != ".lock"
                   for path in (terminal.home / "state" / "qarelay").iterdir()), "an empty outbox leaves no file"
    terminal.press("q")
    terminal.until("prompt>")
    terminal.open(desk.hub, label="moderator-granville")
    terminal.press("Right")
    terminal.until("Retenues")
    assert len(desk.done_by("granville")) == 5, "a third run has nothing to send"


def test_leaving_with_unsent_work_asks_first_and_keeps_it(desk):
    card = desk.ask()
    terminal = desk.terminal().open(desk.hub, label="moderator-granville")
    terminal.until(card["text"])
    desk.hub.kill()
    terminal.until("hors ligne")
    terminal.press("a")
    terminal.until("1 en attente d’envoi")
    terminal.press("q")
    terminal.until("1 action non envoyée ; tout est gardé sur le disque. Quitter ?")
    terminal.press("n")
    terminal.until("retenir", without=["Quitter ?"])
    terminal.press("q", "q")
    terminal.until("1 action reste en attente sur le disque, à envoyer au prochain lancement.", "prompt>")
    desk.hub.start()
    desk.look_again()
    terminal.open(desk.hub, label="moderator-granville")
    desk.wait(card, "approved")


def test_two_terminals_with_one_token_do_not_share_an_outbox(desk):
    cards = [desk.ask(), desk.ask()]
    one = desk.terminal().open(desk.hub)
    two = desk.terminal()
    two.environment["XDG_STATE_HOME"] = one.environment["XDG_STATE_HOME"]
    two.say(f"export XDG_STATE_HOME={one.environment['XDG_STATE_HOME']}")
    two.open(desk.hub)
    for terminal in (one, two):
        terminal.until(cards[1]["text"])
    desk.hub.kill()
    for terminal, card in zip((one, two), cards):
        terminal.until("hors ligne")
        terminal.choose(card["number"])
        terminal.press("a")
        terminal.until("1 en attente d’envoi")
        terminal.kill()
        terminal.say("stty sane; reset")
    desk.hub.start()
    desk.look_again()
    one.open(desk.hub)
    for card in cards:
        desk.wait(card, "approved")
    assert [a["what"] for a in desk.other.view["actions"]] == ["approve", "approve"], "one run takes up what both left"


# --- Ways out

def test_q_gives_the_shell_its_terminal_back(desk):
    terminal = desk.terminal()
    before, told = terminal.stty(), terminal.leavings()
    terminal.open(desk.hub, then="; echo left with $?")
    terminal.press("q")
    terminal.until("left with 0")
    assert terminal.stty() == before and terminal.leavings() == told
    terminal.open(desk.hub, then="; echo left again with $?")
    terminal.press("C-c")
    terminal.until("left again with 0")
    assert terminal.stty() == before and terminal.leavings() == told


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGABRT, signal.SIGSEGV])
def test_a_signal_gives_the_shell_its_terminal_back(desk, number):
    terminal = desk.terminal()
    terminal.say("ulimit -c 0")
    before, told = terminal.stty(), terminal.leavings()
    terminal.open(desk.hub, then="; echo left with $?", SWIFT_BACKTRACE="enable=no")
    terminal.signal(number)
    terminal.until(f"left with {128 + number}")
    assert terminal.stty() == before and terminal.leavings() == told


def test_ctrl_z_and_fg_come_back_to_the_same_screen(desk):
    card = desk.ask()
    terminal = desk.terminal()
    before, told = terminal.stty(), terminal.leavings()
    terminal.open(desk.hub)
    terminal.until(card["text"])
    for way in ("key", "signal"):
        if way == "key":
            terminal.press("C-z")
        else:
            terminal.signal(signal.SIGTSTP)
        terminal.until("Stopped", without=[card["text"]])
        assert terminal.stty() == before and terminal.leavings() == told
        late = desk.ask()
        terminal.say("fg")
        terminal.until("● en ligne", card["text"], late["text"], without=["prompt>"])
        settled(terminal)
    terminal.press("a")
    desk.wait(card, "approved")
    terminal.press("q")
    terminal.until("prompt>", without=["● en ligne"])
    assert terminal.stty() == before and terminal.leavings() == told


@pytest.mark.parametrize("way", ["alone", "from a script"])
def test_ctrl_z_does_not_freeze_a_terminal_that_has_no_shell_above(desk, way):
    """As over `ssh -t HOST qaclient`: nobody could say fg."""
    words = [str(BIN / "qaclient"), "--hub", f"ws://{desk.hub.host}:{desk.hub.port}", "--token-file", str(desk.hub.token_file("moderator")),
             "--language", "fr"]
    if way == "from a script":
        words = ["/bin/sh", "-c", shlex.join(words) + "; echo left with $?"]
    pid, line = pty.fork()
    if pid == 0:
        os.execve(words[0], words, {"TERM": "xterm-256color", "LANG": "C.UTF-8", "XDG_STATE_HOME": str(desk.folder / "state"), "PATH": os.environ["PATH"]})
    shown = b""

    def shows(text):
        nonlocal shown
        if select.select([line], [], [], 0)[0]:
            with contextlib.suppress(OSError):
                shown += os.read(line, 65536)
        return text.encode() in shown

    try:
        fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        wait_until(lambda: shows("en ligne"), 10, "the event on the screen")
        os.write(line, b"\x1a")
        wait_until(lambda: shows("Pas de shell"), 10, "that the program stays")
        os.kill(pid, signal.SIGTSTP)
        card = desk.ask("Et après, répond-il encore aux touches ?")
        wait_until(lambda: shows(card["text"]), 10, "a question that came afterwards")
        os.write(line, b"q")
        wait_until(lambda: shows("left with 0") if way == "from a script" else os.waitpid(pid, os.WNOHANG) == (pid, 0), 10, "the end")
        if way == "from a script":
            assert os.waitpid(pid, 0) == (pid, 0)
        pid = None
    finally:
        if pid:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(line)


def test_a_window_that_is_closed_ends_the_program(desk):
    terminal = desk.terminal().open(desk.hub)
    pid = terminal.pid
    terminal.tmux("kill-server")
    wait_until(lambda: not running(pid), 5, "the end of the program")


def running(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_revoked_token_ends_with_a_sentence_and_a_sane_terminal(desk):
    terminal = desk.terminal()
    before, told = terminal.stty(), terminal.leavings()
    terminal.open(desk.hub, label="moderator-granville", then="; echo left with $?")
    assert desk.hub.run("token", "revoke", "moderator-granville").returncode == 0
    terminal.until("Ce jeton a été révoqué. Demandez-en un autre à l’organisation.", "left with 2")
    assert terminal.stty() == before and terminal.leavings() == told
    terminal.run(desk.hub, label="moderator-granville", then="; echo left with $?")
    terminal.until("Ce jeton a été révoqué.", "left with 2")


@pytest.mark.parametrize("label, sentence", [
    ("unknown", "Le serveur ne connaît pas ce jeton."),
    ("wall", "Ce jeton n’est pas celui d’une modération."),
])
def test_a_token_for_nothing_here_ends_with_a_sentence(shared_desk, start, label, sentence):
    file = start.folder / "unknown.token"
    if label == "unknown":
        file.write_text("A" * 32 + "\n")
        file.chmod(0o600)
    else:
        file = label
    start.run(shared_desk.hub, label=file, then="; echo left with $?")
    start.until(pattern(re.escape(sentence)), "left with 2")


# --- Starting

@pytest.fixture(scope="module")
def start(shared_desk):
    """A shell in which the program is only started and refuses."""
    terminal = shared_desk.terminal(LARGE)
    terminal.say("export LC_ALL=fr_FR.UTF-8")
    return terminal


def refuses(terminal, *sentences, hub="ws://127.0.0.1:1", options=(), label=None, **environment):
    terminal.run(hub, *options, label=label, then='; echo "left with $?"', **environment)
    return terminal.until(*sentences, "left with 2")


def test_without_a_token_it_says_where_to_put_it(start):
    refuses(start, "Il faut un jeton de modération : dans QARELAY_TOKEN ou avec --token-file FICHIER.")


def test_a_token_on_the_command_line_is_refused(start):
    shown = refuses(start, "Un jeton donné en argument est visible de tous", options=["--token", "geheim"])
    assert "geheim" not in shown.split("--token geheim", 1)[-1]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602])
def test_a_token_file_open_to_others_is_refused(start, mode):
    file = start.folder / "open.token"
    file.write_text("A" * 32 + "\n")
    file.chmod(mode)
    refuses(start, "D’autres peuvent lire le jeton dans", "Faites : chmod 600", label=file)


def test_a_token_file_that_is_missing_or_empty_is_named(start):
    missing, empty = start.folder / "missing.token", start.folder / "empty.token"
    empty.touch(0o600)
    refuses(start, "Le fichier du jeton", "missing.token ne peut pas être lu", label=missing)
    refuses(start, "empty.token n’est pas un jeton.", label=empty)


@pytest.mark.parametrize("address, sentence", [
    ("ftp://127.0.0.1:8080", "n’est pas l’adresse d’un serveur"),
    ("wss://127.0.0.1:0", "n’est pas l’adresse d’un serveur"),
    ("ws://127.0.0.1:99999", "n’est pas l’adresse d’un serveur"),
    ("ws://127.0.0.1:8080\x1b[31m", "n’est pas l’adresse d’un serveur"),
])
def test_an_address_that_is_none_is_refused(start, address, sentence):
    if "\x1b" in address:
        address = address.replace("\x1b", "%1b")
    refuses(start, sentence, hub=address, QARELAY_TOKEN="A" * 32)


def test_without_a_terminal_it_says_so(start):
    start.run("ws://127.0.0.1:1", label=None, then="< /dev/null; echo left with $?", QARELAY_TOKEN="A" * 32)
    start.until("qaclient s’utilise dans un terminal interactif.", "left with 2")
    refuses(start, "qaclient s’utilise dans un terminal interactif.", QARELAY_TOKEN="A" * 32, TERM="dumb")


def test_an_unknown_language_is_refused(start):
    start.run("ws://127.0.0.1:1", "--language", "de", label=None, then='; echo "left with $?"')
    start.until("--language: fr, en", pattern(r"left with [1-9]"))


def test_the_token_is_nowhere_to_be_seen_by_others(desk):
    terminal = desk.terminal().open(desk.hub)
    token = desk.hub.token("moderator")
    with open(f"/proc/{terminal.pid}/cmdline", "rb") as file:
        assert token.encode() not in file.read()
    terminal.press("q")
    terminal.until("prompt>", without=["● en ligne"])
    assert token.encode() not in terminal.output()


def test_the_hub_may_come_later_than_the_terminal(desk):
    desk.hub.kill()
    terminal = desk.terminal()
    terminal.run(desk.hub)
    terminal.until("hors ligne", pattern("ws://127.0.0.1:"))
    desk.hub.start()
    terminal.until("● en ligne", "Rien à lire : tout est trié.", seconds=20)


# --- Languages and poor terminals

def test_english_by_option_and_by_locale(desk):
    terminal = desk.terminal(SMALL)
    terminal.open(desk.hub, "--language", "en", online="● online")
    terminal.until("taking questions · order: by turns", "[0 All 0]", "Nothing to read: all is triaged.")
    terminal.press("q")
    terminal.until("prompt>", without=["● online"])
    terminal.open(desk.hub, online="● online", LC_ALL="en_GB.UTF-8")


SGR = re.compile(rb"\x1b\[([0-9;]*)m")


def colours(raw):
    return {code for found in SGR.findall(raw) for code in found.split(b";") if re.fullmatch(rb"[349]\d|10\d|38|48", code)}


def test_no_colour_means_no_colour_and_the_same_words(desk):
    live = prepared(desk, "live")
    dismissed = prepared(desk, "dismissed")
    seen = {}
    for value in ("", "1"):
        terminal = desk.terminal()
        terminal.open(desk.hub, label="moderator-granville", NO_COLOR=value)
        for key in ("Right", "Right", "Right", "?", "Escape"):
            terminal.press(key)
        terminal.until("écartée", dismissed["text"], "1 tél., 1 mod.", without=["Signes"])
        seen[value] = terminal.output()
        terminal.press("q")
        terminal.until("prompt>", without=["● en ligne"])
    assert colours(seen[""]) and not colours(seen["1"])
    assert live


def test_ascii_signs_in_the_c_locale(desk):
    text = desk.ask("What does the certificate cost ?")["text"]
    terminal = desk.terminal(LARGE, LANG="C", LC_ALL="C")
    terminal.open(desk.hub, "--ascii", "--language", "en", label="moderator-granville", online="* online")
    shown = terminal.until(text, "[1 Granville]", "a approve")
    for key in ("Right", "?", "Escape", "U", "Escape", "t", "Escape", "Left", "e"):
        terminal.press(key)
    shown += terminal.until("Original text: " + text)
    terminal.press("Escape")
    names = "Rencontres numériques – l’administration électronique Le certificat électronique – à quoi il sert, comment l’obtenir"
    signs = {c for c in shown if not c.isascii()} - set(names)
    assert signs <= {"·"}, f"the program's own signs are ASCII: {signs}"


def test_ascii_signs_have_no_middle_dot_either(desk):
    desk.ask()
    terminal = desk.terminal(SMALL).open(desk.hub, "--ascii", "--language", "en", online="* online")
    assert "·" not in terminal.until("Voici la question")


def test_a_large_screen_names_all_keys(desk):
    terminal = desk.terminal(LARGE).open(desk.hub)
    shown = terminal.until("q quitter")
    assert all(key in shown for key in ("V écran répondu", "b bloquer", "g aller au n°", "o ordre"))


def test_a_narrow_screen_cuts_no_count(desk):
    terminal = desk.terminal((60, 16)).open(desk.hub)
    terminal.until("Traitées 0")
    desk.ask(), desk.ask()
    assert "Traitées 0" in terminal.until("2 nouvelles")


def test_the_c_locale_takes_the_events_language(desk):
    terminal = desk.terminal(SMALL, LANG="C")
    terminal.open(desk.hub)
    terminal.until("questions ouvertes")


# --- Other people's texts

HOSTILE = [
    "avant \x1b[31mrouge\x1b[0m après ici",
    "avant \x1b]52;c;cHdu\x07 après ici",
    "avant \x1b]0;titre volé\x1b\\ après ici",
    "avant \u009b31m C1 après \u009d52;c;cHdu\u009c ici",
    "avant \u0085\u0090\u0098\u009e\u009f après ici",
    "avant \x1bPq#0;2;0;0;0#0~~\x1b\\ après ici",
    "avant \x1b[2J\x1b[H\x1b[6n après ici",
    "avant \x07\x08\x08\x0c\x0e\x0f\x7f\r\n\t après ici",
    "sens \u202egnirevo\u202c et \u2066isolé\u2069 et \u200f\u061c ici",
    "rien \u200b\u200c\u2060\ufeff\u00ad\u034f vu ici",
    "piles z" + "\u0300\u0301\u0316\u0327" * 10 + " et a" + "\u0489" * 20 + " ici",
    "larges 漢字かな 한국어 👩‍👩‍👧‍👦 🏳️‍🌈 🇫🇷🇫🇷 👍🏽 ici",
    "étiquettes \U000e0041\U000e0042 privés \ue000\uf8ff\U000f0000 non \ufdd0\uffff ici",
    "seuls \u0301 \u20dd \ufe0f \u200d\u200d 👩\u200d ici",
    "blancs \u3164\u2800\u115f\u1160\uffa0\u3000\u2028\u2029 ici",
]
# Everything the program may tell a terminal; see FrameWriter and TerminalMode.
OWN = re.compile(r"\x1b\[(?:\?(?:25|7|1049|2004)[hl]|\d+;\d+H|2J|K|[0-9;]*m)")
SUSPECT = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def assert_harmless(raw):
    """Only the program's own sequences, and text that no terminal takes for anything else."""
    start = raw.index(b"\x1b[?1049h")
    text = raw[start:].decode("utf-8", "strict")
    counts = {sequence for sequence in re.findall(r"\x1b.{0,8}", OWN.sub("", text))}
    assert not counts, f"foreign sequences {counts}"
    rest = OWN.sub("\n", text)
    for index, character in enumerate(rest):
        if character == "\n":
            continue
        if character in "\u200c\u200d":
            # A text may be cut behind the sign that keeps letters apart, never behind the one that joins.
            ahead = rest[index + 1] > "\u007f" or character == "\u200c"
            assert rest[index - 1] > "\u007f" and ahead, "a joiner joins two visible things"
            continue
        assert unicodedata.category(character) not in SUSPECT, f"U+{ord(character):04X} in {rest[index - 20:index + 20]!r}"
    assert not re.search(r"[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]{5}", rest), "a pile of marks"


def test_row_37_hostile_questions_through_the_hub_leave_only_the_programs_own_sequences(desk):
    terminal = desk.terminal(LARGE).open(desk.hub, label="moderator-granville")
    asked = []
    for number, text in enumerate(HOSTILE):
        answer = desk.phone().ask(text[:190], name=f"n\x1b[3{number % 8}m\u202eX")
        if answer["type"] == "ack":
            asked.append(desk.wait(answer["id"]))
    assert len(asked) >= len(HOSTILE) - 1
    terminal.until("1 tél., 1 mod.")
    tour(terminal, asked[-1]["number"])
    assert_harmless(terminal.output())


def test_row_37_two_hundred_hostile_texts_bring_no_sequence_of_their_own_to_the_terminal(desk):
    terminal = desk.terminal(LARGE).open(desk.hub, label="moderator-granville")
    texts = variants(200)
    for number, text in enumerate(texts):
        card = desk.ask(text, name=(text[:30] + f" {number}"))
    terminal.until(f"[À lire {len(texts)}]")
    tour(terminal, card["number"], len(texts))
    assert_harmless(terminal.output())


def tour(terminal, number, count=len(HOSTILE)):
    """Shows every text everywhere: lists, columns, detail, editor, search, stage; small and large."""
    terminal.choose(number)
    for size in (SMALL, LARGE):
        terminal.resize(*size)
        terminal.press("Home")
        for _ in range(count):
            terminal.press("j", "Enter", "Escape", "e", "Left", "Escape")
        terminal.press("D", "c", "Enter", "c", "Escape", "M", "i", "Down", "Escape", "D")
        terminal.press("0", "/", "i", "Escape", "1")
        terminal.press("C-l")
        settled(terminal)


def test_a_character_drawn_wider_than_counted_leaves_nothing_behind(desk):
    wide = desk.ask("Un grand merci pour cette belle idée si utile 👍🏽")
    plain = desk.ask("Quel est le prix ?")
    terminal = desk.terminal().open(desk.hub)
    terminal.until("👍", plain["text"])
    terminal.choose(plain["number"])
    desk.act("approve", wide)
    terminal.until("[À lire 1]", without=["👍"])
    settled(terminal)
    assert "🏽" not in terminal.screen()


def test_row_37_a_hub_that_sends_raw_control_codes_cannot_reach_the_terminal_either(tmp_path, shared_desk):
    """No hub of ours sends such texts; a terminal does not depend on it."""
    with Liar() as liar:
        file = tmp_path / "any.token"
        file.write_text("A" * 32)
        file.chmod(0o600)
        terminal = shared_desk.terminal(LARGE)
        terminal.run(liar.url, "--language", "fr", label=file)
        terminal.until("● en ligne", "avant")
        tour(terminal, 3)
        for key in ("t", "Escape", "U", "Escape", "Right", "Right", "Right"):
            terminal.press(key)
        settled(terminal)
        terminal.press("q")
        terminal.until("prompt>", without=["● en ligne"])
    raw = terminal.output()
    assert_harmless(raw[:raw.rindex(b"\x1b[?1049l") + 8])
    title = terminal.tmux("display-message", "-p", "#{pane_title}")
    assert "vol" not in title


def test_what_was_asked_before_the_start_is_not_new_however_many_deltas_bring_it(tmp_path, shared_desk):
    with Liar(first=2) as liar:
        file = tmp_path / "any.token"
        file.write_text("A" * 32)
        file.chmod(0o600)
        terminal = shared_desk.terminal(LARGE)
        terminal.run(liar.url, "--language", "fr", label=file)
        shown = terminal.until("● en ligne", "n° 1 ·", f"[À lire {len(HOSTILE) - 1}]")
        assert not re.search(r"•\d|nouvelle", shown)


class Liar:
    """Speaks enough of the protocol to show a moderator texts that no cleaning has seen."""

    def __init__(self, first=None):
        self.first = first

    def __enter__(self):
        import threading
        from websockets.sync.server import serve
        self.server = serve(self.answer, "127.0.0.1", 0, subprotocols=["qarelay.v1"], compression=None)
        self.url = f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()

    def answer(self, line):
        import json
        from conftest import new_id
        line.recv(10)
        bad = HOSTILE[0] + HOSTILE[1] + HOSTILE[3]
        line.send(json.dumps({
            "type": "welcome", "version": 1, "epoch": new_id(), "head": 9, "role": "moderator", "by": "k3J9x_aQ",
            "resumed": False, "time": 1259053200000, "limits": {
                "text_minimum": 10, "text_maximum": 200, "words_minimum": 3, "word_maximum": 30, "name_maximum": 40,
                "frame_bytes": 16384}}))
        ids = [new_id() for _ in HOSTILE]
        cards = [{"id": one, "number": index + 1, "talk": "un", "venue": "ici", "text": text * 3, "name": text,
                  "status": "live" if index == 0 else "pending", "votes": 3, "asked": 1259053200000,
                  "original": text, "edited": True, "by": "BBBBBBBB", "reason": "r" + text, "askers": 3, "venues": ["ici", "la"],
                  "variants": ids[1:3] if index == 0 else [],
                  "flags": [{"with": ids[index - 1], "level": "strong", "why": ["same_names", "tense", "x" + text],
                             "mine": [0, 1, 2, 5], "theirs": [1, 3, 99]}]}
                 for index, (one, text) in enumerate(zip(ids, HOSTILE))]
        line.send(json.dumps({
            "type": "delta", "from": 0, "to": 5 if self.first else 9, "part": 0, "more": False,
            "event": {"id": "mal", "title": "Titre " + bad, "languages": ["fr"],
                      "venues": [{"id": "ici", "name": "Salle" + bad, "place": bad}],
                      "talks": [{"id": "un", "title": bad, "speaker": bad, "phase": "running"}], "talk": "un",
                      "phase": "open", "intake": True, "moderated": True, "order": "by_votes"},
            "counts": [{"venue": "ici", "received": 9, "pending": 9, "shown": 0, "answered": 0, "dismissed": 0}],
            "live": {"id": ids[0]}, "queue": [ids[0]],
            "actions": [{"sequence": 5, "time": 1259053200000, "role": "moderator", "venue": "ici", "what": "x" + bad,
                         "number": 1, "by": "AAAAAAAA"}],
            "upserts": cards[:self.first]}))
        if self.first:
            line.send(json.dumps({"type": "delta", "from": 5, "to": 9, "part": 0, "more": False, "upserts": cards[self.first:]}))
        try:
            while True:
                frame = json.loads(line.recv())
                if frame["type"] == "beat":
                    line.send(json.dumps(frame))
        except Exception:
            return
