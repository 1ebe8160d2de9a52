"""One bit that flips, anywhere in a log or a backup: it is noticed, or it was in no byte that says anything."""

import random
import shutil
import sqlite3
import subprocess

import pytest
from conftest import BIN, EVENT, Hub, free_port, wait_until


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A stopped hub's folder with some day in it, and a backup of it."""
    folder = tmp_path_factory.mktemp("rot")
    hub = Hub(folder / "data", extra=["--no-rate-limits"]).start()
    phones = [hub.client(venue=venue) for venue in ("granville", "agneaux", "cherbourg")]
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    for number in range(120):
        phone = phones[number % 3]
        asked = phone.ask(f"Combien de guichets ouvrent dans le canton numéro {number} ?", name=f"Personne {number}")
        moderator.do("approve", question=asked["id"])
        if number % 5 == 0:
            moderator.do("edit", question=asked["id"], text=f"Combien de guichets ouvrent au canton {number} ?")
    backup = folder / "backup.sqlite"
    while True:
        assert hub.run("backup", str(backup)).returncode == 0
        hub.stop()
        truth = said(Hub.run_alone("verify", "--data", str(hub.folder)))
        # What the engine finds of the last questions may come into the log behind a backup.
        if said(Hub.run_alone("verify", "--backup", str(backup)))["head"] == truth["head"]:
            return hub, backup, truth
        for part in (backup, backup.with_name("backup.sqlite.sha256")):
            part.unlink()
        hub.start()


def said(done):
    return {line.split(None, 1)[0]: line.split(None, 1)[1] for line in done.stdout.splitlines() if " " in line}


def flipped(path, seed, copy):
    """A copy with one bit turned over at a random place."""
    data = bytearray(path.read_bytes())
    place = random.Random(seed).randrange(len(data) * 8)
    data[place // 8] ^= 1 << place % 8
    copy.write_bytes(data)


def contents(path):
    """Every row of every table; None when the file cannot be read to its end, or is no sound file."""
    base = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    try:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return list(base.iterdump())
    except (sqlite3.DatabaseError, AssertionError, UnicodeDecodeError):
        return None
    finally:
        base.close()


def bent_log(hub, seed, folder):
    """The hub's folder with one bit of its log turned over."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(hub.folder, folder)
    flipped(hub.folder / "event.sqlite", seed, folder / "event.sqlite")


def test_row_41_a_bit_flipped_at_a_hundred_places_of_the_log_is_noticed_or_changes_nothing_that_is_read(kept, tmp_path, record_property):
    hub, _, truth = kept
    rows = contents(hub.folder / "event.sqlite")
    noticed = 0
    for seed in range(100):
        bent_log(hub, seed, tmp_path / "data")
        done = Hub.run_alone("verify", "--data", str(tmp_path / "data"))
        if done.returncode != 0:
            noticed += 1
            assert done.stderr.startswith("qarelay: "), done.stderr
        else:
            # In a part of a page that no row, no index and no list of free pages lies in: every row of the file is as it was.
            assert said(done) == truth and contents(tmp_path / "data" / "event.sqlite") == rows, f"seed {seed}"
    record_property("figure", f"log: {noticed} of 100 noticed, the others where no row lies; every row as it was")
    assert rows and noticed >= 60


def test_row_41_a_bit_flipped_at_any_of_a_hundred_places_of_a_backup_is_noticed(kept, tmp_path, record_property):
    _, backup, _ = kept
    bent = tmp_path / "bent.sqlite"
    (tmp_path / "bent.sqlite.sha256").write_text(backup.with_name("backup.sqlite.sha256").read_text())
    for seed in range(100, 200):
        flipped(backup, seed, bent)
        done = Hub.run_alone("verify", "--backup", str(bent))
        assert done.returncode != 0 and "log_damaged" in done.stderr, f"seed {seed}"
        if seed % 20 == 0:
            done = Hub.run_alone("restore", "--data", str(tmp_path / "new"), str(bent))
            assert done.returncode != 0 and "log_damaged" in done.stderr and not (tmp_path / "new" / "event.sqlite").exists()
    record_property("figure", "backup: 100 of 100 noticed")


def test_a_backup_is_as_it_was_written_by_the_word_of_sha256sum_too(kept, tmp_path):
    _, backup, truth = kept
    done = subprocess.run(["sha256sum", "--check", "--strict", f"{backup.name}.sha256"], cwd=backup.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert said(Hub.run_alone("verify", "--backup", str(backup))) == {**truth, "file": "as it was written"}
    shutil.copy(backup, tmp_path / "alone.sqlite")
    told = said(Hub.run_alone("verify", "--backup", str(tmp_path / "alone.sqlite")))
    assert told == {**truth, "file": f"no {tmp_path}/alone.sqlite.sha256 beside it"}


def test_row_41_a_hub_serves_of_a_log_with_a_flipped_bit_the_truth_or_nothing(kept, tmp_path, record_property):
    hub, _, _ = kept
    sound = Hub(hub.folder).start()
    try:
        truth = whole_view(sound)
    finally:
        sound.stop()
    started = 0
    for seed in range(200, 216):
        bent_log(hub, seed, tmp_path / "data")
        other = Hub(tmp_path / "data")
        process = subprocess.Popen(other.command(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            wait_until(lambda: process.poll() is not None or answers(other), 20, "a hub that serves, or that does not start")
            if process.poll() is None:
                started += 1
                assert whole_view(other) == truth, f"seed {seed}"
        finally:
            process.terminate()
            said_last = process.communicate(timeout=20)[1]
        assert process.returncode == 0 or "qarelay: log_" in said_last, said_last
    record_property("figure", f"of 16 hubs on flipped logs {16 - started} did not start, the others showed the truth")
    assert 0 < started < 16


def answers(hub):
    try:
        return hub.health()["status"] == "ok"
    except OSError:
        return False


def whole_view(hub):
    client = hub.client(role="moderator", token=hub.token("moderator"))
    client.until(lambda: "event" in client.view and client.position >= client.welcome["head"], 20, "a whole view")
    client.close()
    return client.view


def test_row_41_a_damaged_log_is_not_served(kept, tmp_path):
    hub, _, _ = kept
    folder = tmp_path / "data"
    shutil.copytree(hub.folder, folder)
    base = sqlite3.connect(folder / "event.sqlite")
    base.execute("UPDATE texts SET text = replace(text, 'guichets', 'tunnels')")
    base.commit()
    base.close()
    done = subprocess.run([str(BIN / "qarelay"), "serve", "--event", str(EVENT), "--data", str(folder), "--port", str(free_port())],
                          capture_output=True, text=True, timeout=20)
    assert done.returncode != 0 and "log_damaged" in done.stderr
