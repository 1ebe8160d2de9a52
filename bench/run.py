"""Takes all figures, writes bench/results/latest.json and .md, and prints a table of aims and results.

    run.py [FIGURE …]    all figures, or some of: talk fanout memory command throughput start micro duplicates engine
                         typists relay attacks profile
    run.py duplicates    writes bench/results/duplicates.md whole; the engine among a million questions takes some minutes, 1 GB
    QUICK=1 run.py       a few seconds with few phones: whether everything still works, not how fast it is
"""

import json
import os
import statistics
import subprocess
import sys
import time
import traceback

import attacks
import duplicates
import relay
import typists
from harness import ROOT, SCRATCH, TOOLS, Bare, Hub, Window, kernel_memory, memory, swarm
from report import by_set, circumstances, table

QUICK = os.environ.get("QUICK", "") not in ("", "0")
RESULTS = ROOT / "bench" / "results"
ACTIVE = 60 if QUICK else 500
PHONES = 200 if QUICK else 5_000
# A multiple of the hub's ping interval: each idle phone is pinged as often in every window.
IDLE = 2 if QUICK else 10
LOAD = 3 if QUICK else 30
# Figures of which a run of some leaves a file that stays.
OWN_FILES = ("relay", "attacks")


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
    deltas_a_phone = seen["deltas"] / crowd_size
    return {
        "phones": crowd_size + active, "asks_per_second": asks, "votes_per_second": votes,
        "seconds": round(window.seconds, 2), "result": result, "delta_age": seen["age"],
        "deliveries": round(deltas_a_phone * (crowd_size + active)),
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
    # What one flush costs at this moment: no question is acknowledged sooner.
    commits = bare_commits(1)
    results["talk"] = {**talk(PHONES - ACTIVE, 20, 200), "bare_commits_before": commits,
                       "bare_commits_after": bare_commits(1)}


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
        loop = (window.loop - idle.loop / idle.seconds * window.seconds) / max(1, answer["answered"])
        points.append({"phones": size, "us_per_command": round(1e6 * cost, 1),
                       "loop_us_per_command": round(1e6 * loop, 1), "latency": answer["latency"],
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


# Duplicates


def figure_duplicates(results):
    """What the engine finds, and how long it takes."""
    results["duplicates"] = duplicates.measured(first=60 if QUICK else None)
    figure_engine(results)
    results["duplicates"]["times"] = results["engine"]


def figure_engine(results):
    """How long it takes, on one thread with nothing around it."""
    if "engine" not in results:
        results["engine"] = [duplicates.timed(count) for count in ((1_000,) if QUICK else duplicates.TIMES)]


def figure_typists(results):
    """What who types costs the others."""
    results["typists"] = typists.measured(QUICK, sampled)


def figure_relay(results):
    """What relays cost and give."""
    results["relay"] = relay.measured(QUICK)


def figure_attacks(results):
    """What honest phones feel of attacks."""
    results["attacks"] = attacks.measured(QUICK)


# Why


def sampled(hub, seconds):
    """Where the hub spends its time, by samples: by library and by function; None where perf cannot be had."""
    samples = hub.folder / "perf.data"

    def report(*sort):
        answer = subprocess.run(["perf", "report", "-i", samples, "--stdio", "--percent-limit", "0.4", *sort],
                                capture_output=True, check=True, timeout=120)
        text = subprocess.run(["swift", "demangle", "--simplified"], input=answer.stdout, capture_output=True,
                              check=True)
        lines = [" ".join(line.split()).removesuffix(" - -") for line in text.stdout.decode().split("\n")]
        return [line for line in lines if line and not line.startswith("#")]

    try:
        subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-F", "997", "-p", str(hub.pid), "-o", samples,
                        "--", "sleep", str(seconds)], capture_output=True, check=True, timeout=seconds + 60)
        return {"libraries": report("--sort", "dso"), "functions": report("--sort", "dso,symbol")}
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


def store(results, name):
    """All detail as JSON, and the table."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    (RESULTS / f"{name}.md").write_text(table(results) + "\n")


def main():
    figures = {name.removeprefix("figure_"): function for name, function in globals().items()
               if name.startswith("figure_")}
    asked = sys.argv[1:]
    wanted = asked or list(figures)
    if unknown := [name for name in wanted if name not in figures]:
        sys.exit(f"There is no figure {', '.join(unknown)}. There are: {', '.join(figures)}")
    results, failed = {"circumstances": circumstances(QUICK)}, []
    for name in wanted:
        print(f"== {name}", flush=True)
        began = time.monotonic()
        try:
            figures[name](results)
        except Exception:  # what was measured so far, and what comes behind, is not lost with it
            traceback.print_exc()
            failed.append(name)
            results.pop(name, None)
        results["circumstances"].setdefault("seconds", {})[name] = round(time.monotonic() - began)
    profiles = dict(results.get("profile", {}))
    if "profile" in results.get("typists", {}):
        profiles["typists"] = results["typists"]["profile"]
    for part, profile in profiles.items():
        print(f"\n{part}: where the hub's time goes")
        for line in (profile["libraries"][:8] + [""] + profile["functions"][:20]) if profile else ["no profile"]:
            print(f"  {line}")
    text = table(results)
    # A quick run, or one of some figures, does not replace the results of a whole one.
    name = "quick" if QUICK else "part" if asked else "latest"
    store(results, name)
    print("\n" + text)
    for figure in OWN_FILES:
        if figure in results and not QUICK:
            store({"circumstances": results["circumstances"], figure: results[figure]}, figure)
    if "duplicates" in results and not QUICK:
        (RESULTS / "duplicates.md").write_text("\n".join(by_set(results)) + "\n")
    if failed:
        sys.exit(f"Failed, and not in the table: {', '.join(failed)}")


if __name__ == "__main__":
    main()
