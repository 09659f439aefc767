"""What our pages are compared with: the least that does the same, honestly, behind the same middleware."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.utils import timezone
from django.views.decorators.http import require_POST

from collection.models import DataValue, Submission, ValueChange
from schools.models import OrgUnit, User


@login_required
def one_query(request: HttpRequest) -> HttpResponse:
    """One statement, no template, behind the same middleware as every page."""
    return HttpResponse(str(OrgUnit.objects.count()))


@login_required
def no_query(request: HttpRequest) -> HttpResponse:
    """What signing in alone costs: its statements are no part of what an action asks."""
    return HttpResponse(str(request.user.pk))


_LOOP = """<!doctype html><form method="post">{% csrf_token %}<table>{% for row, code, before in rows %}
<tr><th><label for="v-{{ code }}">{{ row.element.name }}</label></th><td>{{ before }}</td>
<td><input type="hidden" name="b-{{ code }}" value="{{ row.version }}">
<input id="v-{{ code }}" name="v-{{ code }}" value="{{ row.number }}">
<select name="s-{{ code }}">{% for value, label in gaps %}<option value="{{ value }}"
{% if value == row.state %} selected{% endif %}>{{ label }}</option>{% endfor %}</select>
<input name="r-{{ code }}" value="{{ row.reason }}">
<input name="e-{{ code }}" value="{{ row.explanation }}"></td></tr>{% endfor %}</table></form>"""


@login_required
def inputs(request: HttpRequest, submission: int) -> HttpResponse:
    """The inputs that the form's page has for each cell, in one loop: three statements, no frame around it.

    Value, version, gap, reason, explanation, and last period's value; no access check, no rules, no
    sections, no numbers in words.
    """
    rows = DataValue.objects.filter(submission=submission).select_related("element").order_by("element__code")
    unit, period = Submission.objects.filter(pk=submission).values_list("org_unit", "period").get()
    before = DataValue.objects.filter(org_unit=unit, period__lt=period)
    numbers = dict(before.values_list("element__code", "number"))
    cells = [(row, row.element.code, numbers.get(row.element.code)) for row in rows]
    return HttpResponse(_loop().render({"rows": cells, "gaps": DataValue.State.choices}, request))


@cache
def _loop() -> Any:
    return engines["django"].from_string(_LOOP)


@login_required
@require_POST
def upsert(request: HttpRequest, submission: int, element: int) -> HttpResponse:
    """A number over the version that its sender saw, and its history row: three statements, one transaction.

    No access check beyond signing in, no lock on the submission or its period, no rules, no answer but
    the new version.
    """
    assert isinstance(request.user, User)
    typed = json.loads(request.body)
    with transaction.atomic():
        value = DataValue.objects.select_for_update().get(submission=submission, element=element)
        if value.version != typed["base"]:
            return JsonResponse({"message": "conflict"}, status=409)
        old = {"state": value.state, "number": value.number, "explanation": value.explanation}
        value.number, value.explanation = typed["value"], typed["explanation"]
        value.version += 1
        value.updated_at, value.updated_by = timezone.now(), request.user
        value.save()
        ValueChange.objects.create(
            value=value,
            version=value.version,
            old=old,
            new={**old, "number": value.number, "explanation": value.explanation},
            source=DataValue.Source.FORM,
            changed_at=value.updated_at,
            changed_by=request.user,
        )
    return JsonResponse({"version": value.version})
