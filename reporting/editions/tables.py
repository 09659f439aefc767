"""The list of editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dxreport.lib.tables import BaseTable, NumberColumn
from dxreport.lib.template_filters import short_date
from reporting.models import Edition
from reporting.selection import period_label

NOWRAP = {"th": {"class": "nowrap"}, "td": {"class": "nowrap"}}


class EditionTable(BaseTable):
    """Editions as `EditionQuerySet.without_content` gives them."""

    file_name = "ban-cong-bo"
    widths: ClassVar[Mapping[str, int]] = {"unit": 44, "published_by": 28, "reason": 48, "sha256": 66}
    extra = frozenset({"sha256"})

    name = _("Bản công bố")
    unit = tables.Column(_("Báo cáo của"), accessor="unit__name", order_by=("unit__code",))
    period = tables.Column(_("Kỳ"), accessor="period", order_by=("period__ends_on",))
    number = NumberColumn(verbose_name=_("Bản số"))
    published_at = tables.Column(_("Công bố lúc"), attrs=NOWRAP)
    published_by = tables.Column(_("Người công bố"), orderable=False)
    reason = tables.Column(_("Lý do đính chính"), orderable=False, attrs={"td": {"class": "sentence"}})
    sha256 = tables.Column(_("SHA-256"), orderable=False, attrs={"td": {"class": "code"}})

    class Meta:
        empty_text = _("Chưa có bản công bố nào khớp. Bản công bố được tạo từ bản thảo báo cáo đã soạn xong.")

    def render_unit(self, value: str, record: Edition) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("reporting:edition", args=[record.pk]), value)

    def render_period(self, record: Edition) -> str:
        return period_label(record.period)

    def render_published_at(self, value: dt.datetime) -> str:
        return short_date(value)

    def render_published_by(self, value: Any) -> str:
        return str(value)
