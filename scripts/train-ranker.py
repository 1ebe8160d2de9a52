#!/usr/bin/env python3
"""Learns the weights of the duplicates engine and writes language/ranker.txt and language/commonness.txt.

    swift build -c release --product qarelay
    python3 -m venv .learn && .learn/bin/pip install numpy==2.4.6 scikit-learn==1.9.1 lightgbm==4.7.0
    .learn/bin/python scripts/train-ranker.py            # prints the figures of leave-one-event-out, then writes
    .learn/bin/python scripts/train-ranker.py --check    # prints them only
    …                                 --likeness         # prints the line that stands in Features.swift
    …                                 --json bench/duplicates/unseen.json    # stores them too, for `make bench` to tell

The engine itself prints the features of pairs (`qarelay duplicates --mode features`), so what is learned from is what is
used. Two models, each a forest of small trees and a logistic line. That for questions that were sent, for flags, learns of each
pair whether it is one; that for texts being typed, from their first words to the last, learns which of what was found for a text
stands before which (lambdarank), for three places are to be filled. Every figure comes from models that never saw the event (leave one
event out), and every event is compared with a commonness of words that was counted without it, in learning too. What is proposed to
who types is what the engine itself proposes with such weights. The seed is fixed: the same inputs and the same versions of numpy, scikit-learn and LightGBM give the same files.
"""
import argparse, collections, importlib.util, json, math, os, pathlib, subprocess, sys, tempfile
import lightgbm
import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "bench/duplicates"
PROGRAM = pathlib.Path(os.environ.get("QARELAY_BIN", ROOT / ".build/release")) / "qarelay"
SETS = [("dev", ROOT / "events/demo-questions.jsonl", DATA / "dev.pairs.tsv")] + [
    (name, DATA / f"{name}.jsonl", DATA / f"{name}.pairs.tsv") for name in ("own-a", "own-b", "own-c", "own-d")]
# Of what is right among the first three, so much reaches the score from which something is shown to who types. Nearly all: three
# places are to be filled, and what is looked for is worth more than what is passed over.
SHOWN = 0.99
SHARE = 0.8  # of the forest in a score; Ranker.forestShare
TYPED = (45, 60, 75, 100)
spec = importlib.util.spec_from_file_location("score", DATA / "score.py")
score = importlib.util.module_from_spec(spec)
sys.dont_write_bytecode = True
spec.loader.exec_module(score)


def engine(*arguments):
    done = subprocess.run([PROGRAM, "duplicates", *map(str, arguments)], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


class Set:
    """One file of questions with the features of its pairs."""

    def __init__(self, name, questions, pairs, languages):
        self.name, self.path, self.pairs_path = name, questions, pairs
        self.questions = [json.loads(line) for line in open(questions, encoding="utf-8")]
        self.by_id = {question["id"]: question for question in self.questions}
        self.founder = dict(line.split("\t") for line in engine("--mode", "stream", "--set", questions))
        with tempfile.TemporaryDirectory() as scratch:
            parts = [(part, languages[event]) for event, part in self.events(pathlib.Path(scratch))]
            self.tables = {"pairs": self.table(parts, pairs=True), "whole": self.table(parts)}
            for share in TYPED:
                self.tables[f"typed {share}"] = self.table(parts, "--typed", share)

    def events(self, folder):
        """The files of each event alone: it is compared with words counted in all the others."""
        rows = list(score.rows(str(self.pairs_path)))
        for event in dict.fromkeys(question["event"] for question in self.questions):
            part = folder / event
            chosen = [question for question in self.questions if question["event"] == event]
            part.with_suffix(".jsonl").write_text("".join(json.dumps(question) + "\n" for question in chosen))
            inside = ["\t".join(row[:2]) + "\n" for row in rows if self.by_id[row[0]]["event"] == event]
            part.with_suffix(".tsv").write_text("".join(inside))
            yield event, part

    def proposed(self, languages, *arguments):
        """What the engine proposes to who types, with the weights and the words of each event's folder."""
        found = collections.defaultdict(list)
        with tempfile.TemporaryDirectory() as scratch:
            for event, part in self.events(pathlib.Path(scratch)):
                for line in engine("--mode", "rank", "--set", part.with_suffix(".jsonl"), "--language", languages[event], *arguments):
                    question, other, value = line.split("\t")
                    found[question].append((float(value), other))
        return found

    def table(self, parts, *arguments, pairs=False):
        lines = []
        for part, language in parts:
            more = ("--pairs", part.with_suffix(".tsv")) if pairs else ()
            told = engine("--mode", "features", "--set", part.with_suffix(".jsonl"), "--language", language, *more, *arguments)
            self.names = told[0].split("\t")[2:]
            lines += told[1:]
        ids = [tuple(line.split("\t", 2)[:2]) for line in lines]
        values = np.array([[float(value) for value in line.split("\t")[2:]] for line in lines], dtype=np.float32)
        labels = np.array([self.by_id[a]["cluster"] == self.by_id[b]["cluster"] for a, b in ids], dtype=int)
        events = np.array([self.by_id[a]["event"] for a, _ in ids])
        return ids, values, labels, events


class Ordered:
    """A forest that learns the order of what was found for each text, in the units of a line's scores."""

    def __init__(self, values, labels, groups, line):
        order = np.argsort(groups, kind="stable")
        sizes = np.unique(groups[order], return_counts=True)[1]
        # One thread and rows as they are: sums in another order give other trees.
        self.trees = lightgbm.LGBMRanker(
            objective="lambdarank", n_estimators=250, num_leaves=12, learning_rate=0.06, min_child_samples=30, reg_lambda=5,
            colsample_bynode=0.3, lambdarank_truncation_level=3, random_state=1, deterministic=True, force_row_wise=True, n_jobs=1,
            verbose=-1).fit(values[order], labels[order], group=sizes)
        self.unit = (line[0] + values @ line[1:]).std() / self.trees.predict(values).std()

    def decision_function(self, values):
        return self.unit * self.trees.predict(values)

    def written(self):
        for tree in self.trees.booster_.dump_model()["tree_info"]:
            nodes = []
            self.flatten(tree["tree_structure"], nodes)
            yield nodes

    def flatten(self, node, nodes):
        """Adds a node and all below it; gives its place."""
        place = len(nodes)
        nodes.append(None)
        if "leaf_value" in node:
            nodes[place] = f"{self.unit * node['leaf_value']:.5g}"
        else:
            assert node["decision_type"] == "<=" and node["missing_type"] == "None"
            left, right = self.flatten(node["left_child"], nodes), self.flatten(node["right_child"], nodes)
            nodes[place] = f"{node['split_feature']}:{node['threshold']:.6g}:{left}:{right}"
        return place


class Paired:
    """A forest that learns of each pair whether it is one."""

    def __init__(self, values, labels, weights):
        self.trees = HistGradientBoostingClassifier(
            max_iter=250, max_leaf_nodes=12, learning_rate=0.06, min_samples_leaf=30, l2_regularization=5, random_state=1,
            early_stopping=False).fit(values, labels, sample_weight=weights)

    def decision_function(self, values):
        return self.trees.decision_function(values)

    def written(self):
        base = float(np.ravel(self.trees._baseline_prediction)[0])
        yield [f"{base:.6g}"]
        for predictor in self.trees._predictors:
            yield [f"{node['value']:.5g}" if node["is_leaf"] else
                   f"{node['feature_idx']}:{node['num_threshold']:.6g}:{node['left']}:{node['right']}" for node in predictor[0].nodes]


def fit(values, labels, weights, groups, is_order):
    scaler = StandardScaler().fit(values)
    line = LogisticRegression(C=0.3, max_iter=3000, random_state=1).fit(scaler.transform(values), labels, sample_weight=weights)
    slope = line.coef_[0] / scaler.scale_
    line = np.concatenate([[line.intercept_[0] - (slope * scaler.mean_).sum()], slope])
    return Ordered(values, labels, groups, line) if is_order else Paired(values, labels, weights), line


# Of Features.likeness; fitted to the sets of the project's own alone, so that it never saw the given one.
LIKENESS = ["sense_dice", "cover_dice", "gram_dice", "answers_alike", "left_max", "numbers_conflict", "opposites", "order"]


def likeness(sets):
    """The line by which the engine tells who stands where among the found, before any forest: base and weights."""
    values, labels, _, weights, _ = rows(sets, WHOLE)
    values = values[:, [sets[0].names.index(name) for name in LIKENESS]]
    scaler = StandardScaler().fit(values)
    line = LogisticRegression(C=0.3, random_state=1).fit(scaler.transform(values), labels, sample_weight=weights)
    slope = line.coef_[0] / scaler.scale_
    return line.intercept_[0] - (slope * scaler.mean_).sum(), dict(zip(LIKENESS, slope))


def predict(model, values):
    forest, line = model
    return SHARE * forest.decision_function(values) + (1 - SHARE) * (line[0] + values @ line[1:])


def rows(sets, kinds):
    """Features, labels, events, weights, and for each row a number of the text it was found for."""
    tables = [(one, kind, one.tables[kind], weight) for one in sets for kind, weight in kinds]
    texts = [f"{one.name} {kind} {query}" for one, kind, table, _ in tables for query, _ in table[0]]
    return (np.vstack([t[1] for _, _, t, _ in tables]), np.concatenate([t[2] for _, _, t, _ in tables]),
            np.concatenate([t[3] for _, _, t, _ in tables]), np.concatenate([np.full(len(t[2]), w) for _, _, t, w in tables]),
            np.unique(texts, return_inverse=True)[1])


WHOLE = [("whole", 1.0), ("pairs", 0.5)]
TYPING = [(f"typed {share}", 1.0) for share in TYPED]


def learn(sets, kinds):
    values, labels, _, weights, groups = rows(sets, kinds)
    return fit(values, labels, weights, groups, kinds is TYPING)


def without_event(sets, kinds):
    values, labels, events, weights, groups = rows(sets, kinds)
    return {event: fit(values[events != event], labels[events != event], weights[events != event], groups[events != event], kinds is TYPING)
            for event in sorted(set(events))}


def unseen(models, table):
    ids, values, _, events = table
    scores = np.zeros(len(ids))
    for event in set(events):
        scores[events == event] = predict(models[event], values[events == event])
    return scores


def candidates(one, table, scores):
    """By question: the founders found with the best score of their group, as the engine proposes them."""
    found = collections.defaultdict(dict)
    for (query, other), value in zip(table[0], scores):
        founder = one.founder[other]
        found[query][founder] = max(value, found[query].get(founder, -math.inf))
    return {query: [(value, other) for other, value in ranked.items()] for query, ranked in found.items()}


def ranked(one, kind, models):
    """What a search finds for each question, by founder, with the scores of models that never saw its event."""
    return candidates(one, one.tables[kind], unseen(models, one.tables[kind]))


def judged_by_order(one, found):
    return score.rank_metrics(one.questions, found, str(one.pairs_path))


def suggested_from(sets, typing):
    """The score that so much of what is right among the first three reaches, whether the text is whole or 60 % of it."""
    right = []
    for one in sets:
        for kind in ("typed 60", "typed 100"):
            for question, proposed in ranked(one, kind, typing).items():
                cluster = one.by_id[question]["cluster"]
                right += [value for value, other in sorted(proposed, reverse=True)[:3] if one.by_id[other]["cluster"] == cluster]
    return float(np.quantile(right, 1 - SHOWN))


def figures(one, whole, flagged, languages):
    """What is shown to who types, the whole text too, comes from the one model, and what a moderator sees from the other."""
    rank = judged_by_order(one, one.proposed(languages, "--typed", 100))
    shown = judged_by_order(one, one.proposed(languages, "--typed", 100, "--shown"))
    typed = judged_by_order(one, one.proposed(languages, "--typed", 60))
    flags = judged_by_order(one, flagged)
    table = one.tables["pairs"]
    by_pair = {}
    for (a, b), value in zip(table[0], unseen(whole, table)):
        by_pair[a, b] = by_pair[b, a] = value
    labelled = [(by_pair.get((a, b), -math.inf), int(y), kind) for a, b, y, kind in score.rows(str(one.pairs_path))]
    pairs = score.pairs_metrics(labelled)
    tops = top_flags(one, flagged)
    told = dict(recall3=rank["all"]["recall@3"], shown=shown["all"]["recall@3"], reworded=rank["reworded_only"]["recall@3"],
                xlang=rank["xlang_only"]["recall@3"], typed=typed["all"]["recall@3"], recall10=flags["all"]["recall@10"],
                auc_hard=pairs["auc_hard"], auc=pairs["auc"], flag=recall_at(tops, 0.93))
    of = {name: rank[group]["n"] for name, group in SHARES.items()}
    return told, of, tops, labelled


# The figures that are a share of something, and of what.
SHARES = dict(recall3="all", shown="all", reworded="reworded_only", xlang="xlang_only", typed="all", recall10="all")


def together(judged):
    """The figures of all sets as one."""
    told = {name: sum(figures[name] * of[name] for figures, of, _, _ in judged) / sum(of[name] for _, of, _, _ in judged) for name in SHARES}
    pairs = score.pairs_metrics([row for _, _, _, labelled in judged for row in labelled])
    tops = [top for _, _, (found, _), _ in judged for top in found], sum(total for _, _, (_, total), _ in judged)
    return told | dict(auc_hard=pairs["auc_hard"], auc=pairs["auc"], flag=recall_at((sorted(tops[0], reverse=True), tops[1]), 0.93))


def top_flags(one, found):
    """(score, right, total): the best proposal for each question."""
    tops, seen, duplicates = [], set(), 0
    for question in one.questions:
        duplicates += question["cluster"] in seen
        seen.add(question["cluster"])
        if found.get(question["id"]):
            value, other = max(found[question["id"]])
            tops.append((value, int(one.by_id[other]["cluster"] == question["cluster"])))
    return sorted(tops, reverse=True), duplicates


def recall_at(tops, precision):
    right = recall = 0
    for place, (_, is_right) in enumerate(tops[0], 1):
        right += is_right
        if right / place >= precision: recall = right / tops[1]
    return recall


def threshold_at(tops, precision):
    """The lowest score from which so many of the best proposals are right."""
    right, threshold = 0, math.inf
    for place, (value, is_right) in enumerate(sorted(tops, reverse=True), 1):
        right += is_right
        if right / place >= precision: threshold = value
    return threshold


def written(model):
    forest, line = model
    lines = ["model", "line " + " ".join(f"{value:.6g}" for value in line)]
    return lines + ["tree " + " ".join(nodes) for nodes in forest.written()]


def weights(names, whole, typing, levels):
    """The text of a file of weights."""
    lines = ["# Weights of the duplicates engine, made by scripts/train-ranker.py. Do not edit.", "features " + " ".join(names)]
    lines += written(whole) + ["whole"] + written(typing) + ["typing", "levels " + " ".join(f"{level:.3f}" for level in levels)]
    return "\n".join(lines) + "\n"


def uses():
    """By stem and event the clusters that use it, and by event all clusters."""
    used, clusters = collections.defaultdict(lambda: collections.defaultdict(set)), collections.defaultdict(set)
    for _, path, _ in SETS:
        questions = {question["id"]: question for question in map(json.loads, open(path, encoding="utf-8"))}
        for line in engine("--mode", "stems", "--set", path):
            identifier, _, stems = line.partition("\t")
            question = questions[identifier]
            clusters[question["event"]].add(question["cluster"])
            for stem in set(stems.split()):
                used[stem][question["event"]].add(question["cluster"])
    return used, clusters


def commonness(used, clusters, without=None):
    """The mean share of an event's clusters that use a stem, of stems that three events use."""
    count = len(clusters) - (without in clusters)
    lines = ["# The share of questions that use a word, by stem, of words that three events or more use: scripts/train-ranker.py"]
    for stem, events in sorted(used.items()):
        shares = [len(found) / len(clusters[event]) for event, found in events.items() if event != without]
        if len(shares) >= 3:
            lines.append(f"{stem}\t{sum(shares) / count:.4f}")
    return "\n".join(lines) + "\n"


def languages(folder, used, clusters):
    """By event a folder of lists in which the commonness of words knows nothing of it."""
    for event in clusters:
        made = folder / event
        made.mkdir()
        for path in (ROOT / "language").glob("*.txt"):
            if path.name != "commonness.txt":
                (made / path.name).symlink_to(path)
        (made / "commonness.txt").write_text(commonness(used, clusters, without=event))
    return {event: folder / event for event in clusters}


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="write nothing")
    options.add_argument("--likeness", action="store_true", help="print the line of Features.likeness and do nothing else")
    options.add_argument("--only", help="learn from one set alone, such as dev")
    options.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write the figures there as well, for bench/duplicates.py")
    options = options.parse_args()
    used, clusters = uses()
    with tempfile.TemporaryDirectory() as scratch:
        made = languages(pathlib.Path(scratch), used, clusters)
        sets = [Set(*one, made) for one in SETS if not options.likeness or one[0] != "dev"]
        if options.likeness:
            base, slope = likeness(sets)
            sys.exit(f"base {base:.2f} " + " ".join(f"{name} {value:.2f}" for name, value in slope.items()))
        learned = [one for one in sets if options.only in (None, one.name)]
        whole, typing = without_event(learned, WHOLE), without_event(learned, TYPING)
        flagged = {one.name: ranked(one, "whole", whole) for one in learned}
        tops = [top for one in learned for top in top_flags(one, flagged[one.name])[0]]
        levels = suggested_from(learned, typing), float(threshold_at(tops, 0.85)), float(threshold_at(tops, 0.95))
        for event in whole:
            (made[event] / "ranker.txt").unlink()
            (made[event] / "ranker.txt").write_text(weights(sets[0].names, whole[event], typing[event], levels))
        judged = {one.name: figures(one, whole, flagged[one.name], made) for one in learned}
    found = {name: told for name, (told, *_) in judged.items()} | {"all": together(list(judged.values()))}
    stored = {name: {key: round(float(value), 4) for key, value in told.items()} for name, told in found.items()}
    for name, told in found.items():
        print(name, " ".join(f"{key} {value:.3f}" for key, value in told.items()), flush=True)
    print("levels: suggested {:.2f}, probable {:.2f} (precision 0.85), strong {:.2f} (0.95)".format(*levels))
    if options.json:
        named = dict(zip(("suggested", "probable", "strong"), (round(level, 3) for level in levels)))
        versions = dict(numpy=np.__version__, scikit_learn=sklearn.__version__, lightgbm=lightgbm.__version__)
        options.json.write_text(json.dumps(dict(
            versions=versions, without=["weights", "commonness"], all=stored.pop("all"), sets=stored, levels=named), indent=1) + "\n")
    if not options.check:
        (ROOT / "language/commonness.txt").write_text(commonness(used, clusters))
        (ROOT / "language/ranker.txt").write_text(weights(sets[0].names, learn(learned, WHOLE), learn(learned, TYPING), levels))
