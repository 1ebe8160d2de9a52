"""Takes all figures, writes bench/results/latest.json, and prints a table of aims and results.

    run.py [FIGURE …]    all figures, or some of: talk fanout memory command throughput start micro profile
    QUICK=1 run.py       a few seconds with few phones: whether everything still works, not how fast it is
"""

import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

from harness import ROOT, SCRATCH, TOOLS, Bare, Hub, Tool, Window, kernel_memory, memory, swarm

QUICK = os.environ.get("QUICK", "") not in ("", "0")
RESULTS = ROOT / "bench" / "results"
ACTIVE = 60 if QUICK else 500
PHONES = 200 if QUICK else 5_000
# A multiple of the hub's ping interval: each idle phone is pinged as often in every window.
IDLE = 2 if QUICK else 10
LOAD = 3 if QUICK else 30


def rest(server, *others, seconds=IDLE):
    window = Window(server, *others)
    time.sleep(seconds)
    return window.close()


# A talk in full swing


def talk(crowd_size, asks, votes, active=ACTIVE):
    """Questions and votes at random moments with so many phones in all; what it cost and how long it took."""
    with Hub() as hub:
        crowd = swarm("crowd", hub, "--phones", crowd_size, polite=True)
        screens = swarm("mixed", hub, "--phones", active, "--asks", asks, "--votes", votes, "--seconds", LOAD,
                        "--warmup", 1 if QUICK else 4, "--speaker", hub.token("speaker"),
                        "--moderator", hub.token("moderator"))
        time.sleep(1 if QUICK else 5)
        idle = rest(hub, crowd, screens)
        screens.order("go")
        screens.expect("measuring")
        crowd.ask("mark", "mark")
        window = Window(hub, crowd, screens)
        screens.expect("measured", LOAD + 30)
        window.close()
        seen = crowd.ask("mark", "mark")
        resident, _ = memory(hub.pid)
        result = screens.expect("result")
        crowd.end()
        screens.end()
    deltas_a_phone = seen["deltas"] / max(1, seen["phones"])
    return {
        "phones": seen["phones"] + active, "asks_per_second": asks, "votes_per_second": votes,
        "seconds": round(window.seconds, 2), "result": result, "delta_age": seen["age"],
        "deliveries": round(deltas_a_phone * (seen["phones"] + active)),
        "delta_bytes": round(seen["delta_bytes"] / max(1, seen["deltas"])),
        "ticks_per_second": round(deltas_a_phone / window.seconds, 2),
        "hub_cpu_percent": round(window.percent, 1), "hub_loop_percent": round(100 * window.loop / window.seconds, 1),
        "hub_idle_cpu_percent": round(idle.percent, 2),
        "hub_rss_mb": round(resident / 1e6, 1), "lost": {**seen["lost"], **result["lost"]},
        "others_cpu_percent": window.others_percent,
        "cpu": window.cpu, "idle_cpu_per_second": idle.cpu / idle.seconds,
    }


def delivery_cost(few, many):
    """Microseconds of the hub for one more delivery: what more phones cost at the same commands, pings subtracted."""
    def load(point):
        return point["cpu"] - point["idle_cpu_per_second"] * point["seconds"]
    return 1e6 * (load(many) - load(few)) / (many["deliveries"] - few["deliveries"])


def bare_cost(sizes, payload, rounds):
    """The same for the bare loop: two crowds, the same frames."""
    points = []
    for size in sizes:
        with Bare() as bare:
            crowd = swarm("crowd", bare, "--phones", size, "--bare", polite=True)
            time.sleep(1)
            window = Window(bare, crowd)
            bare.tool.order(f"rounds {rounds} {max(100, payload)} 250")
            answer = bare.tool.expect("rounds", rounds)
            window.close()
            seen = crowd.ask("mark", "mark")
            crowd.end()
            points.append({"sockets": size, "cpu": window.cpu, "deliveries": answer["deliveries"],
                           "sending_us": answer["sending_ns_per_delivery"] / 1e3, "refused": answer["refused"],
                           "read": seen["deltas"], "others_cpu_percent": window.others_percent})
    few, many = points
    return {"us_per_delivery": 1e6 * (many["cpu"] - few["cpu"]) / (many["deliveries"] - few["deliveries"]),
            "points": points}


def figure_talk(results):
    many = talk(PHONES - ACTIVE, 20, 200)
    results["talk"] = many


def compare(asks, votes, active, many=None):
    few = talk(1, asks, votes, active)
    many = many or talk(PHONES - active, asks, votes, active)
    hub = delivery_cost(few, many)
    bare = bare_cost((few["phones"], PHONES), many["delta_bytes"], 12 if QUICK else 80)
    return {"frame_bytes": many["delta_bytes"], "hub_us": round(hub, 2), "bare_us": round(bare["us_per_delivery"], 2),
            "bare_sending_us": round(bare["points"][1]["sending_us"], 2),
            "ratio": round(hub / bare["us_per_delivery"], 2),
            "few": few, "many": many, "bare": bare}


def figure_fanout(results):
    results["fanout"] = {
        "full": compare(20, 200, ACTIVE, results.get("talk")),
        "light": compare(1, 20, 50 if QUICK else 100),
    }


# Idle phones


def figure_memory(results):
    small, large = (50, 250) if QUICK else (1_000, 10_000)
    with Hub() as hub:
        crowd = swarm("crowd", hub, "--phones", small, polite=True)
        time.sleep(3)
        before, kernel = memory(hub.pid), kernel_memory()
        crowd.ask(f"more {large - small}", "attached", 180)
        time.sleep(3 if QUICK else 12)
        after = memory(hub.pid)
        more = large - small
        results["memory"] = {
            "from": small, "to": large, "rss_bytes": round((after[0] - before[0]) / more),
            "pss_bytes": round((after[1] - before[1]) / more),
            "kernel_bytes_both_ends": round((kernel_memory() - kernel) / more),
            "rss_total_mb": round(after[0] / 1e6, 1)}
        crowd.end()


def figure_command(results):
    rate, seconds = (100, 3) if QUICK else (500, 20)
    points = []
    for size in (50, 200) if QUICK else (100, 5_000, 15_000):
        with Hub(moderation="on", limits=False) as hub:
            crowd = swarm("crowd", hub, "--phones", size, polite=True)
            moderator = swarm("triage", hub, "--rate", rate, "--seconds", seconds,
                              "--moderator", hub.token("moderator"))
            time.sleep(1 if QUICK else 5)
            idle = rest(hub, crowd, moderator, seconds=2 if QUICK else 20)
            crowd.ask("mark", "mark")
            window = Window(hub, crowd, moderator)
            answer = moderator.ask("go", "result", seconds + 60)
            window.close()
            audience = crowd.ask("mark", "mark")
            crowd.end()
            moderator.end()
        cost = (window.cpu - idle.cpu / idle.seconds * window.seconds) / max(1, answer["answered"])
        points.append({"phones": size, "us_per_command": round(1e6 * cost, 1), "latency": answer["latency"],
                       "unanswered": answer["sent"] - answer["answered"], "rejections": answer["rejections"],
                       "lost": answer["lost"], "idle_cpu_percent": round(idle.percent, 2),
                       "load_cpu_percent": round(window.percent, 2), "audience_deltas": audience["deltas"],
                       "others_cpu_percent": window.others_percent})
    costs = [point["us_per_command"] for point in points]
    results["command"] = {"rate": rate, "points": points, "spread": round(max(costs) / min(costs), 2)}


# Durable commands


def throughput(senders, asks_percent=0, window=1):
    seconds = 2 if QUICK else 8
    with Hub(limits=False) as hub:
        load = swarm("commands", hub, "--senders", senders, "--window", window, "--asks-percent", asks_percent,
                     "--seconds", seconds)
        timed = Window(hub, load)
        answer = load.ask("go", "result", seconds + 60)
        timed.close()
        load.end()
    return {"senders": senders, "window": window, "asks_percent": asks_percent,
            "per_second": round(answer["per_second"]), "latency": answer["latency"],
            "rejections": answer["rejections"], "hub_cpu_percent": round(timed.percent, 1),
            "hub_loop_percent": round(100 * timed.loop / timed.seconds, 1),
            "us_per_command": round(1e6 * timed.cpu / max(1, answer["acked"]), 1),
            "others_cpu_percent": timed.others_percent}


def bare_commits(together):
    SCRATCH.mkdir(parents=True, exist_ok=True)
    path = SCRATCH / f"commits-{together}.sqlite"
    answer = subprocess.run([TOOLS / "BareCommit", path, "1" if QUICK else "4", str(together)],
                            capture_output=True, check=True)
    for file in SCRATCH.glob(path.name + "*"):
        file.unlink()
    return json.loads(answer.stdout)


def figure_throughput(results):
    counts = (1, 20) if QUICK else (1, 10, 100, 1_000)
    results["throughput"] = {
        "bare_single_commits": bare_commits(1), "bare_hundreds": bare_commits(100),
        "votes": [throughput(count) for count in counts],
        "with_questions": throughput(counts[-1] if QUICK else 100, asks_percent=10),
        "four_under_way": throughput(counts[-1] if QUICK else 100, window=4),
    }


def figure_start(results):
    wanted = 2_000 if QUICK else 100_000
    hub = Hub(limits=False)
    try:
        hub.start()
        load = swarm("commands", hub, "--senders", 50 if QUICK else 1_000, "--count", wanted, "--asks-percent", 2)
        filled = load.ask("go", "result", 600)
        load.end()
        hub.stop()
        seconds = []
        for _ in range(1 if QUICK else 5):
            seconds.append(round(hub.start(), 3))
            head = hub.health["head"]
            hub.stop()
        results["start"] = {"entries": head, "seconds": seconds, "median": statistics.median(seconds),
                            "filled_per_second": round(filled["per_second"]),
                            "file_mb": round((hub.data / "event.sqlite").stat().st_size / 1e6, 1)}
    finally:
        hub.remove()


def figure_micro(results):
    answer = subprocess.run([TOOLS / "Micro", "0.02" if QUICK else "0.5"], capture_output=True, check=True)
    results["micro"] = json.loads(answer.stdout)


# Why


def sampled(hub, seconds):
    """The functions in which the hub spends its time, by samples; None where perf is missing or not allowed."""
    samples = hub.folder / "perf.data"
    try:
        subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-F", "997", "-g", "-p", str(hub.pid), "-o", samples,
                        "--", "sleep", str(seconds)], capture_output=True, check=True, timeout=seconds + 60)
        report = subprocess.run(["perf", "report", "-i", samples, "--stdio", "--no-children", "-g", "none", "--sort",
                                 "dso,symbol", "--percent-limit", "0.4"], capture_output=True, check=True, timeout=120)
        lines = [line for line in report.stdout.decode().split("\n") if line.strip() and not line.startswith("#")]
        names = subprocess.run(["swift", "demangle", "--simplified"], input="\n".join(lines).encode(),
                               capture_output=True, check=True)
        return [" ".join(line.split()) for line in names.stdout.decode().split("\n") if line.strip()]
    except (OSError, subprocess.SubprocessError) as reason:
        print(f"  no profile: {reason}")
        return None


def figure_profile(results):
    """After the figures, on hubs of its own: sampling costs time."""
    found = {}
    with Hub() as hub:
        crowd = swarm("crowd", hub, "--phones", PHONES - ACTIVE, polite=True)
        screens = swarm("mixed", hub, "--phones", ACTIVE, "--seconds", 20, "--speaker", hub.token("speaker"),
                        "--moderator", hub.token("moderator"))
        screens.ask("go", "measuring")
        found["talk"] = sampled(hub, 2 if QUICK else 10)
        crowd.end()
        screens.end()
    with Hub(limits=False) as hub:
        load = swarm("commands", hub, "--senders", 20 if QUICK else 100, "--seconds", 20)
        load.order("go")
        found["throughput"] = sampled(hub, 2 if QUICK else 8)
        load.end()
    results["profile"] = found


# What is told


def said(*command):
    try:
        answer = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=30)
        return answer.stdout.decode().strip().split("\n")[0]
    except (OSError, subprocess.SubprocessError):
        return "unknown"


def circumstances():
    models = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().split("\n")
              if line.startswith("model name")]
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), "quick": QUICK,
        "commit": said("git", "rev-parse", "--short", "HEAD"), "changed": bool(said("git", "status", "--porcelain")),
        "kernel": platform.release(), "processor": models[0] if models else platform.machine(),
        "cores": os.cpu_count(), "swift": said("swift", "--version"),
        "libwebsockets": said("dpkg-query", "-W", "-f=${Version}", "libwebsockets-dev"),
        "libev": said("dpkg-query", "-W", "-f=${Version}", "libev-dev"),
        "sqlite": said("dpkg-query", "-W", "-f=${Version}", "libsqlite3-dev"),
        "file_system": said("stat", "-f", "-c", "%T", str(ROOT)), "load_average": os.getloadavg()[0],
    }


def rows(results):
    """Figure, aim, result, whether it was met (None where there is no aim)."""
    if point := results.get("talk"):
        told = point["result"]
        yield (f"question sent → speaker, {point['phones']} phones, p50", "", f"{told['to_speaker']['p50_ms']:.1f} ms", None)
        p99 = told["to_speaker"]["p99_ms"]
        lost = told["asked"] - told["seen_by_speaker"]
        yield ("… p99", "≤ 50 ms", f"{p99:.1f} ms" + (f", {lost} of {told['asked']} not seen" if lost else ""),
               p99 <= 50 and not lost)
        for name, key in (("ask → ack", "ask_ack"), ("vote → ack", "vote_ack")):
            yield (f"{name}, p50 / p99", "", f"{told[key]['p50_ms']:.1f} / {told[key]['p99_ms']:.1f} ms", None)
        age = point["delta_age"]
        yield ("question sent → every phone, p50 / p99", "", f"{age['p50_ms']:.0f} / {age['p99_ms']:.0f} ms", None)
        yield ("hub meanwhile: CPU, RSS", "", f"{point['hub_cpu_percent']} % of a core, {point['hub_rss_mb']} MB", None)
    for kind, point in results.get("fanout", {}).items():
        yield (f"one delivery of {point['frame_bytes']} bytes: hub ÷ bare loop ({kind})", "≤ 1.6",
               f"{point['ratio']} ({point['hub_us']} ÷ {point['bare_us']} µs)", point["ratio"] <= 1.6)
    if point := results.get("memory"):
        yield (f"one more idle phone ({point['from']} → {point['to']}), RSS", "≤ 8 kB",
               f"{point['rss_bytes'] / 1e3:.1f} kB", point["rss_bytes"] <= 8_000)
    if point := results.get("command"):
        costs = ", ".join(f"{each['us_per_command']:.0f} µs at {each['phones']}" for each in point["points"])
        yield ("one command's CPU by idle phones", "within 1.5 ×", f"{point['spread']} × ({costs})", point["spread"] <= 1.5)
    if point := results.get("throughput"):
        for each in point["votes"]:
            aimed = each["senders"] == 100
            yield (f"durable votes a second, {each['senders']} senders", "≥ 10,000" if aimed else "",
                   f"{each['per_second']:,} (p99 {each['latency']['p99_ms']:.1f} ms)",
                   each["per_second"] >= 10_000 if aimed else None)
        for key, name in (("with_questions", "one in ten a question"), ("four_under_way", "four under way each")):
            yield (f"… {point[key]['senders']} senders, {name}", "", f"{point[key]['per_second']:,}", None)
        yield ("bare SQLite: single commits, by hundreds", "",
               f"{point['bare_single_commits']['commits_per_second']:,} commits/s, "
               f"{point['bare_hundreds']['entries_per_second']:,} entries/s", None)
    if point := results.get("start"):
        yield (f"start with {point['entries']:,} entries", "≤ 2 s", f"{point['median']:.2f} s", point["median"] <= 2)
    for each in results.get("micro", []):
        yield (f"{each['name']} ({each['note']})", "", f"{each['ns']:,.0f} ns", None)


def table(results):
    lines = ["| figure | aim | result | |", "|---|---|---|---|"]
    for figure, aim, result, met in rows(results):
        verdict = "" if met is None else "met" if met else "**missed**"
        lines.append(f"| {figure} | {aim} | {result} | {verdict} |")
    noise = [point["others_cpu_percent"] for point in walk(results) if "others_cpu_percent" in point]
    about = results["circumstances"]
    lines += ["", f"{about['date']}, commit {about['commit']}{' with changes' if about['changed'] else ''}; "
              f"{about['cores']} cores ({about['processor']}), kernel {about['kernel']}, {about['swift']}; "
              f"libwebsockets {about['libwebsockets']}, libev {about['libev']}, SQLite {about['sqlite']} on "
              f"{about['file_system']}. Phones and hub share the cores."]
    if noise:
        lines.append(f"Other programs took {min(noise):.0f}–{max(noise):.0f} % of a core meanwhile"
                     + (": too much for a verdict." if max(noise) > 15 else "."))
    if about["quick"]:
        lines.append("A quick run: it shows that everything works, not how fast it is.")
    return "\n".join(lines)


def walk(value):
    """All objects in a value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from walk(each)


def main():
    figures = {name.removeprefix("figure_"): function for name, function in globals().items()
               if name.startswith("figure_")}
    wanted = sys.argv[1:] or list(figures)
    if unknown := [name for name in wanted if name not in figures]:
        sys.exit(f"There is no figure {', '.join(unknown)}. There are: {', '.join(figures)}")
    results = {"circumstances": circumstances()}
    for name in wanted:
        print(f"== {name}", flush=True)
        figures[name](results)
    for part in results.get("profile", {}):
        print(f"\n{part}: where the hub's time goes")
        print("\n".join(f"  {line}" for line in (results["profile"][part] or ["no profile"])[:25]))
    text = table(results)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "latest.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    (RESULTS / "latest.md").write_text(text + "\n")
    print("\n" + text)


if __name__ == "__main__":
    main()
