#!/usr/bin/env python3
"""What it takes from a fresh clone to the first answer, and to the tests: wall and processor time.

usage: building.py [COMMIT]   (COMMIT: of this repository, HEAD by default)

Not in it: libllama and the default models, which are in the shared cache by then, and fetching the packages.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import ROOT, table

HEADER = ("what", "wall", "processor time", "budget")


def timed(folder, *command, **environment):
    """Seconds of the wall clock and of processors that a command and all it waited for took."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=os.environ | environment, stdout=sys.stderr)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))} failed in {folder}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime


def row(name, times, budget):
    wall, processor = times
    return name, f"{wall / 60:.1f} min", f"{processor / 60:.1f} min", budget


def measure(commit="HEAD"):
    """Rows of the table."""
    folder = Path(tempfile.mkdtemp(prefix="sq-build-"))
    try:
        clone = folder / "squire"
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", ROOT, clone], check=True)
        subprocess.run(["git", "checkout", "--quiet", commit], cwd=clone, check=True)
        subprocess.run(["scripts/set-up.sh"], cwd=clone, check=True)
        subprocess.run(["swift", "package", "resolve"], cwd=clone, check=True, stdout=sys.stderr)
        home = {"SQUIRE_HOME": str(folder / "home"), "SQUIRE_SOCKET": str(folder / "squire.sock"),
                "SQUIRE_CONFIG": str(folder / "none.yaml")}
        (folder / "none.yaml").touch()
        try:
            run = timed(clone, "scripts/run.sh", **home)
        finally:
            subprocess.run([clone / ".build/release/squire", "daemon", "stop"], env=os.environ | home,
                           stdout=sys.stderr, check=False)
        script = clone / "scripts/build-tests.sh"
        # Commits before the one that brought it build all.
        command = [script] if script.exists() else ["scripts/build.sh", "debug", "--build-tests"]
        tests = timed(clone, *command)
        return [row("`make run`, to the first answer", run, "≤ 10 min of processors"),
                row("building the tests (`make test`)", tests, "")]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    print(table(HEADER, measure(*sys.argv[1:])))
