"""`make demo` without the build: a living event in tmux that ends without leaving anything behind."""

import os
import pathlib
import re
import secrets
import shutil
import signal
import subprocess
import tempfile

import pytest
from conftest import BIN, ROOT, Hub, free_port, wait_until


def as_from_a_keyboard():
    """Who runs the tests in the background hands an ignored SIGINT down, nohup an ignored SIGHUP, which no shell can trap."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Demo:
    """The script as `make demo` runs it, on the binaries of the tests."""

    def __init__(self, folder, rows, columns, **environment):
        self.session = "d" + secrets.token_hex(4)
        self.sockets = tempfile.mkdtemp(prefix="qa-tmux-")
        self.hub = Hub(folder / "demo")
        # The relays take the three ports behind it.
        self.hub.port = free_port(4)
        self.log = folder / "demo.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("TMUX", "EVENT", "SEED", "PUBLIC_URL")},
            "QARELAY_BIN": str(BIN), "DATA": str(self.hub.folder), "PORT": str(self.hub.port), "DEMO_SESSION": self.session,
            "DEMO_DETACHED": "1", "LINES": str(rows), "COLUMNS": str(columns), "TMUX_TMPDIR": self.sockets,
            "HOME": str(folder), "LANG": "C.UTF-8", **environment}
        self.environment.pop("XDG_STATE_HOME", None)
        self.process = None

    def start(self):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [ROOT / "scripts" / "demo.sh"], env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                preexec_fn=as_from_a_keyboard, start_new_session=True)
        return self

    def tmux(self, *arguments):
        done = subprocess.run(["tmux", "-L", self.session, *arguments], env=self.environment, capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else ""

    def panes(self):
        """Name of the window, size and id of every pane."""
        listed = self.tmux("list-panes", "-a", "-F", "#{window_name} #{pane_width} #{pane_height} #{pane_id}")
        return [line.split() for line in listed.splitlines()]

    def screens(self):
        return [self.tmux("capture-pane", "-p", "-t", pane[3]) for pane in self.panes() if pane[0] != "links"]

    def status(self):
        return self.tmux("display-message", "-p", "#{T:status-right}")

    def until(self, condition, seconds, what):
        def holds():
            assert self.process.poll() is None, self.log.read_text()
            return condition()
        return wait_until(holds, seconds, what)

    def processes(self):
        """Everything alive that belongs to this demo, by what its command line or environment names."""
        marks = [str(self.hub.folder).encode(), self.session.encode()]
        alive = []
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                try:
                    text = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
                except OSError:
                    continue
                if any(mark in text for mark in marks):
                    alive.append((int(entry.name), text.split(b"\0", 1)[0]))
        return alive

    def logs(self):
        """The last words of the programs."""
        return {path.name: path.read_text(errors="replace")[-300:] for path in self.hub.folder.glob("*.log")}

    def end(self, number=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                raise AssertionError(f"still there after 15 s: {self.processes()}, {self.logs()}") from None
        return self.process.returncode


@pytest.fixture
def demo(tmp_path):
    started = []

    def start(rows=60, columns=200, **environment):
        started.append(Demo(tmp_path, rows, columns, **environment))
        return started[-1].start()
    yield start
    for one in started:
        one.end()
        one.tmux("kill-server")
        shutil.rmtree(one.sockets, ignore_errors=True)


def questions(screen):
    return re.findall(r"^[▸ ][…• ] +\d+ \S", screen, re.MULTILINE)


@pytest.mark.parametrize("rows, columns, number", [(60, 200, signal.SIGINT), (24, 80, signal.SIGTERM), (40, 120, signal.SIGHUP)],
                         ids=["200x60", "80x24", "120x40"])
def test_a_demo_lives_within_a_minute_and_leaves_nothing_behind(demo, rows, columns, number):
    running = demo(rows, columns)
    running.until(lambda: len(running.panes()) == 4, 20, "three terminals and the links")
    names = [pane[0] for pane in running.panes()]
    assert names == (["moderators"] * 3 + ["links"] if rows == 60 else ["granville", "agneaux", "cherbourg", "links"])
    running.until(lambda: all("en ligne" in screen or "online" in screen for screen in running.screens()), 20, "terminals on line")
    for venue in ("Granville", "Agneaux", "Cherbourg"):
        running.until(lambda: any(f"vous : {venue}" in screen and questions(screen) for screen in running.screens()), 60,
                      f"a question on the terminal of {venue}")
    hub = running.hub
    for role, label in (("display", "wall"), ("speaker", "speaker")):
        client = hub.client(role=role, token=hub.token(label))
        client.until(lambda: client.view.get("live", {}).get("id") in client.view["cards"], 60, f"a live question for the {role}")
        client.close()
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.until(lambda: sum(card["votes"] for card in moderator.cards()) >= 5, 60, "votes")
    moderator.until(lambda: {card["venue"] for card in moderator.cards()} == {"granville", "agneaux", "cherbourg"}, 60, "three venues")
    assert [talk["phase"] for talk in moderator.view["event"]["talks"]][0] == "running"
    moderator.close()
    for word in ("Ctrl-b n", "Ctrl-b d"):
        assert word in running.status(), "how to switch and how to leave"
    assert running.tmux("show-options", "-gv", "mouse").strip() == "on"
    links = running.tmux("capture-pane", "-p", "-J", "-t", f"{running.session}:links")
    for path in ("/ask?venue=granville", "/speaker#", "/wall#"):
        assert path in links
    assert not (pathlib.Path(running.environment["HOME"]) / ".local").exists(), "nothing of the demo stays in the home folder"

    assert len(running.processes()) >= 6
    assert running.end(number) == 128 + number
    wait_until(lambda: not running.processes(), 10, f"the end of {running.processes()}")
    assert running.tmux("list-sessions") == ""


@pytest.mark.parametrize("rows", [50, 51])
def test_every_terminal_has_the_rows_it_needs(demo, rows):
    running = demo(rows, 80)
    running.until(lambda: len(running.panes()) == 4, 20, "three terminals and the links")
    running.until(lambda: all("vous : " in screen for screen in running.screens()), 20, "all terminals")
    assert all(int(height) >= 16 for _, _, height, _ in running.panes())
    assert len({name for name, *_ in running.panes()}) == (4 if rows == 50 else 2)


@pytest.fixture
def typed_demo(tmp_path):
    """A demo yet to be started, and the terminal to type its command in."""
    from terminals import Terminal
    demo = Demo(tmp_path, 24, 80)
    names = ("QARELAY_BIN", "DATA", "PORT", "DEMO_SESSION")
    terminal = Terminal(tmp_path / "terminal", (80, 24), **{name: demo.environment[name] for name in names})
    # The second tmux in the first one's folder: a session name tells them apart.
    shutil.rmtree(demo.sockets)
    demo.environment["TMUX_TMPDIR"] = terminal.sockets
    yield demo, terminal
    demo.tmux("kill-server")
    terminal.close()


def test_in_a_terminal_it_opens_switches_by_the_keys_it_names_and_ends_when_left(typed_demo):
    demo, terminal = typed_demo
    before = terminal.stty()
    terminal.say(f"cd {ROOT}; clear; scripts/demo.sh; echo ended with $?")
    terminal.until("[1 Granville", "vous : Granville", "[granville]", "links", "Ctrl-b n: next", "Ctrl-b d: end", seconds=30)
    terminal.press("C-b", "n")
    terminal.until("vous : Agneaux")
    terminal.press("C-b", "n")
    terminal.until("vous : Cherbourg", "[cherbourg]")
    terminal.press("C-b", "n")
    terminal.until("Wall", "/wall#", "[links]")
    terminal.press("C-b", "d")
    terminal.until("ended with 0", "prompt>")
    # The shell around it has the same environment and stays.
    wait_until(lambda: not [name for _, name in demo.processes() if name.rsplit(b"/", 1)[-1] in (b"qarelay", b"qaclient")],
               10, "the end of everything")
    assert terminal.stty() == before


def test_the_key_cuts_the_last_venues_line_and_joins_it_again_and_the_terminal_goes_on(typed_demo):
    demo, terminal = typed_demo
    terminal.say(f"cd {ROOT}; clear; scripts/demo.sh; echo ended with $?")
    terminal.until("[1 Granville", "vous : Granville", "[granville]", seconds=30)
    terminal.press("C-b", "n")
    terminal.until("vous : Agneaux")
    terminal.press("C-b", "n")
    terminal.until("vous : Cherbourg", "en ligne")
    terminal.press("C-b", "x")
    terminal.until("ligne coupée depuis", seconds=20)
    # The keys are the terminal's still: nothing lies over it.
    terminal.press("?")
    terminal.until("Aide", seconds=10)
    terminal.press("Escape")
    terminal.until("ligne coupée depuis", without=["Aide"])
    terminal.press("C-b", "x")
    terminal.until("en ligne", without=["ligne coupée"], seconds=30)
    terminal.press("C-b", "d")
    terminal.until("ended with 0")


def test_who_presses_q_can_open_the_terminal_again(demo):
    running = demo()
    running.until(lambda: [s for s in running.screens() if "vous : " in s], 20, "a terminal")
    running.until(lambda: running.screens() and all("vous : " in s for s in running.screens()), 20, "all terminals")
    pane = running.panes()[0][3]
    running.tmux("send-keys", "-t", pane, "q")
    running.until(lambda: "Enter opens it again" in running.screens()[0], 10, "the sentence")
    running.tmux("send-keys", "-t", pane, "Enter")
    running.until(lambda: "vous : " in running.screens()[0], 10, "the terminal")


def test_a_demo_does_not_throw_away_somebodys_folder(demo, tmp_path):
    (tmp_path / "demo").mkdir()
    kept = tmp_path / "demo" / "thesis.txt"
    kept.write_text("years of work")
    running = demo()
    assert running.process.wait(20) == 1
    assert "name another folder in DATA" in running.log.read_text() and kept.exists()


def test_a_demo_whose_port_is_taken_says_so_and_leaves_nothing(demo, tmp_path):
    taken = Hub(tmp_path / "taken").start()
    try:
        running = demo(PORT=str(taken.port))
        assert running.process.wait(30) == 1
        assert str(taken.port) in running.log.read_text()
        wait_until(lambda: not running.processes(), 5, "the end of everything")
    finally:
        taken.stop()
