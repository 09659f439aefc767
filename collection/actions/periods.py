"""Opening, closing and spanning reporting periods, and giving a late unit more time."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction
from django.utils.translation import gettext as _

from collection import authority
from collection.models import ReportingPeriod, Submission
from collection.models.periods import SPAN_MARK
from collection.refusals import Refused
from collection.signals import period_opened
from indicators.asking import forms_for
from indicators.models import Form, IndicatorSet
from schools.models import OrgUnit, User
from schools.traits import traits_of

from .audit import record_period

_CODE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z-]{0,18}[0-9A-Za-z])?", re.ASCII)


@transaction.atomic
def create_period(
    *,
    indicator_set: IndicatorSet,
    code: str,
    name: str,
    starts_on: dt.date,
    ends_on: dt.date,
    due_on: dt.date,
    by: User,
    opens_on: dt.date | None = None,
    is_illustrative: bool = False,
) -> ReportingPeriod:
    """A single period, planned; its submissions come when it is opened."""
    authority.require_for_periods(by)
    if not _CODE.fullmatch(code):
        raise Refused(_("Mã kỳ chỉ gồm chữ không dấu, chữ số và gạch nối, như 2023 hoặc 2023-HK1."))
    if not name.strip() or "\x00" in name:
        raise Refused(_("Hãy đặt tên cho kỳ báo cáo, như “Năm 2023”."))
    if ends_on <= starts_on:
        raise Refused(_("Ngày cuối của kỳ phải sau ngày đầu. Hãy sửa lại hai ngày."))
    if opens_on is not None and due_on < opens_on:
        raise Refused(_("Hạn nộp phải từ ngày mở kỳ trở đi. Hãy sửa lại hai ngày."))
    _require_new(code)
    period = ReportingPeriod.objects.create(
        indicator_set=indicator_set,
        code=code,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        opens_on=opens_on,
        due_on=due_on,
        is_illustrative=is_illustrative,
    )
    record_period(by=by, action="period.create", period=period)
    return period


@transaction.atomic
def create_span(*, first: ReportingPeriod, last: ReportingPeriod, by: User) -> ReportingPeriod:
    """The period "first..last" over single periods of one set: for totals and reports, not entry."""
    authority.require_for_periods(by)
    if first.is_span or last.is_span:
        raise Refused(_("Một khoảng nhiều kỳ ghép từ các kỳ đơn. Hãy chọn hai kỳ đơn."))
    if first.indicator_set_id != last.indicator_set_id:
        raise Refused(_("Hai kỳ dùng hai bộ chỉ số khác nhau nên không ghép được."))
    if first.ends_on >= last.starts_on:
        raise Refused(_("Kỳ đầu phải kết thúc trước khi kỳ cuối bắt đầu. Hãy chọn lại hai kỳ."))
    code = f"{first.code}{SPAN_MARK}{last.code}"
    _require_new(code)
    span = ReportingPeriod.objects.create(
        indicator_set_id=first.indicator_set_id,
        code=code,
        name=f"{first.name} đến {_lower_first(last.name)}",
        starts_on=first.starts_on,
        ends_on=last.ends_on,
        first=first,
        last=last,
        is_illustrative=first.is_illustrative or last.is_illustrative,
    )
    record_period(by=by, action="period.span", period=span)
    period_opened.send(sender=ReportingPeriod, period=span)
    return span


@transaction.atomic
def open_period(*, period: ReportingPeriod, by: User) -> list[Submission]:
    """Open a planned period: one submission for every form that asks a unit existing on its last day.

    What each unit is asked is frozen here: later changes of the unit do not reach back.
    """
    authority.require_for_periods(by)
    current = _locked(period, ReportingPeriod.State.PLANNED, _("Kỳ %(name)s đã được mở trước đó."))
    units = list(OrgUnit.objects.in_force(current.ends_on).select_related("kind"))
    traits = traits_of(units, on=current.ends_on)
    forms = list(Form.objects.filter(indicator_set=current.indicator_set_id))
    due_on = current.due_on or current.ends_on  # the database has a due date for every single period
    created = Submission.objects.bulk_create(
        Submission(period=period, org_unit=unit, form=form, traits=sorted(traits[unit.pk]), due_on=due_on)
        for unit in units
        for form in forms_for(traits[unit.pk], forms)
    )
    _set_state(period, ReportingPeriod.State.OPEN)
    record_period(by=by, action="period.open", period=period, submissions=len(created))
    period_opened.send(sender=ReportingPeriod, period=period)
    return created


@transaction.atomic
def close_period(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """Lock an open period. Waits for saves that are under way; those that come later are refused."""
    authority.require_for_periods(by)
    _locked(period, ReportingPeriod.State.OPEN, _("Kỳ %(name)s không đang mở nên không khóa được."))
    authority.hold(list(Submission.objects.filter(period=period).values_list("pk", flat=True)))
    _set_state(period, ReportingPeriod.State.CLOSED)
    record_period(by=by, action="period.close", period=period)
    return period


@transaction.atomic
def reopen_period(*, period: ReportingPeriod, reason: str, by: User) -> ReportingPeriod:
    """Unlock a closed period for everybody, with the reason."""
    authority.require_for_periods(by)
    _locked(period, ReportingPeriod.State.CLOSED, _("Kỳ %(name)s không bị khóa nên không cần mở lại."))
    require_reason(reason, _("Hãy ghi lý do mở lại kỳ: lý do được lưu trong nhật ký."))
    _set_state(period, ReportingPeriod.State.OPEN)
    record_period(by=by, action="period.reopen", period=period, reason=reason.strip())
    return period


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def _require_new(code: str) -> None:
    if ReportingPeriod.objects.filter(code=code).exists():
        raise Refused(_("Đã có kỳ mang mã %(code)s. Hãy dùng kỳ đó hoặc chọn mã khác.") % {"code": code})


def require_reason(reason: str, sentence: str) -> None:
    """Raise Refused with `sentence` unless there is a reason that can be kept."""
    if not reason.strip() or "\x00" in reason:
        raise Refused(sentence)


def _locked(period: ReportingPeriod, expected: str, sentence: str) -> ReportingPeriod:
    """The period's row, locked, in the expected state; spans have no state to change.

    The key is not locked: a save under way points its new values at the period before it ends, and
    would wait for us while we wait for it.
    """
    current = ReportingPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
    if current.is_span:
        raise Refused(_("Kỳ %(name)s gồm nhiều kỳ. Hãy mở, khóa từng kỳ đơn.") % {"name": current.code})
    if current.state != expected:
        raise Refused(sentence % {"name": current.code})
    return current


def _set_state(period: ReportingPeriod, state: ReportingPeriod.State) -> None:
    ReportingPeriod.objects.filter(pk=period.pk).update(state=state)
    period.state = state
