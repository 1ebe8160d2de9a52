"""Moderators who work together, each at a terminal in a real tmux: what one does, the others see."""

import re

import pytest
from terminals import LARGE, SMALL, pattern


@pytest.fixture
def seats(desk):
    """The terminals of Granville and of Agneaux, on screens of both sizes."""
    return (desk.terminal(SMALL).open(desk.hub, label="moderator-granville"),
            desk.terminal(LARGE).open(desk.hub, label="moderator-agneaux"))


def approved(desk, *cards):
    for card in cards:
        desk.act("approve", card)
        desk.wait(card, "approved")


def spoken(desk, venue, text, name):
    phone = desk.phone(venue)
    answer = phone.ask(text, spoken=True, name=name)
    assert answer["type"] == "ack", answer
    return desk.wait(answer["id"], "pending")


def test_the_turns_of_the_venues_stand_in_the_head_and_the_list_is_in_the_order_of_the_queue(desk, seats):
    cards = [desk.ask(venue="granville"), desk.ask(venue="granville"), desk.ask(venue="agneaux")]
    approved(desk, *cards)
    first, second = seats
    first.until("Tours : Granville 0 · Agneaux 0 · Cherbourg 0")
    desk.act("takeLive", cards[0], replacing=None)
    first.until("Tours : Granville 1 · Agneaux 0 · Cherbourg 0")
    first.press("0", "Right")
    shown = first.until("[Retenues 2]", pattern(r"^. +3 .*Agneaux"))
    assert shown.index(" 3 ▲") < shown.index(" 2 ▲"), "Agneaux has had no turn"
    first.choose(2)
    first.press("P")
    shown = first.until("n° 2 épinglée", pattern(r" 2 ▲0 .*épinglée"))
    second.press("0", "Right")
    second.until(pattern(r" 2 ▲0 .*épinglée"))
    first.press("u")
    first.until("Annulé : n° 2 épinglée", without=["▲0    Granville  épinglée"])


def test_an_order_by_hand_is_made_with_two_keys(desk, seats):
    cards = [desk.ask(venue=venue) for venue in ("granville", "agneaux", "cherbourg")]
    approved(desk, *cards)
    first, _ = seats
    first.press("0", "Right", "o", "4")
    desk.event(order="by_hand")
    first.until("ordre : à la main", "J K")
    first.choose(3)
    first.press("K", "K")
    desk.other.until(lambda: desk.other.view["queue"] == [cards[2]["id"], cards[0]["id"], cards[1]["id"]], what="3 in front")
    first.press("J")
    desk.other.until(lambda: desk.other.view["queue"] == [cards[0]["id"], cards[2]["id"], cards[1]["id"]], what="3 second")
    first.until("n° 3 déplacée dans la file", pattern("^▸ +3 "))


def test_whoever_asks_to_speak_is_called_with_a_word_and_a_bell_once(desk, seats):
    first, second = seats
    card = spoken(desk, "granville", "Le sentier côtier", "Marie")
    before = first.output().count(b"\a")
    first.until("parole Marie : Le sentier côtier", without=["MICRO"])
    approved(desk, card)
    first.until("MICRO : n° 1 Marie – bientôt", "R micro apporté n° 1")
    assert first.output().count(b"\a") == before + 1
    first.press("R")
    first.until("micro apporté pour la n° 1", "MICRO : n° 1 Marie – bientôt (micro apporté)")
    desk.wait(card, "approved", ready=True)
    second.until(pattern("File d’attente 1"), "parole, micro apporté")
    assert "MICRO" not in second.screen(), "it is another room's"
    desk.act("takeLive", card, replacing=None)
    first.until("MICRO : n° 1 Marie – maintenant")
    assert first.output().count(b"\a") == before + 1
    desk.act("answer", card)
    first.until("en ligne", without=["MICRO"])


def test_without_the_bell_nothing_rings(desk):
    quiet = desk.terminal(SMALL).open(desk.hub, "--no-bell", label="moderator-granville")
    card = spoken(desk, "granville", "Le sentier côtier", "Marie")
    approved(desk, card)
    quiet.until("MICRO : n° 1 Marie – bientôt")
    assert b"\a" not in quiet.output().split(b"\x1b[?1049h")[-1]


def test_a_question_that_is_open_at_one_terminal_is_marked_at_the_other_which_asks_once(desk, seats):
    card = desk.ask(venue="granville")
    first, second = seats
    first.choose(1)
    first.press("Enter")
    second.press("0")
    second.until("Granville est dessus", card["text"])
    second.press("l")
    second.until("c’est la modération de l’autre salle")
    # What every moderator may do asks once.
    second.press("P")
    second.until("n° 1 : Granville est dessus. Encore P pour le faire quand même.")
    assert not desk.wait(card)["status"] != "pending" and not desk.wait(card).get("pinned")
    second.press("P")
    desk.wait(card, pinned=True)
    second.press("w")
    second.until("Qui est là", pattern(r"modération +moderator-granville · n° 1"), pattern(r"moderator-agneaux · vous"))
    second.press("Escape")
    first.press("Escape")
    second.until("[0 Toutes 1", without=["Granville est dessus"])


def test_a_note_a_message_and_a_question_that_is_handed_over(desk, seats):
    card = desk.ask(venue="granville")
    first, second = seats
    first.choose(1)
    first.press("N")
    first.until("Notes sur la n° 1, pour la modération seule", "Aucune note.")
    first.type("Plutôt pour vous, à Agneaux")
    first.press("Enter")
    first.until("note sur la n° 1", "1 note", "vous : Plutôt pour vous")
    desk.wait(card, noted=1)
    first.press("H")
    first.until("Confier la n° 1 à la modération de", "2  Agneaux")
    first.press("2")
    first.until("n° 1 confiée à Agneaux")
    desk.wait(card, desk="agneaux")
    second.until("confiée par Granville", "2 Agneaux 1 •1")
    first.press("C")
    first.until("Canal de la modération", "Tab sur la n° 1")
    first.press("Tab")
    first.type("Elle est à vous")
    first.press("Enter")
    second.until("C 1 message", "C Granville : Elle est à vous")
    second.press("C")
    second.until(pattern(r"Granville n° 1 : Elle est à vous"), without=["C 1 message"])
    second.type("Merci !")
    second.press("Enter", "Escape")
    first.until(pattern("Agneaux : Merci !"))
    first.press("Escape")
    second.choose(1)
    second.until("Granville : Plutôt pour vous, à Agneaux")
    second.press("a")
    desk.wait(card, "approved")
    # Three things of the first one's are taken back, one after the other.
    for what in ("dit à la modération sur la n° 1", "n° 1 confiée à", "note sur la n° 1"):
        first.press("u")
        first.until(f"Annulé : {what}")
    desk.other.until(lambda: "noted" not in desk.other.view["cards"][card["id"]], what="no note")


def test_a_message_to_the_speaker_is_seen_to_be_read(desk, seats):
    first, second = seats
    speaker = desk.hub.client(role="speaker", token=desk.hub.token("speaker"))
    speaker.until(lambda: speaker.position > 0)
    first.press("S")
    first.until("Aucun message ne couvre l’écran de l’intervenant.")
    first.type("Plus que cinq minutes")
    first.press("Enter")
    first.until("S intervenant : pas encore lu")
    second.until("S intervenant : pas encore lu")
    speaker.until(lambda: (speaker.view.get("stage") or {}).get("id"))
    assert speaker.do("stageRead", message=speaker.view["stage"]["id"])["type"] == "ack"
    first.until(pattern(r"S intervenant : lu à \d\d:\d\d"))
    first.press("S")
    first.until(pattern(r"« Plus que cinq minutes » envoyé à \d\d:\d\d – lu à \d\d:\d\d"))
    first.press("C-r")
    first.until("en ligne", without=["S intervenant"])
    speaker.until(lambda: speaker.view["stage"]["id"] is None)


def test_several_questions_are_dealt_with_at_once_and_taken_back_at_once(desk, seats):
    cards = [desk.ask(venue="granville") for _ in range(3)]
    first, _ = seats
    first.press("Home", "Space", "Space")
    first.until("2 cochées :", pattern(r"✓ +1 "), pattern(r"✓ +2 "))
    first.press("a")
    first.until("2 questions retenues", "[À lire 1]", without=["✓"])
    for card in cards[:2]:
        desk.wait(card, "approved")
    assert desk.wait(cards[2])["status"] == "pending"
    assert [a["what"] for a in desk.other.view["actions"]] == ["bulk"]
    first.press("u")
    first.until("[À lire 3]")
    for card in cards:
        desk.wait(card, "pending")
    first.press("*")
    first.until("3 cochées :")
    first.press("d", "7")
    first.until("3 questions écartées (plus le temps)")
    for card in cards:
        desk.wait(card, "dismissed", reason="no_time")


def test_a_question_heard_in_the_room_is_entered_labelled_and_found(desk, seats):
    first, second = seats
    first.press("E")
    first.until("Question entendue à Granville")
    first.type("À quelle heure ferme le musée ?")
    first.press("Enter")
    first.until("Qui l’a posée ?")
    first.type("Rose")
    first.press("Enter")
    first.until("Retenues 1")
    first.choose(1)
    first.until("n° 1 · Granville · Rose", "retenue", "entendue dans la salle")
    first.press("L")
    first.until("Étiquettes de la n° 1")
    first.type("musée #horaires")
    first.press("Enter")
    first.until("#horaires #musée À quelle heure")
    second.press("/")
    second.type("#musee")
    second.until("Recherche « #musee » : 1 question", "À quelle heure ferme le musée ?")
    second.press("Escape")
    first.press("T")
    first.until("Passer la n° 1 à l’exposé", pattern(r"▸ 1  "))
    first.press("1")
    first.until(pattern(r"n° 1 passée à un autre exposé"))
    first.press("u")
    first.until("Annulé : n° 1 passée")
    for what in ("étiquetée", "saisie pour la salle"):
        first.press("u")
        first.until(pattern(f"Annulé : .*{what}"))
    desk.other.until(lambda: desk.other.cards("dismissed"), what="taken back")
    [card] = desk.other.cards("dismissed")
    assert card["reason"] == "withdrawn"


def test_an_organiser_rehearses_changes_the_event_and_makes_tokens(desk, seats):
    first, _ = seats
    made = desk.hub.run("token", "new", "--role", "organiser", "--label", "régie")
    token = desk.folder / "office.token"
    token.touch(mode=0o600)
    token.write_text(made.stdout.split()[0] + "\n")
    office = desk.terminal(SMALL).open(desk.hub, label=token)
    office.until("O organisation")
    office.press("O", "1")
    for terminal in (office, *seats):
        terminal.until("RÉPÉTITION")
    desk.ask(venue="granville")
    office.press("O", "1")
    office.until("Terminer la répétition", "tapez : effacer")
    office.type("effacer")
    office.press("Enter")
    office.until("[0 Toutes 0]", without=["RÉPÉTITION"])
    first.until("[À lire 0]", without=["RÉPÉTITION"])
    desk.event(phase="open")
    office.press("O")
    office.until("Organisation", "exposés : ajouter")
    office.press("4")
    office.until("ajouter un exposé")
    office.press("1")
    office.until("Nouvel exposé")
    office.type("Clôture / Mme Roy")
    office.press("Enter")
    office.until("événement modifié")
    desk.other.until(lambda: desk.other.view["event"]["talks"][-1]["title"] == "Clôture", what="one more talk")
    office.press("u")
    desk.other.until(lambda: desk.other.view["event"]["talks"][-1]["title"] != "Clôture", what="one talk less")
    secret = minted(office)
    guest = desk.hub.client(role="moderator", token=secret, origin=None)
    guest.until(lambda: guest.position > 0)
    office.press("Enter")
    office.until("Jetons", "Aide de salle", without=[secret])
    office.press("End", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j")
    office.until(pattern("^▸ .*Aide de salle"))
    office.press("x")
    office.until("Révoquer « Aide de salle » ?")
    office.press("o")
    office.until(pattern(r"Aide de salle +\(révoqué\)"))
    assert guest.close_code() == 4502
    office.press("Escape", "q")
    office.until("prompt>")
    history = office.tmux("capture-pane", "-p", "-S", "-5000")
    assert secret not in history, "nor in what can be scrolled back to"
    assert not any(secret.encode() in file.read_bytes() for file in office.home.rglob("*") if file.is_file())


def test_the_organiser_changes_title_and_talks_and_closes_the_event_while_it_runs(desk):
    event = desk.event(phase="open")
    talks = [talk["id"] for talk in event["talks"]]
    phone = desk.phone()
    phone.until(lambda: "event" in phone.view)
    office = desk.terminal().open(desk.hub, label="organiser")

    def pick(label, menu):
        """The line of a list that says this, by its digit."""
        shown = office.until(menu, label)
        office.press(re.search(rf"(\d)  {re.escape(label)}", shown)[1])

    def organise(label):
        office.press("O")
        pick(label, "jetons : voir")

    organise("changer le titre")
    office.until("Titre de l’événement")
    office.press("C-u")
    office.type("Les rencontres, ce soir")
    office.press("Enter")
    phone.until(lambda: phone.view["event"]["title"] == "Les rencontres, ce soir", what="the new title on a phone")
    office.until("Les rencontres, ce")
    organise("exposés :")
    pick("déplacer un exposé", "ajouter un exposé")
    office.until("Exposé à déplacer")
    office.press("3")
    office.until("Mettre «")
    office.press("1")
    phone.until(lambda: [talk["id"] for talk in phone.view["event"]["talks"]] == [talks[2], talks[0], talks[1]], what="another order of talks")
    organise("exposés :")
    pick("retirer un exposé", "ajouter un exposé")
    office.until("Exposé à retirer")
    office.press("1")
    phone.until(lambda: [talk["id"] for talk in phone.view["event"]["talks"]] == talks[:2], what="one talk less")
    office.press("u")
    phone.until(lambda: len(phone.view["event"]["talks"]) == 3, what="the talk back")
    organise("clore l’événement")
    office.until("Clore l’événement ?")
    office.press("n")
    office.until("Rien n’est changé.")
    organise("clore l’événement")
    office.until("Clore l’événement ?")
    office.press("o")
    phone.until(lambda: phone.view["event"]["phase"] == "closed", what="the end")
    office.until("événement clos")
    assert phone.ask("Est-ce encore ouvert ?")["code"] == "event_closed"
    organise("rouvrir l’événement")
    phone.until(lambda: phone.view["event"]["phase"] == "open", what="the event open again")
    office.press("q")
    office.until("prompt>")


def minted(office):
    office.press("O")
    shown = office.until("jetons : voir, créer, révoquer")
    office.press(re.search(r"(\d)  jetons", shown)[1])
    office.until("Jetons", "moderator-granville")
    office.press("n")
    office.until("pour qui ?")
    office.press("1")
    office.until("pour quelle salle ?")
    office.press("2")
    office.until("son nom")
    office.type("Aide de salle")
    office.press("Enter")
    shown = office.until("Il n’est montré qu’ici et maintenant", "modération · Agneaux")
    return re.search(r"^  ([A-Za-z0-9_-]{30,})$", shown, re.MULTILINE).group(1)
