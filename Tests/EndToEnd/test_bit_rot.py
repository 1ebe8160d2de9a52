"""One bit that flips, anywhere in a log or a backup: it is noticed, or it was in no byte that says anything."""

import random
import shutil
import sqlite3

import pytest
from conftest import Hub


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
    assert hub.run("backup", str(folder / "backup.sqlite")).returncode == 0
    hub.stop()
    return hub, folder / "backup.sqlite", said(Hub.run_alone("verify", "--data", str(hub.folder)))


def said(done):
    return {line.split(None, 1)[0]: line.split(None, 1)[1] for line in done.stdout.splitlines() if " " in line}


def flipped(path, seed, copy):
    """A copy with one bit turned over at a random place."""
    data = bytearray(path.read_bytes())
    place = random.Random(seed).randrange(len(data) * 8)
    data[place // 8] ^= 1 << place % 8
    copy.write_bytes(data)


def test_row_41_a_bit_flipped_at_a_hundred_places_of_the_log_is_noticed_or_changes_nothing(kept, tmp_path, record_property):
    hub, _, truth = kept
    noticed = 0
    for seed in range(100):
        folder = tmp_path / "data"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(hub.folder, folder)
        flipped(hub.folder / "event.sqlite", seed, folder / "event.sqlite")
        done = Hub.run_alone("verify", "--data", str(folder))
        if done.returncode != 0:
            noticed += 1
            assert done.stderr.startswith("qarelay: "), done.stderr
        else:
            # In a byte that no entry and no text lies in.
            assert said(done) == truth, f"seed {seed}"
    record_property("figure", f"{noticed} of 100 noticed, the others in bytes that say nothing; 0 served")
    assert noticed >= 60


def test_row_41_a_bit_flipped_at_a_hundred_places_of_a_backup_is_noticed_or_changes_nothing(kept, tmp_path, record_property):
    _, backup, _ = kept
    truth = said(Hub.run_alone("verify", "--backup", str(backup)))
    noticed = 0
    for seed in range(100, 200):
        flipped(backup, seed, tmp_path / "bent.sqlite")
        done = Hub.run_alone("verify", "--backup", str(tmp_path / "bent.sqlite"))
        if done.returncode != 0:
            noticed += 1
            assert done.stderr.startswith("qarelay: "), done.stderr
        else:
            assert said(done) == truth, f"seed {seed}"
    record_property("figure", f"{noticed} of 100 noticed, the others in bytes that say nothing")
    assert noticed >= 60


def test_row_41_a_damaged_log_is_not_served(kept, tmp_path):
    hub, _, _ = kept
    folder = tmp_path / "data"
    shutil.copytree(hub.folder, folder)
    base = sqlite3.connect(folder / "event.sqlite")
    base.execute("UPDATE texts SET text = replace(text, 'guichets', 'tunnels')")
    base.commit()
    base.close()
    import subprocess
    from conftest import BIN, EVENT, free_port
    done = subprocess.run([str(BIN / "qarelay"), "serve", "--event", str(EVENT), "--data", str(folder), "--port", str(free_port())],
                          capture_output=True, text=True, timeout=20)
    assert done.returncode != 0 and "log_damaged" in done.stderr
