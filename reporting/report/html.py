"""A report as HTML: part of a page, or a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from reporting.notes import full_date
from reporting.report.content import Report
from reporting.report.letterhead import MOTTO, NATION

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "report.css"


def context(report: Report, *, top: int, notes: str, urls: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What templates/reporting/report_body.html needs.

    `urls` by indicator code are the pages that explain its figures; a file that leaves the house has none.
    """
    return {
        "report": report,
        "urls": urls or {},
        "top": top,
        "notes": notes,
        "nation": NATION,
        "motto": MOTTO,
        "place_and_date": report.letterhead.place_and_date(report.made_on),
        "made_on": full_date(report.made_on),
    }


def document(report: Report, *, notes: str = "linked") -> str:
    """The report as a complete HTML file with its style inside."""
    # Our own file; nothing that anybody typed is in it.
    style = mark_safe(STYLE.read_text(encoding="utf-8"))
    return render_to_string("documents/report.html", {**context(report, top=1, notes=notes), "style": style})


def to_html(report: Report) -> bytes:
    """The exported .html file."""
    return document(report).encode()
