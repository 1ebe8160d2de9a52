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


def test_a_command_sent_again_is_answered_alike_and_kept_once(hub):
    phone = hub.client(venue="granville")
    identifier = new_id()
    first = phone.ask("Qui délivre les certificats ?", id=identifier)
    phone.answers.clear()
    again = phone.ask("Qui délivre les certificats ?", id=identifier)
    assert first["sequence"] == again["sequence"]
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.until(lambda: moderator.view["cards"])
    assert len(moderator.cards()) == 1


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
