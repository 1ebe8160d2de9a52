"""The commands beside `serve`, on a running hub and on a stopped one, and what is kept secret."""

import os
import re
import socket
import stat
import subprocess

import pytest
from conftest import BIN, EVENT, Hub, LogFile, http, verification, wait_until

LABELS = ["moderator-granville", "moderator-agneaux", "moderator-cherbourg", "moderator", "speaker", "wall", "organiser"]


@pytest.fixture(params=["live", "stopped"])
def either(request, tmp_path):
    """A hub that ran; live, the commands go through its control socket, stopped, to its files."""
    hub = Hub(tmp_path / "data").start()
    if request.param == "stopped":
        hub.stop()
    hub.is_live = request.param == "live"
    yield hub
    hub.stop()


def qarelay(*arguments):
    return subprocess.run([str(BIN / "qarelay"), *map(str, arguments)], capture_output=True, text=True, timeout=60)


def mode(path):
    return stat.S_IMODE(os.lstat(path).st_mode)


def listed(hub):
    done = hub.run("token", "list")
    assert done.returncode == 0, done.stderr
    return [line.split("  ") for line in done.stdout.splitlines()]


# --- Tokens

def test_the_first_start_makes_one_token_for_every_place(either):
    assert sorted(row[3] for row in listed(either)) == sorted(LABELS)
    assert sorted(path.stem for path in (either.folder / "tokens").iterdir()) == sorted(LABELS)
    assert len({either.token(label) for label in LABELS}) == len(LABELS)
    for label in LABELS:
        assert re.fullmatch(r"[\w-]{32}", either.token(label)), "192 bits"


def test_a_new_token_is_printed_once_and_opens_its_role(either):
    made = either.run("token", "new", "--role", "moderator", "--venue", "agneaux", "--label", "Aide de salle")
    token = made.stdout.strip()
    assert (made.returncode, made.stderr) == (0, "") and re.fullmatch(r"[\w-]{32}", token)
    shown = either.run("token", "list").stdout
    assert token not in shown
    row = next(row for row in listed(either) if row[3] == "Aide de salle")
    assert row[1:3] == ["moderator", "agneaux"] and row[0] not in token
    if not either.is_live:
        either.start()
    client = either.client(role="moderator", token=token)
    client.until(lambda: "event" in client.view)
    assert client.welcome["venue"] == "agneaux"


def test_a_token_without_label_is_called_by_its_role_and_venue(either):
    assert either.run("token", "new", "--role", "display", "--venue", "agneaux").returncode == 0
    assert any(row[3] == "display-agneaux" for row in listed(either))


@pytest.mark.parametrize("by", ["label", "name"])
def test_a_token_is_revoked_by_label_or_name_and_stays_listed(either, by):
    row = next(row for row in listed(either) if row[3] == "speaker")
    done = either.run("token", "revoke", {"label": "speaker", "name": row[0]}[by])
    assert done.returncode == 0 and done.stderr == ""
    assert next(row for row in listed(either) if row[3] == "speaker")[-1] == "revoked"
    if not either.is_live:
        either.start()
    assert either.client(role="speaker", token=either.token("speaker")).close_code() == 4502
    again = either.run("token", "revoke", "speaker")
    assert again.returncode == 0, "to revoke twice does no harm"


@pytest.mark.parametrize("arguments", [("revoke", "nobody"), ("revoke", ""), ("new", "--role", "moderator", "--venue", "paris"),
                                       ("new", "--role", "audience"), ("new", "--role", "relay")])
def test_what_cannot_be_done_is_refused_with_status_1_and_a_sentence(either, arguments):
    before = listed(either)
    done = either.run("token", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.match(r"qarelay: [a-z_]+: .+\.\n$", done.stderr), done.stderr
    assert listed(either) == before


@pytest.mark.parametrize("label", ["two\nlines", "\x1b[31mred", "x" * 3_000, "\u202edrow"],
                         ids=["line break", "escape", "long", "direction"])
def test_a_label_cannot_forge_the_list_nor_speak_to_a_terminal(either, label):
    done = either.run("token", "new", "--role", "display", "--label", label)
    shown = either.run("token", "list").stdout
    assert "\x1b" not in shown and "\u202e" not in shown
    assert len(shown.splitlines()) == len(LABELS) + (done.returncode == 0)
    assert all(2 <= line.count("  ") and len(line) < 500 for line in shown.splitlines())


def test_the_token_itself_is_no_name_to_revoke_it_by(either):
    done = either.run("token", "revoke", either.token("speaker"))
    assert done.returncode == 1
    assert either.token("speaker") not in done.stdout


def test_a_token_given_by_mistake_is_not_repeated_in_the_refusal(either):
    done = either.run("token", "revoke", either.token("speaker"))
    assert either.token("speaker") not in done.stderr


@pytest.mark.parametrize("arguments", [("new", "--role", "king"), ("new", "--role", "display", "--venue", "No Slug"), ("new",), ("revoke",)])
def test_a_command_line_that_cannot_be_read_is_refused_with_status_64(either, arguments):
    done = either.run("token", *arguments)
    assert done.returncode == 64 and "Usage:" in done.stderr


@pytest.mark.parametrize("command", [("token", "list"), ("token", "new", "--role", "display"), ("token", "revoke", "x"), ("verify",)])
def test_a_folder_without_an_event_is_said_so_and_nothing_is_made(tmp_path, command):
    for folder in (tmp_path / "nowhere", tmp_path):
        done = qarelay(*command, "--data", folder)
        assert done.returncode == 1 and "log_foreign" in done.stderr and "--data" in done.stderr
    assert list(tmp_path.iterdir()) == []


# --- Rehearsal

def test_an_event_is_closed_and_opened_again(either):
    done = either.run("event", "close")
    assert done.returncode == 0 and "The event is closed" in done.stdout, done.stderr
    assert "already" in either.run("event", "close").stdout
    either.start() if not either.is_live else None
    phone = either.client(venue="granville")
    phone.until(lambda: phone.view.get("event", {}).get("phase") == "closed")
    assert phone.ask("Est-ce encore ouvert ?")["code"] == "event_closed"
    if not either.is_live:
        either.stop()
    done = either.run("event", "open")
    assert done.returncode == 0 and "open again" in done.stdout, done.stderr
    either.start() if not either.is_live else None
    again = either.client(venue="granville")
    assert again.ask("Et maintenant, est-ce ouvert ?")["type"] == "ack"


def test_a_rehearsal_is_begun_and_ended_and_leaves_nothing(either):
    assert either.run("rehearsal", "start").returncode == 0
    if not either.is_live:
        either.start()
    phone = either.client(venue="granville")
    phone.until(lambda: phone.view.get("event", {}).get("phase") == "rehearsal")
    assert phone.ask("Une question pour essayer ?")["type"] == "ack"
    phone.until(lambda: any(frame["type"] == "mine" and frame["questions"] for frame in phone.frames))
    if not either.is_live:
        either.stop()
    refused = either.run("rehearsal", "end")
    assert refused.returncode == 1 and "unconfirmed" in refused.stderr and "--yes" in refused.stderr
    done = either.run("rehearsal", "end", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    if either.is_live:
        phone.until(lambda: any(frame["type"] == "mine" and frame["whole"] and not frame["questions"] for frame in phone.frames[-4:]))
        phone.until(lambda: phone.view["event"]["phase"] == "open")
    else:
        either.start()
        phone = either.client(venue="granville")
    assert phone.ask("Une question pour de bon ?")["type"] == "ack"
    phone.until(lambda: any(frame["type"] == "mine" and [own["number"] for own in frame["questions"]] == [1]
                            for frame in phone.frames[-4:]))
    again = either.run("rehearsal", "start")
    assert again.returncode == 1 and "wrong_status" in again.stderr
    if either.is_live:
        either.stop()
    assert verification(either)["sound"] == "yes"


# --- Files

def test_only_the_owner_can_read_what_the_hub_keeps(either):
    assert mode(either.folder) == 0o700 and mode(either.folder / "tokens") == 0o700
    files = [path for path in either.folder.rglob("*") if not path.is_dir()]
    assert {path.name for path in files} >= {"event.sqlite", "links.txt", "wall.token"}
    for path in files:
        assert mode(path) == 0o600, path.name
    assert (either.folder / "control").exists() == either.is_live


def test_modes_do_not_depend_on_the_umask(tmp_path):
    hub = Hub(tmp_path / "data").start(wrapper=["sh", "-c", 'umask 0; exec "$@"', "sh"])
    try:
        hub.run("token", "new", "--role", "display")
        assert mode(hub.folder) == 0o700
        assert {mode(path) for path in hub.folder.rglob("*") if not path.is_dir()} == {0o600}
    finally:
        hub.stop()


def test_the_links_of_speaker_wall_and_organiser_carry_their_tokens_behind_the_fragment(hub):
    text = (hub.folder / "links.txt").read_text()
    assert re.search(rf"^Speaker  http://\S+/speaker#{hub.token('speaker')}$", text, re.M)
    assert re.search(rf"^Wall  http://\S+/wall#{hub.token('wall')}$", text, re.M)
    assert re.search(rf"^Map of the day  http://\S+/day#{hub.token('organiser')}$", text, re.M)


def test_a_second_start_keeps_the_tokens_it_finds(hub):
    before = {label: hub.token(label) for label in LABELS}
    hub.stop()
    hub.start()
    assert {label: hub.token(label) for label in LABELS} == before
    client = hub.client(role="display", token=before["wall"])
    client.until(lambda: "event" in client.view)


# --- Verify

def test_verify_says_the_same_of_the_same_head_live_and_stopped(hub):
    phone = hub.client(venue="granville")
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    question = phone.ask("Qui délivre les certificats ?")["id"]
    moderator.do("approve", question=question)
    live = verification(hub)
    assert int(live["head"]) == hub.health()["head"] and live["epoch"] == hub.health()["epoch"]
    assert (live["questions"], live["sound"]) == ("1", "yes")
    assert re.fullmatch("[0-9a-f]{64}", live["state"]) and re.fullmatch("[0-9a-f]{64}", live["chain"])
    assert verification(hub) == live, "to look changes nothing"
    moderator.do("dismiss", question=question, reason="other")
    changed = verification(hub)
    assert changed["state"] != live["state"] and changed["chain"] != live["chain"]
    hub.stop()
    assert verification(hub) == changed
    hub.process = None
    assert LogFile(hub).head == int(changed["head"])


def test_verify_works_on_a_hub_that_was_killed(hub):
    hub.client(venue="granville").ask("Qui délivre les certificats ?")
    live = verification(hub)
    hub.kill()
    assert verification(hub) == live


# --- The control socket

@pytest.mark.parametrize("request_bytes", [b"\n", b"{}\n", b'{"do":"fly"}\n', b"\xff\xfe\n", b'{"do":"verify","x":1}\n', b'{"do":"verify"',
                                           b'{"do":"new_token","role":"king","label":"x"}\n', b"x" * 100_000])
def test_nonsense_on_the_control_socket_is_refused_and_the_hub_goes_on(hub, request_bytes):
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(10)
        line.connect(str(hub.folder / "control"))
        try:
            line.sendall(request_bytes)
            line.shutdown(socket.SHUT_WR)
            answer = line.recv(4096)
        except OSError as end:
            assert not isinstance(end, TimeoutError)
            answer = b""
    assert answer == b"" or b'"good":false' in answer
    assert hub.run("token", "list").returncode == 0 and hub.health()["status"] == "ok"


def test_silent_visitors_of_the_control_socket_do_not_lock_others_out_for_good(hub):
    visitors = [socket.socket(socket.AF_UNIX) for _ in range(20)]
    for visitor in visitors:
        visitor.connect(str(hub.folder / "control"))
    for visitor in visitors:
        visitor.close()
    wait_until(lambda: hub.run("token", "list").returncode == 0, 10, "a free place")


# --- What must not be told

def test_no_token_no_text_no_name_and_no_address_is_in_the_hubs_log(tmp_path, monkeypatch):
    monkeypatch.setenv("QARELAY_LOG", "trace")
    hub = Hub(tmp_path / "data").start()
    canaries = ["Kanarienvogel", "Bergamote", "Zinzolin"]
    try:
        phone = hub.client(venue="granville")
        phone.ask("Le Kanarienvogel est-il jaune ?", name="Bergamote")
        phone.ask("Zinzolin", name="Bergamote")
        phone.send("Zinzolin, this is not JSON")
        phone.do("ask", text="Que voit-on ici ?", talk="zinzolin")
        moderator = hub.client(role="moderator", token=hub.token("moderator"))
        moderator.until(lambda: moderator.view["cards"])
        moderator.do("edit", question=moderator.cards()[0]["id"], text="Le Zinzolin est-il violet ?")
        hub.client(role="moderator", token="Zinzolin-token").close_code()
        http(hub, "/Zinzolin?token=Zinzolin", headers=[("User-Agent", "Zinzolin"), ("X-Forwarded-For", "203.0.113.7")])
        http(hub, "/", host="zinzolin.example")
        made = hub.run("token", "new", "--role", "speaker", "--label", "extra").stdout.split()[0]
        hub.run("token", "revoke", "extra")
        device = phone.welcome["device"]
        phone.close()
        secrets = [made, device, device.split(".")[0], *(hub.token(label) for label in LABELS)]
    finally:
        hub.kill()
        told = hub.log.read_text()
        # Killed, then stopped in order: both ends are looked at.
        hub.start()
        hub.stop()
        told += hub.log.read_text()
    for word in canaries:
        assert word.lower() not in told.lower(), word
    for secret in secrets:
        assert secret not in told
    assert "203.0.113.7" not in told
    lines = [line for line in told.splitlines() if "code=" in line]
    assert lines and not any("127.0.0.1" in line for line in lines), "peers' addresses"
    for line in lines:
        assert re.match(r"time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=[a-z]+ code=[a-z_]+( |$)", line), line


def test_no_token_is_in_the_log_file(hub):
    made = hub.run("token", "new", "--role", "speaker", "--label", "extra").stdout.split()[0]
    client = hub.client(role="speaker", token=made)
    client.until(lambda: "event" in client.view)
    phone = hub.client(venue="granville")
    phone.ask("Une question avec un mot témoin ?")
    hub.kill()
    raw = b"".join(path.read_bytes() for path in hub.folder.glob("event.sqlite*"))
    assert "mot témoin".encode() in raw, "the right bytes were looked at"
    secrets = [made, phone.welcome["device"].split(".")[2], *(hub.token(label) for label in LABELS)]
    for secret in secrets:
        assert secret.encode() not in raw
    hub.start()
    hub.stop()
    raw = b"".join(path.read_bytes() for path in hub.folder.glob("event.sqlite*"))
    assert not [secret for secret in secrets if secret.encode() in raw]


def test_no_token_is_on_the_command_line_or_in_the_environment_of_the_hub(hub):
    folder = f"/proc/{hub.process.pid}"
    seen = open(f"{folder}/cmdline", "rb").read() + open(f"{folder}/environ", "rb").read()
    for label in LABELS:
        assert hub.token(label).encode() not in seen


# --- Help

def commands(path=()):
    """The program's commands with their help, found by asking it."""
    text = qarelay(*path, "--help").stdout
    yield path, text
    below = re.search(r"SUBCOMMANDS:\n(.*?)\n\n", text, re.S)
    for name in re.findall(r"^  (\S+)", below[1], re.M) if below else []:
        yield from commands((*path, name))


def test_every_command_and_every_flag_has_a_sentence_in_the_help():
    found = dict(commands())
    assert {("serve",), ("check",), ("verify",), ("token", "new"), ("token", "list"), ("token", "revoke")} <= set(found)
    for path, text in found.items():
        overview = re.search(r"OVERVIEW: (.+)", text)
        assert overview and overview[1][0].isupper(), f"{path} says what it is for"
        usage = re.search(r"USAGE: (.*?)\n\n", text, re.S)[1]
        for flag in set(re.findall(r"--[a-z-]+", usage)):
            described = re.search(rf"^  {flag}( <\S+>)?\s+(\S.*)", text, re.M)
            assert described, f"{' '.join(path)} {flag} is not explained"


def test_the_help_tells_the_environment_the_files_and_the_signals():
    text = qarelay("serve", "--help").stdout
    for word in ("QARELAY_LOG", "event.sqlite", "tokens/", "links.txt", "control", "SIGTERM", "SIGINT"):
        assert word in text


def test_help_and_version_are_answered_with_status_0_and_nothing_known_with_64(tmp_path):
    for arguments in (("--help",), ("--version",), ("serve", "--help"), ("help", "token", "new")):
        done = qarelay(*arguments)
        assert done.returncode == 0 and done.stdout and not done.stderr
    for arguments in (("fly",), ("serve",), ("check",), ("verify",), ("verify", "--data", tmp_path, "--colour", "red")):
        done = qarelay(*arguments)
        assert done.returncode == 64 and done.stderr and not done.stdout
    assert qarelay("check", EVENT).returncode == 0
    assert qarelay("check", tmp_path / "none.yaml").returncode == 2


def test_the_terminal_s_help_tells_flags_environment_and_files_and_its_version_is_the_hub_s():
    def qaclient(*arguments):
        return subprocess.run([str(BIN / "qaclient"), *arguments], capture_output=True, text=True, timeout=60)
    text = qaclient("--help").stdout
    for word in ("QARELAY_TOKEN", "QACLIENT_PKCS12_PASSWORD_FILE", "NO_COLOR", "XDG_STATE_HOME", "LC_ALL", "LC_MESSAGES", "LANG", "TERM"):
        assert word in text, word
    for flag in set(re.findall(r"--[a-z0-9-]+", re.search(r"USAGE: (.*?)\n\n", text, re.S)[1])):
        assert re.search(rf"^  {flag}\b.*?\s+(\S.*)", text, re.M) or f"/{flag}" in text, f"{flag} is not explained"
    done = qaclient("--version")
    assert done.returncode == 0 and done.stdout == qarelay("--version").stdout and re.fullmatch(r"\d+\.\d+\.\d+\n", done.stdout)


def test_the_version_is_the_one_that_health_tells(hub):
    assert qarelay("--version").stdout.strip() == hub.health()["version"]
