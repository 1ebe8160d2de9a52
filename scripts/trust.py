#!/usr/bin/env python3
"""Prints what is promised of faults and attacks, row by row: passed, failed, or not testable here and why, with a figure.

    scripts/trust.py            every row (some hours: a cut of half an hour, crowds of thousands, 10,000 simulated days)
    scripts/trust.py --quick    what “make test” runs of them

A row's tests are those whose names hold its number: “row 7 …” or “rows 34 35: …” in Swift, “row_7_…” in Python. The programs
and tests must have been built (`make trust` does). What honest phones felt of attacks is read from bench/results/attacks.json,
where that was measured. SIMULATION_SEEDS are the days of row 46 (10,000), FUZZ_SECONDS the time for each decoder of row 45
(20). What the tests printed is kept in .build/trust. Exit status 1 when a row failed, or has no test. Standard library only.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as XML

ROOT = pathlib.Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
BENCH = ROOT / "bench" / "results" / "attacks.json"
OUTPUT = ROOT / ".build" / "trust"
ONE, SEVERAL = re.compile(r"(?<![a-z])row[ _](\d+)"), re.compile(r"(?<![a-z])rows((?:[ _]\d+)+)")

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


# Rows by which the p99 of honest phones may not be more than twice the quiet one.
TWICE = (13, 19, 29)


class Found:
    """The results of one row's tests."""

    def __init__(self):
        self.counts = collections.Counter()
        # What failed, why something was not run, what is known not to hold, and what was measured.
        self.failures, self.skips, self.limits, self.figures = [], [], [], []

    def passed(self, figures=()):
        self.counts["passed"] += 1
        self.figures += figures

    def failed(self, what):
        self.counts["failed"] += 1
        self.failures.append(" ".join(what.split()))

    def skipped(self, why):
        self.counts["skipped"] += 1
        self.skips.append(why)

    def known(self, limit):
        self.counts["known"] += 1
        self.limits.append(limit)

    def verdict(self, row, is_named):
        if ROWS[row][1] is None:
            return "not testable", NO_BROKER
        said = [told(self.failures, 5)] if self.failures else [f"{self.counts['passed']} tests"] if self.counts["passed"] else []
        said += [told(self.figures, 12)] if self.figures else []
        said += [f"does not hold: {told(self.limits, 5)}"] if self.limits else []
        said += [f"not here ({self.counts['skipped']}): {told(self.skips, 3)}"] if self.skips else []
        why = "; ".join(said)
        if self.failures:
            return "FAILED", why
        if self.counts["passed"]:
            return "in part" if self.limits else "passed", why
        if self.limits:
            return "does not hold", told(self.limits, 5)
        if self.skips:
            return "not testable", "here: " + told(self.skips, 3)
        return ("not run", "none of its tests was among these: long ones run without --quick") if is_named else ("no test", "no test has its number")


def told(words, most):
    """Each once, and how many more there are."""
    each = list(dict.fromkeys(words))
    return "; ".join(each[:most]) + (f"; and {len(each) - most} more" if len(each) > most else "")


def rows_of(name):
    """The rows that the name of a test holds."""
    found = [int(number) for number in ONE.findall(name)]
    return {*found, *(int(number) for numbers in SEVERAL.findall(name) for number in re.split("[ _]", numbers) if number)}


def named():
    """The rows that tests in the sources are named after."""
    swift = [path.read_text() for path in (ROOT / "Tests").rglob("*.swift")]
    python = [path.read_text() for path in (ROOT / "Tests" / "EndToEnd").glob("test_*.py")]
    names = [name for text in swift for name in re.findall(r"func `([^`]+)`", text)]
    names += [name for text in python for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)]
    return set().union(*map(rows_of, names))


def read(path, found):
    for case in XML.parse(path).getroot().iter("testcase"):
        failure = next((case.find(kind) for kind in ("failure", "error") if case.find(kind) is not None), None)
        skipped = case.find("skipped")
        message = "" if skipped is None else (skipped.get("message") or "skipped").removeprefix("Skipped: ")
        figures = [each.get("value") for each in case.iter("property") if each.get("name") == "figure"]
        for about in (found[row] for row in rows_of(case.get("name", "")) if row in found):
            if failure is not None:
                about.failed(case.get("name"))
            elif skipped is None:
                about.passed(figures)
            elif skipped.get("type") == "pytest.xfail":
                about.known(message)
            else:
                about.skipped(message)


def told_to_begin(what):
    print(f"== {time.strftime('%H:%M')} {what}", file=sys.stderr, flush=True)


def started(name, command, **environment):
    """Starts a part whose output goes into a file of its own, and gives the process."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with open(OUTPUT / f"{name}.log", "wb") as log:
        return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT)


def output(name):
    return (OUTPUT / f"{name}.log").read_text(errors="replace")


def run(quick):
    """Runs the tests of rows; gives the files of results."""
    environment = {"SWIFT_BACKTRACE": "enable=no", "PYTHONDONTWRITEBYTECODE": "1", "QARELAY_BIN": os.environ.get("QARELAY_BIN", ".build/debug")}
    if not quick:
        environment |= {"QARELAY_LONG": "1", "SIMULATION_SEEDS": seeds()}
    for old in OUTPUT.glob("*.xml"):
        old.unlink()

    def python(name, marks):
        return started(name, [str(PYTHON), "-m", "pytest", "Tests/EndToEnd", "-q", "-k", "row_ or rows_", "-p", "no:cacheprovider",
                              "-m", marks, "--junitxml", str(OUTPUT / f"{name}.xml")], **environment)

    # Half an hour without a line is spent asleep: it runs beside the others, which measure and run one at a time.
    asleep = None if quick else python("asleep", "asleep")
    told_to_begin("Rows in Swift")
    started("swift", ["swift", "test", "--skip-build", "--disable-xctest", "--parallel", "--filter", "rows?[ _][0-9]+",
                      "--xunit-output", str(OUTPUT / "swift.xml")], **environment).wait()
    told_to_begin("Rows with the real programs")
    parts = {"python": python("python", "not long" if quick else "not asleep")}
    if asleep:
        parts["asleep"] = asleep
    for name, part in parts.items():
        # 2: files of tests that could not be loaded, and would be missed by no row that has others.
        if part.wait() not in (0, 1):
            if asleep:
                asleep.terminate()
            sys.exit(f"pytest ended with {part.returncode}:\n{output(name)[-3000:]}")
    files = [path for path in map(OUTPUT.joinpath, ("swift.xml", "swift-swift-testing.xml", "python.xml", "asleep.xml")) if path.exists()]
    if not any(path.name.startswith("swift") for path in files) or not all((OUTPUT / f"{name}.xml").exists() for name in parts):
        sys.exit(f"The tests did not run to their end:\n{output('swift')[-3000:]}")
    return files


def seeds():
    return os.environ.get("SIMULATION_SEEDS", "10000")


def sanitized(found):
    """Row 44: the Swift tests again, under both sanitizers."""
    for kind in ("thread", "address"):
        told_to_begin(f"Row 44: the {kind} sanitizer")
        if started(kind, [str(ROOT / "scripts" / "sanitize.sh"), kind]).wait():
            found.failed(f"{kind} sanitizer: {output(kind)[-200:]}")
        else:
            found.passed([f"{kind} sanitizer silent"])


def fuzzed(found):
    """Row 45: each decoder for a while; `make fuzz` gives each ten minutes."""
    seconds = os.environ.get("FUZZ_SECONDS", "20")
    told_to_begin(f"Row 45: every decoder for {seconds} s")
    if started("fuzz", [str(ROOT / "scripts" / "fuzz.sh")], FUZZ_SECONDS=seconds).wait():
        return found.failed(f"fuzzing: {output('fuzz')[-200:]}")
    inputs = [int(number) for number in re.findall(r"number_of_executed_units:\s*(\d+)", output("fuzz"))]
    found.passed([f"{len(inputs)} decoders fuzzed for {seconds} s each, {sum(inputs):,} inputs, no crash"])


def attacked(found):
    """What honest phones felt of each attack when it was measured last."""
    try:
        results = json.loads(BENCH.read_text())
        attacks, about = results["attacks"], results["circumstances"]
    except (OSError, ValueError, KeyError):
        return
    quiet = max(attacks[key]["vote_ack"]["p99_ms"] for key in ("quiet", "quiet_again"))
    for kind, under in attacks["under"].items():
        row, _, what = kind.partition(" ")
        if int(row) not in found:
            continue
        felt = under["vote_ack"]["p99_ms"]
        figure = f"p99 of honest votes {felt:.1f} ms during “{what}”, quiet {quiet:.1f} ms (bench, {about['date'][:10]})"
        if int(row) in TWICE and felt > 2 * quiet:
            found[int(row)].known(figure)
        else:
            found[int(row)].figures.append(figure)


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="without the tests that take long")
    asked.add_argument("--results", nargs="+", type=pathlib.Path, metavar="XML", help="read these results, run nothing")
    asked.add_argument("--markdown", type=pathlib.Path, metavar="FILE", help="write the table there, too")
    wanted = asked.parse_args()
    found = {row: Found() for row in ROWS}
    for path in wanted.results or run(wanted.quick):
        read(path, found)
    if not wanted.quick and not wanted.results:
        sanitized(found[44])
        fuzzed(found[45])
        found[46].figures.append(f"{int(seeds()):,} seeds, with relays and without")
    else:
        if not found[44].counts:
            found[44].skipped("the sanitizers take half an hour: run without --quick")
        if found[45].counts["passed"]:
            found[45].figures.append("the corpus alone; run without --quick to fuzz")
    attacked(found)
    lines = ["| row | fault or attack | what has to hold | result | figure, or why |", "|---|---|---|---|---|"]
    verdicts, have = collections.Counter(), named()
    for row, (title, bar) in ROWS.items():
        verdict, why = found[row].verdict(row, row in have)
        verdicts[verdict] += 1
        lines.append(f"| {row} | {title} | {bar or '–'} | {verdict} | {why} |")
    lines += ["", ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items()) + "."]
    print("\n".join(lines))
    if not wanted.results:
        print(f"What the tests printed is in {OUTPUT.relative_to(ROOT)}.", file=sys.stderr)
    if wanted.markdown:
        wanted.markdown.write_text("\n".join(lines) + "\n")
    is_whole = not wanted.quick and not wanted.results
    sys.exit(1 if verdicts["FAILED"] or verdicts["no test"] or is_whole and verdicts["not run"] else 0)


if __name__ == "__main__":
    main()
