"""Runs a command with DATABASE_URL set to a PostgreSQL of its own, which is removed afterwards.

    python3 -m tools.with_postgres COMMAND [ARGUMENT ...]

A DATABASE_URL that names a PostgreSQL already is used as it is. The server listens on a
socket in a folder that only its owner can enter: no port to collide on, no password to
keep, nothing for other users of the machine to reach. It never syncs to disk, for its
data is thrown away; root starts it as user postgres, since PostgreSQL refuses root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tools.found import find_postgres

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class PostgresMissing(Exception):
    """No PostgreSQL server program on this machine."""


@contextmanager
def running_cluster() -> Iterator[str]:
    """Start a cluster of its own; gives its DATABASE_URL, stops and removes it at the end."""
    programs = find_postgres()
    if programs is None:
        raise PostgresMissing("PostgreSQL is missing: apt-get install --no-install-recommends postgresql")
    owner = _owner()
    # Under root's own TMPDIR the owner could not reach it.
    folder = Path(tempfile.mkdtemp(prefix="dxreport-pg-", dir="/tmp" if owner else None))
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    initdb: list[str | Path] = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust"]
    pg_ctl: list[str | Path] = [programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w"]
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    options += f" -c unix_socket_directories='{folder}'"
    try:
        _run([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], owner, folder)
        _run([*pg_ctl, "-o", options, "start"], owner, folder)
        # A folder instead of a host is how libpq is told of a socket.
        yield f"postgres://postgres@/{folder}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _run([*pg_ctl, "-m", "immediate", "stop"], owner, folder)
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """The user who must own the server when we are root; None when we may own it ourselves."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name: user for user in pwd.getpwall()}
    return users.get("postgres") or users["nobody"]


def _run(command: list[str | Path], owner: pwd.struct_passwd | None, folder: Path) -> None:
    outcome = subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        # A session of its own: Ctrl+C must reach the command first, and the server only through us.
        start_new_session=True,
        user=owner and owner.pw_uid,
        group=owner and owner.pw_gid,
        extra_groups=[] if owner else None,
    )
    if outcome.returncode != 0:
        log = folder / "log"
        details = log.read_text(errors="replace") if log.exists() else ""
        raise RuntimeError(f"{command[0]} failed:\n{outcome.stdout}\n{details}")


class Stop:
    """Signal handler that passes the wish to stop on to the command; the server is removed as always.

    It never raises: an exception in the middle of starting a process would lose that process.
    """

    def __init__(self) -> None:
        self.signals: list[int] = []
        self.command: subprocess.Popen[bytes] | None = None
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, self)

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.signals.append(number)
        # Ctrl+C goes to every process of the terminal, so the command has heard of it already.
        if self.command and number != signal.SIGINT:
            self.command.terminate()

    def run(self, command: list[str], environment: dict[str, str]) -> int:
        """Run `command`; its exit code, or 128 + the number of the signal that came."""
        if not self.signals:
            self.command = subprocess.Popen(command, env=environment)
            if self.signals:
                self.command.terminate()
            code = self.command.wait()
        return 128 + self.signals[0] if self.signals else code


def main(command: list[str]) -> int:
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    if os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:", "pgsql:")):
        return subprocess.call(command)
    stop = Stop()
    try:
        with running_cluster() as url:
            return stop.run(command, {**os.environ, "DATABASE_URL": url})
    except PostgresMissing as sentence:
        print(sentence, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
