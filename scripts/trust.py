#!/usr/bin/env python3
"""Prints what is promised of faults and attacks, row by row: passed, failed, or not testable here and why, with a figure.

    scripts/trust.py            every row (about an hour: cuts of half an hour, crowds of thousands)
    scripts/trust.py --quick    what “make test” runs of them

A row's tests are those whose names hold its number: “row 7 …” in Swift, “row_7_…” in Python. The programs and tests must
have been built (`make trust` does). Exit status 1 when a row failed. Standard library only.
"""

import argparse
import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as XML

ROOT = pathlib.Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
ROW = re.compile(r"\brow[ _](\d+)(?!\d)|_row_(\d+)(?!\d)")

NO_BROKER = "there is no message broker in this design: hub and relays speak to each other directly"

# What each row is about, and what has to hold.
ROWS = {
    1: ("power cut at the hub", "every acknowledged command is there afterwards"),
    2: ("a write or flush that fails", "nothing is acknowledged after it, /health is red, a restart has all that was"),
    3: ("full disk", "senders are told, reading goes on, it works again by itself"),
    4: ("kill -9 of the hub", "nothing lost, nothing twice, clients back within 5 s"),
    5: ("power cut at a broker", None),
    6: ("kill -9 of one of three brokers", None),
    7: ("line cut for half an hour", "both sides go on; equal within 10 s per 1,000 commands"),
    8: ("black hole on the line", "both ends notice within 30 s, nobody waits"),
    9: ("loss of 5 and 30 %, 1 Mbit/s, flapping", "nothing lost or twice, no calls faster than the back-off"),
    10: ("log begun anew, or restored from a backup", "whoever comes back gets the whole view; no silent hole"),
    11: ("a gap on a live connection", "noticed and mended within 10 s"),
    12: ("everybody comes back at once", "all back within 60 s, memory at most 1.5 times"),
    13: ("readers that do not read", "closed within 30 s, memory bounded, the others unharmed"),
    14: ("frames against RFC 6455", "refused with the right code"),
    15: ("bytes that are not UTF-8", "closed with 1007"),
    16: ("compression bombs", "no extension is ever accepted"),
    17: ("a length that lies", "closed with 1009 at its header, without memory"),
    18: ("bomb of fragments", "closed with 1008 or 1009"),
    19: ("flood of pings", "the others unharmed"),
    20: ("slow headers, slow TLS", "closed within 15 s, honest people served"),
    21: ("slow body of a form", "closed within 30 s"),
    22: ("two statements of a request's length", "one refusal and the end of the connection"),
    23: ("HTTP/2 in any way", "HTTP/1.1 only, upgrades refused"),
    24: ("foreign Origin, foreign Host, other versions", "refused before the connection is one"),
    25: ("client certificate forged, expired, revoked", "refused in the handshake; a name alone gives no role"),
    26: ("commands above one's role", "every forbidden cell refused, state unchanged"),
    27: ("tokens guessed, stolen, leaked", "hashed at rest, in no log or address, revoked within 1 s"),
    28: ("a whole venue behind one address", "all get in; one flooder is throttled alone"),
    29: ("flood of connections", "503 with Retry-After; those inside and moderators unharmed"),
    30: ("flood of questions", "limits a device, with the time to wait"),
    31: ("stuffing of votes", "one vote a person; bursts shown; with codes no more votes than codes"),
    32: ("double tap, resend, replay", "one command, one answer"),
    33: ("scripts in texts", "text on every page, never executed"),
    34: ("directions overridden", "removed or isolated; neighbours unchanged"),
    35: ("piles of marks", "bounded; real writing unchanged"),
    36: ("invisible and look-alike letters", "refused, or compared by their skeleton"),
    37: ("escapes to the terminal", "none reaches it"),
    38: ("formulas in exports", "none; RFC 4180"),
    39: ("line breaks and secrets in logs", "one line a record, no text, token or address"),
    40: ("retention", "after a purge or an erasure no byte is left"),
    41: ("bit rot", "each flipped bit is noticed, none served"),
    42: ("clocks that jump", "order by sequence, timers sane"),
    43: ("no descriptors left", "those inside live, newcomers told, recovers"),
    44: ("data races", "thread and address sanitizers are silent"),
    45: ("malformed input to every decoder", "no crash"),
    46: ("what nobody thought of", "thousands of simulated days, each from a seed"),
    47: ("stop and upgrade", "everybody told 1001, nothing lost, within 5 s"),
    48: ("forged X-Forwarded-For", "heard from configured proxies alone"),
    49: ("exposed broker", None),
}


class Found:
    """The results of one row's tests."""

    def __init__(self):
        self.counts = collections.Counter()
        self.reasons, self.figures = [], []

    def verdict(self, row):
        if ROWS[row][1] is None:
            return "not testable", NO_BROKER
        if self.counts["failed"]:
            return "FAILED", "; ".join(self.reasons[:3])
        if self.counts["passed"]:
            figures = "; ".join(dict.fromkeys(self.figures))
            skipped = f" ({self.counts['skipped']} not here: {self.reasons[0]})" if self.counts["skipped"] else ""
            return "passed", f"{self.counts['passed']} tests{': ' + figures if figures else ''}{skipped}"
        if self.counts["skipped"]:
            return "not testable", "here: " + self.reasons[0]
        return "no test", "none ran"


def read(path, found):
    for case in XML.parse(path).getroot().iter("testcase"):
        rows = {int(number) for found_in in ROW.findall(case.get("name", "")) for number in found_in if number}
        failure = next((case.find(kind) for kind in ("failure", "error") if case.find(kind) is not None), None)
        skipped = case.find("skipped")
        figures = [each.get("value") for each in case.iter("property") if each.get("name") == "figure"]
        for row in rows & set(found):
            about = found[row]
            if failure is not None:
                about.counts["failed"] += 1
                about.reasons.append(case.get("name"))
            elif skipped is not None:
                about.counts["skipped"] += 1
                about.reasons.append((skipped.get("message") or "skipped").removeprefix("Skipped: "))
            else:
                about.counts["passed"] += 1
                about.figures += figures


def run(quick, folder):
    """Runs the tests of rows; gives the files of results."""
    environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", "PYTHONDONTWRITEBYTECODE": "1",
                   "QARELAY_BIN": os.environ.get("QARELAY_BIN", ".build/debug")}
    if not quick:
        environment |= {"QARELAY_LONG": "1", "SIMULATION_SEEDS": environment.get("SIMULATION_SEEDS", "1000")}
    log = open(folder / "output", "wb")
    subprocess.run(["swift", "test", "--skip-build", "--disable-xctest", "--parallel", "--filter", "row.[0-9]+",
                    "--xunit-output", str(folder / "swift.xml")], cwd=ROOT, env=environment, stdout=log, stderr=log)
    subprocess.run([str(PYTHON), "-m", "pytest", "Tests/EndToEnd", "-q", "-k", "row_", "-p", "no:cacheprovider",
                    "-m", "not long" if quick else "long or not long", "--junitxml", str(folder / "python.xml")],
                   cwd=ROOT, env=environment, stdout=log, stderr=log)
    log.close()
    files = [path for path in (folder / "swift.xml", folder / "swift-swift-testing.xml", folder / "python.xml") if path.exists()]
    if len(files) < 2:
        sys.exit("The tests did not run to their end:\n" + (folder / "output").read_text(errors="replace")[-3000:])
    return files


def sanitized(found):
    """Row 44: the Swift tests again, under both sanitizers."""
    for kind in ("thread", "address"):
        done = subprocess.run([str(ROOT / "scripts" / "sanitize.sh"), kind], cwd=ROOT, capture_output=True, text=True)
        found.counts["failed" if done.returncode else "passed"] += 1
        if done.returncode:
            found.reasons.append(f"{kind} sanitizer: {done.stdout[-200:]}")


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="without the tests that take long")
    asked.add_argument("--results", nargs="+", type=pathlib.Path, metavar="XML", help="read these results, run nothing")
    asked.add_argument("--markdown", type=pathlib.Path, metavar="FILE", help="write the table there, too")
    wanted = asked.parse_args()
    found = {row: Found() for row in ROWS}
    with tempfile.TemporaryDirectory() as folder:
        for path in wanted.results or run(wanted.quick, pathlib.Path(folder)):
            read(path, found)
    if not wanted.quick and not wanted.results:
        sanitized(found[44])
    elif not found[44].counts:
        found[44].counts["skipped"] += 1
        found[44].reasons.append("the sanitizers take half an hour: run without --quick")
    lines = ["| row | fault or attack | what has to hold | result | figure, or why |", "|---|---|---|---|---|"]
    verdicts = collections.Counter()
    for row, (title, bar) in ROWS.items():
        verdict, why = found[row].verdict(row)
        verdicts[verdict] += 1
        lines.append(f"| {row} | {title} | {bar or '–'} | {verdict} | {why} |")
    lines += ["", ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items()) + "."]
    print("\n".join(lines))
    if wanted.markdown:
        wanted.markdown.write_text("\n".join(lines) + "\n")
    sys.exit(1 if verdicts["FAILED"] else 0)


if __name__ == "__main__":
    main()
