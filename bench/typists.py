"""What people who type cost the others: the hub looks for questions like theirs while a talk goes on."""

import json
import random
import statistics
import time

import duplicates
from harness import Hub, Window, memory, swarm

EVERY = 400
# Milliseconds that windows of one kind may differ by; with more, nothing could be seen to move.
NOISE = 10
USUAL = {"questions": 10_000, "phones": 1_000, "asking": 600, "typing": 200, "asks": 20, "windows": 3, "seconds": 20,
         "warmup": 2}
FEW = {"questions": 300, "phones": 60, "asking": 40, "typing": 10, "asks": 8, "windows": 1, "seconds": 2, "warmup": 1}


# What is asked and typed


def sets():
    for _, path, _ in duplicates.SETS:
        for question in duplicates.score.load_set(path):
            text = question["text"]
            if 10 <= len(text) <= 150 and "@" not in text and "\n" not in text and len(text.split()) >= 3:
                yield question


def ended(question, french, english):
    """The question with some words more before its end."""
    stem = question["text"].rstrip(" ?!.…")
    return f"{stem} {english if question['lang'] == 'en' else french}{question['text'][len(stem):]}"


def waiting(folder, count):
    """So many questions that the strict rule leaves apart: those of the sets, then the same about one of many lots."""
    texts, lot = [question["text"] for question in sets()], 0
    while len(texts) < 1.6 * count:
        lot += 1
        texts += [ended(question, f"pour le lot {lot}", f"for lot {lot}") for question in sets()]
    if len(texts) > 1.6 * count:
        texts = texts[:int(1.6 * count)]
    random.Random(1).shuffle(texts)
    path = folder / "waiting.jsonl"
    path.write_text("".join(json.dumps({"id": str(number), "event": "one", "venue": "granville", "text": text}, ensure_ascii=False) + "\n"
                            for number, text in enumerate(texts)))
    apart = [texts[int(number)] for number, founder in duplicates.engine("--mode", "stream", "--set", path)
             if number == founder]
    return apart[:count]


def asked():
    """Questions with a place for the mark, short enough for the swarm to see it."""
    texts = [ended(question, "le @", "on the @") for question in sets()
             if question["text"].endswith("?") and len(question["text"].encode()) <= 100
             and not any(mark in question["text"][:-1] for mark in "?!.")]
    random.Random(2).shuffle(texts)
    return texts


def lines(folder, name, texts):
    path = folder / name
    path.write_text("".join(text + "\n" for text in texts))
    return path


# Measuring


def settled(hub, seconds=240):
    """Waits until the hub has nothing left to do: the engine looks for flags after the questions are acknowledged."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        window = Window(hub)
        time.sleep(0.5)
        if window.close().percent < 5:
            return
    print("  the hub did not come to rest")


def window(hub, crowd, screens, typists, are_typing, size):
    """One window; what it cost the hub, and what speaker and phones saw."""
    if are_typing:
        typists.order("go")
    screens.order("go")
    screens.expect("measuring")
    timed = Window(hub, crowd, screens, typists)
    screens.expect("measured", size["seconds"] + 30)
    timed.close()
    told = {"typing": are_typing}
    if are_typing:
        told["typists"] = typists.ask("stop", "result")
    result = screens.expect("result")
    told |= {"asked": result["asked"], "seen_by_speaker": result["seen_by_speaker"], "to_speaker": result["to_speaker"],
             "ask_ack": result["ask_ack"], "vote_ack": result["vote_ack"], "rejections": result["rejections"],
             "lost": result["lost"], "hub_cpu_percent": round(timed.percent, 1),
             "hub_loop_percent": round(100 * timed.loop / timed.seconds, 1),
             "engine_percent": round(100 * timed.last / timed.seconds, 1), "others_cpu_percent": timed.others_percent}
    return told


def summary(windows, key, percentile):
    """Median, lowest and highest of a percentile over the windows without and with typists, and whether it moved."""
    told = {}
    for name, are_typing in (("without", False), ("with", True)):
        values = [each[key][percentile] for each in windows if each["typing"] == are_typing]
        told[name] = {"median": statistics.median(values), "lowest": min(values), "highest": max(values)}
    told["difference"] = told["with"]["median"] - told["without"]["median"]
    # The noise is what windows of one kind differ by.
    told["noise"] = max(each["highest"] - each["lowest"] for each in (told["without"], told["with"]))
    return told


def moved(results):
    """Whether a question came later to the speaker while people typed, beyond what windows of one kind differ by."""
    p99 = results["to_speaker"]["p99_ms"]
    return p99["difference"] > p99["noise"]


def is_told(results):
    """Whether the windows say anything: the engine was whole, and what they differ by is small beside what is allowed."""
    return not results["missing"] and results["to_speaker"]["p99_ms"]["noise"] <= NOISE


def measured(quick, sampled):
    """All of it; `sampled` says where the hub's time goes, and is asked when the typists are felt."""
    size = FEW if quick else USUAL
    hub = Hub(limits=False)
    try:
        hub.start()
        seeds = lines(hub.folder, "seeds.txt", waiting(hub.folder, size["questions"]))
        seed = swarm("seed", hub, "--texts", seeds, "--senders", 50 if quick else 200, "--speaker", hub.token("speaker"))
        begin = time.monotonic()
        filled = seed.ask("go", "result", 300)
        seed.end()
        settled(hub)
        flagged = time.monotonic() - begin
        hub.stop()
        # From here on with the usual limits, as an event has them.
        hub.limits = True
        started = hub.start()
        settled(hub)
        typed = lines(hub.folder, "typed.txt", [question["text"] for question in sets()])
        crowd = swarm("crowd", hub, "--phones", size["phones"] - size["asking"] - size["typing"], polite=True)
        typists = swarm("typists", hub, "--phones", size["typing"], "--texts", typed, "--every", EVERY)
        screens = swarm("mixed", hub, "--phones", size["asking"], "--asks", size["asks"], "--support",
                        "--texts", lines(hub.folder, "asked.txt", asked()), "--seconds", size["seconds"],
                        "--warmup", size["warmup"], "--speaker", hub.token("speaker"), "--moderator", hub.token("moderator"))
        windows = [window(hub, crowd, screens, typists, are_typing, size)
                   for _ in range(size["windows"]) for are_typing in (False, True)]
        results = {"size": size, "every_ms": EVERY, "seeded": filled, "flags_done_seconds": round(flagged, 1),
                   "start_seconds": round(started, 2), "hub_rss_mb": round(memory(hub.pid)[0] / 1e6, 1), "windows": windows,
                   "missing": hub.missing()}
        for key in ("to_speaker", "ask_ack", "vote_ack"):
            results[key] = {percentile: summary(windows, key, percentile) for percentile in ("p50_ms", "p99_ms")}
        if quick or moved(results):
            typists.order("go")
            screens.ask("go", "measuring")
            results["profile"] = sampled(hub, 1 if quick else 10)
        for tool in (crowd, typists, screens):
            tool.end()
        return results
    finally:
        hub.remove()


# What is told


def rows(point):
    """Figure, aim, result, whether it was met."""
    size = point["size"]
    queue, crowd = f"{point['seeded']['shown']:,} in the queue", f"{size['phones']:,} phones"

    def beside(summed):
        told = {name: f"{each['median']:.1f} ({each['lowest']:.1f}–{each['highest']:.1f})"
                for name, each in summed.items() if isinstance(each, dict)}
        return f"{told['without']} → {told['with']} ms"

    unseen = sum(each["asked"] - each["seen_by_speaker"] for each in point["windows"])
    last = point["windows"][-1]
    gone = sum(last["lost"].values()) + sum(last["typists"]["lost"].values())
    more = (f", {unseen} not seen" if unseen else "") + (f", {gone:,} phones lost" if gone else "")
    for name, key in (("question sent → speaker", "to_speaker"), ("ask → ack", "ask_ack"), ("vote → ack", "vote_ack")):
        without = duplicates.without_what(point["missing"])
        place = f"{without}, {crowd}, {queue}, nobody → {size['typing']} typing" if key == "to_speaker" else ""
        yield f"{name}{place}, p50", "", beside(point[key]["p50_ms"]), None
        if key == "to_speaker":
            p99 = point[key]["p99_ms"]
            yield ("… p99", "no more than the noise",
                   f"{beside(p99)}: {p99['difference']:+.1f}, noise {p99['noise']:.1f}{more}",
                   not moved(point) and not unseen and not gone if is_told(point) else None)
        else:
            yield "… p99", "", beside(point[key]["p99_ms"]), None
    typing = [each["typists"] for each in point["windows"] if each["typing"]]
    sent, cards, empty = (sum(count(each) for each in typing) for count in (
        lambda each: each["sent"], lambda each: each["with_cards"]["count"], lambda each: each["empty"]["count"]))
    yield (f"suggest frames, one each {point['every_ms']} ms a person (the hub looks for 2 a second a person, 300 in all)", "",
           f"with cards {cards / max(1, sent):.0%}, empty {empty / max(1, sent):.0%} of {sent:,}", None)
    for name, key in (("with cards", "with_cards"), ("empty", "empty")):
        p50, p95 = (statistics.median(each[key][percentile] for each in typing) for percentile in ("p50_ms", "p95_ms"))
        yield f"… answered {name} after, p50 / p95", "", f"{p50:.1f} / {p95:.1f} ms", None
    used = []
    for key in ("hub_cpu_percent", "hub_loop_percent", "engine_percent"):
        percent = [statistics.median(each[key] for each in point["windows"] if each["typing"] == kind) for kind in (False, True)]
        used.append(f"{percent[0]} → {percent[1]} %")
    yield "hub meanwhile: CPU, of which its loop, the engine", "", "; ".join(used) + " of a core", None
    yield f"… RSS with {queue}", "", f"{point['hub_rss_mb']} MB", None
    yield (f"start with {queue}, to the first answer", "", f"{point['start_seconds']} s", None)
