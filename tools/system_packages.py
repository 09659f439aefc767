"""Sees that the distribution's packages which a task needs are there.

    python3 -m tools.system_packages environment|tests|documents|bench [--only-say]

What is missing is installed with apt-get when that is possible (root, Debian or Ubuntu);
otherwise one line says what to install, and the exit code is 1. `--only-say` prints the
line and goes on: for what a task can do without.
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from tools.found import find_browser, find_office, find_postgres, has_library, has_vietnamese_fonts


@dataclass(frozen=True)
class Need:
    """One thing a task needs: how to see that it is there, and the packages that may bring it."""

    purpose: str
    is_met: Callable[[], bool]
    packages: tuple[str, ...]
    otherwise: str = ""  # what else helps, where the distribution has no such package


DOCUMENTS = [
    Need("PDF", lambda: has_library("libpango-1.0.so.0"), ("libpango-1.0-0",)),
    Need("PDF", lambda: has_library("libpangoft2-1.0.so.0"), ("libpangoft2-1.0-0",)),
    Need("PDF", lambda: has_library("libharfbuzz-subset.so.0"), ("libharfbuzz-subset0",)),
]
OFFICE = ("libreoffice-writer-nogui", "libreoffice-writer")
NEEDS = {
    "environment": [
        Need("python3 -m venv", lambda: importlib.util.find_spec("ensurepip") is not None, ("python3-venv",))
    ],
    "documents": DOCUMENTS,
    "tests": [
        Need("PostgreSQL", lambda: find_postgres() is not None, ("postgresql",)),
        Need(
            "browser",
            lambda: find_browser() is not None,
            ("chromium",),
            otherwise="any Chromium or Chrome will do: put it on PATH, or its path in CHROME",
        ),
        # The node inside playwright is linked against it.
        Need("browser driver", lambda: has_library("libatomic.so.1"), ("libatomic1",)),
        Need("HTML checker", lambda: shutil.which("java") is not None, ("default-jre-headless",)),
        Need("Vietnamese text", has_vietnamese_fonts, ("fonts-liberation2", "fonts-liberation")),
        *DOCUMENTS,
    ],
    "bench": [
        Need("LibreOffice, whose PDF ours is timed against", lambda: find_office() is not None, OFFICE),
    ],
}
APT_ENVIRONMENT = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def missing(task: str) -> list[Need]:
    """The needs of `task` that this machine does not meet."""
    return [need for need in NEEDS[task] if not need.is_met()]


def advice(needs: list[Need]) -> str:
    """One line that says what to install, and what for."""
    purposes = ", ".join(dict.fromkeys(need.purpose for need in needs))
    packages = " ".join(need.packages[0] for need in needs)
    others = "".join(f" ({need.otherwise})" for need in needs if need.otherwise)
    return f"Missing for {purposes}: apt-get install --no-install-recommends {packages}{others}"


def can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(needs: list[Need]) -> None:
    """Install what meets `needs`, from the distribution's own repositories."""
    print(f"Installing {', '.join(dict.fromkeys(need.purpose for need in needs))} ...", flush=True)
    _apt_get("update")
    offered = [package for need in needs if (package := _offered(need.packages))]
    if offered:
        _apt_get("install", "--yes", "--no-install-recommends", *offered)


def _apt_get(*arguments: str) -> None:
    command = ["apt-get", "--quiet=2", "-o", "Dpkg::Use-Pty=0", *arguments]
    subprocess.run(
        command, check=True, env=APT_ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )


def _offered(packages: tuple[str, ...]) -> str | None:
    """The first of `packages` that this release of the distribution has (Ubuntu has no chromium)."""
    for package in packages:
        if subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode == 0:
            return package
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("task", choices=NEEDS)
    parser.add_argument("--only-say", action="store_true", help="print what is missing and go on")
    options = parser.parse_args()
    needs = missing(options.task)
    if needs and can_install() and not options.only_say:
        try:
            install(needs)
        except subprocess.CalledProcessError as failure:
            print(f"apt-get failed with code {failure.returncode}.", file=sys.stderr)
        needs = missing(options.task)
    if needs:
        print(advice(needs), file=sys.stderr)
    return 1 if needs and not options.only_say else 0


if __name__ == "__main__":
    sys.exit(main())
