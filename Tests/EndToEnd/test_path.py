"""The main path over real sockets, written from docs/PROTOCOL.md alone."""

from conftest import new_id


def test_a_question_goes_from_a_phone_to_the_speaker_and_the_wall(hub):
    phone = hub.client(venue="cherbourg")
    moderator = hub.client(role="moderator", token=hub.token("moderator-cherbourg"))
    speaker = hub.client(role="speaker", token=hub.token("speaker"))
    wall = hub.client(role="display", token=hub.token("wall"))

    asked = phone.ask("Combien coûte un certificat électronique ?", name="Anne")
    assert asked["type"] == "ack"
    question = asked["id"]
    phone.until(lambda: any(f["type"] == "mine" and f["questions"] for f in phone.frames))

    moderator.until(lambda: question in moderator.view["cards"])
    assert moderator.view["cards"][question]["status"] == "pending"
    assert moderator.do("approve", question=question)["type"] == "ack"

    speaker.until(lambda: speaker.view.get("queue") == [question])
    phone.until(lambda: question in phone.view["cards"])
    assert speaker.do("takeLive", question=question, replacing=None)["type"] == "ack"

    for screen in (speaker, wall, phone, moderator):
        screen.until(lambda: screen.view.get("live") == {"id": question})
        card = screen.view["cards"][question]
        assert (card["text"], card["venue"], card["name"], card["status"]) == (
            "Combien coûte un certificat électronique ?", "cherbourg", "Anne", "live")


def test_row_32_a_command_sent_again_is_answered_alike_and_kept_once(hub):
    phone = hub.client(venue="granville")
    identifier = new_id()
    first = phone.ask("Qui délivre les certificats ?", id=identifier)
    phone.answers.clear()
    again = phone.ask("Qui délivre les certificats ?", id=identifier)
    assert first["sequence"] == again["sequence"]
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.until(lambda: moderator.view["cards"])
    assert len(moderator.cards()) == 1


def test_moderators_work_together_behind_the_scenes(hub):
    chief = hub.client(role="moderator", token=hub.token("moderator"))
    granville = hub.client(role="moderator", token=hub.token("moderator-granville"))
    speaker = hub.client(role="speaker", token=hub.token("speaker"))
    phone = hub.client(venue="granville")
    question = phone.ask("Qui délivre les certificats ?")["id"]
    assert chief.do("note", question=question, text="À vérifier")["type"] == "ack"
    assert chief.do("say", text="Qui la prend ?", about=question)["type"] == "ack"
    assert granville.do("label", question=question, labels=["juridique"])["type"] == "ack"
    assert granville.do("hand", question=question, to="agneaux")["type"] == "ack"
    assert granville.do("approve", question=question)["code"] == "wrong_venue"
    entered = granville.do("enter", text="Et pour les petites communes ?", venue="granville")["id"]
    assert granville.do("stage", text="Encore cinq minutes")["type"] == "ack"
    granville.send({"type": "claim", "question": question})

    chief.until(lambda: chief.view["cards"].get(question, {}).get("desk") == "agneaux")
    card = chief.view["cards"][question]
    assert ([note["text"] for note in card["notes"]], card["noted"], card["labels"]) == (["À vérifier"], 1, ["juridique"])
    chief.until(lambda: any(person.get("claims") == question for frame in chief.frames if frame["type"] == "presence"
                            for person in frame["people"]))
    assert chief.view["channel"][-1]["name"] == "moderator" and chief.view["channel"][-1]["number"] == 1
    speaker.until(lambda: speaker.view.get("stage", {}).get("text") == "Encore cinq minutes")
    assert speaker.do("stageRead", message=speaker.view["stage"]["id"])["type"] == "ack"
    chief.until(lambda: "read" in chief.view["stage"])
    phone.until(lambda: entered in phone.view["cards"])
    said = str(phone.frames)
    assert not any(word in said for word in ("À vérifier", "Qui la prend", "juridique", "cinq minutes", "heard"))


def test_an_organiser_makes_lists_and_revokes_tokens(hub):
    organiser = hub.client(role="organiser", token=hub.token("organiser"))
    organiser.send({"type": "mint", "id": new_id(), "role": "moderator", "venue": "agneaux", "label": "Aide"})
    organiser.until(lambda: any(frame["type"] == "minted" for frame in organiser.frames))
    minted = next(frame for frame in organiser.frames if frame["type"] == "minted")
    helper = hub.client(role="moderator", token=minted["token"])
    helper.until(lambda: "event" in helper.view)
    organiser.send({"type": "tokens"})
    organiser.until(lambda: any(frame["type"] == "tokens" for frame in organiser.frames))
    listed = [frame for frame in organiser.frames if frame["type"] == "tokens"][-1]["tokens"]
    assert {"tag": minted["tag"], "role": "moderator", "venue": "agneaux", "label": "Aide"} in listed
    organiser.send({"type": "revoke", "id": new_id(), "tag": minted["tag"]})
    assert helper.close_code() == 4502


def test_an_amended_event_is_still_amended_after_a_restart(hub):
    organiser = hub.client(role="organiser", token=hub.token("organiser"))
    assert organiser.do("amend", title="Autrement", limits={"text_minimum": 5})["type"] == "ack"
    hub.stop()
    hub.start()
    phone = hub.client(venue="granville")
    phone.until(lambda: "event" in phone.view)
    assert phone.view["event"]["title"] == "Autrement" and phone.welcome["limits"]["text_minimum"] == 5


def test_a_vote_is_counted_once_and_can_be_withdrawn(hub):
    asker, voter = hub.client(venue="granville"), hub.client(venue="agneaux")
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    question = asker.ask("Qui délivre les certificats ?")["id"]
    moderator.do("approve", question=question)
    for counter, on, votes in ((1, True, 1), (1, True, 1), (2, False, 0), (3, True, 1)):
        voter.send({"type": "vote", "question": question, "on": on, "counter": counter})
        voter.until(lambda: (question, counter) in voter.answers)
        assert voter.answers.pop((question, counter))["type"] == "ack"
        moderator.until(lambda: moderator.view["cards"].get(question, {}).get("votes") == votes)
    asker.send({"type": "vote", "question": question, "on": True, "counter": 1})
    asker.until(lambda: (question, 1) in asker.answers)
    assert asker.answers[(question, 1)]["code"] == "own_question"
