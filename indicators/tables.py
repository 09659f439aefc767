"""Lists of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dxreport.lib.numbers import DASH
from dxreport.lib.tables import BaseTable
from indicators.element_explanation import TYPES
from indicators.explanation import KINDS
from indicators.models import DataElement, Indicator
from indicators.targets import requirement, target_for


class IndicatorTable(BaseTable):
    """The indicators of one set with the national target of `year`.

    `query` ("?set=...") goes with every link when the set is not the newest one.
    """

    file_name = "chi-so"
    widths: ClassVar[Mapping[str, int]] = {"label": 48, "section": 36, "target": 28}

    name = gettext_lazy("Danh mục chỉ số")
    code = tables.Column(gettext_lazy("Mã"), order_by=("indicator_set", "position"))
    label = tables.Column(gettext_lazy("Chỉ số"), order_by=("name",))
    section = tables.Column(gettext_lazy("Phần"), order_by=("section__position", "position"))
    kind = tables.Column(gettext_lazy("Loại"))
    measure = tables.Column(gettext_lazy("Đơn vị tính"), order_by=("unit_of_measure",))
    target = tables.Column(gettext_lazy("Mục tiêu"), accessor="pk", orderable=False)
    appendix = tables.Column(gettext_lazy("Dòng phụ lục"), accessor="appendix_row")

    class Meta:
        empty_text = gettext_lazy("Không có chỉ số nào khớp. Hãy bỏ bớt điều kiện lọc để xem thêm.")

    def __init__(self, *args: Any, year: int, query: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.year = year
        self.query = query

    def render_code(self, record: Indicator) -> SafeString:
        address = reverse("indicators:indicator", args=[record.code])
        return format_html('<a href="{}{}">{}</a>', address, self.query, record.code)

    def render_section(self, record: Indicator) -> str:
        return f"{record.section.code}. {record.section.label}"

    def render_kind(self, value: str, record: Indicator) -> str:
        return str(KINDS[record.kind])

    def render_target(self, record: Indicator) -> SafeString | str:
        target = target_for(record.targets.all(), year=self.year)
        if target is None:
            return DASH
        words = f"{requirement(record.kind, target)} ({target.year})"
        if target.is_verified:
            return words
        return format_html('{} <span class="chip wait">{}</span>', words, _("chưa đối chiếu"))


class ElementTable(BaseTable):
    """The data elements of one set; `uses` are codes of indicators by element code, `query` as above."""

    file_name = "chi-tieu"
    widths: ClassVar[Mapping[str, int]] = {"code": 30, "label": 48, "asked_in": 48, "used_by": 24}

    name = gettext_lazy("Chỉ tiêu dữ liệu")
    code = tables.Column(gettext_lazy("Mã"))
    label = tables.Column(gettext_lazy("Chỉ tiêu"), order_by=("name",), attrs={"td": {"class": "sentence"}})
    type = tables.Column(gettext_lazy("Kiểu trả lời"))
    measure = tables.Column(gettext_lazy("Đơn vị tính"), order_by=("unit_of_measure",))
    asked_in = tables.Column(
        gettext_lazy("Hỏi ở biểu"), accessor="pk", orderable=False, attrs={"td": {"class": "text"}}
    )
    used_by = tables.Column(gettext_lazy("Chỉ số tính từ đó"), accessor="pk", orderable=False)

    class Meta:
        empty_text = gettext_lazy("Không có chỉ tiêu nào khớp. Hãy bỏ bớt điều kiện lọc để xem thêm.")

    def __init__(self, *args: Any, uses: Mapping[str, Sequence[str]], query: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.uses = uses
        self.query = query

    def render_code(self, record: DataElement) -> SafeString:
        address = reverse("indicators:element", args=[record.code])
        return format_html('<a href="{}{}">{}</a>', address, self.query, record.code)

    def render_type(self, record: DataElement) -> str:
        return str(TYPES[record.type])

    def render_asked_in(self, record: DataElement) -> str:
        forms = {row.section.form for row in record.form_elements.all()}
        ordered = sorted(forms, key=lambda form: (form.position, form.code))
        return ", ".join(form.label for form in ordered) or DASH

    def render_used_by(self, record: DataElement) -> str:
        return ", ".join(self.uses.get(record.code, ())) or DASH
