"""Words that are erased and events that are purged: not a byte of them is left where the program kept them."""

import contextlib
import os
import shutil
import subprocess

import pytest
from clocks import clock  # noqa: F401 (a fixture)
from conftest import BIN, Hub, new_id, verification, wait_until
from relays import Relay

SECRET = "Pourquoi Hippolyte Zénobie ne paie-t-il rien ?"
NAME = "Cunégonde Vauquelin"
CANARY = "Zénobie"


def under(folder):
    """Every file below a folder, hidden ones too."""
    return [os.path.join(base, name) for base, _, names in os.walk(folder) for name in names]


def holding(folder, *words):
    """The files below a folder with one of the words in them, as bytes."""
    found = set()
    for path in under(folder):
        if not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            data = file.read()
        found |= {os.path.relpath(path, folder) for word in words if word.encode() in data}
    return sorted(found)


def asked(hub, venue="granville"):
    """A question with a name, edited, with a note and a message about it; among others."""
    phone = hub.client(venue=venue)
    phone.until(lambda: "event" in phone.view)
    answer = phone.ask(SECRET, name=NAME)
    assert answer["type"] == "ack", answer
    for number in range(12):
        phone.ask(f"Question numéro {number} sur le prix des certificats électroniques ?")
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.until(lambda: answer["id"] in moderator.view["cards"])
    moderator.do("approve", question=answer["id"])
    moderator.do("edit", question=answer["id"], text="Pourquoi Zénobie ne paie-t-elle rien ?")
    moderator.do("note", question=answer["id"], text="Zénobie habite en face")
    moderator.do("say", text="Zénobie, encore", about=answer["id"])
    phone.until(lambda: answer["id"] in phone.view["cards"])
    return phone, moderator, answer["id"]


# --- erase

def test_row_40_an_erased_text_is_gone_for_every_reader_and_from_every_byte_while_the_hub_runs(free_hub, record_property):
    phone, moderator, question = asked(free_hub)
    before = verification(free_hub)
    assert holding(free_hub.folder, CANARY)
    done = free_hub.run("erase", "--question", "1")
    assert done.returncode == 0, done.stderr
    assert "erased" in done.stdout and CANARY not in done.stdout and "Backups" in done.stdout
    assert holding(free_hub.folder, CANARY) == []
    for client in (phone, moderator):
        client.until(lambda: client.view["cards"][question].get("erased"))
        card = client.view["cards"][question]
        assert card["text"] == "" and "original" not in card and "notes" not in card
    assert all(CANARY not in message["text"] for message in moderator.view["channel"])
    phone.until(lambda: any(own.get("erased") for frame in phone.frames if frame["type"] == "mine"
                            for own in frame["questions"]), what="the asker is told")
    late = free_hub.client(role="moderator", token=free_hub.token("moderator"))
    late.until(lambda: question in late.view["cards"])
    assert late.view["cards"][question]["text"] == "" and late.view["cards"][question]["name"] == NAME
    after = verification(free_hub)
    assert int(after["head"]) > int(before["head"]) and after["epoch"] == before["epoch"]
    assert (after["sound"], after["erased"], before["erased"]) == ("yes", "5", "0")
    assert free_hub.run("erase", "--question", question, "--what", "name").returncode == 0
    assert holding(free_hub.folder, CANARY, NAME) == []
    free_hub.stop()
    free_hub.start()
    again = free_hub.client(role="moderator", token=free_hub.token("moderator"))
    again.until(lambda: question in again.view["cards"])
    assert again.view["cards"][question]["text"] == "" and "name" not in again.view["cards"][question]
    assert holding(free_hub.folder, CANARY, NAME) == []
    record_property("figure", f"an erasure: 0 of {len(under(free_hub.folder))} files hold the words")


def test_a_text_is_erased_while_the_hub_is_stopped_and_after_it_was_killed(free_hub):
    _, _, question = asked(free_hub)
    free_hub.kill()
    assert holding(free_hub.folder, CANARY)
    done = free_hub.run("erase", "--question", question)
    assert done.returncode == 0, done.stderr
    assert holding(free_hub.folder, CANARY) == []
    assert verification(free_hub)["erased"] == "5"
    free_hub.start()


def test_an_organiser_erases_by_the_protocol_and_nobody_else_may(free_hub):
    phone, moderator, question = asked(free_hub)
    refused = moderator.do("erase", question=question, what="text")
    assert (refused["type"], refused["code"]) == ("rejection", "not_allowed")
    organiser = free_hub.client(role="organiser", token=free_hub.token("organiser"))
    strange = organiser.do("erase", question=question, what="everything")
    assert (strange["code"], strange["field"]) == ("bad_value", "what")
    assert organiser.do("erase", question=question, what="text")["type"] == "ack"
    assert holding(free_hub.folder, CANARY) == [], "an ack says that it is done"
    phone.until(lambda: phone.view["cards"][question].get("erased"))
    refused = moderator.do("edit", question=question, text="Pourquoi Zénobie ne paie-t-elle pas ?")
    assert refused["code"] == "wrong_status"


def test_row_40_relays_drop_what_the_hub_erased_from_copy_and_outbox_also_when_they_hear_of_it_later(free_hub, tmp_path):
    relay = Relay(tmp_path / "relay", free_hub).start()
    try:
        phone = relay.client(venue="cherbourg")
        phone.until(lambda: "event" in phone.view)
        answer = phone.ask(SECRET, name=NAME)
        moderator = free_hub.client(role="moderator", token=free_hub.token("moderator"))
        moderator.until(lambda: answer["id"] in moderator.view["cards"])
        moderator.do("approve", question=answer["id"])
        phone.until(lambda: answer["id"] in phone.view["cards"])
        assert holding(relay.folder, CANARY)
        refused = relay.run("erase", "--question", "1")
        assert refused.returncode == 1 and "not_the_hub" in refused.stderr
        relay.line.cut()
        assert free_hub.run("erase", "--question", "1").returncode == 0
        assert free_hub.run("erase", "--question", "1", "--what", "name").returncode == 0
        assert holding(free_hub.folder, CANARY, NAME) == []
        assert holding(relay.folder, CANARY)
        relay.line.heal()
        phone.until(lambda: phone.view["cards"][answer["id"]].get("erased"), 40, what="the relay's word of it")
        wait_until(lambda: holding(relay.folder, CANARY, NAME) == [], 10, "the end of it on the relay's disk")
        relay.kill()
        relay.start()
        late = relay.client(venue="cherbourg", device=phone.welcome["device"])
        late.until(lambda: answer["id"] in late.view["cards"])
        assert late.view["cards"][answer["id"]]["text"] == ""
        assert holding(relay.folder, CANARY, NAME) == []
    finally:
        relay.finish()


def test_a_backup_keeps_an_erased_text_until_it_is_erased_from_it_too(free_hub, tmp_path):
    asked(free_hub)
    for name in ("backups", "exports"):
        (free_hub.folder / name).mkdir()
    (free_hub.folder / "exports" / "noon.csv").write_text("question\n")
    backup = free_hub.folder / "backups" / "before.sqlite"
    assert free_hub.run("backup", str(backup)).returncode == 0
    done = free_hub.run("erase", "--question", "1")
    assert done.returncode == 0 and "before.sqlite" in done.stdout and "exports/noon.csv" in done.stdout
    assert holding(free_hub.folder, CANARY) == ["backups/before.sqlite"]
    done = Hub.run_alone("erase", "--backup", str(backup), "--question", "1")
    assert done.returncode == 0, done.stderr
    assert holding(free_hub.folder, CANARY) == []
    assert sorted(os.listdir(free_hub.folder / "backups")) == ["before.sqlite", "before.sqlite.sha256"], "one file and its checksum"
    done = Hub.run_alone("verify", "--backup", str(backup))
    assert done.returncode == 0 and "erased     5" in done.stdout and "as it was written" in done.stdout
    done = Hub.run_alone("restore", "--data", str(tmp_path / "new"), str(backup))
    assert done.returncode == 0, done.stderr


def test_a_question_whose_id_begins_with_a_dash_is_erased_by_its_id(free_hub):
    """One in 64 does; on a command line it looks like an option."""
    asked = free_hub.client(venue="granville").ask(SECRET, id="-" + new_id()[1:])
    assert asked["type"] == "ack"
    done = free_hub.run("erase", "--question", asked["id"])
    assert done.returncode == 0, done.stderr
    assert holding(free_hub.folder, CANARY) == []


@pytest.mark.parametrize("arguments, code", [
    (["--question", "99"], "unknown_question"), (["--question", "x\u001b[2J\ny"], "unknown_question"),
    (["--question", "1", "--what", "all"], "cannot be erased"),
])
def test_erasing_what_is_not_there_says_what_to_name(free_hub, arguments, code):
    done = free_hub.run("erase", *arguments)
    assert done.returncode != 0 and code in done.stderr and "\u001b" not in done.stderr


# --- purge

def write_event(path, retention=30, **more):
    lines = [f"id: journee\ntitle: Une journée\nlanguages: [fr, en]\nretention_days: {retention}"]
    lines += [f"{key}: {value}" for key, value in more.items()]
    lines.append("venues:\n  - {id: granville, name: Granville, place: Mairie}\n  - {id: cherbourg, name: Cherbourg, place: Pôle}")
    lines.append("talks:\n  - {id: certificat, title: Le certificat, speaker: Paul Hamel}")
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def event(tmp_path):
    return write_event(tmp_path / "event.yaml")


@pytest.fixture
def filled(tmp_path, event):
    """A hub of a small event with things said in it; tokens, links, a backup and an export too."""
    hub = Hub(tmp_path / "data", event=event, extra=["--no-rate-limits"]).start()
    phone, moderator, _ = asked(hub)
    for folder in ("backups", "exports"):
        (hub.folder / folder).mkdir()
    assert hub.run("backup", str(hub.folder / "backups" / "noon.sqlite")).returncode == 0
    assert hub.run("export", "--format", "csv", "--out", str(hub.folder / "exports" / "questions.csv")).returncode == 0
    yield hub
    hub.stop()


def traces(hub):
    """What must not be found any more: words, names, tokens, and the hashes by which the log knows them."""
    words = [CANARY, NAME, "prix des certificats", "journee/"]
    words += [path.read_text().strip() for path in (hub.folder / "tokens").iterdir()]
    words += [line.split()[0] for line in hub.run("token", "list").stdout.splitlines()]
    return words


def test_row_40_after_a_purge_no_canary_is_left_in_any_byte_of_the_folder(filled, tmp_path, record_property):
    words = traces(filled)
    elsewhere = tmp_path / "elsewhere.sqlite"
    assert filled.run("backup", str(elsewhere)).returncode == 0
    filled.kill()
    (filled.folder / "notes.txt").write_text("nothing of the program's")
    held = len(holding(filled.folder, *words))
    assert held > 5
    done = filled.run("purge", "--event", "journee", "--confirm", "journee", "--early", "--also", str(elsewhere))
    assert done.returncode == 0, done.stderr
    assert holding(filled.folder, *words) == [] and not list(tmp_path.glob("elsewhere*"))
    record_property("figure", f"a purge: {len(words)} words looked for, in {held} files before it, in none after")
    assert sorted(os.listdir(filled.folder)) == ["notes.txt", "purged.txt"]
    for name in ("event.sqlite", "links.txt", "tokens/speaker.token", "backups/noon.sqlite", "exports/questions.csv"):
        assert f"removed  {name}" in done.stdout
    assert "left     notes.txt" in done.stdout
    assert "purged on" in (filled.folder / "purged.txt").read_text()
    # Nothing begins anew where people believe it gone.
    again = subprocess.run(filled.command(), capture_output=True, text=True, timeout=30)
    assert again.returncode == 2 and "event_purged" in again.stderr
    assert sorted(os.listdir(filled.folder)) == ["notes.txt", "purged.txt"]
    assert filled.run("purge", "--confirm", "journee").returncode == 0


def test_a_purge_wants_to_be_confirmed_and_refuses_what_goes_on(filled, tmp_path):
    running = filled.run("purge", "--confirm", "journee", "--early")
    assert running.returncode == 1 and "event_running" in running.stderr and "Stop it first" in running.stderr
    organiser = filled.client(role="organiser", token=filled.token("organiser"))
    filled.stop()
    early = filled.run("purge", "--confirm", "journee")
    assert early.returncode == 1 and "event_running" in early.stderr and "--early" in early.stderr
    filled.start()
    organiser = filled.client(role="organiser", token=filled.token("organiser"))
    assert organiser.do("closeEvent")["type"] == "ack"
    filled.stop()
    for wrong in ([], ["--confirm", "other"], ["--confirm", "journee", "--event", "other"],
                  ["--confirm", "journee", "--also", str(tmp_path / "typo.sqlite")]):
        done = filled.run("purge", *wrong, stdin=subprocess.DEVNULL)
        assert done.returncode == 2, (wrong, done)
        assert (filled.folder / "event.sqlite").exists() and not (filled.folder / "purged.txt").exists()
    assert verification(filled)["sound"] == "yes"
    done = filled.run("purge", "--confirm", "journee", "--keep-exports")
    assert done.returncode == 0, done.stderr
    assert sorted(os.listdir(filled.folder)) == ["exports", "purged.txt"]


def test_a_backup_of_another_event_is_not_purged_along(filled, tmp_path, event):
    other = Hub(tmp_path / "other", extra=["--no-rate-limits"]).start()
    backup = tmp_path / "other.sqlite"
    assert other.run("backup", str(backup)).returncode == 0
    other.stop()
    filled.stop()
    done = filled.run("purge", "--confirm", "journee", "--early", "--also", str(backup))
    assert done.returncode == 2 and "other_event" in done.stderr
    assert backup.exists() and (filled.folder / "event.sqlite").exists()


def test_a_purge_that_was_broken_off_is_finished_by_the_next(filled):
    words = traces(filled)
    filled.stop()
    (filled.folder / "purged.txt").write_text("The event “journee” was purged on 2026-01-01: 1 questions.\n")
    (filled.folder / "event.sqlite").write_bytes(b"\0" * 8192)
    done = filled.run("purge")
    assert done.returncode == 0, done.stderr
    assert os.listdir(filled.folder) == ["purged.txt"] and holding(filled.folder, *words) == []


def said(hub, code):
    return f"code={code}" in hub.log.read_text()


def test_row_40_a_hub_announces_the_purge_a_week_before_and_purges_by_itself_while_it_runs(filled, clock):
    words = traces(filled)
    filled.stop()
    filled.extra += ["--purge-check", "1", "--purge-uptime", "1"]
    clock.set("+20d")
    filled.start(clock.wrapper())
    assert "purge" not in filled.health() and not said(filled, "event_purge_announced")
    clock.set("+25d")
    wait_until(lambda: "purge" in filled.health(), 10, "the announcement")
    assert said(filled, "event_purge_announced")
    clock.set("+32d")
    assert filled.process.wait(20) == 0
    assert holding(filled.folder, *words) == [] and os.listdir(filled.folder) == ["purged.txt"]
    assert said(filled, "event_purged") and not any(word in filled.log.read_text() for word in (CANARY, NAME))


def test_a_hub_that_was_off_when_the_time_came_purges_once_it_has_run_for_a_while_unless_told_not_to(filled, clock):
    words = traces(filled)
    filled.stop()
    clock.set("+40d")
    filled.extra += ["--purge-uptime", "3", "--no-purge"]
    filled.start(clock.wrapper())
    assert "purge" not in filled.health()
    filled.stop()
    filled.extra.remove("--no-purge")
    filled.start(clock.wrapper())
    assert "purge" in filled.health() and said(filled, "event_purge_announced") and not said(filled, "event_purged")
    assert filled.process.wait(20) == 0 and said(filled, "event_purged")
    assert os.listdir(filled.folder) == ["purged.txt"] and holding(filled.folder, *words) == []


def test_row_42_a_machine_that_starts_in_a_wrong_year_purges_nothing(filled, clock):
    filled.stop()
    clock.set("+4000d")
    filled.extra += ["--purge-check", "1"]
    filled.start(clock.wrapper())
    wait_until(lambda: filled.log.read_text().count("code=event_purge_announced") >= 3, 10, "the announcement, again and again")
    assert filled.process.poll() is None and "purge" in filled.health()
    filled.stop()
    clock.set("+0d")
    filled.start(clock.wrapper())
    assert "purge" not in filled.health()
    assert (filled.folder / "event.sqlite").exists() and not (filled.folder / "purged.txt").exists()


def test_row_42_a_clock_that_jumps_ahead_while_people_are_at_it_purges_nothing(tmp_path, event, clock):
    hub = Hub(tmp_path / "data", event=event, extra=["--no-rate-limits", "--purge-check", "1"])
    hub.start(clock.wrapper())
    try:
        phone, _, question = asked(hub)
        clock.set("+400d")
        wait_until(lambda: said(hub, "event_purge_put_off"), 10, "the word that the clock is doubted")
        assert phone.ask("Et maintenant, que dit l’horloge de la mairie ?")["type"] == "ack"
        assert hub.health()["status"] == "ok"
    finally:
        hub.stop()
    assert (hub.folder / "event.sqlite").exists() and not (hub.folder / "purged.txt").exists()


def test_the_day_in_the_event_file_counts_when_it_is_later_than_what_was_done(tmp_path, clock):
    day = subprocess.run(["date", "-u", "-d", "+50 days", "+%F"], capture_output=True, text=True).stdout.strip()
    hub = Hub(tmp_path / "data", event=write_event(tmp_path / "event.yaml", retention=10, date=day), extra=["--no-rate-limits"])
    hub.start()
    asked(hub)
    hub.stop()
    hub.extra += ["--purge-uptime", "1"]
    for offset, is_due in (("+58d", False), ("+62d", True)):
        clock.set(offset)
        if is_due:
            done = subprocess.run([*clock.wrapper(), *hub.command()], capture_output=True, text=True, timeout=30)
            assert done.returncode == 0 and os.listdir(hub.folder) == ["purged.txt"]
        else:
            hub.start(clock.wrapper())
            assert "purge" in hub.health()
            hub.stop()


def test_row_40_a_relay_purges_its_folder_too_by_hand_and_by_itself(filled, tmp_path, clock):
    relay = Relay(tmp_path / "relay", filled)
    relay.start()
    try:
        phone = relay.client(venue="cherbourg")
        phone.until(lambda: "event" in phone.view)
        assert phone.ask("Pourquoi Zénobie parle-t-elle si fort ?")["type"] == "ack"
        wait_until(lambda: relay.health()["waiting"] == 0, 10, "the hub's word")
        relay.stop()
        words = [CANARY, NAME, relay.code]
        assert holding(relay.folder, *words)
        copy = tmp_path / "copy"
        shutil.copytree(relay.folder, copy, ignore=shutil.ignore_patterns("control"))
        done = subprocess.run([BIN / "qarelay", "purge", "--data", copy, "--confirm", "journee", "--early"],
                              capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        assert os.listdir(copy) == ["purged.txt"] and holding(copy, *words) == []
        # A relay whose clock is not its hub's stops for that; here it has no hub any more.
        filled.stop()
        clock.set("+40d")
        done = subprocess.run([*clock.wrapper(), *relay.command(), "--purge-uptime", "1"], capture_output=True, text=True, timeout=30)
        assert done.returncode == 0 and "code=event_purged" in done.stderr, done.stderr
        assert os.listdir(relay.folder) == ["purged.txt"]
    finally:
        with contextlib.suppress(Exception):
            relay.finish()
