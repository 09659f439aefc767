"""The grid of many schools: one section of one form in one period, over the units of a subtree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from collection import actions, authority
from collection.addresses import codes_of
from collection.asked import AskedForms
from collection.cells import (
    Saved,
    UnreadableJson,
    cells_json,
    explanations_from,
    others_json,
    typed_from,
)
from collection.grid import GridUnit, columns_of, rows_of, soft_rules_json, texts_of
from collection.grouping import managing_units
from collection.models import DataValue, ReportingPeriod, ReturnedCell, Submission, Violation
from collection.parsing import Typed
from collection.readings import readings_of
from collection.verdicts import judge
from collection.views.cells import answering_in_json, body_of
from collection.views.common import CONFLICT, FORBIDDEN, Found, SignedInRequest, signed_in, why_locked
from collection.views.grid_words import words
from collection.workflow import State
from indicators.asking import AskedSection, FormLayout
from indicators.kept import catalogue_of
from schools.models import OrgUnit, User

SAVED = 200
MOST_CELLS = 2000  # a request: a block of 46 schools and more; static/js/grid/saver.js sends as many
MOST_BYTES = 1024 * 1024


@signed_in
def grid(request: SignedInRequest, period: str, form: str) -> HttpResponse:
    """The page. Who works for a single unit is sent to that unit's form."""
    under = request.GET.get("under", "")
    submissions = _submissions(request.user, period, form, under)
    if len(submissions) == 1 and not under:
        return redirect(reverse("collection:submission", kwargs=codes_of(submissions[0])))
    form_asked = submissions[0].form
    layout = catalogue_of(form_asked.indicator_set).layout(form_asked)
    section = _section(layout, request.GET.get("section", ""))
    before = ReportingPeriod.objects.before(submissions[0].period)
    columns = columns_of(section)
    rows = rows_of(_units(request.user, submissions), section)
    context = {
        "period": submissions[0].period,
        "form": form_asked,
        "section": section.section,
        "sections": [one.section for one in layout.whole],
        "before": before,
        "offices": managing_units(OrgUnit.objects.visible_to(request.user)),
        "under": under,
        "rows": texts_of(rows, columns),
        "columns": columns,
        "data": {
            "user": request.user.pk,
            "period": period,
            "form": form,
            "address": reverse("collection:grid_cells", kwargs={"period": period, "form": form}),
            "before": _("Kỳ %(code)s") % {"code": before.code} if before else "",
            "columns": columns,
            "rows": rows,
        },
        "words": words(),
    }
    return render(request, "collection/grid.html", context)


def _submissions(user: User, period: str, form: str, under: str) -> list[Submission]:
    """The submissions of the grid by unit; Http404 where there are none in the user's scope."""
    rows = authority.with_extension(Submission.objects.visible_to(user).with_context())
    rows = rows.filter(period__code=period, form__code=form)
    if under:
        rows = rows.under(under)
    found = list(rows.order_by("org_unit__code"))
    if not found:
        raise Http404(
            _("Không có phiếu nào của kỳ và biểu này trong phạm vi của bạn. Hãy tìm trong danh sách phiếu.")
        )
    return found


def _section(layout: FormLayout, code: str) -> AskedSection:
    for section in layout.whole:
        if code in ("", section.section.code):
            return section
    raise Http404(_("Biểu này không có phần đó. Hãy chọn một phần trong danh sách."))


def _units(user: User, submissions: Sequence[Submission]) -> list[GridUnit]:
    """Everything that the rows are made of, with the same few queries for one unit or hundreds."""
    catalogue = catalogue_of(submissions[0].form.indicator_set)
    forms = AskedForms(submissions)
    asked = {one.pk: forms.of(one) for one in submissions}
    readings = readings_of(submissions, submissions[0].period, asked)
    explained = _explained(submissions)
    rights = authority.rights_at(user, [one.org_unit for one in submissions])
    returned = _returned(submissions)
    return [
        GridUnit(
            submission=one,
            reading=(reading := readings[one.pk]),
            judgement=judge(reading.now, reading.before, asked[one.pk], catalogue, explained.get(one.pk)),
            locked=why_locked(Found(one, rights[one.org_unit_id])),
            returned=returned.get(one.pk),
        )
        for one in submissions
    ]


def _explained(submissions: Sequence[Submission]) -> dict[int, dict[str, str]]:
    """What the units say to the rules that they break, by submission id and rule code."""
    found: dict[int, dict[str, str]] = {}
    rows = Violation.objects.filter(submission__in=submissions).exclude(explanation="")
    for pk, code, text in rows.values_list("submission", "rule__code", "explanation"):
        found.setdefault(pk, {})[code] = text
    return found


def _returned(submissions: Sequence[Submission]) -> dict[int, dict[str, str]]:
    """The open cells of the returned submissions with their reasons, by submission id."""
    found: dict[int, dict[str, str]] = {one.pk: {} for one in submissions if one.state == State.RETURNED}
    if found:
        cells = ReturnedCell.objects.filter(submission__in=list(found), resolved_at__isnull=True)
        for pk, code, reason in cells.values_list("submission", "element__code", "reason"):
            found[pk][code] = reason
    return found


# --- saving -------------------------------------------------------------------------------


@sensitive_variables()
@answering_in_json
def grid_cells(request: SignedInRequest, period: str, form: str) -> HttpResponse:
    """Save typed cells of many units: {"units": {unit: {"cells": {code: ...}, "rules": {...}}}}.

    Cells are read and answered as on a unit's own form (collection.cells). A unit that cannot be
    saved at all answers {"message": sentence}, and does not stop the others; where none can, the
    status says so too. A unit that is not in the user's scope refuses the whole request, as if there
    were no such address.
    """
    sent = _sent(body_of(request, MOST_BYTES))
    submissions = _named(request.user, period, form, sent)
    results = actions.save_cells(
        by=request.user,
        batches=[(one, sent[one.org_unit.code][0]) for one in submissions],
        source=DataValue.Source.GRID,
        explanations={one.pk: sent[one.org_unit.code][1] for one in submissions},
    )
    answers = {one.submission.org_unit.code: _answer(one) for one in results}
    return JsonResponse({"units": answers}, status=_status(results))


def _sent(body: dict[str, Any]) -> dict[str, tuple[dict[str, Typed], dict[str, str]]]:
    """Typed cells and explanations of rules by unit code. Raises UnreadableJson."""
    units = body.get("units")
    if not isinstance(units, dict) or not all(isinstance(unit, dict) for unit in units.values()):
        raise UnreadableJson(_("Trang gửi lên không đọc được. Hãy tải lại trang rồi thử lại."))
    sent = {
        code: (typed_from(unit.get("cells", {})), explanations_from(unit.get("rules", {})))
        for code, unit in units.items()
    }
    # A unit counts for one where nothing was typed: each is looked for in the database.
    if sum(max(1, len(typed) + len(explanations)) for typed, explanations in sent.values()) > MOST_CELLS:
        raise UnreadableJson(_("Gửi quá nhiều ô một lần. Hãy lưu ít ô hơn rồi gửi tiếp."))
    return sent


def _named(user: User, period: str, form: str, units: Collection[str]) -> list[Submission]:
    """The submissions of the named units, every one of them in the user's scope; else Http404."""
    rows = Submission.objects.visible_to(user).select_related("period", "org_unit", "form__indicator_set")
    named = [code for code in units if code.isprintable()]  # else no code, nor what a database is asked
    found = list(rows.filter(period__code=period, form__code=form, org_unit__code__in=named))
    if len(found) != len(units):
        raise Http404(_("Có đơn vị không nằm trong phạm vi của bạn. Hãy tải lại trang."))
    return found


def _status(results: Sequence[Saved]) -> int:
    if not results or any(one.refusal is None for one in results):
        return SAVED
    return FORBIDDEN if isinstance(results[0].refusal, PermissionDenied) else CONFLICT


def _answer(saved: Saved) -> dict[str, Any]:
    if saved.refusal is not None or saved.judgement is None:
        return {"message": str(saved.refusal)}
    return {
        "cells": cells_json(saved),
        "others": others_json(saved),
        "rules": soft_rules_json(saved.judgement),
    }
