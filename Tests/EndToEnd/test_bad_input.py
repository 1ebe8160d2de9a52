"""Everything a client, a page or an operator can get wrong, and the exact word the hub has for it (docs/PROTOCOL.md)."""

import contextlib
import json
import os
import re
import shutil
import socket
import sqlite3
import struct
import subprocess
import time

import pytest
from conftest import (BIN, EVENT, ROOT, Client, Hub, free_port, handshake, handshake_request, http, new_id, raw_exchange,
                      refused_start, wait_until)
from websockets.exceptions import ConnectionClosed

GOOD_TEXT = "Qui délivre les certificats ?"


@pytest.fixture
def phone(shared_hub):
    client = shared_hub.client(venue="granville")
    client.until(lambda: any(frame["type"] == "mine" for frame in client.frames))
    yield client
    client.close()


def answer_to(client, frame):
    """The next answer after sending this frame; what others do meanwhile is passed over."""
    seen = len(client.frames)

    def answers():
        return [frame for frame in client.frames[seen:] if frame["type"] in ("ack", "rejection", "beat")]
    client.send(frame)
    client.until(answers, what=f"an answer to {str(frame)[:80]}")
    return answers()[0]


def rejection(code, field=None, limit=None, **more):
    expected = {"type": "rejection", "code": code, "retry": "never", **more}
    if field:
        expected["field"] = field
    if limit:
        expected["limit"] = limit
    return expected


def greeting(hub, origin="own", **hello):
    """Says a hello that is refused; returns the rejection and the close code."""
    client = hub.client(origin=origin, **hello)
    code = client.close_code()
    assert len(client.frames) == 1, "nothing is shown to somebody who is refused"
    return client.frames[0], code


# --- Texts

@pytest.mark.parametrize("text, code, limit", [
    ("a b c d", "text_too_short", 10),
    ("é è à ç ù", "text_too_short", 10),
    ("mot " * 50 + "a", "text_too_long", 200),
    ("mot " * 4000, "text_too_long", 200),
    ("", "text_empty", None),
    (" \t\r\n\u00a0\u3000\u2028 ", "text_empty", None),
    ("\u0000\u0007\u001b", "text_empty", None),
    ("\u202a\u202e\u2066\u2069", "text_empty", None),
    ("\u200b\u200b\u200b \u200d\u2060\ufeff \u00ad\u180e\u200c \u200b\u200b", "text_empty", None),
    ("\u3164\u3164\u3164\u3164 \u3164\u3164\u3164 \u115f\u1160", "text_invisible", None),
    ("\u0301\u0301\u0301\u0301 \u0301\u0301\u0301\u0301 \u0301\u0301", "text_invisible", None),
    ("\u2800\u2800\u2800\u2800 \u2800\u2800\u2800 \u2800\u2800", "text_invisible", None),
    ("Pourquoi certifier", "text_too_few_words", 3),
    ("Pourquoi\u202e certifier", "text_too_few_words", 3),
    ("Le mot " + "x" * 31, "word_too_long", 30),
])
def test_a_text_that_cannot_be_a_question_is_refused_with_its_reason(phone, text, code, limit):
    identifier = new_id()
    answer = answer_to(phone, {"type": "command", "id": identifier, "do": "ask", "text": text})
    assert answer == rejection(code, "text", limit, id=identifier)


@pytest.mark.parametrize("text", ["Un a deux", "a" * 30 + " bb cc", ("mot " * 50).strip(), "  Où  est\nla\tsalle ? "])
def test_a_text_at_the_very_limit_is_taken(phone, text):
    if len(text) < 10:
        text = text + "x" * (10 - len(text))
    assert phone.ask(text)["type"] == "ack"


def test_a_name_longer_than_forty_characters_is_refused(phone):
    identifier = new_id()
    answer = answer_to(phone, {"type": "command", "id": identifier, "do": "ask", "text": GOOD_TEXT, "name": "n" * 41})
    assert answer == rejection("name_too_long", "name", 40, id=identifier)
    assert phone.ask(GOOD_TEXT, name="n" * 40)["type"] == "ack"


def test_an_edit_is_checked_like_a_question(shared_hub, phone):
    question = phone.ask(GOOD_TEXT)["id"]
    moderator = shared_hub.client(role="moderator", token=shared_hub.token("moderator"))
    answer = moderator.do("edit", question=question, text="Trop court")
    assert (answer["code"], answer["field"], answer["limit"]) == ("text_too_few_words", "text", 3)


# --- Frames

def test_row_15_bytes_that_are_not_utf8_close_with_1007(shared_hub, phone):
    phone.socket.send(b'{"type":"beat\xc0\xaf"}', text=True)
    assert phone.close_code() == 1007


def test_row_15_utf8_cut_between_two_fragments_is_one_character_and_cut_at_the_end_closes_with_1007(shared_hub, phone):
    whole = json.dumps({"type": "command", "id": new_id(), "do": "ask", "text": GOOD_TEXT}, ensure_ascii=False).encode()
    cut = whole.index("é".encode()) + 1
    phone.socket.send([whole[:cut], whole[cut:]], text=True)
    phone.until(lambda: any(frame["type"] == "ack" for frame in phone.frames))
    phone.socket.send([whole[:cut], b""], text=True)
    assert phone.close_code() == 1007


def test_a_binary_frame_closes_with_1003(phone):
    phone.socket.send(b'{"type":"beat"}')
    assert phone.close_code() == 1003


def test_a_frame_of_16384_bytes_is_read_and_one_byte_more_closes_with_1009(phone):
    assert answer_to(phone, '{"type":"beat"}'.ljust(16_384)) == {"type": "beat"}
    phone.send('{"type":"beat"}'.ljust(16_385))
    assert phone.close_code() == 1009


def test_row_18_sixty_four_fragments_are_read_and_one_more_closes_with_1008(phone):
    # The library ends a message sent in pieces with an empty fragment of its own.
    pieces = list('{"type":"beat"}'.ljust(63))
    phone.socket.send(pieces)
    phone.until(lambda: {"type": "beat"} in phone.frames)
    # The answer may be here before its last, empty fragment is sent.
    with contextlib.suppress(ConnectionClosed):
        phone.socket.send(pieces + [" "])
    assert phone.close_code() == 1008


@pytest.mark.parametrize("length", [2**62, 2**63 - 1, 16_385])
def test_row_17_a_frame_that_says_it_is_endless_closes_with_1009_before_it_arrives(shared_hub, length):
    received = after_a_head(shared_hub, length)
    assert received[0] == 0x88 and struct.unpack(">H", received[2:4])[0] == 1009


def test_row_17_a_length_that_no_frame_may_have_ends_the_line(shared_hub):
    # Its highest bit must be zero (RFC 6455 §5.2): the library hangs up without a word.
    assert after_a_head(shared_hub, 2**63 + 5) == b""


def after_a_head(shared_hub, length):
    """What is answered to the head of a frame with the first of its bytes."""
    with socket.create_connection((shared_hub.host, shared_hub.port), timeout=10) as line:
        line.sendall(handshake_request(shared_hub))
        head = b""
        while b"\r\n\r\n" not in head:
            head += line.recv(4096)
        line.sendall(bytes([0x81, 0xFF]) + struct.pack(">Q", length) + b"\0\0\0\0" + b"{" * 16)
        received = b""
        while len(received) < 4 and (chunk := line.recv(4096)):
            received += chunk
    return received


@pytest.mark.parametrize("frame, expected", [
    ("not JSON", rejection("malformed")),
    ("", rejection("malformed")),
    ("[]", rejection("malformed")),
    ('"beat"', rejection("malformed")),
    ("null", rejection("malformed")),
    ('{"type":"beat"', rejection("malformed")),
    ('{"type":"beat"}{"type":"beat"}', rejection("malformed")),
    ('{"type":"beat",}', rejection("malformed")),
    ("{'type':'beat'}", rejection("malformed")),
    ('{"type":"beat","n":NaN}', rejection("malformed")),
    ('{"type":"beat","n":01}', rejection("malformed")),
    ('{"type":"beat","n":"\\ud800"}', rejection("malformed")),
    ('{"type":"beat","n":"\t"}', rejection("malformed")),
    ('{"n":' + "[" * 1000 + "]" * 1000 + "}", rejection("malformed")),
    ('\ufeff{"type":"beat"}', rejection("malformed")),
    ("{}", rejection("missing_field", "type")),
    ('{"type":7}', rejection("wrong_type", "type")),
    ('{"type":null}', rejection("wrong_type", "type")),
    ('{"type":"wave"}', rejection("unknown_type", "type")),
    ('{"type":"welcome"}', rejection("unknown_type", "type")),
    ('{"type":"beat","colour":"red"}', rejection("unknown_field", "colour")),
    ('{"type":"beat","type":"beat"}', rejection("repeated_key", "type")),
    ('{"type":"beat","a":{"b":1,"b":2}}', rejection("repeated_key", "b")),
    ('{"type":"beat","\\u0074ype":"beat"}', rejection("repeated_key", "type")),
    ('{"type":"command","do":"ask","text":"x"}', rejection("missing_field", "id")),
    ('{"type":"command","id":"short","do":"ask","text":"x"}', rejection("bad_value", "id")),
    ('{"type":"command","id":"AAAAAAAAAAAAAAAAAAAAAB","do":"pauseIntake"}', rejection("bad_value", "id")),
    ('{"type":"command","id":5,"do":"pauseIntake"}', rejection("wrong_type", "id")),
    ('{"type":"vote","on":true,"counter":1}', rejection("missing_field", "question")),
])
def test_a_frame_that_cannot_be_read_is_answered_and_the_connection_stays(phone, frame, expected):
    assert answer_to(phone, frame) == expected
    assert answer_to(phone, {"type": "beat"}) == {"type": "beat"}


Q = "AAAAAAAAAAAAAAAAAAAAAQ"


@pytest.mark.parametrize("fields, code, field", [
    ({}, "missing_field", "do"),
    ({"do": 1}, "wrong_type", "do"),
    ({"do": "fly"}, "unknown_type", "do"),
    ({"do": "vote"}, "unknown_type", "do"),
    ({"do": "configure"}, "unknown_type", "do"),
    ({"do": "addToken"}, "unknown_type", "do"),
    ({"do": "revokeToken"}, "unknown_type", "do"),
    ({"do": "ask"}, "missing_field", "text"),
    ({"do": "ask", "text": 5}, "wrong_type", "text"),
    ({"do": "ask", "text": None}, "wrong_type", "text"),
    ({"do": "ask", "text": GOOD_TEXT, "name": 5}, "wrong_type", "name"),
    ({"do": "ask", "text": GOOD_TEXT, "name": None}, "wrong_type", "name"),
    ({"do": "ask", "text": GOOD_TEXT, "talk": 5}, "wrong_type", "talk"),
    ({"do": "ask", "text": GOOD_TEXT, "talk": "No Slug"}, "bad_value", "talk"),
    ({"do": "ask", "text": GOOD_TEXT, "talk": "x" * 41}, "bad_value", "talk"),
    ({"do": "ask", "text": GOOD_TEXT, "talk": "nowhere"}, "unknown_talk", "talk"),
    ({"do": "ask", "text": GOOD_TEXT, "venue": "agneaux"}, "unknown_field", "venue"),
    ({"do": "withdraw"}, "missing_field", "question"),
    ({"do": "withdraw", "question": "x"}, "bad_value", "question"),
    ({"do": "withdraw", "question": None}, "wrong_type", "question"),
    ({"do": "withdraw", "question": Q}, "unknown_question", "question"),
    ({"do": "dismiss", "question": Q}, "missing_field", "reason"),
    ({"do": "dismiss", "question": Q, "reason": "dull"}, "bad_value", "reason"),
    ({"do": "edit", "question": Q}, "missing_field", "text"),
    ({"do": "setOrder", "order": "random"}, "bad_value", "order"),
    ({"do": "setOrder"}, "missing_field", "order"),
    ({"do": "startTalk"}, "missing_field", "talk"),
    ({"do": "undo"}, "missing_field", "sequence"),
    ({"do": "undo", "sequence": "1"}, "wrong_type", "sequence"),
    ({"do": "undo", "sequence": 1.5}, "wrong_type", "sequence"),
    ({"do": "takeLive", "question": Q, "replacing": 5}, "wrong_type", "replacing"),
    ({"do": "takeLive", "question": Q, "replacing": "x"}, "bad_value", "replacing"),
])
def test_a_command_with_a_bad_field_is_refused_by_the_name_of_the_field(phone, fields, code, field):
    identifier = new_id()
    answer = answer_to(phone, {"type": "command", "id": identifier, **fields})
    assert answer == rejection(code, field, id=identifier)


def test_take_live_without_replacing_is_refused(phone):
    identifier = new_id()
    answer = answer_to(phone, {"type": "command", "id": identifier, "do": "takeLive", "question": Q})
    assert answer == rejection("missing_field", "replacing", id=identifier)


@pytest.mark.parametrize("fields, expected", [
    ({"counter": 1}, rejection("missing_field", "on")),
    ({"on": 1, "counter": 1}, rejection("wrong_type", "on")),
    ({"on": True}, rejection("missing_field", "counter")),
    ({"on": True, "counter": "1"}, rejection("wrong_type", "counter")),
    ({"on": True, "counter": 0}, rejection("bad_value", "counter")),
    ({"on": True, "counter": -1}, rejection("bad_value", "counter")),
    ({"on": True, "counter": 10**18}, rejection("bad_value", "counter")),
    ({"on": True, "counter": 1, "weight": 9}, rejection("unknown_field", "weight")),
    ({"on": True, "counter": 1}, rejection("unknown_question", "question")),
])
def test_a_bad_vote_is_refused_by_the_name_of_the_field(phone, fields, expected):
    answer = answer_to(phone, {"type": "vote", "question": Q, **fields})
    seen = {key: value for key, value in answer.items() if key not in ("question", "counter")}
    assert seen == expected
    if isinstance(fields.get("counter"), int):
        assert (answer.get("question"), answer.get("counter")) == (Q, fields["counter"])


# --- Too fast

def test_row_30_who_asks_too_fast_is_told_how_long_to_wait_and_nobody_else_is_slowed(hub, record_property):
    hasty, calm = hub.client(venue="granville"), hub.client(venue="granville")
    answers = [hasty.ask(GOOD_TEXT) for _ in range(6)]
    assert [answer["type"] for answer in answers] == ["ack"] * 3 + ["rejection"] * 3
    for answer in answers[3:]:
        assert (answer["code"], answer["retry"]) == ("rate_limited", "after")
        assert 0 < answer["after"] <= 20_000
    record_property("figure", f"3 of 6 taken, the others told to wait {answers[3]['after'] / 1_000:.0f} s")
    assert calm.ask(GOOD_TEXT)["type"] == "ack"
    again = hasty.ask(GOOD_TEXT, id=answers[0]["id"])
    assert again["sequence"] == answers[0]["sequence"], "to send again what is in the log is never too fast"
    reloaded = hub.client(venue="granville", device=hasty.welcome["device"])
    assert reloaded.ask(GOOD_TEXT)["code"] == "rate_limited", "a new connection of the same device does not help"


# --- Roles

COMMANDS = {
    "ask": {"text": "x"}, "withdraw": {"question": Q}, "approve": {"question": Q}, "edit": {"question": Q, "text": GOOD_TEXT},
    "dismiss": {"question": Q, "reason": "other"}, "restore": {"question": Q}, "takeLive": {"question": Q, "replacing": None},
    "answer": {"question": Q}, "putBack": {"question": Q}, "block": {"question": Q}, "unblock": {"question": Q},
    "unite": {"question": Q, "into": Q}, "separate": {"question": Q}, "distinguish": {"question": Q, "from": Q},
    "startTalk": {"talk": "nowhere"}, "endTalk": {"talk": "nowhere"}, "pauseIntake": {}, "resumeIntake": {},
    "setOrder": {"order": "by_votes"}, "pin": {"question": Q}, "unpin": {"question": Q}, "ready": {"question": Q, "on": True},
    "place": {"question": Q, "before": None}, "undo": {"sequence": 999_999},
    "note": {"question": Q, "text": "x"}, "say": {"text": "x"}, "hand": {"question": Q, "to": "agneaux"}, "stage": {"text": "x"},
    "stageRead": {"message": Q}, "clearStage": {}, "enter": {"text": "x", "venue": "granville"}, "label": {"question": Q, "labels": ["x"]},
    "bulk": {"questions": [Q], "what": "approve"}, "move": {"question": Q, "talk": "nowhere"}, "erase": {"question": Q, "what": "text"},
    "amend": {"limits": {"text_minimum": 10}}, "closeEvent": {}, "openEvent": {}, "startRehearsal": {}, "endRehearsal": {},
}
AUDIENCE = {"ask", "withdraw"}
STAGE = {"takeLive", "answer", "putBack", "undo", "stageRead"}
ORGANISER = {"closeEvent", "openEvent", "startRehearsal", "endRehearsal", "amend", "erase"}
MODERATOR = set(COMMANDS) - AUDIENCE - ORGANISER - {"stageRead"}
# The organiser may do what a moderator may, and what docs/PROTOCOL.md names the organiser for.
MAY = {"audience": AUDIENCE, "moderator": MODERATOR, "moderator-granville": MODERATOR, "speaker": STAGE, "wall": set(),
       "organiser": MODERATOR | ORGANISER}
LABELS = {"wall": "display", "moderator-granville": "moderator"}


def test_row_26_the_matrix_has_every_command_of_the_protocol():
    page = (ROOT / "docs" / "PROTOCOL.md").read_text()
    table = page[page.index("| `do` |"):]
    rows = [line.split("|")[1] for line in table[:table.index("\n\n")].splitlines()[2:]]
    assert {word for row in rows for word in re.findall(r"`(\w+)`", row)} == set(COMMANDS)


@pytest.mark.parametrize("who", MAY)
def test_row_26_every_command_is_refused_to_every_role_that_may_not_give_it(shared_hub, who):
    hub = shared_hub
    hello = {"venue": "granville"} if who == "audience" else {"role": LABELS.get(who, who), "token": hub.token(who)}
    client = hub.client(**hello)
    for command, fields in COMMANDS.items():
        before = hub.health()["head"]
        answer = client.do(command, **fields)
        if command in MAY[who]:
            assert answer.get("code") != "not_allowed", f"{who} may {command}"
        else:
            identifier = answer["id"]
            assert answer == {**rejection("not_allowed"), "id": identifier}, f"{who} may not {command}"
            assert hub.health()["head"] == before, "nothing changed"
    client.send({"type": "vote", "question": Q, "on": True, "counter": 1})
    client.until(lambda: (Q, 1) in client.answers)
    assert (client.answers[(Q, 1)]["code"] == "not_allowed") == (who != "audience")


def test_row_26_a_moderator_of_one_venue_is_refused_the_questions_of_another(shared_hub, phone):
    # A text of its own: one that was asked before would be merged as it comes.
    question = phone.ask("Le badge ouvre-t-il aussi la salle du fond ?")["id"]
    stranger = shared_hub.client(role="moderator", token=shared_hub.token("moderator-agneaux"))
    for command, fields in (("approve", {}), ("edit", {"text": "Un autre texte entier"}), ("dismiss", {"reason": "other"}),
                            ("restore", {}), ("block", {}), ("unblock", {})):
        answer = stranger.do(command, question=question, **fields)
        assert (answer["type"], answer["code"], answer["retry"]) == ("rejection", "wrong_venue", "never"), command
    own = shared_hub.client(role="moderator", token=shared_hub.token("moderator-granville"))
    assert own.do("approve", question=question)["type"] == "ack"
    assert stranger.do("answer", question=question)["type"] == "ack", "what concerns the whole event any moderator may do"


def test_somebody_elses_question_cannot_be_withdrawn_nor_ones_own_supported(shared_hub, phone):
    other = shared_hub.client(venue="agneaux")
    question = phone.ask(GOOD_TEXT)["id"]
    assert other.do("withdraw", question=question)["code"] == "not_yours"
    phone.send({"type": "vote", "question": question, "on": True, "counter": 1})
    phone.until(lambda: (question, 1) in phone.answers)
    assert phone.answers[(question, 1)] == rejection("own_question", question=question, counter=1)
    other.send({"type": "vote", "question": question, "on": True, "counter": 1})
    other.until(lambda: (question, 1) in other.answers)
    assert other.answers[(question, 1)]["code"] == "not_open", "a pending question is not public"


def test_another_persons_command_id_is_refused(shared_hub, phone):
    identifier = phone.ask(GOOD_TEXT)["id"]
    other = shared_hub.client(venue="granville")
    answer = other.ask("Une tout autre question", id=identifier)
    assert (answer["code"], answer["retry"]) == ("command_id_taken", "never")


# --- Hello

def test_a_venue_that_the_event_does_not_have_is_refused_with_4504(shared_hub):
    assert greeting(shared_hub, venue="paris") == (rejection("venue_unknown", "venue"), 4504)
    assert greeting(shared_hub) == (rejection("venue_unknown", "venue"), 4504)


@pytest.mark.parametrize("token", ["x", "", "A" * 32, "%", "a" * 5000])
def test_a_wrong_token_is_refused_with_4501(shared_hub, token):
    assert greeting(shared_hub, role="moderator", token=token) == (rejection("token_invalid", "token"), 4501)


def test_a_role_with_token_cannot_be_had_without_one(shared_hub):
    for role in ("moderator", "speaker", "display", "organiser"):
        assert greeting(shared_hub, role=role) == (rejection("token_invalid", "token"), 4501)


@pytest.mark.parametrize("label, role", [("speaker", "moderator"), ("moderator", "organiser"), ("wall", "speaker"),
                                         ("organiser", "moderator"), ("moderator-granville", "display")])
def test_a_token_of_another_role_is_refused_with_4503(shared_hub, label, role):
    assert greeting(shared_hub, role=role, token=shared_hub.token(label)) == (rejection("role_refused", "role"), 4503)


def test_a_token_does_not_make_somebody_of_the_audience(shared_hub):
    refusal = greeting(shared_hub, venue="granville", token=shared_hub.token("moderator"))
    assert refusal == (rejection("role_refused", "role"), 4503)


@pytest.mark.parametrize("role", ["king", "", "Moderator"])
def test_an_unknown_role_is_refused_with_4503(shared_hub, role):
    client = shared_hub.client(role=role)
    client.until(lambda: client.frames)
    assert client.frames[0]["code"] == "role_refused"
    assert client.close_code(3) == 4503


def test_the_role_of_relays_cannot_be_had_from_a_phone(shared_hub):
    frame, code = greeting(shared_hub, role="relay")
    assert (frame["code"], code) in (("role_refused", 4503), ("token_invalid", 4501))


def test_row_24_without_origin_audience_and_screens_are_refused_with_4503_and_terminals_are_not(shared_hub):
    assert greeting(shared_hub, origin=None, venue="granville") == (rejection("role_refused", "role"), 4503)
    for role in ("moderator", "organiser"):
        terminal = shared_hub.client(origin=None, role=role, token=shared_hub.token(role))
        terminal.until(lambda terminal=terminal: "event" in terminal.view)
    # Consoles and walls are pages, and these say where they are from.
    for role, label in (("speaker", "speaker"), ("display", "wall")):
        assert greeting(shared_hub, origin=None, role=role, token=shared_hub.token(label)) == (rejection("role_refused", "role"), 4503)


def test_an_unknown_version_is_refused_with_4505(shared_hub):
    for version in (0, 2, -1):
        client = shared_hub.client(greet=False)
        client.send({"type": "hello", "version": version, "role": "audience", "venue": "granville", "novelty": 1})
        assert client.close_code() == 4505
        assert client.frames == [rejection("version")]


@pytest.mark.parametrize("change", [
    lambda good: good[:-1] + ("A" if good[-1] != "A" else "Q"),
    lambda good: ("A" if good[0] != "A" else "B") + good[1:],
    lambda good: good.replace(".hub.", ".elsewhere."),
    lambda good: good.replace(".hub.", "."),
    lambda good: good + ".",
    lambda good: good + "=",
    lambda good: "",
    lambda good: "..",
    lambda good: good * 50,
    lambda good: good.split(".")[0],
])
def test_a_forged_device_credential_is_refused_with_4506(shared_hub, phone, change):
    refusal = greeting(shared_hub, venue="granville", device=change(phone.welcome["device"]))
    assert refusal == (rejection("device_invalid", "device"), 4506)
    again = shared_hub.client(venue="granville", device=phone.welcome["device"])
    again.until(lambda: "event" in again.view)
    assert again.welcome["by"] == phone.welcome["by"]


@pytest.mark.parametrize("frame", [
    {"type": "command", "id": Q, "do": "ask", "text": GOOD_TEXT}, {"type": "vote", "question": Q, "on": True, "counter": 1}])
def test_a_frame_before_hello_is_refused_with_4500(shared_hub, frame):
    client = shared_hub.client(greet=False)
    client.send(frame)
    assert client.close_code() == 4500
    assert client.frames == [rejection("protocol")]


def test_a_beat_before_hello_is_refused_with_4500(shared_hub):
    client = shared_hub.client(greet=False)
    client.send({"type": "beat"})
    assert client.close_code(3) == 4500


def test_a_second_hello_is_refused_with_4500(shared_hub, phone):
    phone.send({"type": "hello", "version": 1, "role": "audience", "venue": "granville"})
    assert phone.close_code() == 4500
    assert rejection("protocol") in phone.frames


@pytest.mark.parametrize("change, code, field", [
    ({"version": None}, "missing_field", "version"), ({"version": "1"}, "wrong_type", "version"),
    ({"role": None}, "missing_field", "role"), ({"role": 1}, "wrong_type", "role"),
    ({"venue": 5}, "wrong_type", "venue"), ({"venue": "No Slug"}, "bad_value", "venue"),
    ({"device": 5}, "wrong_type", "device"), ({"client": "c" * 41}, "bad_value", "client"),
    ({"colour": "red"}, "unknown_field", "colour"), ({"position": 5}, "wrong_type", "position"),
    ({"position": {"epoch": "x", "sequence": 1}}, "bad_value", "epoch"),
    ({"position": {"epoch": Q, "sequence": -1}}, "bad_value", "sequence"),
    ({"position": {"epoch": Q}}, "missing_field", "sequence"),
    ({"position": {"epoch": Q, "sequence": 1, "part": 0}}, "unknown_field", "part"),
])
def test_a_hello_with_a_bad_field_is_refused_by_the_name_of_the_field(shared_hub, change, code, field):
    client = shared_hub.client(greet=False)
    hello = {"type": "hello", "version": 1, "role": "audience", "venue": "granville", **change}
    answer = answer_to(client, {key: value for key, value in hello.items() if value is not None})
    assert (answer["type"], answer["code"], answer["field"]) == ("rejection", code, field)


@pytest.mark.long
def test_whoever_says_no_hello_within_ten_seconds_is_closed_with_4001(shared_hub):
    began = time.monotonic()
    client = shared_hub.client(greet=False)
    assert client.close_code(20) == 4001
    assert 9.5 < time.monotonic() - began < 14


@pytest.mark.parametrize("which", ["beyond the head", "another epoch", "far beyond"])
def test_a_position_that_is_none_gives_the_whole_view(shared_hub, phone, which):
    head, epoch = phone.welcome["head"], phone.welcome["epoch"]
    position = {"beyond the head": {"epoch": epoch, "sequence": shared_hub.health()["head"] + 1},
                "another epoch": {"epoch": new_id(), "sequence": head},
                "far beyond": {"epoch": epoch, "sequence": 2**53}}[which]
    client = shared_hub.client(venue="granville", position=position)
    client.until(lambda: "event" in client.view)
    assert client.welcome["resumed"] is False
    first = next(frame for frame in client.frames if frame["type"] == "delta")
    assert (first["from"], first["part"]) == (0, 0)
    good = shared_hub.client(venue="granville", position={"epoch": epoch, "sequence": head})
    good.until(lambda: any(frame["type"] == "mine" for frame in good.frames))
    assert good.welcome["resumed"] is True


# --- Tokens that are taken back

def test_row_27_a_revoked_token_closes_at_once_and_is_refused_afterwards(shared_hub):
    made = shared_hub.run("token", "new", "--role", "moderator", "--venue", "granville", "--label", "to-revoke")
    token = made.stdout.strip()
    holders = [shared_hub.client(role="moderator", token=token) for _ in range(3)]
    for holder in holders:
        holder.until(lambda: "event" in holder.view)
    assert shared_hub.run("token", "revoke", "to-revoke").returncode == 0
    revoked = time.monotonic()
    assert [holder.close_code() for holder in holders] == [4502] * 3
    assert time.monotonic() - revoked < 1
    assert all(holder.frames[-1]["code"] == "token_revoked" for holder in holders)
    assert greeting(shared_hub, role="moderator", token=token) == (rejection("token_revoked", "token"), 4502)


# --- The handshake

@pytest.mark.parametrize("origin", ["null", "http://elsewhere.example", "http://127.0.0.1:1", "https://localhost", "file://",
                                    "http://127.0.0.1", "HTTP://", "http://[::1", "x" * 300])
def test_row_24_a_foreign_origin_is_refused_with_403_before_the_upgrade(shared_hub, origin):
    assert handshake(shared_hub, Origin=origin).status == 403


def test_the_hubs_own_origin_and_none_are_let_in(shared_hub):
    assert handshake(shared_hub).status == 101
    assert handshake(shared_hub, Origin=None).status == 101


def test_row_24_an_origin_that_only_begins_like_the_hubs_is_refused(shared_hub):
    for tail in (".evil.example", "@evil.example", "/x", "0", "?", "#"):
        assert handshake(shared_hub, Origin=shared_hub.url + tail).status == 403, tail


@pytest.mark.parametrize("host", ["elsewhere.example", "elsewhere.example:80", "127.0.0.1.evil.example", "1.2.3", "evil.localhost"])
def test_row_24_a_foreign_host_is_refused_with_421(shared_hub, host):
    assert handshake(shared_hub, Host=host, Origin=None).status == 421
    for path in ("/", "/ask", "/health", "/event.json", "/nothing"):
        assert http(shared_hub, path, host=host).status == 421, path


def test_row_24_a_missing_host_is_refused(shared_hub):
    assert handshake(shared_hub, Host=None, Origin=None).status in (400, 421)
    assert http(shared_hub, "/", host=None).status in (400, 421)


@pytest.mark.parametrize("offer", [None, "chat", "qarelay.v2", "QARELAY.V1", "qarelay.v11"])
def test_a_handshake_without_the_subprotocol_is_refused_with_400(shared_hub, offer):
    assert handshake(shared_hub, Sec_WebSocket_Protocol=offer).status == 400


def test_the_subprotocol_is_found_among_others_and_named_in_the_answer(shared_hub):
    answer = handshake(shared_hub, Sec_WebSocket_Protocol="chat, qarelay.v1 , qarelay.v2")
    assert (answer.status, answer.headers["sec-websocket-protocol"]) == (101, "qarelay.v1")


@pytest.mark.parametrize("version", ["12", "8", "14", "0", "13, 8", "1 3"])
def test_row_24_another_version_of_websocket_is_refused_with_426(shared_hub, version):
    answer = handshake(shared_hub, Sec_WebSocket_Version=version)
    assert (answer.status, answer.headers.get("sec-websocket-version")) == (426, "13")


@pytest.mark.parametrize("offer", ["permessage-deflate", "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame",
                                   "permessage-bzip2", "x" * 100])
def test_row_16_no_extension_is_ever_accepted(shared_hub, offer):
    answer = handshake(shared_hub, Sec_WebSocket_Extensions=offer)
    assert answer.status == 101 and "sec-websocket-extensions" not in answer.headers


def test_a_websocket_at_another_path_is_refused_with_404(shared_hub):
    for path in ("/", "/ws/", "/wsx", "/ask", "/WS"):
        assert handshake(shared_hub, path).status == 404, path


def test_row_23_an_upgrade_to_http2_is_refused(shared_hub):
    answer = handshake(shared_hub, Upgrade="h2c", HTTP2_Settings="AAMAAABkAAQCAAAAAAIAAAAA", Connection="Upgrade, HTTP2-Settings")
    assert answer.status == 400
    assert b"HTTP/2" not in raw_exchange(shared_hub, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")


def test_no_refused_handshake_leaves_a_connection_behind(hub):
    def none_left():
        return hub.health()["connections"] <= 1
    wait_until(none_left, 10, "the end of all connections")
    for changes in ({"Origin": "null"}, {"Host": "evil.example"}, {"Sec_WebSocket_Version": "8"}, {"Sec_WebSocket_Protocol": None}):
        handshake(hub, **changes)
    wait_until(none_left, 10, "the end of all connections")


# --- HTTP

@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_any_method_but_get_and_head_is_refused_with_405(shared_hub, method):
    answer = http(shared_hub, "/", method, headers=[("Content-Length", "0")])
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/../Package.swift", "/js/../../Package.swift", "/%2e%2e/Package.swift", "/..%2fPackage.swift",
                                  "/js/%2e%2e%2f%2e%2e%2fPackage.swift", "//etc/passwd", "/etc/passwd", "/js/..\\..\\Package.swift",
                                  "/js/....//....//Package.swift", "/%252e%252e/Package.swift", "/js/%00", "/qr/../../x.svg",
                                  "/.git/config", "/js/.", "/data/tokens/moderator.token"])
def test_no_path_leads_out_of_the_pages(shared_hub, path):
    answer = http(shared_hub, path)
    assert answer.status in (400, 403, 404), answer.raw[:200]
    assert b"PackageDescription" not in answer.raw and b"root:" not in answer.raw


def test_a_path_that_leads_up_and_out_is_404(shared_hub):
    assert http(shared_hub, "/../../../../etc/passwd").status == 404


# --- What the operator gets wrong

def serve(hub, **changes):
    """The command of a hub with options changed or (None) left out."""
    options = {"event": str(EVENT), "data": str(hub.folder), "port": str(hub.port), **changes}
    command = [str(BIN / "qarelay"), "serve"]
    for name, value in options.items():
        if value is not None:
            command += [f"--{name.replace('_', '-')}", value]
    return command


def text_of(change):
    return lambda: change(EVENT.read_text())


def said_until(command, wanted):
    """What a hub has said when this is among it; it is killed then."""
    said = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout:
            said += line
            if wanted in said:
                break
        process.kill()
    return said


def serve_briefly(command, seconds=30):
    """What a hub says and its exit status; one that goes on serving is killed and has the status None."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        return process.communicate(timeout=seconds)[0], process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0], None


BAD_EVENTS = {
    "empty": (text_of(lambda text: ""), ""),
    "not YAML": (text_of(lambda text: "id: [unclosed\n  - {"), ""),
    "a list": (text_of(lambda text: "- a\n- b\n"), "keys"),
    "no id": (text_of(lambda text: text.replace("\nid: ", "\n# ", 1)), "id"),
    "unknown key": (text_of(lambda text: text + "\ncolour: red\n"), "colour"),
    "repeated key": (text_of(lambda text: text + "\ntitle: Again\n"), "title"),
    "bad slug": (text_of(lambda text: text.replace("- id: granville", "- id: Granville !")), "venues[0].id"),
    "same venue twice": (text_of(lambda text: text.replace("- id: agneaux", "- id: granville")), "venues[1].id"),
    "no venues": (text_of(lambda text: text.replace("\nvenues:", "\nrooms:", 1)), "venues"),
    "limit out of range": (text_of(lambda text: text.replace("text_maximum: 200", "text_maximum: 9999")), "text_maximum"),
    "limit not a number": (text_of(lambda text: text.replace("text_maximum: 200", "text_maximum: many")), "text_maximum"),
    "bad language": (text_of(lambda text: text.replace("[fr, en]", "[fr, tlh]")), "languages"),
    "bad coordinates": (text_of(lambda text: text.replace("[48.8378, -1.5974]", "[148.8, north]")), "coordinates"),
    "control characters": (text_of(lambda text: text.replace("name: Granville", 'name: "Gran\\x1b[31mville"')), "name"),
}


@pytest.mark.parametrize("what", BAD_EVENTS)
def test_check_and_serve_refuse_a_bad_event_file_with_status_2_and_say_where(tmp_path, what):
    make, field = BAD_EVENTS[what]
    path = tmp_path / "event.yaml"
    path.write_text(make())
    checked = subprocess.run([str(BIN / "qarelay"), "check", str(path)], capture_output=True, text=True, timeout=30)
    assert (checked.returncode, checked.stdout) == (2, "")
    assert all(line.startswith(str(path)) for line in checked.stderr.splitlines())
    assert field in checked.stderr and "\x1b" not in checked.stderr
    hub = Hub(tmp_path / "data", event=path)
    refused = refused_start(hub)
    assert (refused.status, refused.code) == (2, "event_file")
    assert checked.stderr.strip() in refused.said
    assert not hub.folder.exists(), "nothing was made for an event that cannot be"


@pytest.mark.parametrize("make", ["missing", "a folder", "not UTF-8", "huge"])
def test_check_refuses_what_is_no_text_file_with_status_2(tmp_path, make):
    path = tmp_path / "event.yaml"
    if make == "a folder":
        path.mkdir()
    elif make == "not UTF-8":
        path.write_bytes(EVENT.read_text().encode("latin-1", "replace"))
    elif make == "huge":
        path.write_text(EVENT.read_text() + "# " + "x" * 20_000_000)
    done = subprocess.run([str(BIN / "qarelay"), "check", str(path)], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and done.stderr.startswith(str(path)), done


def test_check_finds_the_example_good():
    done = subprocess.run([str(BIN / "qarelay"), "check", str(EVENT)], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_port_in_use_is_said_so(hub, tmp_path):
    second = Hub(tmp_path / "other")
    second.port = hub.port
    refused = refused_start(second)
    assert (refused.status, refused.code) == (1, "port_in_use")
    assert str(hub.port) in refused.last
    assert hub.health()["status"] == "ok"


@pytest.mark.parametrize("address", ["192.0.2.1", "nonsense", "999.1.1.1"])
def test_an_address_that_is_not_this_machines_is_said_so(tmp_path, address):
    refused = refused_start(Hub(tmp_path / "data", host=address))
    assert (refused.status, refused.code) == (1, "address_unavailable")


@pytest.mark.parametrize("port", ["=99999999999999999999", "=http", "=", *(
    port
    for port in ("=65536", "=70000", "=-1"))])
def test_a_port_that_is_none_is_refused_and_not_replaced_by_another(tmp_path, port):
    hub = Hub(tmp_path / "data")
    said, status = serve_briefly([*serve(hub, port=None), f"--port{port}"])
    assert status in (2, 64), said
    assert "port" in said.lower()


def test_links_carry_the_port_that_was_taken_when_any_was_asked_for(tmp_path):
    hub = Hub(tmp_path / "data")
    said = said_until(serve(hub, port="0"), "/ask?venue=granville")
    assert "/ask?venue=granville" in said
    assert ":0/" not in said


def test_the_data_folder_of_another_event_is_refused_and_left_alone(hub, tmp_path):
    hub.stop()
    before = (hub.folder / "event.sqlite").read_bytes()
    event = tmp_path / "other.yaml"
    event.write_text(EVENT.read_text().replace("id: rencontres-numeriques-2009", "id: another-event"))
    hub.event = event
    refused = refused_start(hub)
    assert (refused.status, refused.code) == (1, "log_foreign")
    assert "rencontres-numeriques-2009" in refused.last and "another-event" in refused.last
    assert (hub.folder / "event.sqlite").read_bytes() == before


def test_a_data_folder_that_another_hub_has_open_is_refused(hub):
    second = Hub(hub.folder)
    refused = refused_start(second)
    assert (refused.status, refused.code) == (1, "log_in_use")
    assert hub.health()["status"] == "ok"
    assert hub.client(venue="granville").ask(GOOD_TEXT)["type"] == "ack"
    assert hub.run("token", "list").returncode == 0, "the other's control socket is still there"


def filled(hub, count=120):
    """A stopped hub with enough questions in its log that the file has pages to damage."""
    phone = hub.client(venue="granville")
    for number in range(count):
        phone.do("ask", wait=False, text=f"Question numéro {number} sur les certificats ?")
    phone.until(lambda: len(phone.answers) == count, 30, "all answers")
    assert all(answer["type"] == "ack" for answer in phone.answers.values())
    assert hub.stop() == 0
    return hub


def question_in_the_middle(base):
    """The sequence of an entry that asks a question; flags of duplicates come between those whenever they are found."""
    return base.execute("SELECT sequence FROM texts ORDER BY sequence LIMIT 1 OFFSET 50").fetchone()[0]


def refuses_damage(hub):
    verified = hub.run("verify")
    refused = refused_start(hub)
    assert (refused.status, refused.code) == (1, "log_damaged"), refused.said
    assert refused.last.endswith(".") and "backup" in refused.last
    assert verified.returncode == 1 and "log_damaged" in verified.stderr, verified


@pytest.mark.parametrize("where", ["time", "participant", "checksum", "status word"])
def test_row_41_a_byte_flipped_in_an_entry_is_found_before_the_hub_serves(free_hub, where):
    hub = filled(free_hub)
    path = hub.folder / "event.sqlite"
    raw = bytearray(path.read_bytes())
    base = sqlite3.connect(path)
    body, checksum = base.execute("SELECT body, checksum FROM entries WHERE sequence = ?",
                                  (question_in_the_middle(base),)).fetchone()
    base.close()
    raw = bytearray(path.read_bytes())
    needle, offset = {"time": (body, body.index(b'"time":') + 10), "participant": (body, body.index(b'"by":"') + 8),
                      "checksum": (checksum, 5), "status word": (body, body.index(b"questionAsked"))}[where]
    raw[raw.index(needle) + offset] ^= 1
    path.write_bytes(raw)
    refuses_damage(hub)


def test_row_41_a_changed_text_a_missing_entry_and_a_changed_entry_are_found(free_hub):
    hub = filled(free_hub)
    path = hub.folder / "event.sqlite"
    good = path.read_bytes()
    base = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    at = question_in_the_middle(base)
    base.close()
    for damage in (f"UPDATE texts SET text = 'Un autre texte que celui-là' WHERE sequence = {at}",
                   f"DELETE FROM entries WHERE sequence = {at}",
                   f"UPDATE entries SET body = (SELECT body FROM entries WHERE sequence = {at + 1}) WHERE sequence = {at}",
                   "UPDATE entries SET checksum = zeroblob(32) WHERE sequence = (SELECT max(sequence) FROM entries)",
                   "DELETE FROM entries WHERE sequence = 1",
                   "UPDATE entries SET sequence = sequence + 1000 WHERE sequence > 60"):
        path.write_bytes(good)
        base = sqlite3.connect(path)
        assert base.execute(damage).rowcount > 0, damage
        base.commit()
        base.execute("PRAGMA journal_mode=DELETE")
        base.close()
        refuses_damage(hub)
    path.write_bytes(good)
    hub.start()
    assert hub.health()["head"] > 120


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1, 3])
def test_a_log_cut_short_is_found_before_the_hub_serves(free_hub, kept):
    hub = filled(free_hub)
    path = hub.folder / "event.sqlite"
    os.truncate(path, int(path.stat().st_size * kept) // 4096 * 4096 if kept < 1 else 4096 * kept)
    refuses_damage(hub)


def test_a_log_that_is_no_database_is_refused_as_damaged(free_hub):
    hub = filled(free_hub, 1)
    path = hub.folder / "event.sqlite"
    path.write_bytes(b"\xff" * path.stat().st_size)
    refuses_damage(hub)


def test_a_log_of_which_nothing_is_left_is_not_begun_anew(free_hub):
    hub = filled(free_hub, 1)
    os.truncate(hub.folder / "event.sqlite", 0)
    said, status = serve_briefly(hub.command())
    assert status == 1 and "log_missing" in said


def test_a_log_that_is_gone_from_a_folder_with_tokens_is_not_begun_anew(free_hub):
    hub = filled(free_hub, 1)
    (hub.folder / "event.sqlite").unlink()
    said, status = serve_briefly(hub.command())
    assert status == 1 and "log_missing" in said


def test_a_missing_event_loop_plugin_is_said_so_with_the_package_to_install(tmp_path):
    plugin = "/usr/lib/x86_64-linux-gnu/libwebsockets-evlib_ev.so"
    if os.geteuid() != 0 or not os.path.exists(plugin):
        pytest.skip("hiding the plugin from one process takes root and the plugin's usual place")
    hub = Hub(tmp_path / "data")
    empty = tmp_path / "empty.so"
    empty.write_bytes(b"")
    hide = f'mount --bind "{empty}" {plugin} && exec "$@"'
    refused = refused_start(hub, wrapper=["unshare", "-m", "sh", "-c", hide, "sh"])
    assert (refused.status, refused.code) == (1, "event_loop_plugin_missing"), refused.said
    assert "libwebsockets-evlib-ev" in refused.last


def as_nobody(command):
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]


def test_a_data_folder_that_cannot_be_made_is_said_so(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    refused = refused_start(Hub(blocked / "data"))
    assert (refused.status, refused.code) == (1, "data_folder")
    assert "--data" in refused.last


def test_a_data_folder_that_cannot_be_written_is_said_so():
    if os.geteuid() != 0:
        pytest.skip("becoming somebody else takes root")
    hub = Hub("/proc/1/data")
    assert refused_start(hub).status == 1
    # /usr/share is there for everybody and can be written by nobody but root.
    hub = Hub("/usr/share")
    hub.log = None
    if subprocess.run(as_nobody(["test", "-x", str(BIN / "qarelay")])).returncode != 0:
        pytest.skip("the program lies where only root can run it")
    refused = refused_start(hub, wrapper=as_nobody([]))
    assert (refused.status, refused.code) in ((1, "log_failed"), (1, "data_folder"))
    assert "ermission denied" in refused.last


@pytest.mark.parametrize("url", ["nonsense", "ftp://host", "http://", "http://host/path", "javascript:alert(1)", "http://a b", "",
                                 "http://user@host", "//host"])
def test_a_public_url_that_is_none_is_refused_with_status_2(tmp_path, url):
    hub = Hub(tmp_path / "data", extra=["--public-url", url])
    refused = refused_start(hub)
    assert (refused.status, refused.code) == (2, "public_url")


@pytest.mark.parametrize("url", ["http://host:port", "http://host:99999", "http://:8080", "http://[::1", 'http://ho"st',
                                 "http://host<script>"])
def test_a_public_url_that_no_phone_could_open_is_refused_too(tmp_path, url):
    hub = Hub(tmp_path / "data", extra=["--public-url", url])
    said, status = serve_briefly(hub.command())
    assert status == 2 and "public_url" in said


def test_missing_web_pages_are_said_so(tmp_path):
    hub = Hub(tmp_path / "data", extra=["--web", str(tmp_path / "nowhere")])
    refused = refused_start(hub)
    assert (refused.status, refused.code) == (1, "pages_missing")
    web = tmp_path / "web"
    shutil.copytree(ROOT / "web", web)
    (web / "wall.html").unlink()
    hub.extra = ["--web", str(web)]
    assert refused_start(hub).code == "pages_missing"
    assert not hub.folder.exists()


def test_options_that_do_not_exist_or_are_missing_are_refused_with_a_usage_line(tmp_path):
    hub = Hub(tmp_path / "data")
    for command in (serve(hub, event=None), serve(hub, data=None), [*serve(hub), "--colour", "red"], [str(BIN / "qarelay"), "fly"]):
        refused = refused_start(hub, command=command)
        assert refused.status == 64 and "Usage:" in refused.said
