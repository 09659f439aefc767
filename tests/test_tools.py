"""The tools behind the Makefile: what they find, what they say, what they leave behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import found, system_packages
from tools.system_packages import Need


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Makes empty programs of the names given, the only ones on PATH; gives their folder."""

    def make(*names: str) -> Path:
        for name in names:
            (tmp_path / name).write_text("#!/bin/sh\n")
            (tmp_path / name).chmod(0o755)
        return tmp_path

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROME", raising=False)
    return make


def test_the_browser_named_by_the_environment_comes_first(programs, monkeypatch):
    folder = programs("chromium", "mine")
    monkeypatch.setenv("CHROME", str(folder / "mine"))

    assert found.find_browser() == str(folder / "mine")


def test_a_browser_named_wrongly_is_not_replaced_by_another(programs, monkeypatch):
    programs("chromium")
    monkeypatch.setenv("CHROME", "/nowhere/chrome")

    assert found.find_browser() is None


def test_chromium_comes_before_chrome(programs):
    folder = programs("google-chrome", "chromium")

    assert found.find_browser() == str(folder / "chromium")


def test_no_browser_on_path_is_none(programs):
    programs()

    assert found.find_browser() is None


def test_a_version_is_read_from_what_the_program_says(tmp_path):
    program = tmp_path / "postgres"
    program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)'\n")
    program.chmod(0o755)

    assert found.version_of(program) == "15.18"


def test_a_library_that_is_not_there_is_missed():
    assert found.has_library("libc.so.6")
    assert not found.has_library("libnowhere.so.1")


UNMET = [
    Need("browser", lambda: False, ("chromium",), otherwise="or another"),
    Need("PDF", lambda: False, ("libpango-1.0-0",)),
    Need("PDF", lambda: False, ("libpangoft2-1.0-0",)),
    Need("PostgreSQL", lambda: True, ("postgresql",)),
]


@pytest.fixture
def machine_without(monkeypatch):
    """A machine that lacks what `UNMET` says, where nobody may install anything."""
    monkeypatch.setitem(system_packages.NEEDS, "tests", UNMET)
    monkeypatch.setattr(system_packages, "can_install", lambda: False)


def run_system_packages(monkeypatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["system_packages", *arguments])
    return system_packages.main()


def test_what_is_missing_is_said_in_one_line_and_fails(machine_without, monkeypatch, capsys):
    assert run_system_packages(monkeypatch, "tests") == 1
    assert capsys.readouterr().err == (
        "Missing for browser, PDF: "
        "apt-get install --no-install-recommends chromium libpango-1.0-0 libpangoft2-1.0-0 (or another)\n"
    )


def test_only_said_it_does_not_fail(machine_without, monkeypatch, capsys):
    assert run_system_packages(monkeypatch, "tests", "--only-say") == 0
    assert "libpango-1.0-0" in capsys.readouterr().err


def test_an_installation_that_does_not_help_fails(machine_without, monkeypatch, capsys):
    asked: list[list[Need]] = []
    monkeypatch.setattr(system_packages, "can_install", lambda: True)
    monkeypatch.setattr(system_packages, "install", asked.append)

    assert run_system_packages(monkeypatch, "tests") == 1
    assert [need.packages[0] for need in asked[0]] == ["chromium", "libpango-1.0-0", "libpangoft2-1.0-0"]


def test_a_package_that_the_distribution_has_not_does_not_hold_up_the_others(programs, monkeypatch):
    calls: list[tuple[str, ...]] = []
    folder = programs("apt-cache")
    (folder / "apt-cache").write_text('#!/bin/sh\ntest "$2" != chromium && test "$2" != fonts-liberation2\n')
    monkeypatch.setattr(system_packages, "_apt_get", lambda *arguments: calls.append(arguments))
    fonts = Need("fonts", lambda: False, ("fonts-liberation2", "fonts-liberation"))
    system_packages.install([UNMET[0], fonts])

    assert calls == [("update",), ("install", "--yes", "--no-install-recommends", "fonts-liberation")]


def with_postgres(*command: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-m", "tools.with_postgres", *command],
        env=environment,
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )


def folder_of(url: str) -> Path:
    assert url.startswith("postgres://postgres@//"), url
    return Path(url.removeprefix("postgres://postgres@/")).parent


def test_the_command_gets_a_server_in_a_private_folder_that_is_gone_afterwards():
    mode_of_folder = 'stat -c %a "$(dirname "${DATABASE_URL#*@/}")"'
    process = with_postgres("sh", "-c", f'echo "$DATABASE_URL"; {mode_of_folder}; exit 7')
    output, _ = process.communicate(timeout=60)
    url, mode = output.split()

    assert process.returncode == 7
    assert mode == "700"
    assert not folder_of(url).exists()


def test_a_terminated_run_takes_its_command_and_its_server_along():
    process = with_postgres("sh", "-c", 'echo "$DATABASE_URL"; echo $$; exec sleep 60')
    assert process.stdout
    folder, child = folder_of(process.stdout.readline().strip()), int(process.stdout.readline())
    server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert process.returncode == 128 + signal.SIGTERM
    assert not folder.exists()
    assert not is_running(child)
    assert not is_running(server)


def is_running(process: int) -> bool:
    """Whether the process is still there after a moment's grace (a dead one may wait to be collected)."""
    for _ in range(50):
        status = Path(f"/proc/{process}/stat")
        if not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True


def test_a_postgresql_named_by_the_environment_is_used_as_it_is():
    named = "postgres://somebody@db.example/dxreport"
    answer = subprocess.run(
        [sys.executable, "-m", "tools.with_postgres", "sh", "-c", 'echo "$DATABASE_URL"'],
        env={**os.environ, "DATABASE_URL": named},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == named


# --- the server of `make run` -------------------------------------------------------------


def test_a_worker_stands_beside_the_server_and_stops_with_it(tmp_path):
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\necho "$$ $*" >> {tmp_path}/started\nexec sleep 60\n')
    program.chmod(0o755)
    run = subprocess.Popen(["tools/run_server.sh", str(program), "8001"], cwd=Path(__file__).parent.parent)
    for _ in range(100):
        started = (tmp_path / "started").read_text().splitlines() if (tmp_path / "started").exists() else []
        if len(started) == 2:
            break
        time.sleep(0.1)
    processes = {line.split()[2]: int(line.split()[0]) for line in started}
    assert set(processes) == {"db_worker", "runserver"}
    run.send_signal(signal.SIGTERM)

    assert run.wait(timeout=20) == 0
    assert not any(is_running(process) for process in processes.values())
