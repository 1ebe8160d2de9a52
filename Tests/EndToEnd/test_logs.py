"""What the programs write down beside the event: one line a record, no text, no name, no token, no address; and no token in
any byte of the data folder that is not made for it."""

import re

import pytest
from conftest import ROOT, Hub, http
from relays import Relay

CANARY = "Zénobie-canari-7319"
FORGED = f"Qui répond ?\r\n2026-11-24T00:00:00Z error code=forged text={CANARY}\x1b[2J"
RECORD = re.compile(r'^time=\d{4}-\d\d-\d\dT[\d:.]+Z level=[a-z]+ code=[a-z_]+( [\w.-]+=("(?:[^"\\]|\\.)*"|[^ "=]*))*$')


def spoken_lines(hub):
    """The lines of the log that are records; the rest is what the program prints for people."""
    return [line for line in hub.log.read_text().splitlines() if line.startswith("time=")]


@pytest.fixture
def day(tmp_path, monkeypatch):
    """A hub and a relay that talk as much as they can, after hostile input of every kind."""
    monkeypatch.setenv("QARELAY_LOG", "trace")
    hub = Hub(tmp_path / "data").start()
    relay = Relay(tmp_path / "relay", hub).start()
    for server, venue in ((hub, "granville"), (relay, "cherbourg")):
        phone = server.client(venue=venue)
        phone.until(lambda phone=phone: phone.position > 0)
        phone.ask(FORGED, name=CANARY)
        phone.ask(f"Pourquoi {CANARY} ne paie-t-elle pas ?", name="Cunégonde")
        phone.send({"type": "suggest", "r": 1, "text": f"Pourquoi {CANARY}"})
        phone.send("{" + CANARY)
        http(server, f"/{CANARY}?{CANARY}", headers=[("User-Agent", CANARY), ("X-Forwarded-For", "203.0.113.77"), ("Referer", CANARY)])
        wrong = server.client(role="moderator", token="CANARYTOKEN" * 3)
        wrong.close_code()
    moderator = hub.client(role="moderator", token=hub.token("moderator"))
    moderator.until(lambda: moderator.cards("pending"))
    moderator.do("note", question=moderator.cards("pending")[0]["id"], text=CANARY)
    moderator.do("say", text=CANARY)
    tokens = [path.read_text().strip() for path in (hub.folder / "tokens").glob("*.token")]
    devices = [phone.welcome["device"]]
    relay.finish()
    hub.stop()
    yield hub, relay, tokens, devices


def test_row_39_the_log_has_one_line_a_record_and_nothing_of_anybody(day, record_property):
    hub, relay, tokens, devices = day
    seen = 0
    for server in (hub, relay):
        text = server.log.read_text()
        for secret in (CANARY, "canari", "CANARYTOKEN", "Cunégonde", "203.0.113.77", "code=forged", "\x1b", "\r", *tokens, *devices):
            assert secret not in text, secret
        lines = spoken_lines(server)
        assert lines
        assert [line for line in lines if not RECORD.match(line)] == []
        # Whoever listens to is named by what an administrator wrote: an address of a phone is in no record.
        assert not [line for line in lines if re.search(r"\b127\.0\.0\.1\b(?!:)", line)]
        seen += len(lines)
    record_property("figure", f"{seen} records, 0 canaries")


def test_row_27_no_token_is_in_the_log_or_in_a_byte_of_the_folder_but_its_own_file(day, record_property):
    hub, relay, tokens, _ = day
    assert len(tokens) >= 5 and all(len(token) >= 22 for token in tokens)
    looked = 0
    for server in (hub, relay):
        for path in server.folder.rglob("*"):
            if not path.is_file() or path.parent.name == "tokens" or path.name in ("links.txt", "pairing-code"):
                continue
            data = path.read_bytes()
            looked += len(data)
            assert not [token for token in tokens if token.encode() in data], path
        assert not [token for token in tokens if token in server.log.read_text()]
    for path in [*(hub.folder / "tokens").iterdir(), hub.folder / "links.txt"]:
        assert path.stat().st_mode & 0o077 == 0, path
    record_property("figure", f"{looked:,} bytes looked through")


def test_row_27_pages_keep_tokens_out_of_request_lines_and_referers():
    # The fragment is the only place; the policy of every page says that nothing is sent as a referrer.
    for source in (ROOT / "web").rglob("*.js"):
        assert not re.search(r"[?&]token=", source.read_text()), source
