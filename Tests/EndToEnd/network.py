"""A network for tests: the hub and its venues on hosts of their own, and a line from each venue that can be broken.

Every host is a network namespace with one interface to a router, which is a namespace too. What happens to a venue's line
happens in the router, or on the venue's own interface, and touches no other venue.
"""

import concurrent.futures
import ctypes
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

VENUES = ("granville", "agneaux", "cherbourg")
NAMES = re.compile(r"qa-(\d+)-(\d+)-[a-z]+")
TABLE = "lines"
CLONE_NEWNET = 0x40000000


def missing():
    """Why there can be no such network here, or None."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    for program in ("ip", "tc", "nft", "setpriv"):
        if not shutil.which(program):
            return f"there is no program {program} (Debian packages iproute2, nftables, util-linux)"
    tried = subprocess.run(["unshare", "--net", "true"], capture_output=True, text=True)
    if tried.returncode != 0:
        return f"this machine gives no network namespaces: {tried.stderr.strip()}"
    return None


def run(*words, given=None):
    done = subprocess.run(words, input=given, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"
    return done.stdout


def began(process):
    """When a process began, in ticks since the machine did: with its number it is that one and no other."""
    try:
        return int(pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19])
    except OSError:
        return None


def remove(namespace):
    """Ends what runs in a namespace of ours, and takes it away."""
    found = subprocess.run(["ip", "netns", "pids", namespace], capture_output=True, text=True).stdout.split()
    for process in found:
        try:
            os.kill(int(process), signal.SIGKILL)
        except ProcessLookupError:
            pass
    subprocess.run(["ip", "netns", "del", namespace], capture_output=True)


def remove_leftovers():
    """Takes away the networks of runs that were killed before they could."""
    for line in run("ip", "netns", "list").splitlines():
        if name := NAMES.fullmatch(line.split()[0] if line else ""):
            if began(name[1]) != int(name[2]):
                remove(name[0])


def inside(namespace, action):
    """Does something on a thread that has moved into a namespace: the sockets that it makes belong there."""
    def moved():
        libc = ctypes.CDLL(None, use_errno=True)
        with open(f"/run/netns/{namespace}", "rb") as place:
            if libc.setns(place.fileno(), CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns")
        return action()
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        return thread.submit(moved).result()


class Host:
    """One machine of the network: an address, programs that run there, and connections that begin there."""

    def __init__(self, network, name, number):
        self.network = network
        self.name = name
        self.namespace = f"{network.prefix}-{name}"
        self.address = f"10.9.{number}.2"
        router, gateway = network.router, f"10.9.{number}.1"
        run("ip", "netns", "add", self.namespace)
        run("ip", "-n", router, "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", self.namespace)
        for namespace, device, address in ((router, name, gateway), (self.namespace, "eth0", self.address)):
            run("ip", "-n", namespace, "addr", "add", f"{address}/24", "dev", device)
            # Packets as a real line carries them: what is lost is one of them, not forty at once.
            run("ip", "-n", namespace, "link", "set", device, "gso_max_segs", "1", "up")
        run("ip", "-n", self.namespace, "link", "set", "lo", "up")
        run("ip", "-n", self.namespace, "route", "add", "default", "via", gateway)

    @property
    def enter(self):
        """What goes before a program's command so that it runs here, and ends when this process does."""
        return ["setpriv", "--pdeathsig", "KILL", "ip", "netns", "exec", self.namespace]

    def dial(self, address, port, seconds=10):
        """A TCP connection from this host."""
        return inside(self.namespace, lambda: socket.create_connection((address, port), timeout=seconds))


class Line:
    """What lies between one venue and all others."""

    def __init__(self, network, host):
        self.network = network
        self.host = host
        self.device = host.name

    def _rules(self, *rules):
        chain = f"inet {TABLE} {self.device}"
        # The count of calls stays in front of whatever else there is.
        calls = f"add rule {chain} iifname {self.device} tcp flags & (syn | ack) == syn counter name {self.device}_calls\n"
        run("ip", "netns", "exec", self.network.router, "nft", "-f", "-",
            given=f"flush chain {chain}\n" + calls + "".join(f"add rule {chain} {rule}\n" for rule in rules))

    def no_route(self):
        """The cable is out: whoever sends to the venue is told that there is no way, the venue itself nothing."""
        run("ip", "-n", self.network.router, "link", "set", self.device, "down")

    def black_hole(self):
        """Packets vanish in both directions; nobody is told."""
        self._rules("drop")

    def reset(self):
        """Every packet is answered with the end of its connection."""
        self._rules("meta l4proto tcp reject with tcp reset")

    def lose(self, percent):
        """So many of a hundred packets vanish, each way."""
        self._rules(f"numgen random mod 100 < {percent} drop")

    def slow(self, rate="1mbit"):
        """So many bits a second, each way."""
        for namespace, device in ((self.network.router, self.device), (self.host.namespace, "eth0")):
            run("tc", "-n", namespace, "qdisc", "replace", "dev", device, "root", "tbf", "rate", rate, "burst", "4kb",
                "latency", "400ms")

    def flap(self, times, down, up, fault=None):
        """Fails and comes back, so many times."""
        for _ in range(times):
            (fault or self.no_route)()
            time.sleep(down)
            self.heal()
            time.sleep(up)

    def heal(self):
        """Takes every fault away."""
        self._rules()
        run("ip", "-n", self.network.router, "link", "set", self.device, "up")
        for namespace, device in ((self.network.router, self.device), (self.host.namespace, "eth0")):
            # There may be none.
            subprocess.run(["tc", "-n", namespace, "qdisc", "del", "dev", device, "root"], capture_output=True)

    def carried(self):
        """Bytes that the line has carried, to the venue and from it, all headers included."""
        told = json.loads(run("ip", "-n", self.network.router, "-j", "-s", "link", "show", "dev", self.device))
        stats = told[0]["stats64"]
        return stats["tx"]["bytes"], stats["rx"]["bytes"]

    def calls(self):
        """How often the venue has begun to connect, calls that are repeated by the kernel included."""
        told = run("ip", "netns", "exec", self.network.router, "nft", "-j", "list", "counter", "inet", TABLE,
                   f"{self.device}_calls")
        return next(each["counter"]["packets"] for each in json.loads(told)["nftables"] if "counter" in each)


class Network:
    """The hub's host, the venues' hosts, the router, and the venues' lines."""

    def __init__(self, venues=VENUES):
        remove_leftovers()
        self.prefix = f"qa-{os.getpid()}-{began(os.getpid())}"
        self.router = f"{self.prefix}-router"
        self.hosts, self.lines = {}, {}
        try:
            run("ip", "netns", "add", self.router)
            run("ip", "netns", "exec", self.router, "sysctl", "-qw", "net.ipv4.ip_forward=1")
            run("ip", "netns", "exec", self.router, "nft", "-f", "-", given=self._table(venues))
            for number, name in enumerate(("hub", *venues)):
                self.hosts[name] = Host(self, name, number)
            for name in venues:
                self.lines[name] = Line(self, self.hosts[name])
            self.heal()
        except BaseException:
            self.close()
            raise

    def _table(self, venues):
        parts = [f"counter {name}_calls {{\n}}\nchain {name} {{\n}}\n" for name in venues]
        jumps = [f"iifname {name} jump {name}\noifname {name} jump {name}\n" for name in venues]
        forward = f"chain forward {{\ntype filter hook forward priority 0; policy accept;\n{''.join(jumps)}}}\n"
        return f"table inet {TABLE} {{\n{''.join(parts)}{forward}}}\n"

    @property
    def hub(self):
        return self.hosts["hub"]

    def heal(self):
        for line in self.lines.values():
            line.heal()

    def close(self):
        for name in [*(host.namespace for host in self.hosts.values()), self.router]:
            remove(name)
