"""Checking a text of anyone's making: a file goes in, what cannot be right is marked, nothing is kept."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.lint.checking import KINDS, LIMITS, Examined, TextRefused, check_size, examine
from reporting.lint.sentences import RULES
from reporting.lint.shown import numbered, shown
from schools.access import require_somewhere
from schools.models import User
from schools.roles import Permission

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lint(request: HttpRequest) -> HttpResponse:
    """The place where a file is dropped; after that, the text with its findings."""
    assert isinstance(request.user, User)
    require_somewhere(request.user, Permission.EXPORT)
    if request.method != "POST":
        return _page(request)
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return _page(request, alert=_("Hãy chọn một tệp rồi bấm Soát văn bản."))
    try:
        check_size(sent.size or 0)
        examined = examine(sent.read(), sent.name or "")
    except TextRefused as refused:
        return _page(request, alert=refused.sentence)
    return _page(request, examined=examined, file_name=sent.name or "")


def _page(
    request: HttpRequest, *, alert: str = "", examined: Examined | None = None, file_name: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "alert": alert,
        "most": LIMITS.file // 2**20,
        "accept": ",".join(KINDS),
        "rules": list(RULES.values()),
        "file_name": file_name,
        "examined": examined,
    }
    if examined is not None:
        context |= {"findings": numbered(examined.findings), "passages": shown(examined)}
    return render(request, "reporting/lint.html", context, status=UNPROCESSABLE if alert else 200)
