"""The moderators' terminal over a real SSH server: how somebody uses it who sits at another machine."""

import os
import shlex
import shutil
import signal
import socket
import subprocess

import pytest
from conftest import BIN, free_port, wait_until
from terminals import LARGE, SMALL, pattern
from test_terminal import running

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="mounting another home takes root")


class SecureShell:
    """dropbear on a port of its own; whoever logs in there is the present user, with a home in the test's folder."""

    def __init__(self, folder):
        self.folder = folder
        self.home = folder / "home"
        (self.home / ".ssh").mkdir(parents=True, mode=0o700)
        self.home.chmod(0o700)
        self.key = folder / "key"
        for key in (self.key, folder / "host"):
            subprocess.run(["dropbearkey", "-t", "ed25519", "-f", str(key)], check=True, capture_output=True)
        said = subprocess.run(["dropbearkey", "-y", "-f", str(self.key)], check=True, capture_output=True, text=True).stdout
        public = next(line for line in said.splitlines() if line.startswith("ssh-"))
        authorized = self.home / ".ssh" / "authorized_keys"
        authorized.write_text(public + "\n")
        authorized.chmod(0o600)
        people = folder / "passwd"
        people.write_text("".join(f"root:x:0:0:root:{self.home}:/bin/bash\n" if line.startswith("root:") else line
                                  for line in open("/etc/passwd")))
        self.port = free_port()
        served = ["dropbear", "-F", "-E", "-s", "-r", str(folder / "host"), "-p", f"127.0.0.1:{self.port}", "-P", str(folder / "pid")]
        hidden = f"mount --bind {shlex.quote(str(people))} /etc/passwd && exec {shlex.join(served)}"
        self.log = open(folder / "dropbear.log", "wb")
        self.process = subprocess.Popen(["unshare", "--mount", "--propagation", "private", "sh", "-c", hidden],
                                        stdout=self.log, stderr=self.log)
        wait_until(self.answers, 10, "the SSH server")

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                return line.recv(4) == b"SSH-"
        except OSError:
            return False

    @property
    def login(self):
        """What goes before a command that is to run over there, in a terminal."""
        return ["dbclient", "-y", "-t", "-i", str(self.key), "-p", str(self.port), "root@127.0.0.1", "env", "LANG=C.UTF-8"]

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        self.log.close()


@pytest.fixture
def ssh(tmp_path):
    assert shutil.which("dropbear"), "dropbear-bin is missing: scripts/setup.sh test"
    (tmp_path / "ssh").mkdir()
    server = SecureShell(tmp_path / "ssh")
    yield server
    server.close()


def far(desk):
    """The processes of the terminal on the other side, by what they were started with."""
    wanted = [str(BIN / "qaclient").encode(), f"ws://{desk.hub.host}:{desk.hub.port}".encode()]
    found = []
    for process in os.listdir("/proc"):
        if process.isdigit():
            try:
                with open(f"/proc/{process}/cmdline", "rb") as file:
                    words = file.read().split(b"\0")
            except OSError:
                continue
            if words[0] == wanted[0] and wanted[1] in words:
                found.append(int(process))
    return found


def test_over_ssh_a_moderator_works_at_both_sizes_and_ctrl_z_does_no_harm(desk, ssh):
    card = desk.ask("Qui paie le certificat d’un agent de la commune ?")
    terminal = desk.terminal(SMALL)
    before, told = terminal.stty(), terminal.leavings()
    terminal.open(desk.hub, wrapper=ssh.login, then="; echo left with $?")
    terminal.until("Qui paie le certificat")
    terminal.press("C-z")
    terminal.until("Pas de shell")
    terminal.resize(*LARGE)
    terminal.until(pattern(r"Qui paie le certificat d’un agent de la commune \?"))
    wait_until(lambda: max(len(line) for line in terminal.lines()) > 100, 10, "a screen as wide as the window")
    terminal.resize(*SMALL)
    terminal.press("a")
    desk.wait(card, "approved")
    terminal.press("u")
    desk.wait(card, "pending")
    terminal.press("q")
    terminal.until("left with 0")
    # tmux tells a size some time after it has it.
    wait_until(lambda: terminal.stty() == before, 10, "the line as it was")
    assert terminal.leavings() == told


def test_a_connection_that_is_lost_ends_the_program_over_there_and_the_next_login_goes_on(desk, ssh):
    card = desk.ask()
    terminal = desk.terminal()
    terminal.open(desk.hub, wrapper=ssh.login)
    terminal.until(card["text"])
    process, = wait_until(lambda: far(desk), 5, "the program over there")
    client = terminal.pid
    os.kill(client, signal.SIGKILL)
    wait_until(lambda: not running(process), 10, "the end of the program over there")
    terminal.until("prompt>")
    terminal.say("stty sane; tput reset")
    late = desk.ask()
    terminal.open(desk.hub, wrapper=ssh.login)
    terminal.until(late["text"])
    terminal.press("q")
    terminal.until("prompt>", without=["● en ligne"])


def test_over_ssh_the_hub_may_go_and_come_back(desk, ssh):
    card = desk.ask()
    terminal = desk.terminal()
    terminal.open(desk.hub, wrapper=ssh.login)
    terminal.until(card["text"])
    desk.hub.kill()
    terminal.until(without=["● en ligne"], seconds=15)
    terminal.press("a")
    desk.hub.start()
    terminal.until("● en ligne", seconds=30)
    desk.look_again()
    desk.wait(card, "approved")
