"""What honest phones feel of attacks: the time to an answer, quiet and while each attack goes on."""

import subprocess
import sys
import time

from attackers import ATTACKS
from harness import ROOT, Hub, Window, end, memory, running, swarm

USUAL = {"phones": 100, "asks": 10, "votes": 100, "seconds": 8, "warmup": 2}
FEW = {"phones": 20, "asks": 5, "votes": 10, "seconds": 1, "warmup": 1}


def felt(size, kind=None):
    """Times of honest phones, and what the hub needed, with one attack or none."""
    with Hub(limits=True) as hub:
        screens = swarm("mixed", hub, "--phones", size["phones"], "--asks", size["asks"], "--votes", size["votes"], "--seconds", size["seconds"],
                        "--warmup", size["warmup"], "--speaker", hub.token("speaker"), "--moderator", hub.token("moderator"))
        attacker = None
        if kind:
            # It gives way: the attacker's processor is not the hub's.
            attacker = subprocess.Popen(["nice", "-n", "10", sys.executable, str(ROOT / "bench" / "attackers.py"), kind, str(hub.port)])
            running.add(attacker)
            time.sleep(1)
        screens.order("go")
        screens.expect("measuring")
        window = Window(hub, screens)
        screens.expect("measured", size["seconds"] + 60)
        window.close()
        result = screens.expect("result")
        resident, _ = memory(hub.pid)
        screens.end()
        if attacker:
            end(attacker)
    return {
        "vote_ack": result["vote_ack"], "ask_ack": result["ask_ack"], "lost": sum(result["lost"].values()), "hub_cpu_percent": round(window.percent, 1),
        "hub_rss_mb": round(resident / 1e6, 1),
    }


def measured(quick):
    size = FEW if quick else USUAL
    return {"size": size, "quiet": felt(size), "under": {kind: felt(size, kind) for kind in ATTACKS}, "quiet_again": felt(size)}


def rows(point):
    """Figure, aim, result, whether it was met."""
    quiet = max(point[key]["vote_ack"]["p99_ms"] for key in ("quiet", "quiet_again"))
    each = [point["quiet"]["vote_ack"]["p99_ms"], point["quiet_again"]["vote_ack"]["p99_ms"]]
    yield (f"vote → ack of {point['size']['phones']} honest phones, p99, nobody attacks (before, after)", "",
           f"{each[0]:.1f}, {each[1]:.1f} ms", None)
    for kind, under in point["under"].items():
        p99 = under["vote_ack"]["p99_ms"]
        yield (f"… row {kind}", "≤ 2 ×", f"{p99:.1f} ms ({p99 / quiet:.1f} ×), hub {under['hub_cpu_percent']} % of a core, {under['hub_rss_mb']} MB"
               + (f", {under['lost']} phones lost" if under["lost"] else ""), p99 <= 2 * quiet and not under["lost"])
