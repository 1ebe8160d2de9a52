"""What is told of the figures: under which circumstances they were taken, and a table of aims and results."""

import datetime
import os
import pathlib
import platform
import subprocess

import attacks
import duplicates
import relay
import typists
from harness import ROOT


# Percent of a core for other programs, above which nothing is judged.
BUSY = 15


def said(*command):
    try:
        answer = subprocess.run(command, capture_output=True, cwd=ROOT, timeout=30)
        return answer.stdout.decode().strip().split("\n")[0]
    except (OSError, subprocess.SubprocessError):
        return "unknown"


def circumstances(quick):
    models = [line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().split("\n")
              if line.startswith("model name")]
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), "quick": quick,
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
        yield (f"question sent → speaker, {point['phones']:,} phones, p50", "",
               f"{told['to_speaker']['p50_ms']:.1f} ms", None)
        p99 = told["to_speaker"]["p99_ms"]
        unseen = told["asked"] - told["seen_by_speaker"]
        gone = sum(point["lost"].values())
        yield ("… p99", "≤ 50 ms", f"{p99:.1f} ms" + (f", {unseen} of {told['asked']} not seen" if unseen else "")
               + (f", {gone:,} phones lost" if gone else ""), p99 <= 50 and not unseen and not gone)
        for name, key in (("ask → ack", "ask_ack"), ("vote → ack", "vote_ack")):
            yield (f"{name}, p50 / p99", "", f"{told[key]['p50_ms']:.1f} / {told[key]['p99_ms']:.1f} ms", None)
        flushes = [point[key] for key in ("bare_commits_before", "bare_commits_after")]
        yield ("one bare commit just before and after, p50 / p99", "",
               ", ".join(f"{each['p50_ms']:.1f} / {each['p99_ms']:.1f} ms" for each in flushes), None)
        age = point["delta_age"]
        yield ("question sent → every phone, p50 / p99", "", f"{age['p50_ms']:.0f} / {age['p99_ms']:.0f} ms", None)
        yield ("hub meanwhile: CPU, RSS", "", f"{point['hub_cpu_percent']} % of a core, {point['hub_rss_mb']} MB", None)
    for kind, point in results.get("fanout", {}).items():
        yield (f"one delivery of {point['frame_bytes']} bytes: hub ÷ bare loop ({kind})", "≤ 1.6",
               f"{point['ratio']} ({point['hub_us']} ÷ {point['bare_us']} µs)", point["ratio"] <= 1.6)
    if point := results.get("memory"):
        yield (f"one more idle phone ({point['from']} → {point['to']}), RSS", "≤ 8 kB",
               f"{point['rss_bytes'] / 1e3:.1f} kB (PSS {point['pss_bytes'] / 1e3:.1f} kB)",
               max(point["rss_bytes"], point["pss_bytes"]) <= 8_000)
        yield ("… and in the kernel, both ends together", "", f"{point['kernel_bytes_both_ends'] / 1e3:.1f} kB", None)
        # Both ends are sockets of one kind, and one of them is the hub's.
        whole = point["rss_bytes"] + point["kernel_bytes_both_ends"] / 2
        yield ("… all in: RSS and the hub's half of the kernel's", "≤ 8 kB", f"{whole / 1e3:.1f} kB", whole <= 8_000)
    if point := results.get("command"):
        costs = ", ".join(f"{each['us_per_command']:.0f} µs at {each['phones']:,}" for each in point["points"])
        unanswered = sum(each["unanswered"] for each in point["points"])
        yield ("one command's CPU by idle phones", "within 1.5 ×",
               f"{point['spread']} × ({costs})" + (f", {unanswered:,} not answered" if unanswered else ""),
               point["spread"] <= 1.5 and not unanswered)
        resting = ", ".join(f"{each['idle_cpu_percent']:.1f} % at {each['phones']:,}" for each in point["points"])
        yield ("hub's CPU while all are idle", "", resting, None)
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
    if point := results.get("duplicates"):
        yield from duplicates.rows(point)
    for point in results.get("engine", []):
        yield from duplicates.time_rows(point)
    if point := results.get("typists"):
        yield from typists.rows(point)
    if point := results.get("relay"):
        yield from relay.rows(point)
    if point := results.get("attacks"):
        yield from attacks.rows(point)


def table(results):
    lines = ["| figure | aim | result | |", "|---|---|---|---|"]
    noise = [point["others_cpu_percent"] for point in walk(results) if "others_cpu_percent" in point]
    # A machine that did other things says nothing of an aim, met or missed.
    is_busy = max(noise, default=0) > BUSY
    for figure, aim, result, met in rows(results):
        verdict = "" if met is None or results["circumstances"]["quick"] else "met" if met else "**missed**"
        lines.append(f"| {figure} | {aim} | {result} | {verdict + ', busy' if verdict and is_busy else verdict} |")
    about = results["circumstances"]
    lines += ["", taken(about) + " Phones and hub share the cores."]
    if noise:
        lines.append(f"Other programs took {min(noise):.0f}–{max(noise):.0f} % of a core meanwhile"
                     + (": too much for a verdict; take the figures again on a machine that does nothing else." if is_busy else "."))
    if about["quick"]:
        lines.append("A quick run: it shows that everything works, not how fast it is.")
    if "duplicates" in results and not about["quick"]:
        lines += ["", "What the duplicates engine finds, by set: [duplicates.md](duplicates.md)."]
    return "\n".join(lines)


def taken(about):
    """When and on what."""
    return (f"{about['date']}, commit {about['commit']}{' with changes' if about['changed'] else ''}; "
            f"{about['cores']} cores ({about['processor']}), kernel {about['kernel']}, {about['swift']}; "
            f"libwebsockets {about['libwebsockets']}, libev {about['libev']}, SQLite {about['sqlite']} on "
            f"{about['file_system']}.")


def by_set(results):
    """The page of the duplicates engine, whole."""
    return ["# What the duplicates engine finds", "", "Written by `scripts/bench.sh duplicates`; how is told in "
            "[../README.md](../README.md). " + taken(results["circumstances"]), "",
            *duplicates.report(results["duplicates"])]


def walk(value):
    """All objects in a value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from walk(each)
