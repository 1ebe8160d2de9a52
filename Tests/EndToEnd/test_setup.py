"""`scripts/setup.sh` on machines that are only said to be so: every program it calls is one of the test's."""

import os
import shutil
import subprocess

import pytest
from conftest import ROOT

# What the script calls beside the programs that are played.
REAL = ["bash", "env", "grep", "head", "sort", "dirname", "cat", "cmp", "tee", "chmod", "rm"]


class Machine:
    """A folder that is all of the PATH, and what was called in it."""

    def __init__(self, folder):
        self.path = folder / "bin"
        self.path.mkdir()
        self.calls = folder / "calls"
        self.calls.touch()
        for name in REAL:
            (self.path / name).symlink_to(shutil.which(name))

    def has(self, name, script):
        program = self.path / name
        program.write_text(f'#!/bin/bash\necho "{name} $*" >> {self.calls}\n{script}\n')
        program.chmod(0o755)
        return self

    def swift(self, version):
        return self.has("swift", f'echo "Swift version {version} (swift-{version}-RELEASE)"')

    def packages(self, missing=()):
        tests = "".join(f'[ "$last" = {name} ] && exit 1\n' for name in missing)
        return self.has("dpkg-query", f'last="${{@: -1}}"\n{tests}echo -n "install ok installed"')

    def user(self, number):
        return self.has("id", f"echo {number}")

    def run(self, what="run"):
        return subprocess.run(["bash", ROOT / "scripts" / "setup.sh", what], capture_output=True, text=True, timeout=60,
                              env={"PATH": str(self.path), "HOME": os.environ["HOME"]})

    def called(self, name):
        return [line for line in self.calls.read_text().splitlines() if line.split()[0] == name]


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path).packages().has("apt-get", "").user(0)


def test_without_swift_one_is_told_where_to_get_it(machine):
    done = machine.run()
    assert done.returncode == 1 and "Swift 6.2" in done.stderr and "swift.org/install" in done.stderr
    assert not machine.called("apt-get")


@pytest.mark.parametrize("version", ["5.10", "6.0.3", "6.1"])
def test_a_swift_that_is_too_old_is_named(machine, version):
    done = machine.swift(version).run()
    assert done.returncode == 1 and f"this is {'.'.join(version.split('.')[:2])}" in done.stderr
    assert not machine.called("apt-get")


@pytest.mark.parametrize("version", ["6.2", "6.2.1", "6.10", "7.0"])
def test_when_nothing_is_missing_nothing_is_installed(machine, version):
    done = machine.swift(version).run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.called("dpkg-query") and not machine.called("apt-get")


def test_root_installs_what_is_missing_and_nothing_else(machine):
    done = machine.swift("6.2").packages(["libev-dev", "hunspell-fr"]).run()
    assert done.returncode == 0 and "Installing Debian packages: libev-dev hunspell-fr" in done.stdout
    update, install = machine.called("apt-get")
    assert update.startswith("apt-get update")
    assert "--no-install-recommends" in install and install.endswith("libev-dev hunspell-fr")


def test_whoever_is_not_root_and_has_no_sudo_is_told_what_root_is_to_do(machine):
    done = machine.swift("6.2").packages(["libev-dev"]).user(1000).run()
    assert done.returncode == 1 and "apt-get install libev-dev" in done.stderr
    assert not machine.called("apt-get")


def test_whoever_has_sudo_installs_by_it(machine):
    done = machine.swift("6.2").packages(["libev-dev"]).user(1000).has("sudo", 'exec "$@"').run()
    assert done.returncode == 0, done.stderr
    assert [line.split()[1] for line in machine.called("sudo")] == ["apt-get", "env"]
    assert machine.called("apt-get")[-1].endswith("libev-dev")


def test_an_installation_that_fails_is_a_failure(machine):
    done = machine.swift("6.2").packages(["libev-dev"]).has("apt-get", "exit 100").run()
    assert done.returncode != 0
