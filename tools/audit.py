"""Lighthouse on the pages that people open most, as production serves them: `make audit`.

    python -m tools.audit [PAGE ...]

Takes a copy of db.sqlite3, which must hold the demo province (`load_demo --with-open-year`), collects the
static files, starts gunicorn with DEBUG off and signs in by cookie. Every page is measured as on a computer
and as on a telephone, both throttled, in three rounds: a row shows the medians, and below it stands what
Lighthouse found where one is under its mark. No part of `make test`: timings depend on the machine, whose
speed at that moment is the last number (Lighthouse's index: a quiet laptop has more than 1300, and under
500 the machine is busy with something else, which the page gets the blame for).
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import django

from tools.found import find_browser
from tools.serving import serving

LIGHTHOUSE = Path(__file__).parent / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = ("dashboard", "dashboard-district", "submissions-reviewer", "entry")
DEVICES = {"desktop": ["--preset=desktop"], "mobile": []}  # a telephone, unless told
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
ROUNDS = 3
ATTEMPTS = 3  # on a busy machine Lighthouse sometimes loses its trace
SERVER = [sys.executable, "-m", "gunicorn", "dxreport.wsgi", "--bind"]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "dxreport.settings",
    "DEBUG": "0",
    "ALLOWED_HOSTS": "127.0.0.1",
    # The browser asks without the proxy that brings TLS.
    "SECURE_SSL_REDIRECT": "0",
    "COOKIE_SECURE": "0",
}


class Result(NamedTuple):
    """A page's scores by category, 0 to 100, and what was found where it is under its mark."""

    scores: dict[str, float]
    machine: float
    findings: list[str]


def main(names: Sequence[str]) -> int:
    """Print the table; 1 where a page is under its mark."""
    with TemporaryDirectory() as folder:
        copy = shutil.copy("db.sqlite3", folder)
        os.environ.update(PRODUCTION, SECRET_KEY=secrets.token_urlsafe(64), DATABASE_URL=f"sqlite:///{copy}")
        django.setup()
        return audit(names)


def audit(names: Sequence[str]) -> int:
    """The same on the copy."""
    from schools.models import User
    from tests.pages import PAGES as EVERY_PAGE
    from tests.pages import demo_place

    User.objects.update(is_demo=False)  # without DEBUG, demo accounts may not enter
    place, by_name = demo_place(), {page.name: page for page in EVERY_PAGE}
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"], check=True)
    print(f"{'page':<24}{'device':<8}", *(f"{name:>15}" for name in LEAST), f"{'machine':>9}")
    is_under = False
    with serving(SERVER) as site:
        for page in (by_name[name] for name in names or PAGES):
            cookie = session_of(place.people[page.person])
            for device, flags in DEVICES.items():
                result = measured(site + place.address(page), cookie, flags)
                scores = (f"{result.scores[one]:>15.0f}" for one in LEAST)
                print(f"{page.name:<24}{device:<8}", *scores, f"{result.machine:>9.0f}", flush=True)
                for finding in result.findings:
                    print(f"    {finding}")
                is_under = is_under or bool(result.findings)
    return int(is_under)


def session_of(username: str) -> str:
    """The cookie of somebody who is signed in."""
    from django.conf import settings
    from django.test import Client

    from schools.models import User

    client = Client()
    client.force_login(User.objects.get(username=username))
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def measured(url: str, cookie: str, flags: Sequence[str]) -> Result:
    """The medians of some rounds, and the findings of the last."""
    reports = [lighthouse(url, cookie, flags) for _round in range(ROUNDS)]
    scores = {name: median(100 * report["categories"][name]["score"] for report in reports) for name in LEAST}
    under = [name for name, least in LEAST.items() if scores[name] < least]
    machine = median(report["environment"]["benchmarkIndex"] for report in reports)
    return Result(scores, machine, [finding for name in under for finding in findings(reports[-1], name)])


def lighthouse(url: str, cookie: str, flags: Sequence[str]) -> dict[str, Any]:
    """Lighthouse's report of a page."""
    command = [
        "node",
        str(LIGHTHOUSE),
        url,
        *flags,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(LEAST)}",
        f"--extra-headers={json.dumps({'Cookie': cookie, 'Accept-Language': 'vi'})}",
        "--chrome-flags=--headless=new --no-sandbox",
    ]
    environment = {**os.environ, "CHROME_PATH": find_browser() or ""}
    for _attempt in range(ATTEMPTS):
        answer = subprocess.run(command, env=environment, capture_output=True, text=True)
        if not answer.returncode:
            break
    else:
        sys.exit(answer.stderr)
    report: dict[str, Any] = json.loads(answer.stdout)
    if report["finalDisplayedUrl"] != url:
        sys.exit(f"{url} led to {report['finalDisplayedUrl']}")
    return report


def findings(report: dict[str, Any], category: str) -> list[str]:
    """What took points from a category, a line each."""
    counted = [one["id"] for one in report["categories"][category]["auditRefs"] if one["weight"]]
    audits = [report["audits"][name] for name in counted]
    return [
        f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}".rstrip()
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
