"""The entry page: one form, saved and submitted with one post; nothing typed is ever dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from collection import actions, authority
from collection.entry_page import PageData, SectionRows, answered_of_asked, form_version, sections_of
from collection.entry_texts import texts
from collection.live import live_indicators
from collection.models import DataValue
from collection.parsing import Posted, Typed, read, typed_of, typed_shown
from collection.refusals import CellsRefused, Conflict, Refused
from collection.verdicts import CellVerdict, Verdict, judge
from collection.views import kept
from collection.views.common import (
    CONFLICT,
    FORBIDDEN,
    UNPROCESSABLE,
    Figures,
    Found,
    figures_of,
    find,
    page_context,
    why_locked,
)
from collection.views.violations import violations_of
from collection.workflow import State
from dxreport.lib.template_filters import short_date
from indicators.kept import catalogue_of
from schools.models import User
from schools.roles import Permission


@dataclass
class Outcome:
    """What a post came to when it does not end in a redirect: shown with what was typed."""

    status: int = 200
    alert: str = ""
    posted: Posted | None = None
    errors: dict[str, str] = field(default_factory=dict)


@sensitive_post_parameters()
def submission(request: HttpRequest, period: str, unit: str, form: str) -> HttpResponse:
    """A submission's form: to fill in where that is allowed, else to read."""
    if not isinstance(request.user, User):
        if request.method == "POST":
            kept.keep(request)
        return redirect_to_login(request.get_full_path())
    found = find(request.user, period, unit, form)
    if request.method != "POST":
        figures, held = figures_of(found.submission), kept.recall(request)
        posted = read(held, figures.asked) if held else None
        return _page(request, found, figures, Outcome(posted=posted, errors=posted.errors if posted else {}))
    if request.POST.get("do") == "discard":
        kept.forget(request)
        return redirect(found.address("submission"))
    return _post(request, request.user, found)


def _post(request: HttpRequest, user: User, found: Found) -> HttpResponse:
    figures = figures_of(found.submission)
    posted = read(request.POST, figures.asked)
    outcome = _save(user, found, posted)
    if outcome is None:
        kept.forget(request)
        if request.POST.get("do") == "submit":
            return redirect(found.address("check"))
        messages.success(request, _("Đã lưu lúc %(at)s.") % {"at": short_date(timezone.now())})
        return redirect(found.address("submission"))
    return _page(request, found, figures, outcome)


def _save(user: User, found: Found, posted: Posted) -> Outcome | None:
    """Save what was posted; None when it went well."""
    if Permission.ENTER not in found.rights:
        sentence = authority.denial(Permission.ENTER, found.submission.org_unit)
        return Outcome(FORBIDDEN, sentence, posted)
    if posted.errors:
        return Outcome(UNPROCESSABLE, _not_saved(len(posted.errors)), posted, dict(posted.errors))
    try:
        actions.save_values(
            submission=found.submission,
            entries=posted.entries,
            by=user,
            source=DataValue.Source.FORM,
            explanations=posted.explanations,
        )
    except CellsRefused as refused:
        return Outcome(UNPROCESSABLE, _not_saved(len(refused.cells)), posted, refused.cells)
    except Conflict as conflict:
        return Outcome(CONFLICT, str(conflict), *_both_values(posted, conflict))
    except Refused as refused:
        return Outcome(CONFLICT, str(refused), posted)
    return None


def _not_saved(count: int) -> str:
    return ngettext(
        "Chưa lưu được: %(count)s ô cần sửa. Mọi số bạn gõ vẫn còn trên trang.",
        "Chưa lưu được: %(count)s ô cần sửa. Mọi số bạn gõ vẫn còn trên trang.",
        count,
    ) % {"count": count}


def _both_values(posted: Posted, conflict: Conflict) -> tuple[Posted, dict[str, str]]:
    """Keep what was typed, now over the other person's version: saving again decides."""
    errors = {}
    for cell in conflict.cells:
        typed = posted.typed[cell.element_code]
        posted.typed[cell.element_code] = Typed(
            typed.value, typed.chosen, typed.gap, typed.reason, typed.explanation, str(cell.version)
        )
        errors[cell.element_code] = _(
            "%(who)s đã lưu “%(theirs)s” lúc %(at)s; bạn nhập “%(yours)s”."
            " Hãy giữ hoặc sửa số của bạn rồi lưu lại."
        ) % {"who": cell.by, "theirs": cell.theirs, "at": short_date(cell.at), "yours": cell.yours}
    return posted, errors


# --- the page -----------------------------------------------------------------------------


def _page(request: HttpRequest, found: Found, figures: Figures, outcome: Outcome) -> HttpResponse:
    locked, open_cells, returned = _what_is_open(found, figures)
    posted = outcome.posted or Posted()
    typed = posted.typed
    violations = violations_of(found.submission, figures.asked, posted.explanations)
    catalogue = catalogue_of(found.submission.form.indicator_set)
    said = {one.code: one.explanation for one in violations}
    verdicts = judge(figures.values, figures.previous, figures.asked, catalogue, said).cells
    sections = sections_of(
        PageData(
            asked=figures.asked,
            values=figures.values,
            previous=figures.previous,
            open_cells=open_cells,
            typed={code: one for code, one in typed.items() if code in open_cells},
            errors=outcome.errors,
            questions=_sentences(verdicts, Verdict.ASK),
            broken=_sentences(verdicts, Verdict.BROKEN),
            returned=returned,
            indicators=live_indicators(figures.values, figures.asked, catalogue),
            shows_history=Permission.VIEW_HISTORY in found.rights,
        )
    )
    answered, asked = answered_of_asked(sections)
    context = page_context(found) | {
        "sections": sections,
        "answered": answered,
        "asked": asked,
        "previous_period": figures.previous_period,
        "locked": locked,
        "returned": [(code, figures.asked.labels.get(code, code), why) for code, why in returned.items()],
        "is_open": bool(open_cells),
        "violations": violations,
        "outcome": outcome,
        "summary": _summary(sections, outcome.errors),
        "unsaved": _unsaved(figures, typed, open_cells),
        "is_kept": request.method != "POST" and outcome.posted is not None,
        "script": _script(request, found, figures, is_open=bool(open_cells), outcome=outcome),
    }
    return render(request, "collection/submission.html", context, status=outcome.status)


def _sentences(verdicts: Mapping[str, CellVerdict], wanted: Verdict) -> dict[str, str]:
    return {code: one.sentence for code, one in verdicts.items() if one.verdict == wanted}


def _script(
    request: HttpRequest, found: Found, figures: Figures, *, is_open: bool, outcome: Outcome
) -> dict[str, Any]:
    """What static/js/entry/main.js is told: where things go, whose they are, and what to say."""
    given = {
        **found.codes,
        "user": request.user.pk,
        "formVersion": form_version(figures.asked),
        "isOpen": is_open,
        "isPosted": outcome.posted is not None,
        "cells": found.address("cells"),
        "check": found.address("check"),
        "signIn": f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.path})}",
    }
    return {"settings": given, "texts": texts()}


def _what_is_open(found: Found, figures: Figures) -> tuple[str, frozenset[str], dict[str, str]]:
    """Why nothing may be typed (or ""), which cells are open, and the reasons of returned cells."""
    row = found.submission
    returned: dict[str, str] = {}
    if row.state == State.RETURNED:
        cells = row.returned_cells.filter(resolved_at__isnull=True)
        returned = dict(cells.values_list("element__code", "reason"))
    locked = why_locked(found)
    if locked:
        return locked, frozenset(), returned
    return "", frozenset(returned) if row.state == State.RETURNED else figures.asked.codes, returned


def _summary(sections: Sequence[SectionRows], errors: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Wrong cells in the order of the form: code, label, sentence; unknown ones last."""
    rows = {row.code: row.label for section in sections for row in section.rows}
    known = [(code, label, errors[code]) for code, label in rows.items() if code in errors]
    return known + [("", code[:60], text) for code, text in errors.items() if code not in rows]


def _unsaved(
    figures: Figures, typed: Mapping[str, Typed], open_cells: frozenset[str]
) -> list[tuple[str, str, str]]:
    """What was typed into cells that cannot be typed into any more: label, typed, saved."""
    lost: list[tuple[str, str, str]] = []
    for code, one in typed.items():
        element = figures.asked.elements.get(code)
        if element is None or code in open_cells:
            continue
        now = typed_shown(typed_of(figures.values.get(code), element), element)
        then = typed_shown(one, element)
        if then != now:
            lost.append((element.label, then, now))
    return lost
