"""Wall clocks that are wrong, for the real programs: faketime, set anew while they run."""

import glob
import shutil
import subprocess

import pytest


class Clock:
    """The wall clock that a program believes; the monotonic one, which nobody sets, stays right."""

    def __init__(self, path):
        found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
        if not found or not shutil.which("faketime"):
            pytest.skip("faketime is not installed")
        self.library = found[0]
        self.path = path
        # The library makes its shared memory known by changing the environment, behind which Swift then does not find
        # its arguments: memory that somebody else made is found there already.
        self.keeper = subprocess.Popen(["faketime", "-f", "+0", "sh", "-c", 'echo "$FAKETIME_SHARED"; exec cat'],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.shared = self.keeper.stdout.readline().strip()
        self.set("+0")

    def set(self, offset):
        """From now on the clock is that far off, such as `+2h` or `-40d`."""
        new = self.path.with_suffix(".new")
        new.write_text(offset + "\n")
        new.rename(self.path)

    def wrapper(self):
        return ["env", f"FAKETIME_SHARED={self.shared}", f"LD_PRELOAD={self.library}",
                f"FAKETIME_TIMESTAMP_FILE={self.path}", "FAKETIME_NO_CACHE=1", "DONT_FAKE_MONOTONIC=1"]

    def close(self):
        self.keeper.stdin.close()
        self.keeper.wait(10)


@pytest.fixture
def clock(tmp_path):
    running = Clock(tmp_path / "clock")
    yield running
    running.close()
