"""The disk is full, fails, or loses its power: nothing is acknowledged that is not there (root, for mounts and strace)."""

import contextlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import pytest
from conftest import Hub, LogFile, http, verification, wait_until
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="mounting and tracing take root")


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)


@contextlib.contextmanager
def mounted(target, *how):
    """A file system for one test; skips where none can be mounted."""
    target.mkdir(exist_ok=True)
    try:
        run("mount", *how, target)
    except (subprocess.CalledProcessError, FileNotFoundError) as reason:
        pytest.skip(f"nothing can be mounted here: {getattr(reason, 'stderr', reason)}")
    try:
        yield target
    finally:
        wait_until(lambda: subprocess.run(["umount", str(target)], capture_output=True).returncode == 0, 10, "the end of the mount")


def traced(tmp_path, *inject):
    """Wraps a hub so that some of its calls fail; stops with the hub."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    calls = ",".join(sorted({rule.split(":")[0] for rule in inject}))
    return ["strace", "-f", "-qq", "-o", str(tmp_path / "trace"), "-e", f"trace={calls}",
            *[part for rule in inject for part in ("-e", f"inject={rule}")]]


def program(hub):
    """The hub's own process under a tracer."""
    children = open(f"/proc/{hub.process.pid}/task/{hub.process.pid}/children").read().split()
    return int(children[0]) if children else hub.process.pid


@contextlib.contextmanager
def running(hub, wrapper=()):
    """A hub that is gone afterwards, its tracer too."""
    try:
        yield hub.start(wrapper)
    finally:
        if hub.process and hub.process.poll() is None:
            with contextlib.suppress(ProcessLookupError, FileNotFoundError):
                os.kill(program(hub), signal.SIGKILL)
            hub.process.kill()
            hub.process.wait(10)


def status(hub):
    answer = http(hub, "/health")
    return answer.status, answer.body.decode()


def ask(client, number):
    return client.ask(f"Question numéro {number} sur les certificats ?")


def ask_until(client, acked, condition, limit=20_000):
    """Asks until an answer meets the condition; returns that answer."""
    for number in range(limit):
        answer = ask(client, number)
        if answer["type"] == "ack":
            acked[answer["id"]] = answer["sequence"]
        if condition(answer):
            return answer
    raise AssertionError("it did not come to that")


def ids(log):
    return {entry["id"]: sequence for sequence, entry in log.entries if "id" in entry}


# --- Disk full

def fill(folder):
    """Takes all the space there is, to the last byte."""
    with open(folder / "ballast", "ab", buffering=0) as ballast:
        for size in (65_536, 4_096, 512, 1):
            with contextlib.suppress(OSError):
                while ballast.write(b"\0" * size):
                    pass
    return folder / "ballast"


@pytest.mark.parametrize("kind", ["tmpfs", "ext4"])
def test_row_3_a_full_disk_is_said_to_senders_reading_goes_on_and_it_works_again_by_itself(tmp_path, record_property, kind):
    if kind == "tmpfs":
        how = ["-t", "tmpfs", "-o", "size=4m", "none"]
    else:
        image = tmp_path / "image"
        with open(image, "wb") as file:
            file.truncate(16 << 20)
        run("mkfs.ext4", "-q", "-m", "0", image)
        how = ["-o", "loop", image]
    with mounted(tmp_path / "disk", *how) as disk:
        hub = Hub(disk / "data", extra=["--no-rate-limits"])
        hub.log = tmp_path / "hub.log"
        with running(hub):
            phone = hub.client(venue="granville")
            moderator = hub.client(role="moderator", token=hub.token("moderator"))
            acked = {}
            question = ask(phone, 0)
            acked[question["id"]] = question["sequence"]
            moderator.until(lambda: question["id"] in moderator.view["cards"])

            ballast = fill(disk)
            refused = ask_until(phone, acked, lambda answer: answer["type"] == "rejection")
            assert (refused["code"], refused["retry"]) == ("storage_failed", "after")
            assert refused["after"] > 0
            code, body = status(hub)
            assert code == 503 and '"read_only"' in body

            # Reading goes on: for those who are here, and for those who come.
            moderator.until(lambda: len(moderator.view["cards"]) == len(acked))
            wall = hub.client(role="display", token=hub.token("wall"))
            wall.until(lambda: "event" in wall.view)
            late = hub.client(role="moderator", token=hub.token("moderator"))
            late.until(lambda: len(late.view["cards"]) == len(acked))
            assert http(hub, "/ask").status == 200
            again = ask(phone, 99_999)
            assert (again["type"], again.get("code")) == ("rejection", "storage_failed"), "still full"

            ballast.unlink()
            def works():
                answer = ask(phone, random.randrange(10**6))
                if answer["type"] == "ack":
                    acked[answer["id"]] = answer["sequence"]
                return answer["type"] == "ack"
            began = time.monotonic()
            wait_until(works, 15, "writing again, without a restart")
            record_property("figure", f"{kind}: writes again after {time.monotonic() - began:.1f} s, {len(acked)} acknowledged and there")
            assert status(hub)[0] == 200
            phone.answers.clear()
            same = phone.do("ask", id=refused["id"], text="Question envoyée de nouveau, comme il est dit ?")
            assert same["type"] == "ack", same
            acked[same["id"]] = same["sequence"]
            late.until(lambda: len(late.view["cards"]) == len(acked))
            moderator.until(lambda: len(moderator.view["cards"]) == len(acked))
            assert late.view == moderator.view
            live = verification(hub)
            assert hub.stop() == 0
            log = LogFile(hub)
            assert log.sound == "ok"
            stored = ids(log)
            assert {key: stored.get(key) for key in acked} == acked
            stopped = verification(hub)
            # What the engine finds of the last question may still have come.
            assert stopped["state"] == live["state"] or int(stopped["head"]) > int(live["head"])
        assert "log_full" in hub.log.read_text()


def test_row_3_health_is_good_again_by_itself_when_space_is_back_and_nobody_writes(tmp_path):
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=4m", "none") as disk:
        hub = Hub(disk / "data", extra=["--no-rate-limits"])
        hub.log = tmp_path / "hub.log"
        with running(hub):
            phone = hub.client(venue="granville")
            ballast = fill(disk)
            ask_until(phone, {}, lambda answer: answer["type"] == "rejection")
            assert status(hub)[0] == 503
            ballast.unlink()
            wait_until(lambda: status(hub)[0] == 200, 7, "/health")


def test_a_hub_does_not_start_on_a_full_disk_and_says_why(tmp_path):
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=4m", "none") as disk:
        hub = Hub(disk / "data")
        hub.log = tmp_path / "hub.log"
        (disk / "data").mkdir()
        fill(disk)
        done = subprocess.run(hub.command(), capture_output=True, text=True, timeout=30)
        assert done.returncode == 1
        assert "qarelay: log_full: " in done.stderr and "disk is full" in done.stderr


# --- A disk that fails

@pytest.mark.parametrize("call", ["fdatasync", "pwrite64"])
def test_row_2_after_a_write_error_nothing_is_acknowledged_and_a_restart_has_all_that_was(tmp_path, record_property, call):
    hub = Hub(tmp_path / "data", extra=["--no-rate-limits"]).start()
    hub.stop()
    acked = {}
    # The start itself flushes and writes a few times; the error comes some questions later and stays.
    wrapper = traced(tmp_path, f"{call}:error=EIO:when={40 if call == 'fdatasync' else 120}+")
    with running(hub, wrapper):
        phone = hub.client(venue="granville")
        moderator = hub.client(role="moderator", token=hub.token("moderator"))
        refused = ask_until(phone, acked, lambda answer: answer["type"] == "rejection")
        assert len(acked) > 3
        assert (refused["code"], refused["retry"]) == ("storage_failed", "after") and refused["after"] > 0
        code, body = status(hub)
        assert code == 503 and '"read_only"' in body
        for number in range(5):
            answer = ask(phone, f"d’après {number}")
            assert (answer["type"], answer.get("code")) == ("rejection", "storage_failed")
        # Reading goes on: everything acknowledged is shown.
        moderator.until(lambda: set(acked) <= set(moderator.view["cards"]))
        late = hub.client(role="moderator", token=hub.token("moderator"))
        late.until(lambda: set(acked) <= set(late.view["cards"]))
        os.kill(program(hub), signal.SIGTERM)
        hub.process.wait(10)
    assert "log_failed" in hub.log.read_text()
    log = LogFile(hub)
    assert log.sound == "ok"
    stored = ids(log)
    assert {key: stored.get(key) for key in acked} == acked
    hub.start()
    try:
        late = hub.client(role="moderator", token=hub.token("moderator"))
        late.until(lambda: set(acked) <= set(late.view["cards"]))
        phone = hub.client(venue="granville", device=phone.welcome["device"])
        same = phone.do("ask", id=refused["id"], text="Question envoyée de nouveau, comme il est dit ?")
        assert same["type"] == "ack", same
        assert status(hub)[0] == 200
    finally:
        hub.stop()
    assert len(ids(LogFile(hub))) == len([1 for _, entry in LogFile(hub).entries if "id" in entry]), "nothing twice"
    record_property("figure", f"EIO of {call}: {len(acked)} acknowledged before, none after, none lost")


def test_row_2_what_could_not_be_flushed_is_shown_to_nobody(tmp_path):
    """A refused question that is shown may be gone after a power cut, and its sequence be another's."""
    hub = Hub(tmp_path / "data", extra=["--no-rate-limits"]).start()
    hub.stop()
    acked = {}
    with running(hub, traced(tmp_path, "fdatasync:error=EIO:when=40+")):
        phone = hub.client(venue="granville")
        refused = ask_until(phone, acked, lambda answer: answer["type"] == "rejection")
        late = hub.client(role="moderator", token=hub.token("moderator"))
        late.until(lambda: set(acked) <= set(late.view["cards"]))
        assert refused["id"] not in late.view["cards"] and set(late.view["cards"]) == set(acked)
        # What the engine flags has entries of its own, which may come behind the last question.
        assert late.welcome["head"] >= max(acked.values())


def test_row_2_after_one_flush_that_failed_the_hub_does_not_simply_try_again(tmp_path):
    """A flush that failed once may succeed the next time without having written: it is not to be believed."""
    hub = Hub(tmp_path / "data", extra=["--no-rate-limits"]).start()
    hub.stop()
    acked = {}
    with running(hub, traced(tmp_path, "fdatasync:error=EIO:when=40")):
        phone = hub.client(venue="granville")
        refused = ask_until(phone, acked, lambda answer: answer["type"] == "rejection")
        assert refused["code"] == "storage_failed"
        assert ask(phone, 1)["type"] == "rejection"
        assert status(hub)[0] == 503
        # The hub first: without its tracer it would go on by itself.
        os.kill(program(hub), signal.SIGKILL)
        hub.process.wait(10)
    stored = ids(LogFile(hub))
    assert {key: stored.get(key) for key in acked} == acked


# --- Power cut

def power_cut(tmp_path, dice, wrapper=(), most=600):
    """Runs a hub on a disk that writes nothing of its own accord; returns what was acknowledged and what a cut leaves."""
    image, crash = tmp_path / "image", tmp_path / "crash"
    if not image.exists():
        with open(image, "wb") as file:
            file.truncate(256 << 20)
        run("mkfs.ext4", "-q", image)
    acked, ends = {}, threading.Event()
    with mounted(tmp_path / "disk", "-o", "loop,commit=300", image) as disk:
        shutil.rmtree(disk / "data", ignore_errors=True)
        hub = Hub(disk / "data", extra=["--no-rate-limits"])
        hub.log = tmp_path / "hub.log"
        with running(hub, wrapper):
            def load(venue):
                with contextlib.suppress(ConnectionClosed, InvalidHandshake, InvalidMessage, OSError, AssertionError):
                    phone = hub.client(venue=venue)
                    number = 0
                    while not ends.is_set():
                        number += 1
                        answer = ask(phone, number)
                        if answer["type"] == "ack":
                            acked[answer["id"]] = answer["sequence"]
            threads = [threading.Thread(target=load, args=(venue,), daemon=True) for venue in ("granville", "agneaux", "cherbourg")]
            for thread in threads:
                thread.start()
            goal = dice.randrange(5, most)
            wait_until(lambda: len(acked) >= goal, 60, "acknowledged questions")
            stopped = program(hub)
            os.kill(stopped, signal.SIGSTOP)
            wait_until(lambda: re.search(r"State:\s+[Tt]", open(f"/proc/{stopped}/status").read()), 5, "the stop")
            # Acks that had left already may still be read from the sockets: they count, too.
            settled = -1
            while settled != len(acked):
                settled = len(acked)
                time.sleep(0.1)
            told = dict(acked)
            run("cp", "--sparse=always", image, crash)
            ends.set()
        for thread in threads:
            thread.join(15)
    with mounted(tmp_path / "after", "-o", "loop", crash) as disk:
        after = Hub(disk / "data", extra=["--no-rate-limits"])
        after.log = tmp_path / "after.log"
        try:
            log = LogFile(after)
        except (sqlite3.DatabaseError, FileNotFoundError):
            assert wrapper, "there is no log any more"
            return told, {}
        stored = ids(log)
        if wrapper:
            return told, stored
        assert log.sound == "ok"
        lost = {key: sequence for key, sequence in told.items() if stored.get(key) != sequence}
        assert lost == {}, f"{len(lost)} of {len(told)} acknowledged questions are gone"
        assert int(verification(after)["head"]) >= max(told.values())
        with running(after):
            # The log has the token; its file has a test of its own.
            token = after.run("token", "new", "--role", "moderator").stdout.strip()
            late = after.client(role="moderator", token=token)
            late.until(lambda: set(told) <= set(late.view["cards"]))
    return told, stored


def test_row_1_a_power_cut_takes_nothing_that_was_acknowledged(tmp_path, record_property):
    told, _ = power_cut(tmp_path, random.Random(1))
    record_property("figure", f"1 cut, {len(told)} acknowledged, 0 lost")
    assert told


def test_a_power_cut_does_take_what_is_acknowledged_without_being_flushed(tmp_path):
    """The other test's test: with flushes that only pretend, the same cut has to show it."""
    told, stored = power_cut(tmp_path, random.Random(2), traced(tmp_path, "fdatasync:retval=0", "fsync:retval=0"), most=60)
    assert set(told) - set(stored)


@pytest.mark.long
def test_row_1_twenty_power_cuts_take_nothing_that_was_acknowledged(tmp_path, record_property):
    dice = random.Random(20)
    told = sum(len(power_cut(tmp_path, dice)[0]) for _ in range(20))
    record_property("figure", f"20 cuts, {told:,} acknowledged, 0 lost")
    assert told > 20


def test_row_1_the_keys_are_still_there_after_a_power_cut_right_after_the_first_start(tmp_path):
    image, crash = tmp_path / "image", tmp_path / "crash"
    with open(image, "wb") as file:
        file.truncate(64 << 20)
    run("mkfs.ext4", "-q", image)
    with mounted(tmp_path / "disk", "-o", "loop,commit=300", image) as disk:
        hub = Hub(disk / "data")
        hub.log = tmp_path / "hub.log"
        with running(hub):
            token = hub.token("speaker")
            os.kill(hub.process.pid, signal.SIGSTOP)
            run("cp", "--sparse=always", image, crash)
    with mounted(tmp_path / "after", "-o", "loop", crash) as disk:
        after = Hub(disk / "data")
        after.log = tmp_path / "after.log"
        assert "speaker" in after.run("token", "list").stdout
        assert after.token_file("speaker").exists() and after.token("speaker") == token
