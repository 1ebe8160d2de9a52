"""The Debian package: its service is locked down, and in a clean Debian it installs, serves, is upgraded and goes."""

import os
import re
import shutil
import signal
import subprocess
import urllib.request

import pytest
from conftest import BIN, ROOT, free_port, wait_until

PACKAGING = ROOT / "packaging"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
@pytest.mark.parametrize("unit", ["qarelay.service", "qarelay-venue@.service"])
def test_the_service_is_locked_down(unit, record_property):
    told = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", str(PACKAGING / unit)], capture_output=True, text=True)
    exposure = float(re.search(r"exposure level for \S+: ([\d.]+)", told.stdout)[1])
    record_property("figure", f"exposure {exposure}")
    assert exposure <= 2.0


def test_the_scripts_of_the_package_are_sound_shell():
    for script in [*(PACKAGING / "debian").glob("p*"), PACKAGING / "build-deb.sh"]:
        done = subprocess.run(["sh" if script.parent.name == "debian" else "bash", "-n", str(script)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_the_package_has_the_version_of_the_programs():
    made = subprocess.run([str(PACKAGING / "build-deb.sh"), "--version"], capture_output=True, text=True)
    told = subprocess.run([str(BIN / "qarelay"), "--version"], capture_output=True, text=True)
    assert made.returncode == 0 and made.stdout.strip() in told.stdout and re.fullmatch(r"\d+\.\d+\.\d+", made.stdout.strip()), made


def test_what_the_package_s_documents_name_lies_beside_them():
    script = (PACKAGING / "build-deb.sh").read_text()
    for link in re.findall(r"\]\(([A-Z-]+\.md)[)#]", (ROOT / "docs" / "OPERATING.md").read_text()):
        assert f"docs/{link}" in script, link


def test_options_of_units_and_samples_exist():
    known = {command: subprocess.run([str(ROOT / ".build/debug/qarelay"), command, "--help"], capture_output=True, text=True).stdout
             for command in ("serve", "venue")}
    for name in ("qarelay.service", "hub.conf", "qarelay-venue@.service", "venue.conf.example", "nginx.conf", "haproxy.cfg"):
        command = "venue" if "venue" in name else "serve"
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", (PACKAGING / name).read_text()):
            if option not in ("--now",):
                assert option in known[command], f"{name}: {option}"


def test_operating_names_every_code_that_the_program_says():
    text = (ROOT / "docs" / "OPERATING.md").read_text()
    codes = set()
    for source in (ROOT / "Sources").glob("Q*/**/*.swift"):
        words = source.read_text()
        codes |= set(re.findall(r'\.(?:notice|warning|error)\(\s*"([a-z_]+)"', words))
        codes |= set(re.findall(r'\.info\(\s*"([a-z_]+)"', words))
        codes |= set(re.findall(r'Stop\(\s*code: "([a-z_]+)"', words))
        if source.parent.name == "Control":
            codes |= set(re.findall(r'"([a-z]+_[a-z_]+): [A-Z0-9\\]', words))
        if source.name in ("EventLog.swift", "SocketError.swift"):
            codes |= set(re.findall(r'case \.\w+: "([a-z_]+)"', words))
    assert len(codes) > 40
    assert not sorted(code for code in codes if f"`{code}`" not in text)


# --- In a clean Debian

class Debian:
    """A tree of Debian's smallest system, made once and kept beside the builds; commands run in it as its root."""

    kept = ROOT / ".build" / "debian"

    def __init__(self, folder):
        if not (self.kept / "etc/debian_version").exists():
            shutil.rmtree(self.kept, ignore_errors=True)
            made = subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(self.kept)], capture_output=True, text=True, timeout=900)
            assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
            (self.kept / "etc/apt/sources.list").write_text(
                "".join(line for line in open("/etc/apt/sources.list") if line.startswith("deb ")) if os.path.exists("/etc/apt/sources.list") and
                os.path.getsize("/etc/apt/sources.list") else "deb http://deb.debian.org/debian bookworm main\n")
            for name in os.listdir("/etc/apt/apt.conf.d"):
                if "proxy" in name.lower():
                    shutil.copy(f"/etc/apt/apt.conf.d/{name}", self.kept / "etc/apt/apt.conf.d")
        self.root = folder / "debian"
        subprocess.run(["cp", "-a", str(self.kept), str(self.root)], check=True)
        for name in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{name}", self.root / "etc" / name)
        (self.root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
        (self.root / "usr/sbin/policy-rc.d").chmod(0o755)

    def enter(self, *words):
        """A command of the tree, with /proc and /dev of its own mounts."""
        script = 'mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && exec chroot "$0" "$@"'
        return ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, str(self.root), *words]

    def run(self, *words):
        done = subprocess.run(self.enter(*words), capture_output=True, text=True, timeout=600,
                              env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8",
                                   **{k: v for k, v in os.environ.items() if k.lower().endswith("_proxy")}})
        assert done.returncode == 0, f"{words}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def serve(self, port):
        """What the unit's ExecStart says, as its user."""
        return subprocess.Popen(self.enter("setpriv", "--reuid", "qarelay", "--regid", "qarelay", "--clear-groups", "/usr/bin/qarelay", "serve", "--event",
                                           "/etc/qarelay/event.yaml", "--data", "/var/lib/qarelay/hub", "--port", str(port)))


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("debootstrap"), reason="needs root and debootstrap")
def test_the_package_installs_in_a_clean_debian_serves_is_upgraded_and_goes(tmp_path):
    built = subprocess.run([str(PACKAGING / "build-deb.sh")], capture_output=True, text=True, timeout=1800, cwd=ROOT)
    assert built.returncode == 0, built.stderr[-3000:]
    package = ROOT / built.stdout.strip().splitlines()[-1]
    debian = Debian(tmp_path)
    shutil.copy(package, debian.root / "qarelay.deb")
    debian.run("apt-get", "update", "-qq")
    debian.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "/qarelay.deb")
    assert not (debian.root / "usr/bin/swift").exists()
    assert "qarelay" in debian.run("qarelay", "--help") and debian.run("qaclient", "--help")
    debian.run("cp", "/usr/share/doc/qarelay/examples/rencontres-numeriques-2009.yaml", "/etc/qarelay/event.yaml")
    debian.run("qarelay", "check", "/etc/qarelay/event.yaml")
    assert debian.run("stat", "-c", "%U %a", "/var/lib/qarelay").split() == ["qarelay", "750"]
    port = free_port()

    def one_start():
        process = debian.serve(port)
        try:
            wait_until(lambda: answers(port), 20, "the hub of the package")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ask") as page:
                assert page.status == 200
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(15)
    one_start()
    before = debian.run("qarelay", "verify", "--data", "/var/lib/qarelay/hub")
    debian.run("apt-get", "install", "-y", "-qq", "--reinstall", "--no-install-recommends", "/qarelay.deb")
    assert debian.run("qarelay", "verify", "--data", "/var/lib/qarelay/hub") == before
    one_start()
    debian.run("apt-get", "remove", "-y", "-qq", "qarelay")
    assert (debian.root / "var/lib/qarelay/hub/event.sqlite").exists() and not (debian.root / "usr/bin/qarelay").exists()
    debian.run("apt-get", "purge", "-y", "-qq", "qarelay")
    assert not (debian.root / "var/lib/qarelay").exists()
