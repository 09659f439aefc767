"""Background work in tests: done at once in this process, or by a worker of its own that may be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

ROOT = Path(__file__).parents[2]


def work(most: int = 1000) -> int:
    """Do the tasks that wait, at most so many, as a worker would. Returns how many; each must succeed."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    done = 0
    while done < most and (waiting := DBTaskResult.objects.ready().first()) is not None:
        waiting.claim("test")
        worker.run_task(waiting)
        waiting.refresh_from_db()
        assert waiting.status == "SUCCESSFUL", waiting.traceback
        done += 1
    return done


def run_worker(before: str = "") -> int:
    """`manage.py db_worker --batch` on the test's database, after the Python line `before`: its exit code."""
    arguments = ["manage.py", "db_worker", "--batch", "--no-startup-delay", "--interval=0"]
    command = "from django.core.management import execute_from_command_line as run"
    return run_program(f"{before}\n{command}; run({arguments!r})").returncode


def run_program(program: str) -> subprocess.CompletedProcess[str]:
    """A Python program in a process of its own, with Django set up on the test's database."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": _address()}
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{program}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _address() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
