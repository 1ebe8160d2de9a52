#!/usr/bin/env python3
"""How well and how fast the duplicates engine finds: figures beside their aims, and beside two simple baselines.

    python3 bench/duplicates.py                            the sets of the project
    python3 bench/duplicates.py SET.jsonl[:PAIRS.tsv] …    … and others (formats: bench/duplicates/score.py)
    python3 bench/duplicates.py --timing                   … and the times among 10,000, 100,000 and 1,000,000 questions

`scripts/bench.sh duplicates` takes the same figures and writes them to bench/results/duplicates.md. The engine is the release binary, or that in the folder QARELAY_BIN; standard library only.
"""

import argparse
import collections
import difflib
import importlib.util
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.dont_write_bytecode = True
from harness import HUB, ROOT

DATA = ROOT / "bench" / "duplicates"
SETS = [("demo-questions", ROOT / "events" / "demo-questions.jsonl", DATA / "dev.pairs.tsv")] + [
    (name, DATA / f"{name}.jsonl", DATA / f"{name}.pairs.tsv") for name in ("own-a", "own-b", "own-c", "own-d")]
MINIMAL = ("minimal.txt", "own-a.minimal.txt", "own-b.minimal.txt", "own-c.minimal.txt")
UNSEEN = DATA / "unseen.json"
TYPED = 60
PRECISION = 0.93
# Comparisons that the slow baseline is worth.
COMPARED = 1_000_000
# Milliseconds in which 95 of 100 answers are there, by questions in the event; megabytes at 100,000.
TIMES = {10_000: 2, 100_000: 5, 1_000_000: 20}
MEGABYTES = 100

spec = importlib.util.spec_from_file_location("score", DATA / "score.py")
score = importlib.util.module_from_spec(spec)
spec.loader.exec_module(score)


# What the engine said that it does without.
missing = set()


def engine(*arguments):
    """The lines that `qarelay duplicates` prints, each cut at its tabs."""
    command = [HUB, "duplicates", "--language", ROOT / "language", *arguments]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr.strip())
    missing.update(re.findall(r"language_missing: (.+) is not there", done.stderr))
    return [line.split("\t") for line in done.stdout.splitlines()]


def candidates(lines):
    """By question what is proposed: (score, id) each."""
    found = collections.defaultdict(list)
    for question, other, value in lines:
        found[question].append((float(value), other))
    return found


# One set


class Figure:
    """A value with its 95 % Wilson interval where it is a share of something, and what is aimed at."""

    def __init__(self, name, aim=None, at_most=False, form="{:.3f}", ranked=True):
        # What is ranked depends on learned weights, what the strict rule does on none.
        self.name, self.aim, self.at_most, self.form, self.ranked = name, aim, at_most, form, ranked

    def share(self, right, total):
        """A share as what goes into the results."""
        value = right / total if total else None
        return self.told(value, score.wilson(right, total) if total else None, right=right, of=total)

    def told(self, value, interval=None, **more):
        met = None
        if self.aim is not None and value is not None:
            met = value <= self.aim if self.at_most else value >= self.aim
        aim = "" if self.aim is None else f"≥ {self.aim:g}" if not self.at_most else "none"
        return {"figure": self.name, "value": value, "interval": interval, "aim": aim, "met": met, "ranked": self.ranked,
                "shown": "–" if value is None else self.form.format(value), **more}


MERGES = Figure("questions united by the strict rule, wrong ones", 0, at_most=True, ranked=False)
NEAR = Figure("same wording: pairs united", 0.90, ranked=False)
DUPLICATES = Figure("all duplicates: united", 0.38, ranked=False)
RECALLS = [
    ("all", "recall@3", "rank", Figure("an earlier duplicate in the first 3", 0.88)),
    ("all", "recall@3", "shown", Figure("… of those that a hub shows", 0.88)),
    ("all", "recall@3", "typed", Figure(f"… in the first 3, {TYPED} % typed", 0.74)),
    ("reworded_only", "recall@3", "rank", Figure("… in the first 3, only reworded ones to find", 0.70)),
    ("xlang_only", "recall@3", "rank", Figure("… in the first 3, only in the other language", 0.80)),
    ("all", "recall@10", "flag", Figure("… in the first 10 for a moderator", 0.93)),
]
HARD = Figure("AUC, duplicates against hard negatives", 0.88)
TOP = Figure(f"best flags at precision {PRECISION}: share of duplicates found", 0.55)
NOVEL = Figure("proposed to who types a new question, of 3, at no threshold", form="{:.2f}")
NOVEL_SHOWN = Figure("… shown by a hub", form="{:.2f}")
NOVEL_TYPED = Figure(f"… shown by a hub, {TYPED} % typed", form="{:.2f}")


def united(questions, founders):
    """Figures of what would be merged without a person."""
    metrics = score.stream_metrics(questions, founders)
    merges, wrong = metrics["merges"], len(metrics["wrong"])
    told = MERGES.share(wrong, merges) if merges else MERGES.told(0.0, right=0, of=0)
    told["shown"] = f"{wrong} of {merges}"
    told["wrong"] = metrics["wrong"]
    return told, DUPLICATES.share(merges - wrong, metrics["duplicates"])


def near(pairs, founders):
    kinds = [(a, b) for a, b, _, kind in score.rows(pairs) if kind == "pos_near"]
    return NEAR.share(sum(founders.get(a, a) == founders.get(b, b) for a, b in kinds), len(kinds))


def recalls(questions, pairs, **found):
    """The figures of RECALLS, each of what was found in its way."""
    metrics = {way: score.rank_metrics(questions, each, pairs) for way, each in found.items()}
    for group, key, way, figure in RECALLS:
        if way in metrics:
            if group in metrics[way]:
                total = metrics[way][group]["n"]
                yield figure.share(round(metrics[way][group][key] * total) if total else 0, total)
            else:
                yield figure.told(None)


def top(questions, found):
    """The best proposal of each question, the surest first: how many duplicates the longest list finds that is precise."""
    cluster = {question["id"]: question["cluster"] for question in questions}
    tops, seen, duplicates, right, most = [], set(), 0, 0, 0
    for question in questions:
        duplicates += question["cluster"] in seen
        seen.add(question["cluster"])
        if proposed := found.get(question["id"]):
            value, other = max(proposed)
            tops.append((value, int(cluster[other] == question["cluster"])))
    for place, (_, is_right) in enumerate(sorted(tops, reverse=True), 1):
        right += is_right
        if right / place >= PRECISION:
            most = right
    return TOP.share(most, duplicates)


def load(questions, found):
    """Questions shown, three at most, to who asks what nobody asked before."""
    seen, shown = set(), []
    for question in questions:
        if question["cluster"] not in seen:
            shown.append(min(3, len(found.get(question["id"], []))))
        seen.add(question["cluster"])
    return sum(shown) / len(shown) if shown else None


def judged(questions, path, pairs):
    """All figures of one set."""
    founders = dict(engine("--mode", "stream", "--set", path))
    rank = lambda *how: candidates(engine("--mode", "rank", "--set", path, *how))
    found = {"rank": rank(), "shown": rank("--shown"), "typed": rank("--typed", TYPED),
             "flag": candidates(engine("--mode", "flag", "--set", path))}
    merges, duplicates = united(questions, founders)
    figures = [merges, near(pairs, founders) if pairs else NEAR.told(None), duplicates]
    figures += recalls(questions, pairs and str(pairs), **found)
    if pairs:
        values = {}
        for a, b, value in engine("--mode", "pairs", "--pairs", pairs, "--set", path):
            values[a, b] = values[b, a] = float(value)
        labelled = [(values.get((a, b), -math.inf), int(y), kind) for a, b, y, kind in score.rows(pairs)]
        figures.append(HARD.told(known(score.pairs_metrics(labelled)["auc_hard"])))
    else:
        figures.append(HARD.told(None))
    figures += [top(questions, found["flag"]), NOVEL.told(load(questions, found["rank"])),
                NOVEL_SHOWN.told(load(questions, found["shown"])),
                NOVEL_TYPED.told(load(questions, rank("--shown", "--typed", TYPED)))]
    return figures


def known(value):
    return None if math.isnan(value) else value


# The baselines


def plain(text):
    """Lower-case letters and digits without accents, single blanks between words."""
    letters = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(each for each in letters if not unicodedata.combining(each))))


def equal_texts(questions, pairs):
    """Two questions are the same when nothing but case, accents and punctuation parts them."""
    first, founders, found = {}, {}, {}
    for question in questions:
        key = question["event"], plain(question["text"])
        founders[question["id"]] = first.setdefault(key, question["id"])
        if founders[question["id"]] != question["id"]:
            found[question["id"]] = [(1.0, founders[question["id"]])]
    merges, duplicates = united(questions, founders)
    return [merges, near(pairs, founders) if pairs else NEAR.told(None), duplicates,
            *recalls(questions, pairs and str(pairs), rank=found, flag=found), top(questions, found), NOVEL.told(load(questions, found))]


def sorted_words(questions, pairs):
    """The ratio of the texts with their words in alphabetical order; nothing where it would take too long."""
    sizes = collections.Counter(question["event"] for question in questions)
    if sum(size * size // 2 for size in sizes.values()) > COMPARED:
        return []
    earlier, found = collections.defaultdict(list), {}
    matcher = difflib.SequenceMatcher(autojunk=False)
    for question in questions:
        text = " ".join(sorted(plain(question["text"]).split()))
        matcher.set_seq2(text)
        best = []
        for other, identifier in earlier[question["event"]]:
            # Ten are enough; the two bounds from above are quick.
            floor = best[-1][0] if len(best) == 10 else 0
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() > floor and matcher.quick_ratio() > floor:
                best = sorted([*best, (matcher.ratio(), identifier)], reverse=True)[:10]
        found[question["id"]] = best
        earlier[question["event"]].append((text, question["id"]))
    return [*recalls(questions, pairs and str(pairs), rank=found, flag=found), top(questions, found), NOVEL.told(load(questions, found))]


# Minimal pairs


def minimal_pairs(folder):
    """Pairs that differ in one thing: those that must not be united, and those that may."""
    told = []
    for name in MINIMAL:
        command = [sys.executable, DATA / "minimal.py"]
        questions, found = folder / "minimal.jsonl", folder / "minimal.tsv"
        with open(questions, "wb") as file:
            subprocess.run([*command, "make", DATA / name], stdout=file, check=True)
        found.write_text("".join("\t".join(line) + "\n" for line in engine("--mode", "stream", "--set", questions)))
        # It ends with 1 when it is not content, which is no fault here.
        answer = subprocess.run([*command, "score", DATA / name, found], stdout=subprocess.PIPE, text=True).stdout
        wrong, apart, made, safe = map(int, re.search(r"wrong (\d+)/(\d+), safe ones made (\d+)/(\d+)", answer).groups())
        bad = Figure(f"{name}: united wrongly", 0, at_most=True, ranked=False).share(wrong, apart)
        bad["shown"] = f"{wrong} of {apart}"
        bad["wrong"] = answer.split("\n")[0]
        good = Figure(f"{name}: safe ones united", 0.80, ranked=False).share(made, safe)
        good["shown"] = f"{made} of {safe}"
        told += [bad, good]
    return told


# All of it


def unseen():
    """The figures that scripts/train-ranker.py stored, None where there are none."""
    try:
        return json.loads(UNSEEN.read_text())
    except (OSError, ValueError):
        return None


def wanted(argument):
    """A set from the command line: SET.jsonl[:PAIRS.tsv]."""
    names = [pathlib.Path(name) for name in argument.split(":", 1)]
    for name in names:
        if not name.is_file():
            raise argparse.ArgumentTypeError(f"there is no file {name}")
    return names[0].stem, names[0], names[1] if len(names) > 1 else None


def some(pairs, path, chosen):
    """The pairs of the questions that were taken: the engine refuses others."""
    taken = {question["id"] for question in score.load_set(path)}
    rows = ["\t".join(row) + "\n" for row in score.rows(pairs) if taken.issuperset(row[:2])]
    chosen.write_text("".join(rows))
    return chosen


def measured(more=(), first=None):
    """Everything but the times; `first` takes so many questions of each set, to see that all works."""
    results = {"sets": [], "unseen": unseen()}
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for name, path, pairs in [*SETS, *more]:
            if first:
                lines = path.read_text().split("\n")[:first]
                path = scratch / f"{name}.jsonl"
                path.write_text("\n".join(lines) + "\n")
                pairs = pairs and some(pairs, path, scratch / f"{name}.tsv")
            questions = score.load_set(path)
            results["sets"].append({
                "set": name, "questions": len(questions), "events": len({question["event"] for question in questions}),
                "figures": judged(questions, path, pairs), "equal_texts": equal_texts(questions, pairs),
                "sorted_words": sorted_words(questions, pairs)})
        results["minimal"] = minimal_pairs(scratch)
    results["missing"] = sorted(missing)
    results["weights_learned_from"] = [name for name, _, _ in SETS]
    if first:
        # A part of a set says nothing.
        for each in [*results["minimal"], *(each for one in results["sets"] for each in one["figures"])]:
            each["met"] = None
    return results


def timed(count):
    """What `count` questions in one event cost the engine, in microseconds of its thread, and the memory it takes."""
    path = ROOT / "events" / "demo-questions.jsonl"
    point = json.loads(engine("--mode", "timing", "--set", path, "--questions", count)[0][0])
    return {**point, "missing": sorted(missing)}


def without_what(missing):
    return f" (**without {', '.join(missing)}**)" if missing else ""


def rows(results):
    """Figure, aim, result, met – as the report has them: what must not happen, over all sets."""
    merges = [one["figures"][0] for one in results["sets"]]
    wrong, united = sum(each["right"] for each in merges), sum(each["of"] for each in merges)
    bound = score.wilson(wrong, united)[1] if united else 1
    yield (f"united by the strict rule in {len(merges)} sets, wrong ones", "none",
           f"{wrong} of {united:,} (95 %: at most {bound:.1%})", wrong == 0)
    pairs = [each for each in results["minimal"] if "wrong" in each]
    wrong, apart = sum(each["right"] for each in pairs), sum(each["of"] for each in pairs)
    yield "… pairs that differ in one thing, united wrongly", "none", f"{wrong} of {apart}", wrong == 0


def time_rows(point):
    """Figure, aim, result, met – as the report has them."""
    count = point["questions"]
    # An engine that lacks something is quick for that very reason.
    aim = None if point["missing"] else TIMES.get(count)
    without = without_what(point["missing"])
    yield f"engine, {count:,} questions{without}: taking one in", "", f"{point['insert']:,} µs", None
    names = {"suggest": "answering who types", "flag": "looking for a moderator", "prove": "the strict rule"}
    for key, name in names.items():
        # The strict rule is shown the first 100,000.
        of = " (among 100,000)" if key == "prove" and count > 100_000 else ""
        p95 = point[f"{key}_p95"] / 1_000
        yield (f"… {name}{of}, p50 / p95", f"p95 ≤ {aim} ms" if aim else "",
               f"{point[f'{key}_median'] / 1_000:.2f} / {p95:.2f} ms", p95 <= aim if aim else None)
    megabytes = point["engine_bytes"] / 1e6
    aimed = aim is not None and count == 100_000
    yield ("… its memory", f"≤ {MEGABYTES} MB" if aimed else "", f"{megabytes:.0f} MB",
           megabytes <= MEGABYTES if aimed else None)


# What is told


def verdict(met):
    return "" if met is None else "met" if met else "**missed**"


def line(figure, *others, learned=False):
    interval = "–".join(f"{abs(bound):.3f}" for bound in figure["interval"]) if figure["interval"] else ""
    said = verdict(figure["met"]) + (" (seen)" if learned and figure["ranked"] and figure["met"] is not None else "")
    return "| " + " | ".join([figure["figure"], figure["shown"], interval, figure["aim"], said, *others]) + " |"


def report(results):
    """All that was measured, as lines of Markdown: in short, by set, pair by pair, and the times where they were taken."""
    lines = []
    if results["missing"]:
        lines += [f"**The engine did without {', '.join(results['missing'])}**: build it anew, or install what is missing.", ""]
    lines += ["## In short", "", *summary(results), "", "## Events that the weights never saw", "",
              f"The weights in language/ranker.txt were learned from {', '.join(name for name, _, _ in SETS)}: what the tables "
              "further down say of ranking on these sets is what the engine remembers. Figures for unseen events are those of "
              "scripts/train-ranker.py --check, which leaves each event out in turn" + left_out(results["unseen"]) + ":", "",
              *unseen_lines(results["unseen"]), ""]
    for place, one in enumerate(results["sets"]):
        # The first sets are those of the project.
        learned = place < len(results["weights_learned_from"])
        lines += [f"## {one['set']}, {one['questions']:,} questions of {one['events']} events", "",
                  "| figure | engine | 95 % | aim | | equal texts | words sorted |", "|---|---|---|---|---|---|---|"]
        baselines = [{each["figure"]: each["shown"] for each in one[key]} for key in ("equal_texts", "sorted_words")]
        for each in one["figures"]:
            lines.append(line(each, *(baseline.get(each["figure"], "") for baseline in baselines), learned=learned))
        wrong = [f"{a} ← {b}" for each in one["figures"] for a, b in each.get("wrong", [])]
        lines += ["", f"United wrongly: {', '.join(wrong)}.", ""] if wrong else [""]
    lines += ["## Pairs that differ in one thing", "", "| figure | engine | 95 % | aim | |", "|---|---|---|---|---|"]
    lines += [line(each) for each in results["minimal"]] + [""]
    lines += ["Seen: the weights were learned from this very set. Equal texts: the same but for case, accents and "
              "punctuation. Words sorted: difflib's ratio of the texts with their words in alphabetical order. The threshold of "
              "a precision is chosen on the set itself. Intervals are Wilson's."]
    if results.get("times"):
        lines += ["", "## Times", "", "One thread, its processor time, among near copies of the demo's questions in one event.",
                  "", "| figure | aim | result | |", "|---|---|---|---|"]
        for point in results["times"]:
            lines += [f"| {figure} | {aim} | {result} | {verdict(met)} |" for figure, aim, result, met in time_rows(point)]
    return lines


# What the short table tells of unseen events: key of unseen.json, figure.
RANKED = [("recall3", RECALLS[0][3]), ("shown", RECALLS[1][3]), ("typed", RECALLS[2][3]), ("reworded", RECALLS[3][3]),
          ("xlang", RECALLS[4][3]), ("recall10", RECALLS[5][3]), ("auc_hard", HARD), ("flag", TOP)]


def summary(results):
    """One table for the README: what unseen events gave, the given set beside the worst and the best of the own."""
    own = [one["set"] for one in results["sets"][1:len(results["weights_learned_from"])]]
    lines = ["| what | aim | all seventeen events | the seven given ones | | the ten own ones, by set | |", "|---|---|---|---|---|---|---|"]
    missed = []

    def add(name, aim, whole, given, others):
        cells = [given, *others]
        for where, cell in zip(["the given events", *own], cells):
            if cell["met"] is False:
                missed.append(f"{name.removeprefix('… ')} ({where}: {cell['shown']}, aim {aim})")
        told = [cell["shown"] for cell in others]
        met = [verdict(None if any(each["met"] is None for each in group) else all(each["met"] for each in group))
                for group in ([given], others)]
        lines.append(f"| {name} | {aim} | {whole} | {given['shown']} | {met[0]} | {', '.join(told)} | {met[1]} |")

    for place in range(3):
        first, *rest = [one["figures"][place] for one in results["sets"][:len(results["weights_learned_from"])]]
        right, total = (sum(one[key] for one in (first, *rest)) for key in ("right", "of"))
        add(first["figure"], first["aim"], f"{right} of {total}" if place == 0 else f"{right / total:.3f}", first, rest)
    whole = results["unseen"].get("all", {}) if results["unseen"] else {}
    stored = list(results["unseen"]["sets"].values()) if results["unseen"] else []
    for key, figure in RANKED:
        if not any(key in one for one in stored):
            continue
        first, *rest = [figure.told(one.get(key)) for one in stored]
        add(figure.name, first["aim"], figure.told(whole.get(key))["shown"], first, rest)
    said = "; ".join(missed) if missed else "nothing"
    return [*lines, "", f"Ranking is of events that the weights never saw. Own sets: {', '.join(own)}. **Missed:** {said}."]


def left_out(stored):
    """What of an event the figures for unseen ones know nevertheless."""
    if stored is None or "commonness" in stored.get("without", []):
        return ", from learning as from the counts of words"
    return " (taken by an earlier version: words were counted over all events, and whole texts ranked as a moderator sees them)"


def unseen_lines(stored):
    if stored is None:
        return [f"{UNSEEN.relative_to(ROOT)} is not there. Write it with: "
                f"scripts/train-ranker.py --check --json {UNSEEN.relative_to(ROOT)}"]
    lines = ["| figure | aim | " + " | ".join(stored["sets"]) + " |", "|---|---|" + "---|" * len(stored["sets"])]
    for key, figure in RANKED:
        if not any(key in one for one in stored["sets"].values()):
            continue
        told = [figure.told(one.get(key)) for one in stored["sets"].values()]
        cells = [f"{each['shown']} {verdict(each['met'])}".strip() for each in told]
        lines.append(f"| {figure.name} | {told[0]['aim'] if told else ''} | " + " | ".join(cells) + " |")
    return lines


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sets", nargs="*", metavar="SET.jsonl[:PAIRS.tsv]", type=wanted)
    options.add_argument("--timing", action="store_true", help="the times as well: some minutes, 1 GB")
    options.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write all figures there")
    options = options.parse_args()
    results = measured(options.sets)
    if options.timing:
        results["times"] = [timed(count) for count in TIMES]
    print("\n".join(report(results)), flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
