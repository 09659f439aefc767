"""What every page about one submission starts with: find it within the user's scope, or 404."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from collection import authority
from collection.addresses import CHIPS, codes_of
from collection.asked import Asked, AskedForms
from collection.models import DataValue, ReportingPeriod, Submission
from collection.values import values_of
from collection.workflow import State
from dxreport.lib.numbers import format_number
from dxreport.lib.template_filters import short_date
from schools.models import User
from schools.roles import Permission

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)
CONFLICT, UNPROCESSABLE, FORBIDDEN = 409, 422, 403
_MAX_VERSION_DIGITS = 9


class SignedInRequest(HttpRequest):
    """A request whose user is known, as the login_required views get it."""

    user: User


def signed_in(
    view: Callable[Concatenate[SignedInRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """`login_required`, with the user's type said."""

    return cast(Callable[Concatenate[HttpRequest, P], Answer], login_required(view))


@dataclass(frozen=True)
class Found:
    """A submission with what its reader may do with it."""

    submission: Submission
    rights: set[Permission]

    @property
    def codes(self) -> dict[str, str]:
        """The codes that name the submission in addresses."""
        return codes_of(self.submission)

    def address(self, page: str, **more: str) -> str:
        """The address of one of the submission's pages, by its name in urls.py."""
        return reverse(f"collection:{page}", kwargs={**self.codes, **more})

    def require(self, permission: Permission) -> None:
        """Raise PermissionDenied with a sentence unless the reader holds `permission` here."""
        if permission not in self.rights:
            raise PermissionDenied(authority.denial(permission, self.submission.org_unit))


def find(user: User, period: str, unit: str, form: str) -> Found:
    """The submission of these codes in the user's scope; Http404 for anything else."""
    rows = authority.with_extension(Submission.objects.visible_to(user).with_context())
    found = rows.filter(period__code=period, org_unit__code=unit, form__code=form).first()
    if found is None:
        raise Http404(_("Không có phiếu này trong phạm vi của bạn. Hãy tìm trong danh sách phiếu."))
    return Found(found, authority.rights_at(user, [found.org_unit])[found.org_unit_id])


@dataclass(frozen=True)
class Figures:
    """What a submission asks, what it holds, and what its unit gave the period before."""

    asked: Asked
    values: dict[str, DataValue]
    previous: dict[str, DataValue] | None
    previous_period: ReportingPeriod | None


def figures_of(submission: Submission) -> Figures:
    """Five queries: layout, choices, values, the period before and its values."""
    asked = AskedForms([submission]).of(submission)
    values = values_of([submission.pk])[submission.pk]
    before = ReportingPeriod.objects.before(submission.period)
    if before is None:
        return Figures(asked, values, None, None)
    rows = DataValue.objects.filter(period=before, org_unit=submission.org_unit_id, element__in=asked.by_id)
    return Figures(asked, values, {asked.by_id[row.element_id].code: row for row in rows}, before)


def where_it_stands(submission: Submission) -> list[str]:
    """The state of a submission in short sentences: due date, who submitted, who decided."""
    facts = [_due(submission)]
    if submission.submitted_at and submission.submitted_by:
        facts.append(
            _("%(who)s nộp lúc %(at)s")
            % {"who": submission.submitted_by, "at": short_date(submission.submitted_at)}
        )
    if submission.decided_at and submission.decided_by:
        sentence = (
            _("%(who)s trả lại lúc %(at)s")
            if submission.state == State.RETURNED
            else _("%(who)s duyệt lúc %(at)s")
        )
        facts.append(sentence % {"who": submission.decided_by, "at": short_date(submission.decided_at)})
    return facts


def _due(submission: Submission) -> str:
    today = timezone.localdate()
    day = short_date(submission.due_on)
    if submission.submitted_at is not None:
        return _("hạn nộp %(day)s") % {"day": day}
    left = (submission.due_on - today).days
    if left < 0:
        return _("hạn nộp %(day)s, đã quá %(days)s ngày") % {"day": day, "days": format_number(-left)}
    return _("hạn nộp %(day)s, còn %(days)s ngày") % {"day": day, "days": format_number(left)}


def why_locked(found: Found) -> str:
    """Why the reader cannot change the values of a submission now, with what to do next; or ""."""
    row = found.submission
    if row.state == State.SUBMITTED:
        return _("Phiếu đã nộp và đang chờ duyệt. Nếu cần sửa, hãy đề nghị người duyệt trả lại ô cần sửa.")
    if row.state == State.APPROVED:
        return _("Phiếu đã được duyệt. Nếu số liệu sai, hãy đề nghị chuyên viên Sở mở lại phiếu.")
    if locked := authority.closed_to_entry(row, timezone.localdate()):
        return locked
    if Permission.ENTER not in found.rights:
        return authority.denial(Permission.ENTER, row.org_unit)
    return ""


def version_seen(request: HttpRequest) -> int:
    """The version of the submission that its page showed; one that never was, where it is no number."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_VERSION_DIGITS else -1


def page_context(found: Found) -> dict[str, Any]:
    """What the head of every page about a submission shows."""
    submission = found.submission
    return {
        "submission": submission,
        "chip": CHIPS[State(submission.state)],
        "facts": where_it_stands(submission),
        "codes": found.codes,
        "may_enter": Permission.ENTER in found.rights,
        "may_review": Permission.REVIEW in found.rights and submission.state == State.SUBMITTED,
        "may_reopen": Permission.REOPEN in found.rights and submission.state == State.APPROVED,
        "may_extend": Permission.MANAGE_PERIODS in found.rights,
        "may_see_history": Permission.VIEW_HISTORY in found.rights,
    }
