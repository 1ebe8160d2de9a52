"""Questions that ask the same, in the moderators' terminal: a real tmux, the real hub."""

import re

import pytest
from terminals import LARGE, SMALL, pattern

FIRST = "Qui délivre le certificat électronique ?"
SECOND = "Faut-il une carte à puce pour signer ?"


@pytest.fixture
def pair(desk):
    """Two approved questions of two rooms; a third room supports the second."""
    cards = [desk.ask(FIRST, "granville"), desk.ask(SECOND, "agneaux")]
    for card in cards:
        desk.act("approve", card)
        desk.wait(card, "approved")
    desk.phone("cherbourg").send({"type": "vote", "question": cards[1]["id"], "on": True, "counter": 1})
    desk.wait(cards[1], votes=1)
    return cards


def united(terminal, pair):
    terminal.choose(pair[1]["number"])
    terminal.press("M")
    terminal.until("Unir la n° 2 à (n° ou mots)", FIRST)
    terminal.type("1")
    terminal.until("Entrée 2 unie à 1")
    terminal.press("Enter")
    return terminal.until("n° 2 unie à la n° 1", pattern(r"▲2 .*×2 Gra(nville)?\+Agn(eaux)? Qui délivre"), without=["en attente"])


def test_two_questions_of_two_rooms_are_united_and_taken_apart(desk, pair):
    terminal = desk.terminal(SMALL).open(desk.hub, label="moderator-granville")
    terminal.press("0", "Right")
    united(terminal, pair)
    desk.wait(pair[0], "approved", votes=2, askers=2, venues=["granville", "agneaux"], variants=[pair[1]["id"]])
    desk.wait(pair[1], "merged", into=pair[0]["id"], votes=1)
    terminal.choose(1)
    terminal.until("×2 · posée à Granville, Agneaux", pattern(r"▸ n° 2 · Agneaux · Faut-il une carte"), "s séparer la 2")
    terminal.press("u")
    terminal.until("Annulé : n° 2 unie à la n° 1", pattern(r"▲1 .*Faut-il une carte"), pattern(r"▲0 .*Qui délivre"), without=["×2"])
    desk.wait(pair[0], "approved", votes=0, askers=None)
    desk.wait(pair[1], "approved", votes=1, into=None)


@pytest.mark.parametrize("number", [1, 2], ids=["founder", "variant"])
def test_one_key_separates_from_the_founder_and_from_the_variant(desk, pair, number):
    terminal = desk.terminal(LARGE).open(desk.hub)
    terminal.press("Right")
    united(terminal, pair)
    terminal.choose(number)
    shown = terminal.until("s séparer la 2", *([] if number == 1 else ["unie à 1", "unie à la n° 1 · Granville · retenue · 2 votes"]))
    assert "Faut-il une carte" in shown
    terminal.press("s")
    terminal.until("n° 2 séparée de la n° 1")
    terminal.until(without=["×2", "unie à 1"])
    desk.wait(pair[0], "approved", votes=0)
    desk.wait(pair[1], "approved", votes=1)
    terminal.press("u")
    desk.wait(pair[1], "merged", into=pair[0]["id"])
    terminal.press("U")
    terminal.until("Dernières actions", pattern(r"vous +n° 2 séparée.*\(annulé\)"), pattern(r"vous +n° 2 unie à la n° 1"))


def test_what_cannot_be_united_is_said_and_changes_nothing(desk, pair):
    desk.act("dismiss", pair[0], reason="unclear")
    terminal = desk.terminal().open(desk.hub)
    terminal.choose(2)
    terminal.press("m")
    terminal.until("! la n° 2 n’a pas de doublon signalé ; M l’unit à une autre.")
    terminal.press("s")
    terminal.until("! la n° 2 n’est unie à aucune autre.")
    head = desk.hub.health()["head"]
    terminal.press("M", "1")
    terminal.until("Unir la n° 2 à (n° ou mots) : 1", pattern(r"▸ n° 1 .*écartée"))
    terminal.press("Enter")
    terminal.until("! impossible, la n° 2 est retenue et la n° 1 écartée.")
    assert desk.hub.health()["head"] == head


def test_a_union_made_while_the_hub_is_down_arrives_once(desk, pair):
    terminal = desk.terminal().open(desk.hub)
    terminal.choose(2)
    desk.hub.kill()
    terminal.until("hors ligne")
    terminal.press("M", "1", "Enter")
    terminal.until("n° 2 unie à la n° 1, envoyé dès que la ligne revient", "1 en attente d’envoi", "×2")
    desk.hub.start()
    desk.look_again()
    desk.wait(pair[1], "merged", into=pair[0]["id"])
    terminal.until("● en ligne", without=["en attente"])
    assert [a["what"] for a in desk.other.view["actions"]].count("unite") == 1


def test_english_says_the_same(desk, pair):
    terminal = desk.terminal(SMALL).open(desk.hub, "--language", "en", online="● online")
    terminal.press("g", "2", "Enter")
    terminal.until("no. 2 · ")
    terminal.press("M", "1")
    terminal.until("Merge no. 2 with (number or words)", "Enter merge 2 into 1")
    terminal.press("Enter")
    terminal.until("no. 2 merged into no. 1")
    terminal.press("g", "1", "Enter")
    terminal.until("×2 · asked in Granville, Agneaux", "s separate 2")
    terminal.press("s")
    # What was done is told at once, and what came of it is shown when the hub has said so.
    terminal.until("no. 2 separated from no. 1")
    terminal.until(without=["×2"])


def test_a_flagged_pair_tells_why_and_one_key_judges_it(desk):
    before = desk.ask("Faut-il déposer le dossier avant le 15 mars ?", "granville")
    after = desk.ask("Faut-il déposer le dossier après le 15 mars ?", "agneaux")
    terminal = desk.terminal(SMALL).open(desk.hub)
    terminal.until(pattern(r"≈1 +Faut-il déposer le dossier après"), "D Doublons 1")
    terminal.press("D")
    terminal.until("[D Doublons 1]", pattern(r"▸≈≈? n° 1 · (très probable|possible) · Granville · à lire"), before["text"],
                   "diffère : « après » / « avant »", "m 2 unie à 1", "f faux doublon")
    terminal.press("f")
    terminal.until("n° 2 : pas la même que la n° 1", "Aucun doublon à examiner.")
    desk.wait(after, "pending", flags=None)
    terminal.press("u")
    terminal.until("D Doublons 1", "m 2 unie à 1")
    terminal.press("m")
    terminal.until("n° 2 unie à la n° 1")
    desk.wait(after, "merged", into=before["id"])
    terminal.press("D")
    terminal.until("×2 Gra+Agn", without=["≈"])
    terminal.press("u")
    desk.wait(after, "pending")
    terminal.until("Annulé : n° 2 unie à la n° 1")


def test_what_is_merged_as_it_comes_is_not_new_and_one_key_takes_it_apart(desk):
    first = desk.ask("Quel est le prix du certificat ?", "granville")
    terminal = desk.terminal(SMALL).open(desk.hub)
    terminal.until(first["text"])
    answer = desk.phone("agneaux").ask("quel est le prix du certificat")
    second = desk.wait(answer["id"], "merged", auto=True)
    shown = terminal.until("×2 Gra+Agn", pattern(r"▸ n° 2 · Agneaux · auto · quel est"), "[À lire 1]", "Traitées 1")
    assert not re.search(r"•\d|nouvelle", shown)
    terminal.press("s")
    terminal.until("n° 2 séparée de la n° 1")
    terminal.until("[À lire 2]", without=["×2"])
    desk.wait(second, "pending")
