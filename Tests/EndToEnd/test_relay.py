"""A venue with its own relay: what its room sees while the line is up, while it is cut, and when it is back."""

import asyncio
import json
import os
import re
import signal
import ssl
import subprocess
import time
import urllib.request

import pytest
from conftest import Hub, wait_until
from relays import Relay, pair
from test_limits import crowd_at, run
from websockets.sync.client import connect


class SecureHub(Hub):
    """A hub that speaks TLS with a certificate of its own making."""

    def health(self):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with urllib.request.urlopen(f"https://127.0.0.1:{self.port}/health", timeout=2, context=context) as answer:
            return json.load(answer)


@pytest.fixture
def relay(free_hub, tmp_path):
    running = Relay(tmp_path / "relay", free_hub).start()
    yield running
    running.finish()


def moderator(server, label="moderator"):
    token = (server.main if isinstance(server, Relay) else server).token(label)
    client = server.client(role="moderator", token=token, origin=None)
    return client.until(lambda: client.position > 0)


def phone(server, venue="cherbourg", **hello):
    client = server.client(venue=venue, **hello)
    return client.until(lambda: client.position > 0)


def texts(client):
    return {card["text"] for card in client.view["cards"].values()}


def line(client):
    found = [frame for frame in client.frames if frame["type"] == "line"]
    return found[-1] if found else None


def at_hub(hub, text):
    """The card of a question as the hub has it."""
    client = moderator(hub)
    try:
        client.until(lambda: text in texts(client), what=text)
        return next(card for card in client.cards() if card["text"] == text)
    finally:
        client.close()


def test_a_question_asked_at_the_relay_reaches_the_hub_and_comes_back_confirmed(free_hub, relay):
    asker = phone(relay)
    local = moderator(relay, "moderator-cherbourg")
    asker.ask("Quand le certificat sera-t-il accepté partout ?")
    card = at_hub(free_hub, "Quand le certificat sera-t-il accepté partout ?")
    assert card["venue"] == "cherbourg" and card["status"] == "pending"
    local.until(lambda: any(not c.get("unconfirmed") for c in local.cards()), what="a confirmed card")
    assert [c["number"] for c in local.cards()] == [card["number"]]


def test_while_the_line_is_cut_the_room_goes_on_and_afterwards_everything_is_there_once(free_hub, relay):
    asker, local = phone(relay), moderator(relay, "moderator-cherbourg")
    other = phone(relay)
    relay.line.cut()
    local.until(lambda: line(local) and not line(local)["up"], what="the line is down")
    question = asker.ask("Que devient la mairie annexe après les travaux ?")
    assert question["type"] == "ack"
    local.until(lambda: local.cards("pending"))
    card = local.cards("pending")[0]
    assert card["unconfirmed"]
    assert local.do("approve", question=card["id"])["type"] == "ack"
    other.until(lambda: other.cards("approved"), what="the approved question")
    other.send({"type": "vote", "question": card["id"], "on": True, "counter": 1})
    local.until(lambda: local.cards("approved") and local.cards("approved")[0]["votes"] == 1, what="the vote")
    local.do("takeLive", question=card["id"], replacing=None)
    asker.until(lambda: asker.view["live"]["id"] == card["id"], what="the live question")
    at = moderator(free_hub)
    assert not at.cards()
    relay.line.heal()
    at.until(lambda: at.cards("live") and at.cards("live")[0]["votes"] == 1, 40, what="all of it at the hub")
    assert at.cards("live")[0]["id"] == card["id"]
    local.until(lambda: line(local)["up"] and local.cards("live") and "unconfirmed" not in local.cards("live")[0],
                40, what="confirmed")


def test_an_action_of_the_room_can_be_undone_while_the_line_is_cut(free_hub, relay):
    asker, local = phone(relay), moderator(relay, "moderator-cherbourg")
    relay.line.cut()
    local.until(lambda: line(local) and not line(local)["up"])
    asker.ask("Pourquoi la bibliothèque ferme-t-elle le lundi ?")
    local.until(lambda: local.cards("pending"))
    done = local.do("approve", question=local.cards("pending")[0]["id"])
    local.until(lambda: local.cards("approved"))
    action = [a for a in local.view["actions"] if a["what"] == "approve"][-1]
    assert local.do("undo", sequence=action["sequence"])["type"] == "ack", done
    local.until(lambda: local.cards("pending"), what="pending again")
    relay.line.heal()
    at = moderator(free_hub)
    at.until(lambda: [a["what"] for a in at.view["actions"]] == ["approve", "undo"], 40, what="both actions at the hub")
    assert at.cards("pending")


def test_what_the_hub_refuses_is_shown_to_the_moderator_with_the_reason(free_hub, relay):
    asker, local = phone(relay), moderator(relay, "moderator-cherbourg")
    central = moderator(free_hub)
    asker.ask("Combien de bornes seront installées cette année ?")
    central.until(lambda: central.cards("pending"))
    local.until(lambda: local.cards("pending") and not local.cards("pending")[0].get("unconfirmed"))
    relay.line.cut()
    local.until(lambda: line(local) and not line(local)["up"])
    question = central.cards("pending")[0]["id"]
    central.do("dismiss", question=question, reason="off_topic")
    assert local.do("approve", question=question)["type"] == "ack"
    relay.line.heal()

    def refused():
        found = [frame for frame in local.frames if frame["type"] == "refusals"]
        return found and found[-1]["refusals"]

    local.until(refused, 40, what="the refusal")
    refusal = refused()[0]
    assert (refusal["what"], refusal["code"], refusal["question"]) == ("approve", "wrong_status", question)
    assert "bornes" in refusal["text"]
    local.until(lambda: local.cards("dismissed"), what="the hub's word")
    local.send({"type": "settle", "n": refusal["n"], "how": "drop"})
    local.until(lambda: not refused(), what="nothing left to deal with")


def test_a_relay_restarted_while_cut_serves_its_room_from_its_disk(free_hub, relay):
    asker = phone(relay)
    device = asker.welcome["device"]
    relay.line.cut()
    local = moderator(relay, "moderator-cherbourg")
    local.until(lambda: line(local) and not line(local)["up"])
    asker.ask("Le réseau sera-t-il étendu aux villages voisins ?")
    local.until(lambda: local.cards("pending"))
    relay.kill()
    relay.start()
    again = phone(relay, device=device)
    mine = [f for f in again.frames if f["type"] == "mine"] or [again.until(
        lambda: any(f["type"] == "mine" for f in again.frames)).frames[-1]]
    own = [f for f in again.frames if f["type"] == "mine"][0]["questions"]
    assert [q["text"] for q in own] == ["Le réseau sera-t-il étendu aux villages voisins ?"] and mine
    relay.line.heal()
    card = at_hub(free_hub, "Le réseau sera-t-il étendu aux villages voisins ?")
    assert card["status"] == "pending"


def test_a_device_is_the_same_person_at_the_relay_and_at_the_hub(free_hub, relay):
    asker = phone(relay)
    asker.ask("Où seront les nouveaux points d'accueil du public ?")
    at_hub(free_hub, "Où seront les nouveaux points d'accueil du public ?")
    moved = phone(free_hub, device=asker.welcome["device"])
    moved.until(lambda: any(f["type"] == "mine" and f["questions"] for f in moved.frames), what="own questions")
    assert asker.welcome["elsewhere"] == f"http://localhost:{free_hub.port}"


def test_a_wrong_pairing_code_is_said_in_words(free_hub, tmp_path):
    wrong = Relay(tmp_path / "wrong", free_hub, code="A" * 32)
    done = subprocess.run(wrong.command(), capture_output=True, text=True, timeout=30)
    wrong.line.close()
    assert done.returncode == 2 and "pairing_code" in done.stderr and "qarelay token new" in done.stderr


def test_a_black_hole_is_noticed_within_thirty_seconds(free_hub, relay):
    local = moderator(relay, "moderator-cherbourg")
    local.until(lambda: line(local) and line(local)["up"])
    relay.line.black_hole()
    local.until(lambda: not line(local)["up"], 30, what="the line is down")


def test_row_10_a_hub_restored_from_a_backup_gets_back_what_went_through_the_relay(free_hub, relay, tmp_path):
    asker, local = phone(relay), moderator(relay, "moderator-cherbourg")
    asker.ask("Qui entretient les chemins de randonnée du canton ?")
    at_hub(free_hub, "Qui entretient les chemins de randonnée du canton ?")
    backup = tmp_path / "backup.sqlite"
    done = free_hub.run("backup", str(backup))
    assert done.returncode == 0 and backup.stat().st_mode & 0o777 == 0o600, done
    asker.ask("Quand la piscine rouvrira-t-elle ses portes au public ?")
    at_hub(free_hub, "Quand la piscine rouvrira-t-elle ses portes au public ?")
    local.until(lambda: len(local.cards("pending")) == 2)
    local.do("approve", question=local.cards("pending")[1]["id"])
    asker.until(lambda: asker.cards("approved"))
    free_hub.kill()
    asker.ask("Pourquoi les bus ne circulent-ils pas le dimanche ?")
    restored = Hub(tmp_path / "restored", extra=free_hub.extra)
    restored.port = free_hub.port
    done = Hub.run_alone("restore", "--data", str(restored.folder), str(backup))
    assert done.returncode == 0, done
    restored.start()
    try:
        client = restored.client(role="moderator", token=free_hub.token("moderator"), origin=None)
        client.until(lambda: len(client.cards()) == 3, 40, what="all three questions")
        assert len(client.cards("approved")) == 1
        local.until(lambda: len(local.cards()) == 3 and not any(c.get("unconfirmed") for c in local.cards()), 40)
    finally:
        restored.stop()


def carried_with(folder, phones):
    """Bytes on the uplink for fifty votes of one phone, while so many others of the room listen."""
    folder.mkdir()
    hub = Hub(folder / "data", extra=["--no-rate-limits"]).start()
    relay = Relay(folder / "relay", hub).start()

    async def talk():
        async with crowd_at(relay, "cherbourg") as crowd:
            for _ in range(phones // 10):
                await asyncio.gather(*(crowd.join() for _ in range(10)))
            assert len(crowd.here) == phones
            return await asyncio.to_thread(vote)

    def vote():
        voter, judge, asked = phone(relay), moderator(hub), phone(relay).ask("Combien de lignes de bus desservent le canton ?")["id"]
        judge.until(lambda: asked in judge.view["cards"])
        assert judge.do("approve", question=asked)["type"] == "ack"
        voter.until(lambda: voter.view["cards"].get(asked, {}).get("status") == "approved")
        # Who is here has been told to the hub by then.
        time.sleep(2)
        before = relay.line.carried
        for counter in range(1, 51):
            voter.send({"type": "vote", "question": asked, "on": counter % 2 == 1, "counter": counter})
            voter.until(lambda: voter.answers.get((asked, counter), {}).get("type") == "ack")
        wait_until(lambda: relay.health()["waiting"] == 0 and relay.health()["head"] == hub.health()["head"], 20, "the hub to have all")
        return relay.line.carried - before
    try:
        return run(talk())
    finally:
        relay.finish()
        hub.stop()


def test_a_rooms_phones_cost_the_uplink_nothing_but_what_they_send(tmp_path, record_property):
    few, many = (carried_with(tmp_path / str(phones), phones) for phones in (10, 200))
    record_property("figure", f"50 votes: {few:,} bytes on the uplink with 10 phones in the room, {many:,} with 200")
    assert many <= 1.2 * few


def test_a_backup_is_not_written_over_a_file_and_not_restored_over_an_event(free_hub, tmp_path):
    there = tmp_path / "there"
    there.write_text("mine")
    done = free_hub.run("backup", str(there))
    assert done.returncode == 1 and "there already" in done.stderr and there.read_text() == "mine"
    good = tmp_path / "good"
    assert free_hub.run("backup", str(good)).returncode == 0
    done = Hub.run_alone("restore", "--data", str(free_hub.folder), str(good))
    assert done.returncode == 1 and "already" in done.stderr
    broken = bytearray(good.read_bytes())
    at = broken.find(b'"kind":"tokenAdded"')
    broken[at + 9] ^= 1
    (tmp_path / "broken").write_bytes(broken)
    done = Hub.run_alone("restore", "--data", str(tmp_path / "new"), str(tmp_path / "broken"))
    assert done.returncode == 1 and "log_damaged" in done.stderr
    assert not (tmp_path / "new" / "event.sqlite").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take a folder's rights away from a program")
def test_a_hub_that_may_write_nowhere_but_in_its_folder_is_backed_up_all_the_same(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    # As ProtectSystem=strict of the unit does it.
    script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
    hub = Hub(tmp_path / "data").start(wrapper=["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh", str(elsewhere)])
    try:
        phone(hub).ask("Où sont les sauvegardes ?")
        done = hub.run("backup", str(elsewhere / "noon"))
        assert done.returncode == 0 and str(elsewhere / "noon") in done.stdout, done
        assert (elsewhere / "noon").stat().st_mode & 0o777 == 0o600
        assert sorted(os.listdir(elsewhere)) == ["noon", "noon.sha256"]
        assert "as it was written" in Hub.run_alone("verify", "--backup", str(elsewhere / "noon")).stdout
        assert not list(hub.folder.glob("*.part*"))
        done = hub.run("backup", str(tmp_path / "nowhere" / "noon"))
        assert done.returncode == 1 and "log_failed" in done.stderr and not list(hub.folder.glob("*.part*"))
    finally:
        hub.stop()


def test_a_hub_started_while_its_relay_is_away_shows_the_venue_as_cut(free_hub, relay):
    relay.kill()
    free_hub.kill()
    free_hub.start()
    with urllib.request.urlopen(free_hub.url + "/ask") as page:
        policy = page.headers["Content-Security-Policy"]
    assert re.search(rf"connect-src [^;]*:{relay.port}[ ;]", policy), "its phones may go on at the relay when that is back"
    central = moderator(free_hub)
    central.until(lambda: next(v for v in central.view["event"]["venues"] if v["id"] == "cherbourg").get("cut") is not None, 60, what="cut off")


def test_moderators_of_hub_and_relay_see_each_other_and_what_the_other_is_at(free_hub, relay):
    phone(relay).ask("Qui voit qui ?")
    central, local = moderator(free_hub), moderator(relay, "moderator-cherbourg")
    for client in (central, local):
        client.until(lambda: "Qui voit qui ?" in texts(client), what="the question")
    card = next(card for card in central.cards() if card["text"] == "Qui voit qui ?")

    def people(client):
        """Who is there, and at which question."""
        frames = [frame for frame in client.frames if frame["type"] == "presence"]
        return {person["name"]: person.get("claims") for person in (frames[-1]["people"] if frames else ())}

    def told(client, name, question, seconds=20):
        client.until(lambda: name in people(client) and people(client)[name] == question, seconds, what=f"{name} at {question}")
    for client, other, name in ((central, local, "moderator"), (local, central, "moderator-cherbourg")):
        told(other, name, None)
        client.send({"type": "claim", "question": card["id"]})
        told(other, name, card["id"])
    relay.line.cut()
    central.until(lambda: "moderator-cherbourg" not in people(central), 40, what="nobody of a room that is cut off")
    local.until(lambda: "moderator" not in people(local), 40, what="nobody of the others")
    relay.line.heal()
    central.until(lambda: "moderator-cherbourg" in people(central), 60, what="the room's moderator again")
    local.until(lambda: "moderator" in people(local), 20, what="the others again")


def test_the_hub_shows_a_venue_as_cut_off_since_when_and_back(free_hub, relay):
    central = moderator(free_hub)

    def cut():
        return next(v for v in central.view["event"]["venues"] if v["id"] == "cherbourg").get("cut")

    assert cut() is None
    relay.line.cut()
    central.until(lambda: cut() is not None, 30, what="cut off")
    relay.line.heal()
    central.until(lambda: cut() is None, 40, what="back")


def test_by_tls_the_pairing_code_carries_the_fingerprint_and_another_certificate_is_not_believed(tmp_path):
    for name in ("one", "two"):
        made = Hub.run_alone("tls", "new", "--name", "127.0.0.1,localhost", "--out", str(tmp_path / name))
        assert made.returncode == 0, made.stderr

    def with_tls(name):
        return ["--tls-certificate", str(tmp_path / name / "cert.pem"), "--tls-key", str(tmp_path / name / "key.pem")]

    hub = SecureHub(tmp_path / "data", extra=["--no-rate-limits", *with_tls("one")]).start()
    relay = Relay(tmp_path / "relay", hub, scheme="https")
    try:
        token, fingerprint = relay.code.split(".")
        assert len(fingerprint) == 64
        relay.start()
        assert (relay.folder / "pairing-code").stat().st_mode & 0o777 == 0o600
        other = Relay(tmp_path / "other", hub, "agneaux", code=f"{token}.{'0' * 64}", scheme="https")
        done = subprocess.run(other.command(), capture_output=True, text=True, timeout=30)
        other.line.close()
        assert done.returncode == 2 and "hub_not_believed" in done.stderr and "fingerprint" in done.stderr
    finally:
        relay.finish()
        hub.stop()


class SecureRelay(Relay):
    """A relay that speaks TLS to its room."""

    def is_up(self):
        assert self.process.poll() is None, "the relay stopped: " + self.log.read_text()[-2000:]
        return "is ready" in self.log.read_text()


def test_a_relay_speaks_tls_to_its_room_and_reads_a_renewed_pair(free_hub, tmp_path):
    tls = tmp_path / "tls"
    for folder in (tls, tmp_path / "next"):
        made = Hub.run_alone("tls", "new", "--name", "127.0.0.1,localhost", "--out", str(folder))
        assert made.returncode == 0, made.stderr
    relay = SecureRelay(tmp_path / "relay", free_hub, extra=["--tls-certificate", str(tls / "cert.pem"), "--tls-key", str(tls / "key.pem")]).start()
    try:
        context = ssl.create_default_context(cafile=tls / "cert.pem")
        with urllib.request.urlopen(f"https://127.0.0.1:{relay.port}/ask?venue=cherbourg", timeout=5, context=context) as page:
            assert page.status == 200
        address = f"https://127.0.0.1:{relay.port}"
        with connect(f"wss://127.0.0.1:{relay.port}/ws", ssl=context, subprotocols=["qarelay.v1"], origin=address, compression=None) as line:
            line.send(json.dumps({"type": "hello", "version": 1, "role": "audience", "venue": "cherbourg"}))
            assert json.loads(line.recv(5))["type"] == "welcome"
            shown = ssl.get_server_certificate(("127.0.0.1", relay.port))
            for name in ("cert.pem", "key.pem"):
                (tmp_path / "next" / name).replace(tls / name)
            relay.process.send_signal(signal.SIGHUP)
            wait_until(lambda: "code=tls_reloaded" in relay.log.read_text(), what="tls_reloaded")
            assert ssl.get_server_certificate(("127.0.0.1", relay.port)) != shown
            line.send(json.dumps({"type": "beat"}))
            while json.loads(line.recv(5))["type"] != "beat":
                pass
    finally:
        relay.finish()


@pytest.mark.parametrize("option, is_good", [("--fingerprint", True), ("--fingerprint", False), ("--ca", True), ("--ca", False)])
def test_a_relay_believes_the_hub_that_it_was_told_to(tmp_path, option, is_good):
    for name in ("one", "two"):
        made = Hub.run_alone("tls", "new", "--name", "127.0.0.1,localhost", "--out", str(tmp_path / name))
        assert made.returncode == 0, made.stderr
    one = tmp_path / "one"
    hub = SecureHub(tmp_path / "data", extra=["--no-rate-limits", "--tls-certificate", str(one / "cert.pem"), "--tls-key", str(one / "key.pem")]).start()
    token, fingerprint = pair(hub, "cherbourg").split(".")
    told = fingerprint if is_good else "0" * 64
    if option == "--ca":
        told = str((one if is_good else tmp_path / "two") / "cert.pem")
    relay = Relay(tmp_path / "relay", hub, code=token, extra=[option, told], scheme="https")
    try:
        if is_good:
            relay.start()
        else:
            done = subprocess.run(relay.command(), capture_output=True, text=True, timeout=30)
            assert done.returncode == 2 and "hub_not_believed" in done.stderr
    finally:
        relay.finish()
        hub.stop()
