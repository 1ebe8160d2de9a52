"""What goes wrong around a venue's relay beside its line: clocks, codes, versions, disks, rehearsals, commands."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import threading
import time
import types

import pytest
from clocks import clock  # noqa: F401 (a fixture)
from conftest import Hub, wait_until
from relays import Relay, pair
from test_relay import at_hub, line, moderator, phone, texts
from test_storage import fill, mounted
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

ROADS = "Qui entretient les chemins de randonnée du canton ?"
POOL = "Quand la piscine rouvrira-t-elle ses portes au public ?"
BUSES = "Pourquoi les bus ne circulent-ils pas le dimanche ?"
# A relay that was refused asks again every 30 s.
PATIENT = 50


@pytest.fixture
def relay(free_hub, tmp_path):
    running = Relay(tmp_path / "relay", free_hub).start()
    yield running
    running.finish()


def shown(relay):
    """What `qarelay line show` says."""
    return relay.run("line", "show").stdout


def is_down(client):
    client.until(lambda: line(client) and not line(client)["up"], what="the line is down")


def is_up(client, seconds=PATIENT):
    client.until(lambda: line(client) and line(client)["up"], seconds, what="the line is up")


def refusals(client):
    found = [frame for frame in client.frames if frame["type"] == "refusals"]
    return found[-1]["refusals"] if found else []


def gives_up(relay):
    """Runs a relay that is expected to end by itself."""
    done = subprocess.run(relay.command(), capture_output=True, text=True, timeout=40)
    relay.line.close()
    return done


# --- Commands at a relay

@pytest.mark.parametrize("command", [("token", "new", "--role", "display"), ("token", "revoke", "moderator"),
                                     ("rehearsal", "start"), ("rehearsal", "end", "--yes")], ids=" ".join)
def test_what_all_venues_share_is_refused_at_a_relay_which_goes_on(relay, command):
    done = relay.run(*command)
    assert done.returncode == 1 and "not_the_hub" in done.stderr, done
    assert relay.process.poll() is None
    assert phone(relay).ask(ROADS)["type"] == "ack"


def test_the_line_is_shown_cut_joined_and_turned_over_by_command(free_hub, relay):
    local = moderator(relay, "moderator-cherbourg")
    assert "cherbourg  line up  0 waiting  0 refused" in shown(relay)
    assert "line held" in relay.run("line", "cut").stdout
    is_down(local)
    assert phone(relay).ask(ROADS)["type"] == "ack"
    assert "line held  1 waiting" in shown(relay)
    assert relay.run("line", "join").returncode == 0
    is_up(local)
    assert at_hub(free_hub, ROADS)["status"] == "pending"
    assert "line held" in relay.run("line", "toggle").stdout
    is_down(local)
    assert relay.run("line", "toggle").returncode == 0
    is_up(local)
    done = free_hub.run("line", "show")
    assert done.returncode == 1 and "not_a_relay" in done.stderr


def test_a_code_that_is_revoked_while_its_venue_is_cut_off_ends_no_other_relay(free_hub, relay, tmp_path):
    other = Relay(tmp_path / "granville", free_hub, "granville").start()
    try:
        other.kill()
        central = moderator(free_hub)

        def cut():
            return next(v for v in central.view["event"]["venues"] if v["id"] == "granville").get("cut")

        central.until(lambda: cut() is not None, 30, what="cut off")
        relay.line.black_hole()
        assert free_hub.run("token", "revoke", "relay-granville").returncode == 0
        central.until(lambda: cut() is None, 20, what="no relay, so no line that is cut")
        relay.line.heal()
        local = moderator(relay, "moderator-cherbourg")
        is_up(local)
        local.until(lambda: not any(v.get("cut") for v in local.view["event"]["venues"]), 20)
        time.sleep(3)
        assert relay.process.poll() is None and phone(relay).ask(ROADS)["type"] == "ack"
    finally:
        other.finish()


# --- The hub will not have the relay

def test_row_42_a_hub_whose_clock_jumps_two_hours_does_not_end_a_relay_with_a_room(tmp_path, clock):  # noqa: F811
    hub = Hub(tmp_path / "data", extra=["--no-rate-limits"]).start(clock.wrapper())
    relay = Relay(tmp_path / "relay", hub).start()
    try:
        local = moderator(relay, "moderator-cherbourg")
        is_up(local)
        clock.set("+2h")
        relay.line.cut()
        is_down(local)
        relay.line.heal()
        local.until(lambda: (line(local) or {}).get("trouble") == "clock_skew", 40, what="the cause")
        assert not line(local)["up"] and relay.health()["trouble"] == "clock_skew"
        assert re.search(r"clock_skew: .*timedatectl", shown(relay)), shown(relay)
        assert "line_refused" in relay.log.read_text()
        assert phone(relay).ask(ROADS)["type"] == "ack"
        # A relay that has no room yet says so and ends.
        new = gives_up(Relay(tmp_path / "new", hub, "granville"))
        assert new.returncode == 2 and "clock_skew" in new.stderr and re.search("1(19|20) minutes apart", new.stderr)
        clock.set("+0")
        is_up(local)
        assert at_hub(hub, ROADS)["status"] == "pending" and relay.process.poll() is None
        assert "trouble" not in relay.health()
    finally:
        relay.finish()
        hub.stop()


def test_row_10_a_hub_restored_from_before_the_pairing_is_waited_for_and_a_new_code_brings_all_back(free_hub, tmp_path):
    backup = tmp_path / "backup.sqlite"
    assert free_hub.run("backup", str(backup)).returncode == 0
    relay = Relay(tmp_path / "relay", free_hub).start()
    restored = Hub(tmp_path / "restored", extra=free_hub.extra)
    try:
        local = moderator(relay, "moderator-cherbourg")
        assert phone(relay).ask(ROADS)["type"] == "ack"
        at_hub(free_hub, ROADS)
        free_hub.kill()
        restored.port = free_hub.port
        assert Hub.run_alone("restore", "--data", str(restored.folder), str(backup)).returncode == 0
        restored.start()
        local.until(lambda: (line(local) or {}).get("trouble") == "pairing_code", 40, what="the cause")
        assert "qarelay token new --data HUBDATA --role relay --venue cherbourg" in shown(relay)
        assert phone(relay).ask(POOL)["type"] == "ack"
        relay.code_file.write_text(pair(restored, "cherbourg") + "\n")
        relay.stop()
        relay.start()
        central = restored.client(role="moderator", token=free_hub.token("moderator"), origin=None)
        central.until(lambda: {ROADS, POOL} <= texts(central), 40, what="what went through the relay")
    finally:
        relay.finish()
        restored.stop()


def test_two_relays_with_one_code_are_told_and_do_not_drive_each_other_out_without_end(free_hub, relay, tmp_path):
    local = moderator(relay, "moderator-cherbourg")
    is_up(local)
    twin = Relay(tmp_path / "twin", free_hub, code=relay.code).start()
    try:
        local.until(lambda: (line(local) or {}).get("trouble") == "pairing_in_use", 10, what="the cause")
        assert "Stop one of the two" in shown(relay)
        before = relay.line.calls + twin.line.calls
        time.sleep(8)
        assert relay.line.calls + twin.line.calls <= before + 1
        twin.stop()
        is_up(local)
        assert "trouble" not in line(local)
    finally:
        twin.finish()


def test_a_relay_that_is_killed_and_started_again_is_let_in_at_once(relay):
    relay.kill()
    relay.start()
    local = moderator(relay, "moderator-cherbourg")
    is_up(local, 10)


def test_a_code_of_another_venue_is_refused_and_the_right_name_works_in_the_same_folder(free_hub, tmp_path):
    wrong = Relay(tmp_path / "relay", free_hub, "agneaux", code=pair(free_hub, "cherbourg"))
    done = gives_up(wrong)
    assert done.returncode == 2 and "pairing_venue" in done.stderr and "“cherbourg”" in done.stderr, done.stderr
    right = Relay(tmp_path / "relay", free_hub, "cherbourg", code=wrong.code).start()
    right.finish()


def test_a_wrong_code_names_the_whole_command(free_hub, tmp_path):
    done = gives_up(Relay(tmp_path / "wrong", free_hub, code="A" * 32))
    assert "qarelay token new --data HUBDATA --role relay --venue cherbourg" in done.stderr


@contextlib.contextmanager
def foreign_hub(*frames, code=None):
    """A hub of another version: it says what it is told to say, and closes if it is to."""
    def talk(connection):
        connection.recv()
        for frame in frames:
            connection.send(json.dumps(frame))
        if code:
            connection.close(code)
        else:
            with contextlib.suppress(ConnectionClosed):
                while True:
                    connection.recv()

    with serve(talk, "127.0.0.1", 0, subprotocols=["qarelay.v1"]) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield types.SimpleNamespace(host="127.0.0.1", port=server.socket.getsockname()[1])


def test_a_hub_of_another_protocol_is_said_to_be_so(tmp_path):
    with foreign_hub({"type": "rejection", "code": "version", "retry": "never"}, code=4505) as hub:
        done = gives_up(Relay(tmp_path / "relay", hub, code="A" * 32))
    assert done.returncode == 2 and "version: The hub speaks another version" in done.stderr, done.stderr


@pytest.mark.parametrize("version, differs", [("99.0.1", True), ("same", False)])
def test_a_program_of_another_version_is_said_to_be_so_and_the_line_holds(tmp_path, version, differs):
    own = Hub.run_alone("--version").stdout.strip()
    # The third number never changes what is said.
    version = own.rsplit(".", 1)[0] + ".98" if version == "same" else version
    welcome = {"type": "welcome", "epoch": "A" * 22, "head": 0, "role": "relay", "venue": "cherbourg", "by": "AAAAAAAA",
               "resumed": False, "time": int(time.time() * 1000), "software": version,
               "keys": {"issuer": "AAAAAAAA", "device": "00" * 32, "participant": "00" * 32}}
    with foreign_hub(welcome) as hub:
        relay = Relay(tmp_path / "relay", hub, code="A" * 32)
        with open(relay.log, "ab") as log:
            relay.process = subprocess.Popen(relay.command(), stdout=log, stderr=log)
        try:
            wait_until(lambda: "line_up" in relay.log.read_text(), 20, "the line: " + relay.log.read_text())
            assert ("version_differs" in relay.log.read_text()) == differs
            assert ("version_differs: The hub is version 99.0.1" in shown(relay)) == differs
        finally:
            relay.finish()


# --- What a relay says of itself

def test_links_that_phones_cannot_open_are_said_to_be_so(free_hub, tmp_path):
    relay = Relay(tmp_path / "relay", free_hub, extra=["--listen", "0.0.0.0"]).start()
    try:
        assert "public_url_missing" in relay.log.read_text() and "--public-url http://" in relay.log.read_text()
    finally:
        relay.finish()


def test_a_relay_is_ready_once_however_often_its_line_comes_back(free_hub, relay):
    local = moderator(relay, "moderator-cherbourg")
    for _ in range(2):
        relay.line.cut()
        is_down(local)
        relay.line.heal()
        is_up(local)
    assert relay.log.read_text().count("is ready:") == 1
    assert relay.log.read_text().count("line_up") == 3


def test_since_when_the_line_is_cut_is_known_after_a_restart(relay):
    local = moderator(relay, "moderator-cherbourg")
    relay.line.cut()
    is_down(local)
    since = line(local)["since"]
    relay.stop()
    time.sleep(1.5)
    relay.start()
    again = moderator(relay, "moderator-cherbourg")
    again.until(lambda: line(again))
    assert line(again)["since"] == since and not line(again)["up"]


# --- A rehearsal

def test_what_a_cut_room_does_in_a_rehearsal_does_not_come_into_the_day(free_hub, relay):
    assert free_hub.run("rehearsal", "start").returncode == 0
    asker, local = phone(relay), moderator(relay, "moderator-cherbourg")
    local.until(lambda: local.view["event"]["phase"] == "rehearsal", what="the rehearsal")
    relay.line.cut()
    is_down(local)
    assert asker.ask(ROADS)["type"] == "ack"
    local.until(lambda: local.cards("pending"))
    assert local.do("approve", question=local.cards("pending")[0]["id"])["type"] == "ack"
    relay.stop()
    relay.start()
    assert free_hub.run("rehearsal", "end", "--yes").returncode == 0
    again = moderator(relay, "moderator-cherbourg")
    relay.line.heal()
    again.until(lambda: refusals(again), 40, what="the refusal")
    assert [(item["code"], item["count"]) for item in refusals(again)] == [("rehearsal_over", 2)]
    assert not again.cards()
    asker = phone(relay)
    assert asker.ask(POOL)["type"] == "ack"
    card = at_hub(free_hub, POOL)
    assert card["number"] == 1
    central = moderator(free_hub)
    central.until(lambda: texts(central) == {POOL}, what="the question of the day alone")


# --- Disks

@pytest.mark.skipif(os.geteuid() != 0, reason="mounting takes root")
def test_a_hub_whose_disk_is_full_is_not_called_without_end(tmp_path):
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=4m", "none") as folder:
        hub = Hub(folder / "data", extra=["--no-rate-limits"]).start()
        relay = Relay(tmp_path / "relay", hub).start()
        try:
            local = moderator(relay, "moderator-cherbourg")
            ballast = fill(folder)
            asker = phone(relay)
            for number in range(40):
                assert asker.ask(f"Combien de guichets ouvrent dans le canton numéro {number} ?")["type"] == "ack"
            is_down(local)
            before = relay.line.calls
            time.sleep(15)
            assert relay.line.calls - before <= 12
            ballast.unlink()
            local.until(lambda: line(local)["up"] and line(local)["waiting"] == 0, 90, what="all of it at the hub")
        finally:
            with contextlib.suppress(OSError):
                (folder / "ballast").unlink()
            relay.finish()
            hub.stop()


def test_row_41_a_relay_whose_copy_has_a_flipped_bit_fetches_it_anew_and_keeps_what_its_room_asked(free_hub, relay):
    asker, local = phone(relay), moderator(relay, "moderator-cherbourg")
    asker.ask(ROADS)
    at_hub(free_hub, ROADS)
    relay.line.cut()
    is_down(local)
    assert asker.ask(POOL)["type"] == "ack"
    relay.stop()
    with sqlite3.connect(relay.folder / "relay.sqlite") as database:
        body = bytearray(database.execute("SELECT body FROM entries WHERE sequence = 3").fetchone()[0])
        body[len(body) // 2] ^= 1
        database.execute("UPDATE entries SET body = ? WHERE sequence = 3", (bytes(body),))
    database.close()
    relay.line.heal()
    relay.start()
    assert "relay_copy_damaged" in relay.log.read_text()
    assert at_hub(free_hub, POOL)["status"] == "pending"
    again = moderator(relay, "moderator-cherbourg")
    again.until(lambda: {ROADS, POOL} <= texts(again) and not any(c.get("unconfirmed") for c in again.cards()), 20)


def test_row_41_a_relay_that_cannot_read_what_its_room_asked_says_so(free_hub, relay):
    relay.line.cut()
    assert phone(relay).ask(ROADS)["type"] == "ack"
    relay.stop()
    with sqlite3.connect(relay.folder / "relay.sqlite") as database:
        database.execute("UPDATE outbox SET body = CAST('{' AS BLOB)")
    database.close()
    done = gives_up(relay)
    assert done.returncode == 1 and "outbox_damaged" in done.stderr and "another --data folder" in done.stderr, done


# --- At the hub's side

def test_a_black_hole_is_noticed_at_the_hub_within_thirty_seconds(free_hub, relay):
    central = moderator(free_hub)
    relay.line.black_hole()
    central.until(lambda: next(v for v in central.view["event"]["venues"] if v["id"] == "cherbourg").get("cut"), 30,
                  what="cut off")
