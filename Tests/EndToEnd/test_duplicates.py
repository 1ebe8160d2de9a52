"""Duplicates over real sockets: united as they come, suggested while typing, flagged to moderators, exported."""

import json

from conftest import ROOT, Hub, wait_until
from relays import Relay


def typed(client, text, request=1, **fields):
    """Sends what somebody has typed so far and returns the cards suggested."""
    client.send({"type": "suggest", "r": request, "text": text, **fields})
    found = lambda: next((f for f in client.frames if f["type"] == "suggestions" and f["r"] == request), None)
    client.until(found)
    return found()["cards"]


def own(client, question):
    for frame in reversed(client.frames):
        if frame["type"] == "mine":
            for item in frame["questions"]:
                if item["id"] == question:
                    return item
    return {}


def flags_of(moderator, question):
    return moderator.view["cards"].get(question, {}).get("flags", [])


def test_the_same_question_from_another_room_is_united_as_it_comes_and_its_sender_is_told(free_hub):
    hub = free_hub
    granville, cherbourg = hub.client(venue="granville"), hub.client(venue="cherbourg")
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    first = granville.ask("Combien coûte un certificat électronique ?")["id"]
    moderator.do("approve", question=first)
    second = cherbourg.ask("bonjour, cb coute un certificat electronique svp")["id"]
    cherbourg.until(lambda: own(cherbourg, second).get("into") == first)
    told = own(cherbourg, second)
    assert told["status"] == "merged" and told["fate"] == "approved"
    assert told["intoText"] == "Combien coûte un certificat électronique ?"
    assert told["text"] == "bonjour, cb coute un certificat electronique svp"
    moderator.until(lambda: moderator.view["cards"].get(first, {}).get("askers") == 2)
    card = moderator.view["cards"][first]
    assert card["venues"] == ["granville", "cherbourg"] and card["votes"] == 1
    assert moderator.view["cards"][second]["auto"] is True


def test_who_repeats_a_question_nobody_has_read_yet_is_not_shown_it(free_hub):
    hub = free_hub
    one, other = hub.client(venue="granville"), hub.client(venue="granville")
    one.ask("Qui délivre les certificats aux communes ?")
    second = other.ask("qui délivre les certificats aux communes")["id"]
    other.until(lambda: own(other, second).get("status") == "merged")
    assert own(other, second)["fate"] == "pending"
    assert "into" not in own(other, second) and "intoText" not in own(other, second)


def test_before_and_after_are_never_united_but_flagged_with_the_words_that_differ(free_hub):
    hub = free_hub
    phone = hub.client(venue="agneaux")
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    first = phone.ask("Faut-il signer le marché avant la notification ?")["id"]
    second = phone.ask("Faut-il signer le marché après la notification ?")["id"]
    moderator.until(lambda: flags_of(moderator, second), what="a flag")
    (flag,) = [flag for flag in flags_of(moderator, second) if flag["with"] == first]
    words = "Faut-il signer le marché après la notification ?".split()
    assert [words[place] for place in flag["mine"]] == ["après"]
    assert "same_type" in flag["why"] and flag["level"] in ("probable", "strong")
    assert moderator.view["cards"][second]["status"] == "pending"

    assert moderator.do("distinguish", question=second, **{"from": first})["type"] == "ack"
    moderator.until(lambda: not flags_of(moderator, second) and not flags_of(moderator, first))


def test_public_questions_are_suggested_while_somebody_types_and_others_are_not(free_hub):
    hub = free_hub
    asker, typist = hub.client(venue="granville"), hub.client(venue="cherbourg")
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    public = asker.ask("Combien coûte un certificat électronique ?")["id"]
    hidden = asker.ask("Quel est le prix de la formation au certificat ?")["id"]
    moderator.do("approve", question=public)

    request = iter(range(1, 1_000))

    def is_suggested():
        cards = typed(typist, "quel est le prix d'un certif", next(request))
        assert hidden not in [card["id"] for card in cards] and len(cards) <= 3
        return public in [card["id"] for card in cards]

    wait_until(is_suggested, what="the engine to know the question is public", every=0.6)
    assert all("text" in card and "by" not in card for card in typed(typist, "quel est le prix d'un certificat", 2_000))
    # A person's own question is no news to them.
    assert public not in [card["id"] for card in typed(asker, "combien coûte un certificat", 2_001)]


def test_what_moderators_decide_is_exported_as_labelled_pairs(free_hub):
    hub = free_hub
    phone = hub.client(venue="agneaux")
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    asked = [phone.ask(text)["id"] for text in (
        "Qui paie la clé de signature ?", "qui paie la cle de signature", "La clé de signature, c'est nous qui la payons ?",
        "Peut-on prêter sa clé de signature ?")]
    assert moderator.do("unite", question=asked[2], into=asked[0])["type"] == "ack"
    assert moderator.do("distinguish", question=asked[3], **{"from": asked[0]})["type"] == "ack"
    for is_live in (True, False):
        if not is_live:
            hub.stop()
        done = hub.run("labels")
        assert done.returncode == 0, done.stderr
        pairs = [json.loads(line) for line in done.stdout.splitlines()]
        assert sorted((pair["a"]["number"], pair["b"]["number"], pair["label"], pair["by"]) for pair in pairs) == [
            (1, 2, 1, "rule"), (1, 3, 1, "moderator"), (1, 4, 0, "moderator")]
        assert pairs[0]["a"]["text"] == "Qui paie la clé de signature ?"


def test_unions_and_flags_are_there_after_a_restart_and_are_not_asked_for_again(free_hub):
    hub = free_hub
    phone = hub.client(venue="agneaux")
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    first = phone.ask("Faut-il signer le marché avant la notification ?")["id"]
    second = phone.ask("Faut-il signer le marché après la notification ?")["id"]
    third = phone.ask("faut il signer le marche avant la notification svp")["id"]
    moderator.until(lambda: flags_of(moderator, second) and moderator.view["cards"].get(third, {}).get("status") == "merged")
    before = flags_of(moderator, second)
    hub.stop()
    head = hub.run("verify").stdout
    hub.start()
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.until(lambda: flags_of(moderator, second))
    assert flags_of(moderator, second) == before
    assert moderator.view["cards"][first]["askers"] == 2
    # The engine still knows what was asked before.
    fourth = phone_again(hub).ask("FAUT IL SIGNER LE MARCHE APRES LA NOTIFICATION")["id"]
    moderator.until(lambda: moderator.view["cards"].get(fourth, {}).get("into") == second)
    assert "head" in head


def phone_again(hub):
    return hub.client(venue="cherbourg")


def test_the_hub_starts_without_its_lists_and_says_what_is_missing(tmp_path, request):
    empty = tmp_path / "no-language"
    empty.mkdir()
    hub = Hub(tmp_path / "data", extra=["--language", str(empty)]).start()
    request.addfinalizer(hub.stop)
    one, other = hub.client(venue="granville"), hub.client(venue="agneaux")
    one.ask("Qui délivre les certificats ?")
    second = other.ask("Qui délivre les certificats ???")["id"]
    other.until(lambda: own(other, second).get("status") == "merged")
    told = hub.log.read_text()
    assert "language_missing" in told and "ranker.txt" in told


def test_a_relay_says_what_is_missing_of_its_lists_too(free_hub, tmp_path, request):
    empty = tmp_path / "no-language"
    empty.mkdir()
    relay = Relay(tmp_path / "relay", free_hub, extra=["--language", str(empty)]).start()
    request.addfinalizer(relay.finish)
    told = [line for line in relay.log.read_text().splitlines() if "language_missing" in line]
    assert len(told) == 1 and "ranker.txt" in told[0] and "spelling.txt" in told[0]


def test_the_command_prints_what_it_finds_in_the_formats_of_the_scorer(free_hub, tmp_path):
    hub = free_hub
    lines = [("q1", "Combien coûte la clé ?"), ("q2", "Où acheter la clé ?"), ("q3", "cb coute la cle svp"), ("q4", "le prix de la clé ?")]
    questions = tmp_path / "set.jsonl"
    questions.write_text("".join(
        json.dumps({"id": name, "event": "e", "venue": "granville", "lang": "fr", "text": text, "cluster": name}) + "\n"
        for name, text in lines))
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("id_a\tid_b\tlabel\tkind\nq1\tq4\t1\tpos_para\nq1\tq2\t0\tneg_hard\n")

    def rows(*arguments):
        done = hub.run_alone("duplicates", "--set", str(questions), *arguments)
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    assert rows("--mode", "stream") == [["q1", "q1"], ["q2", "q2"], ["q3", "q1"], ["q4", "q1"]]
    scores = {(a, b): float(value) for a, b, value in rows("--mode", "pairs", "--pairs", str(pairs))}
    assert scores["q1", "q4"] > scores["q1", "q2"]
    ranked = rows("--mode", "rank")
    assert [row[1] for row in ranked if row[0] == "q4"][0] == "q1"
    assert rows("--mode", "rank", "--typed", "60")
    # A process of its own has other hash seeds: the answers must not know them.
    many = tmp_path / "many.jsonl"
    lines = (ROOT / "events/demo-questions.jsonl").read_text().splitlines()
    many.write_text("\n".join(lines[:60]) + "\n")
    answers = {hub.run_alone("duplicates", "--mode", "rank", "--set", str(many), "--typed", "60").stdout for _ in range(3)}
    assert len(answers) == 1 and len(answers.pop()) > 1_000
    # Three at most are shown, the first of what is found.
    shown = rows("--mode", "rank", "--shown")
    for name in ("q1", "q2", "q3", "q4"):
        some, all_found = ([row for row in table if row[0] == name] for table in (shown, ranked))
        assert some == all_found[:len(some)] and len(some) <= 3
    assert [row[1] for row in rows("--mode", "flag") if row[0] == "q4"][0] == "q1"
    refused = hub.run_alone("duplicates", "--mode", "pairs", "--set", str(questions))
    assert refused.returncode == 64 and "--pairs" in refused.stderr


def test_the_command_refuses_lines_that_it_cannot_judge_with_their_number(tmp_path):
    questions, pairs = tmp_path / "set.jsonl", tmp_path / "pairs.tsv"
    good = {"id": "q1", "event": "e", "venue": "granville", "text": "Combien coûte la clé ?"}
    other = {**good, "id": "q2", "text": "Le prix de la clé ?"}

    def refused(file, line):
        done = Hub.run_alone("duplicates", "--mode", "pairs", "--set", str(questions), "--pairs", str(pairs))
        assert done.returncode == 2 and done.stdout == "", done.stderr
        assert f"bad_line: {file}, line {line}: " in done.stderr

    for bad in ({**good, "id": "q3", "venue": "une salle"}, {**good, "id": "q3", "event": None}, {"id": "q3"}, good):
        questions.write_text("".join(json.dumps(each) + "\n" for each in (good, other, bad)))
        pairs.write_text("q1\tq2\t1\n")
        refused(questions, 3)
    questions.write_text("".join(json.dumps(each) + "\n" for each in (good, other)))
    for bad in ("q1,q2,1,pos_near", "q1", "q1\tq9\t1"):
        pairs.write_text(f"id_a\tid_b\tlabel\nq1\tq2\t1\n{bad}\n")
        refused(pairs, 3)
