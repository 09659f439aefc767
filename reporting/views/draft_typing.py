"""What the editor of a section asks for while somebody types: JSON in, JSON out.

A session that has ended is a 401 and no redirect, so that the page keeps what was typed.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from collection.cells import UnreadableJson
from collection.views.cells import answering_in_json, body_of
from collection.views.common import SignedInRequest, signed_in
from dxreport.lib.template_filters import short_date
from reporting.drafts import actions
from reporting.drafts.actions import Conflict, Saved
from reporting.drafts.differences import differences
from reporting.drafts.insertions import insertions
from reporting.drafts.preview import read_sight
from reporting.views.draft_common import find, read_text


def _text_in(body: dict[str, Any]) -> str:
    text = body.get("text")
    if not isinstance(text, str):
        raise UnreadableJson(_("Trang gửi lên không đọc được. Hãy tải lại trang rồi thử lại."))
    return text


@sensitive_variables()
@answering_in_json
def save(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Save what was typed over the version that the body names; says what stands there now."""
    body = body_of(request)
    text, version = _text_in(body), body.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise UnreadableJson(_("Trang gửi lên không đọc được. Hãy tải lại trang rồi thử lại."))
    found = find(request.user, pk, key)
    outcome = actions.save_section(section=found.section, text=text, version=version, by=request.user)
    return JsonResponse(
        _saved(outcome, text, version) if isinstance(outcome, Saved) else _conflict(outcome, text)
    )


def _saved(saved: Saved, sent: str, version: int) -> dict[str, Any]:
    return {
        "state": "merged" if saved.is_merged else "saved",
        "version": saved.version,
        "base": saved.base,
        "text": saved.text,
        "at": short_date(saved.at),
        "others": saved.others,
        "mine": saved.is_merged and saved.base != version,
        "changes": _changes(sent, saved.text) if saved.is_merged else "",
    }


def _conflict(conflict: Conflict, sent: str) -> dict[str, Any]:
    return {
        "state": "conflict",
        "version": conflict.version,
        "theirs": conflict.theirs,
        "both": conflict.both,
        "mine": conflict.mine,
        "at": short_date(conflict.at),
        "others": conflict.by,
        "changes": _changes(conflict.theirs, sent),
    }


def _changes(before: str, after: str) -> str:
    return render_to_string("reporting/drafts/differences.html", {"lines": differences(before, after)})


@sensitive_variables()
@answering_in_json
def preview_typed(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """The typed text as it will read, and the findings about it; nothing is saved."""
    text = actions.cleaned(_text_in(body_of(request)))
    found = find(request.user, pk, key)
    return JsonResponse(read_text(read_sight(found.section.draft), found.section, text))


@require_safe
@signed_in
def insertions_of(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """What the picker offers."""
    found = find(request.user, pk, key)
    return JsonResponse({"groups": insertions(read_sight(found.section.draft))})
