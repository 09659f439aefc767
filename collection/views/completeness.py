"""Completeness and timeliness: by unit, form and period, on a page and as files."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collection import grouping
from collection.completeness import Count
from collection.completeness_files import completeness_csv, completeness_workbook
from collection.completeness_reading import CompletenessReading, Line
from collection.models import ReportingPeriod
from collection.views.common import SignedInRequest, signed_in
from dxreport.lib.downloads import CSV, XLSX, attachment, file_name
from dxreport.lib.numbers import format_number, format_percent
from schools.access import require_somewhere
from schools.models import OrgUnit
from schools.roles import Permission

EXTENSIONS_NAMED = 50


@dataclass(frozen=True)
class ShownLine:
    """A line as the template prints it; `on_time` and `submitted` are widths of the bar in percent."""

    code: str
    name: str
    url: str
    numbers: tuple[tuple[str, str], ...]
    on_time: str
    submitted: str


@require_safe
@signed_in
def completeness(request: SignedInRequest) -> HttpResponse:
    """The tables of a period, and how it went in the periods before."""
    reading = _reading(request)
    if reading is None:
        return render(request, "collection/completeness.html", {"period": None})
    query = _query(reading)
    context = {
        "reading": reading,
        "period": reading.period,
        "total": _shown(Line("", _("Tổng cộng"), reading.total), reading),
        "tables": [
            (_("Theo đơn vị"), _("Đơn vị"), [_shown(line, reading) for line in reading.by_unit]),
            (_("Theo biểu mẫu"), _("Biểu mẫu"), [_shown(line, reading) for line in reading.by_form]),
            (_("Theo kỳ"), _("Kỳ"), [_shown(line, reading) for line in reading.by_period]),
        ],
        "extensions": reading.extensions[:EXTENSIONS_NAMED],
        "query": query,
        "may_review": request.user.may_somewhere(Permission.REVIEW),
    }
    return render(request, "collection/completeness.html", context)


@require_safe
@signed_in
def completeness_file(request: SignedInRequest, file_format: str) -> HttpResponse:
    """The same tables as a workbook, or the one by unit as CSV."""
    reading = _reading(request)
    if reading is None:
        raise Http404(_("Chưa có kỳ báo cáo nào được mở. Chuyên viên Sở mở kỳ đầu tiên ở trang Kỳ báo cáo."))
    if file_format == "csv":
        data, content_type = completeness_csv(reading), CSV
    else:
        data, content_type = completeness_workbook(reading, made_on=timezone.localdate()), XLSX
    place = [reading.unit.code] if reading.unit else []
    name = file_name("tinh-hinh-nop", reading.period.code, *place, extension=file_format)
    return attachment(data, content_type, name)


def _reading(request: SignedInRequest) -> CompletenessReading | None:
    """What the address asks for; None before any period was opened. 404 for what is not the reader's."""
    require_somewhere(request.user, Permission.EXPORT)
    planned = ReportingPeriod.State.PLANNED
    periods = list(ReportingPeriod.objects.single().exclude(state=planned).order_by("-ends_on"))
    if not periods:
        return None
    code = request.GET.get("period") or periods[0].code
    period = next((one for one in periods if one.code == code), None)
    if period is None:
        raise Http404(_("Không có kỳ báo cáo này, hoặc kỳ chưa mở. Hãy chọn kỳ ở trang Tình hình nộp."))
    managing = grouping.managing_units(OrgUnit.objects.visible_to(request.user))
    under = request.GET.get("under", "")
    unit = next((one for one in managing if one.code == under), None)
    if under and unit is None:
        raise Http404(_("Không có đơn vị này trong phạm vi của bạn. Hãy tìm trong danh sách đơn vị."))
    return CompletenessReading(request.user, period, periods, managing, unit, timezone.localdate())


def _query(reading: CompletenessReading) -> str:
    chosen = {"period": reading.period.code}
    return urlencode(chosen | ({"under": reading.unit.code} if reading.unit else {}))


def _shown(line: Line, reading: CompletenessReading) -> ShownLine:
    count = line.count
    url = urlencode({"period": reading.period.code, "under": line.under}) if line.under else ""
    return ShownLine(
        line.code,
        line.name,
        f"?{url}" if url else "",
        _numbers(count),
        str(count.timeliness or 0),
        str(count.completeness or 0),
    )


def _numbers(count: Count) -> tuple[tuple[str, str], ...]:
    """The figures of a line as (text, class of its cell)."""
    return (
        (format_number(count.expected), ""),
        (format_number(count.submitted), ""),
        (format_percent(count.completeness), ""),
        (format_number(count.on_time), ""),
        (format_percent(count.timeliness), ""),
        (format_number(count.late), "late" if count.late else ""),
        (format_number(count.overdue), "late" if count.overdue else ""),
        (format_number(count.approved), ""),
        (format_number(count.extended), ""),
    )
