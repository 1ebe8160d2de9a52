"""What the hub says when it is started: links and codes once, lines that work as they are printed, and what to do without."""

import re
import shlex
import subprocess

import pytest
from conftest import BIN, EVENT, ROOT, Hub, free_port
from terminals import Terminal

# Tall enough for three codes, and wide enough for a line that names folders.
TALL = (400, 150)
SCREENS = {"speaker": "speaker", "wall": "display", "day": "organiser"}


@pytest.fixture
def terminals(tmp_path):
    opened = []

    def open_(size=TALL):
        opened.append(Terminal(tmp_path, size))
        return opened[-1]
    yield open_
    for terminal in opened:
        terminal.close()


def codes(screen):
    """Stretches of lines that are drawn, not written."""
    return len(re.findall(r"(?:^ {4,}[ ▄]*▄[ ▄]*\n){5,}", screen, re.M))


def test_the_first_start_shows_codes_and_links_and_each_line_it_prints_starts_a_terminal(tmp_path, terminals):
    # As somebody has it whose folders have names with blanks.
    data, port = tmp_path / "my data", free_port()
    hub = Hub(data)
    hub.port = port
    desk = terminals()
    line = shlex.join(str(word) for word in hub.command())
    desk.say("clear; " + line)
    first = desk.until("Join links for everybody", seconds=30)
    assert codes(first) == 3, first
    for page in SCREENS:
        assert re.search(rf"http://localhost:{port}/{page}#\S{{32}}(?!\S)", first), page
    printed = re.findall(r"^ +(\S.*--token-file .*)$", first, re.M)
    assert len(printed) == 4 and all(str(data) in shlex.split(each)[-1] for each in printed)
    for each in printed:
        room = terminals((80, 24))
        room.say(each)
        room.until("● en ligne")
    desk.press("C-c")
    desk.until("prompt>")
    desk.say("clear; " + line)
    second = desk.until("Join links for everybody", seconds=30)
    assert codes(second) == 3 and "#" not in second.replace("C#", "")
    assert "links.txt (only you can read it)" in second
    assert len((data / "links.txt").read_text().splitlines()) == 3
    desk.press("C-c")
    desk.until("prompt>")


def test_a_link_whose_token_was_revoked_is_not_kept_and_a_new_one_is_told_whole(tmp_path):
    hub = Hub(tmp_path / "data").start()
    old = hub.token("speaker")
    assert hub.run("token", "revoke", "speaker").returncode == 0
    hub.stop()
    hub.log.unlink()
    hub.start()
    links = (hub.folder / "links.txt").read_text()
    assert old not in links and "/wall#" in links and "/day#" in links and "/speaker" not in links
    assert re.search(r"Speaker: qarelay token new --role speaker --data \S+", hub.log.read_text())
    for page, role in SCREENS.items():
        token, link = hub.run("token", "new", "--role", role).stdout.splitlines()
        assert link == f"http://localhost:{hub.port}/{page}#{token}"
        screen = hub.client(role=role, token=token)
        screen.until(lambda screen=screen: hasattr(screen, "welcome"))
    assert len(hub.run("token", "new", "--role", "moderator").stdout.splitlines()) == 1
    hub.stop()
    # Where the hub is reached is not known while it is down.
    token, link = hub.run("token", "new", "--role", "display").stdout.splitlines()
    assert link == f"/wall#{token}"


def test_after_a_restore_elsewhere_the_start_promises_no_file_that_is_not_there(tmp_path):
    hub = Hub(tmp_path / "data").start()
    assert hub.run("backup", str(tmp_path / "backup.sqlite")).returncode == 0
    hub.stop()
    restored = Hub(tmp_path / "data 2")
    done = restored.run("restore", str(tmp_path / "backup.sqlite"))
    assert done.returncode == 0 and f"--data '{restored.folder}'" in done.stdout and "tokens/" in done.stdout
    restored.start()
    said = restored.log.read_text()
    assert "links.txt" not in said and "--token-file" not in said
    assert (restored.folder / "links.txt").read_text() == ""
    commands = re.findall(r"(?:Speaker: |Wall: |Map of the day: |^ +)(qarelay token new .*)$", said, re.M)
    assert len(commands) == 7
    # Each works as it is printed.
    for command in commands:
        program, *arguments = shlex.split(command)
        made = subprocess.run([BIN / program, *arguments], capture_output=True, text=True, timeout=30)
        assert made.returncode == 0, made.stderr
    restored.stop()


def test_commands_reach_a_hub_whose_folder_has_a_long_name(tmp_path):
    folder = tmp_path / ("d" * 60) / ("e" * 60)
    folder.mkdir(parents=True)
    hub = Hub(folder / "data").start()
    try:
        assert "control_socket_failed" not in hub.log.read_text()
        done = hub.run("token", "list")
        assert done.returncode == 0 and "moderator-granville" in done.stdout, done.stderr
        assert (hub.folder / "control").stat().st_mode & 0o777 == 0o600
    finally:
        hub.stop()
    assert not (hub.folder / "control").exists()
    assert "moderator-granville" in hub.run("token", "list").stdout


@pytest.mark.parametrize("options, code, words", [
    (("--port", "{port}"), "port_in_use", "--port"), (("--listen", "192.0.2.77"), "address_unavailable", "--listen")])
def test_a_start_where_it_cannot_listen_says_what_to_do(tmp_path, options, code, words):
    hub = Hub(tmp_path / "data").start()
    try:
        command = [BIN / "qarelay", "serve", "--event", EVENT, "--data", tmp_path / "other",
                   *(option.format(port=hub.port) for option in options)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
        assert done.returncode == 1 and f"qarelay: {code}: " in done.stderr and words in done.stderr
    finally:
        hub.stop()


def test_make_passes_folders_with_blanks_on_as_one_word(tmp_path):
    done = subprocess.run(["make", "-n", "run", "DATA=my data", "EVENT=my event.yaml"], capture_output=True, text=True,
                          timeout=60, cwd=ROOT)
    line = next(line for line in done.stdout.splitlines() if "qarelay serve" in line)
    words = shlex.split(line)
    assert words[words.index("--data") + 1] == "my data" and words[words.index("--event") + 1] == "my event.yaml"
