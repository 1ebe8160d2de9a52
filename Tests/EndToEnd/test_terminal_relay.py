"""A moderator's terminal at a venue's own relay: the cut line, what is not confirmed, and what the hub refused."""

import pytest
from relays import Relay
from terminals import SMALL, Terminal, pattern


@pytest.fixture
def room(free_hub, tmp_path):
    """Cherbourg: its relay, its moderator's terminal, a phone, and a moderator at the hub."""
    relay = Relay(tmp_path / "relay", free_hub).start()
    terminal = Terminal(tmp_path / "terminal", SMALL)
    central = free_hub.client(role="moderator", token=free_hub.token("moderator"))
    central.until(lambda: "event" in central.view)
    terminal.open(f"ws://{relay.host}:{relay.port}", label=free_hub.token_file("moderator-cherbourg"))
    phone = relay.client(venue="cherbourg")
    phone.until(lambda: phone.position > 0)
    yield relay, terminal, phone, central
    terminal.close()
    relay.finish()


def test_a_cut_line_is_told_and_what_the_room_does_meanwhile_is_marked_until_it_is_confirmed(room):
    relay, terminal, phone, central = room
    phone.ask("Où garer les vélos pendant la visite ?")
    central.until(lambda: central.cards("pending"))
    terminal.until(pattern("▸.    1 Où garer les vélos"), without=["non confirmée"])
    relay.line.cut()
    terminal.until(pattern(r"○ ligne coupée depuis \d\d:\d\d – 0 en attente"))
    phone.ask("Quand le musée ferme-t-il le dimanche ?")
    shown = terminal.until(pattern(r"- non confirmée Quand le musée"), pattern(r"– 1 en attente"))
    assert " 2 " not in shown.split("Quand le musée")[0].split("\n")[-1], "no number that may change"
    terminal.press("End", "a")
    terminal.until("question retenue", "Retenues 1")
    terminal.until(pattern(r"– 2 en attente"))
    terminal.press("Home", "a")
    terminal.until("n° 1 retenue")
    relay.line.heal()
    terminal.until("● en ligne", without=["ligne coupée"], seconds=40)
    terminal.press("Right")
    terminal.until("[Retenues 2]", pattern(r" 2 ▲0 .*Quand le musée"), without=["non confirmée"], seconds=40)
    central.until(lambda: len(central.cards("approved")) == 2, 40)


def dismiss(central, question):
    assert central.do("dismiss", question=question, reason="off_topic")["type"] == "ack"


def merge(central, question):
    other = central.do("enter", text="Combien de bornes cette année, en tout ?", venue="granville")
    assert central.do("unite", question=question, into=other["id"])["type"] == "ack"


def answer(central, question):
    assert central.do("answer", question=question)["type"] == "ack"


def refuse(room, decision=dismiss):
    """Both sides decide on the same question while the line is cut; the hub's decision stands."""
    relay, terminal, phone, central = room
    phone.ask("Combien de bornes seront installées cette année ?")
    central.until(lambda: central.cards("pending"))
    terminal.until("1 Combien de bornes")
    relay.line.cut()
    terminal.until("ligne coupée")
    question = central.cards("pending")[0]["id"]
    decision(central, question)
    terminal.press("a")
    terminal.until("n° 1 retenue", "– 1 en attente")
    relay.line.heal()
    terminal.until("F 1 refus", "● en ligne", seconds=40)
    return question


def test_what_the_hub_refused_is_shown_with_the_reason_and_let_go(room):
    _, terminal, _, central = room
    question = refuse(room)
    terminal.press("F")
    terminal.until("Refusé par le serveur central", "n° 1 retenue – REFUSÉ : son état ne le permet pas", "Combien de bornes")
    terminal.press("l")
    terminal.until("Laissé : rien n’est renvoyé.", without=["F 1 refus"])
    central.until(lambda: central.view["cards"][question]["status"] == "dismissed", what="the hub's word")


def test_what_the_hub_refused_is_wished_again_as_things_stand_now(room):
    _, terminal, _, central = room
    question = refuse(room)
    assert central.do("restore", question=question)["type"] == "ack"
    terminal.until("À lire 1")
    terminal.press("F", "a")
    central.until(lambda: central.view["cards"][question]["status"] == "approved", 20, what="approved after all")
    terminal.until("en ligne", without=["F 1 refus"], seconds=20)


@pytest.mark.parametrize("decision, now", [(merge, "maintenant réunie à la n° 2"), (answer, "maintenant répondue"),
                                           (dismiss, "maintenant écartée")], ids=["merged", "answered", "dismissed"])
def test_beside_a_refusal_stands_what_the_question_is_by_now(room, decision, now):
    _, terminal, _, _ = room
    refuse(room, decision)
    terminal.press("F")
    # In the list a narrow screen may cut it off; below it stands in full.
    terminal.until(pattern(rf"^ *{now} *$"))


def test_a_question_for_a_talk_that_is_over_is_refused_with_that_reason(room):
    relay, terminal, phone, central = room
    talk = central.view["event"]["talks"][0]["id"]
    central.do("startTalk", talk=talk)
    terminal.until("● en ligne")
    relay.line.cut()
    terminal.until("ligne coupée")
    assert central.do("endTalk", talk=talk)["type"] == "ack"
    assert phone.do("ask", text="Combien de bornes seront installées cette année ?", talk=talk)["type"] == "ack"
    terminal.until("– 1 en attente")
    relay.line.heal()
    terminal.until("F 1 refus", "● en ligne", seconds=40)
    terminal.press("F")
    terminal.until("REFUSÉ : l’exposé est terminé", "Combien de bornes")


def test_a_terminal_comes_back_to_its_relay_that_was_killed_and_started_again(room):
    relay, terminal, phone, central = room
    phone.ask("Où garer les vélos pendant la visite ?")
    central.until(lambda: central.cards("pending"))
    terminal.until(pattern("▸.    1 Où garer les vélos"))
    relay.kill()
    terminal.until(pattern("hors ligne depuis"))
    # What is pressed meanwhile is kept, and done once.
    terminal.press("a")
    relay.start()
    terminal.until("● en ligne", "Retenues 1", without=["hors ligne"], seconds=40)
    central.until(lambda: len(central.cards("approved")) == 1, 20, what="approved at the hub")
    actions = [action for action in central.view["actions"] if action["what"] == "approve"]
    assert len(actions) == 1


def test_the_moderator_is_told_why_the_hub_will_not_have_the_relay(room, free_hub):
    relay, terminal, _, _ = room
    assert free_hub.run("token", "revoke", "relay-cherbourg").returncode == 0
    terminal.until("○ ligne coupée : code d’appairage révoqué – 0 en attente")
