"""The moderators' terminal as a person has it: `qaclient` in a shell in a real tmux of its own."""

import os
import pathlib
import re
import secrets
import shlex
import shutil
import signal
import subprocess
import tempfile

from conftest import BIN, wait_until

SMALL, LARGE = (80, 24), (200, 60)


class Terminal:
    """One pane with a shell in it; what is typed there arrives as from a keyboard."""

    def __init__(self, folder, size=SMALL, **environment):
        self.folder = pathlib.Path(folder)
        self.home = self.folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        self.sockets = tempfile.mkdtemp(prefix="qa-tmux-")
        self.name = "t" + secrets.token_hex(4)
        self.raw = self.folder / f"{self.name}.raw"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "XDG_STATE_HOME": str(self.home / "state"),
                            "LANG": "C.UTF-8", "TMUX_TMPDIR": self.sockets, "TZ": "UTC", **environment}
        profile = self.folder / "bashrc"
        profile.write_text("PS1='prompt> '\nunset HISTFILE\n")
        columns, rows = size
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
                  f"bash --noprofile --rcfile {shlex.quote(str(profile))}")
        # All the bytes that reach the terminal, as they are.
        self.tmux("pipe-pane", "-O", f"cat > {shlex.quote(str(self.raw))}")
        try:
            self.until("prompt>")
        except BaseException:
            self.close()
            raise

    def tmux(self, *arguments):
        done = subprocess.run(["tmux", "-L", self.name, *arguments], env=self.environment, capture_output=True, timeout=20)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", "strict")

    def close(self):
        subprocess.run(["tmux", "-L", self.name, "kill-server"], env=self.environment, capture_output=True, timeout=20)
        shutil.rmtree(self.sockets, ignore_errors=True)

    # --- Keys

    def press(self, *keys):
        """Named keys (Enter, Escape, C-z, Up) and single letters."""
        self.tmux("send-keys", *keys)

    def type(self, text):
        self.tmux("send-keys", "-l", "--", text)

    def say(self, line):
        """A line for the shell."""
        self.type(line)
        self.press("Enter")

    # --- The program

    def run(self, hub, *options, label="moderator", then="", wrapper=(), **environment):
        """Starts the program in the shell without waiting for anything; `wrapper` is what goes before its command."""
        variables = [f"{name}={shlex.quote(value)}" for name, value in environment.items()]
        words = [*wrapper, str(BIN / "qaclient"), "--hub", hub if isinstance(hub, str) else f"ws://{hub.host}:{hub.port}"]
        if label:
            words += ["--token-file", str(label if isinstance(label, pathlib.Path) else hub.token_file(label))]
        self.say(" ".join(["clear;", *variables, *map(shlex.quote, [*words, *options]), then]))
        return self

    def open(self, hub, *options, online="● en ligne", **more):
        """Starts the program and waits until it shows the event."""
        self.run(hub, *options, **more)
        self.until(online)
        return self

    @property
    def shell_pid(self):
        return int(self.tmux("display-message", "-p", "#{pane_pid}"))

    @property
    def pid(self):
        """The program's process."""
        shell = self.shell_pid
        children = pathlib.Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
        return int(children[0]) if children else None

    def signal(self, number):
        os.kill(self.pid, number)

    def kill(self):
        pid = self.pid
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: self.pid is None, 5, "the end of the killed terminal")

    def stty(self):
        """The shell's settings of the line, as `stty` tells them."""
        file = self.folder / f"stty-{secrets.token_hex(4)}"
        self.say(f"clear; stty -a > {shlex.quote(str(file))}.part && mv {shlex.quote(str(file))}.part {shlex.quote(str(file))}")
        wait_until(file.exists, 5, "the answer of stty")
        return file.read_text()

    def leavings(self):
        """What the emulator was told and not told back: alternate screen, cursor, line wrap, mouse."""
        return self.tmux("display-message", "-p",
                         "#{alternate_on} #{cursor_flag} #{wrap_flag} #{mouse_any_flag} #{keypad_flag} #{insert_flag}").strip()

    # --- The screen

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def lines(self):
        return self.screen().split("\n")

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def until(self, *wanted, without=(), seconds=10):
        """Waits until all of this is on the screen, strings or patterns, and returns the screen."""
        shown = ""

        def holds():
            nonlocal shown
            shown = self.screen()
            return all(found(one, shown) for one in wanted) and not any(found(one, shown) for one in without)

        try:
            wait_until(holds, seconds)
        except AssertionError:
            raise AssertionError(f"the screen never showed {wanted} without {without}:\n{shown}") from None
        return shown

    def choose(self, number):
        """Goes to a question by its number and waits until it is the chosen one."""
        self.press("g")
        self.until("Aller au n°")
        self.type(str(number))
        self.press("Enter")
        self.until(f"n° {number} · ", without=["Aller au n°"])

    def output(self):
        """The bytes that the program wrote, from taking over the screen on."""
        return self.raw.read_bytes()


def found(one, text):
    return one in text if isinstance(one, str) else bool(one.search(text))


def pattern(text):
    return re.compile(text, re.MULTILINE)


class Desk:
    """A hub, a phone a venue, a second moderator who sees all, and terminals."""

    def __init__(self, hub, folder):
        self.hub, self.folder = hub, folder
        self.terminals = []
        self.phones = {}
        self.numbers = 0
        self.look_again()

    def look_again(self):
        """Another moderator's view, by the protocol alone; a new one after the hub was away."""
        self.other = self.hub.client(role="moderator", token=self.hub.token("moderator"))
        self.other.until(lambda: "event" in self.other.view)

    def terminal(self, size=SMALL, **environment):
        made = Terminal(self.folder / f"terminal-{len(self.terminals)}", size, **environment)
        self.terminals.append(made)
        return made

    def phone(self, venue="granville"):
        if venue not in self.phones:
            self.phones[venue] = self.hub.client(venue=venue)
        return self.phones[venue]

    def ask(self, text=None, venue="granville", phone=None, **fields):
        """Asks from a phone and returns the card as the other moderator sees it."""
        self.numbers += 1
        text = text or f"Voici la question {WORDS[self.numbers % len(WORDS)]} {self.numbers} ?"
        answer = (phone or self.phone(venue)).ask(text, **fields)
        assert answer["type"] == "ack", answer
        return self.wait(answer["id"], "pending")

    def act(self, do, card=None, **fields):
        """The other moderator does something."""
        if card:
            fields["question"] = card["id"]
        answer = self.other.do(do, **fields)
        assert answer["type"] == "ack", answer
        return answer

    def wait(self, question, status=None, **fields):
        """Waits until the other moderator sees the question so, and returns the card."""
        question = question["id"] if isinstance(question, dict) else question

        def is_so():
            card = self.other.view["cards"].get(question)
            return card and status in (None, card["status"]) and all(card.get(k) == v for k, v in fields.items())

        self.other.until(is_so, what=f"{status} {fields}")
        return self.other.view["cards"][question]

    def event(self, **fields):
        self.other.until(lambda: all(self.other.view["event"][k] == v for k, v in fields.items()), what=f"an event {fields}")
        return self.other.view["event"]

    def done_by(self, terminal_or_venue):
        """What somebody did, oldest first, as everybody's history has it."""
        return [(a["what"], a.get("number")) for a in self.other.view["actions"] if a.get("venue") == terminal_or_venue]

    def close(self):
        for terminal in self.terminals:
            terminal.close()


WORDS = ["du certificat", "des factures", "de la mairie", "sur les impôts", "des écoles", "du cadastre", "des transports",
         "de l’état civil", "des bibliothèques", "du permis", "de la signature", "des archives", "du budget"]
