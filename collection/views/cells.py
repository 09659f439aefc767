"""Saving cells as they are typed: JSON in, JSON out (collection/cells.py says which).

Every refusal is JSON with a sentence too. A session that has ended is a 401 and no redirect, so that
the page keeps what was typed until its reader has signed in again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from collection import actions
from collection.cells import UnreadableJson, explanations_from, saved_json, typed_from
from collection.models import DataValue, Submission
from collection.refusals import Refused
from collection.views.common import CONFLICT, FORBIDDEN, SignedInRequest
from dxreport.lib.prepared import Prepared
from schools.models import User

P = ParamSpec("P")
MOST_BYTES = 256 * 1024
MOST_CELLS = 500
BAD_REQUEST, UNAUTHORISED, NOT_FOUND = 400, 401, 404
# The id of whoever typed: on a shared computer a page left open must not save under the next one's name.
TYPED_BY = "X-Typed-By"


def answering_in_json(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A POST view of a signed-in user whose refusals are {"message": sentence} with their status."""

    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return _refusal(UNAUTHORISED, _("Phiên làm việc đã hết. Hãy đăng nhập lại để lưu tiếp."))
        if request.headers.get(TYPED_BY, str(request.user.pk)) != str(request.user.pk):
            sentence = _("Máy này vừa đăng nhập bằng tài khoản khác. Hãy đăng nhập lại để lưu tiếp.")
            return _refusal(UNAUTHORISED, sentence)
        try:
            return view(cast(SignedInRequest, request), *args, **kwargs)
        except UnreadableJson as error:
            return _refusal(BAD_REQUEST, str(error))
        except Http404 as error:
            return _refusal(NOT_FOUND, str(error))
        except PermissionDenied as error:
            return _refusal(FORBIDDEN, str(error))
        except Refused as refused:
            return _refusal(CONFLICT, str(refused))

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], answer)


def _refusal(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"message": sentence}, status=status)


def body_of(request: HttpRequest, most_bytes: int = MOST_BYTES) -> dict[str, Any]:
    """The JSON object that was posted. Raises UnreadableJson."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes:
        raise UnreadableJson(_("Gửi quá nhiều dữ liệu một lần. Hãy lưu ít ô hơn rồi gửi tiếp."))
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise UnreadableJson(_("Trang gửi lên không đọc được. Hãy tải lại trang rồi thử lại.")) from error
    if not isinstance(body, dict):
        raise UnreadableJson(_("Trang gửi lên không đọc được. Hãy tải lại trang rồi thử lại."))
    return body


@sensitive_variables()
@answering_in_json
def cells(request: SignedInRequest, period: str, unit: str, form: str) -> HttpResponse:
    """Save the typed cells of one submission and say how each stands."""
    body = body_of(request)
    typed = typed_from(body.get("cells", {}))
    explanations = explanations_from(body.get("rules", {}))
    if len(typed) + len(explanations) > MOST_CELLS:
        raise UnreadableJson(_("Gửi quá nhiều ô một lần. Hãy lưu ít ô hơn rồi gửi tiếp."))
    submission = _find(request.user, period, unit, form)
    [saved] = actions.save_cells(
        by=request.user,
        batches=[(submission, typed)],
        source=DataValue.Source.FORM,
        explanations={submission.pk: explanations},
    )
    if saved.refusal is not None:
        raise saved.refusal
    return JsonResponse(saved_json(saved))


def _by_codes(
    roots: Sequence[int], today: dt.date, period: str, unit: str, form: str
) -> QuerySet[Submission]:
    rows = Submission.objects.below(roots, on=today).order_by()
    return (
        rows.filter(period__code=period, org_unit__code=unit, form__code=form)
        .select_related("period", "org_unit", "form__indicator_set")
        .defer("form__asked_of")
    )


_submissions = Prepared(_by_codes)


def _find(user: User, period: str, unit: str, form: str) -> Submission:
    """The submission of these codes in the user's scope, with no more than a save needs; else Http404."""
    roots = sorted(user.scope())
    rows = _submissions(roots=roots, today=timezone.localdate(), period=period, unit=unit, form=form)
    found: Submission | None = next(iter(rows), None)
    if found is None:
        raise Http404(_("Không có phiếu này trong phạm vi của bạn. Hãy tìm trong danh sách phiếu."))
    return found
