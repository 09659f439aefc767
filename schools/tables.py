"""Lists of units, registers and the audit trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dxreport.lib.numbers import DASH
from dxreport.lib.tables import BaseTable
from schools.models import AuditEvent, OrgUnit, SchoolProfile, Student
from schools.trail import Names, action_words, facts_of, names_in

OWNERSHIP = dict(SchoolProfile.Ownership.choices)
NOWRAP = {"th": {"class": "nowrap"}, "td": {"class": "nowrap"}}


def unit_link(unit: OrgUnit) -> SafeString:
    """The name of a unit, leading to its page."""
    return format_html('<a href="{}">{}</a>', reverse("reporting:unit", args=[unit.code]), unit.name)


class UnitTable(BaseTable):
    """Units as `OrgUnitQuerySet.for_list` gives them."""

    file_name = "don-vi"
    widths: ClassVar[Mapping[str, int]] = {"title": 44, "parent": 40, "levels": 28}
    extra = frozenset({"valid_from"})

    name = gettext_lazy("Danh sách đơn vị")
    code = tables.Column(gettext_lazy("Mã"), attrs=NOWRAP)
    title = tables.Column(gettext_lazy("Tên"), accessor="name")
    kind = tables.Column(gettext_lazy("Loại"), order_by=("kind__position", "code"))
    parent = tables.Column(gettext_lazy("Trực thuộc"), accessor="pk", orderable=False)
    levels = tables.Column(gettext_lazy("Cấp học"), accessor="pk", orderable=False)
    ownership = tables.Column(gettext_lazy("Loại hình"), accessor="pk", orderable=False, attrs=NOWRAP)
    state = tables.Column(gettext_lazy("Tình trạng"), accessor="pk", orderable=False, attrs=NOWRAP)
    valid_from = tables.Column(gettext_lazy("Thành lập"), attrs=NOWRAP)

    last_key = "code"

    class Meta:
        empty_text = gettext_lazy("Không có đơn vị nào khớp. Hãy bỏ bớt điều kiện lọc để xem thêm.")

    def render_title(self, record: OrgUnit) -> SafeString:
        return unit_link(record)

    def render_kind(self, record: OrgUnit) -> str:
        return record.kind.label

    def render_parent(self, record: OrgUnit) -> SafeString | str:
        today = timezone.localdate()
        last = max(
            (row for row in record.placements.all() if row.valid_from <= today),
            key=lambda row: row.valid_from,
            default=None,
        )
        return last.parent.name if last and last.parent else DASH

    def render_levels(self, record: OrgUnit) -> str:
        if not hasattr(record, "profile"):
            return DASH
        return ", ".join(level.label for level in record.profile.levels.all()) or DASH

    def render_ownership(self, record: OrgUnit) -> str:
        return str(OWNERSHIP[record.profile.ownership]) if hasattr(record, "profile") else DASH

    def render_valid_from(self, value: dt.date) -> str:
        return date_format(value, "SHORT_DATE_FORMAT")

    def value_valid_from(self, record: OrgUnit) -> dt.date:
        return record.valid_from

    def render_state(self, record: OrgUnit) -> SafeString | str:
        if record.valid_to is None:
            return _("đang hoạt động")
        ended = date_format(record.valid_to, "SHORT_DATE_FORMAT")
        return format_html('<span class="chip none">{}</span>', _("kết thúc %(day)s") % {"day": ended})


class FlagColumn(tables.Column):
    """A flag of a register in words; not said is a dash."""

    def __init__(self, label: Any) -> None:
        super().__init__(label, orderable=False)

    def render(self, value: bool) -> str:
        return _("có") if value else _("không")

    def written(self, value: bool) -> str:
        """The word of the page."""
        return self.render(value)


class RegisterTable(BaseTable):
    """What both registers show. With `with_names` false the column of names is left out.

    Names stand on the page of one's own school and in no file, which may go anywhere. Files of a province
    have hundreds of thousands of rows: what they hold is read without the machinery of cells.
    """

    widths: ClassVar[Mapping[str, int]] = {"unit": 44}
    extra = frozenset({"unit_code"})

    code = tables.Column(gettext_lazy("Mã định danh"), attrs=NOWRAP)
    shown_name = tables.Column(
        gettext_lazy("Họ tên"), orderable=False, attrs=NOWRAP, exclude_from_export=True
    )
    unit = tables.Column(gettext_lazy("Đơn vị"), order_by=("unit_id", "code"), attrs=NOWRAP)
    unit_code = tables.Column(gettext_lazy("Mã đơn vị"), accessor="unit__code", orderable=False, attrs=NOWRAP)
    level = tables.Column(gettext_lazy("Cấp học"), orderable=False, attrs=NOWRAP)

    # Unique, and the last part of the index that the list is read by.
    last_key = "code"

    def __init__(self, *args: Any, with_names: bool, **options: Any) -> None:
        super().__init__(*args, exclude=() if with_names else ("shown_name",), **options)

    def value_code(self, record: Any) -> str:
        return str(record.code)

    def value_unit(self, record: Any) -> str:
        return str(record.unit.name)

    def value_unit_code(self, record: Any) -> str:
        return str(record.unit.code)

    def value_level(self, record: Any) -> str | None:
        return record.level.label if record.level else None

    def render_unit(self, record: Any) -> SafeString:
        return unit_link(record.unit)

    def render_level(self, record: Any) -> str:
        label: str = record.level.label
        return label


class TeacherTable(RegisterTable):
    name = gettext_lazy("Sổ nhà giáo, cán bộ, nhân viên")
    file_name = "nha-giao"
    position = tables.Column(gettext_lazy("Vị trí"), orderable=False, attrs=NOWRAP)
    has_computer = FlagColumn(gettext_lazy("Máy tính"))
    has_internet = FlagColumn(gettext_lazy("Internet"))
    has_digital_record = FlagColumn(gettext_lazy("Hồ sơ số"))
    uses_platform = FlagColumn(gettext_lazy("Nền tảng"))
    trained_blended = FlagColumn(gettext_lazy("Tập huấn dạy học kết hợp"))
    trained_elearning = FlagColumn(gettext_lazy("Tập huấn e-learning"))
    trained_management = FlagColumn(gettext_lazy("Tập huấn quản trị"))
    trained_security = FlagColumn(gettext_lazy("Tập huấn an toàn thông tin"))

    class Meta:
        empty_text = gettext_lazy("Không có ai khớp với lựa chọn. Hãy bỏ bớt điều kiện lọc để xem thêm.")


class StudentTable(RegisterTable):
    name = gettext_lazy("Sổ người học")
    file_name = "nguoi-hoc"
    grade = tables.Column(gettext_lazy("Lớp"), orderable=False)
    has_computer = FlagColumn(gettext_lazy("Máy tính"))
    has_internet = FlagColumn(gettext_lazy("Internet"))
    has_digital_record = FlagColumn(gettext_lazy("Hồ sơ số"))
    uses_platform = FlagColumn(gettext_lazy("Nền tảng"))

    class Meta:
        empty_text = gettext_lazy("Không có ai khớp với lựa chọn. Hãy bỏ bớt điều kiện lọc để xem thêm.")

    def value_grade(self, record: Student) -> int | None:
        return record.grade


class AuditTable(BaseTable):
    """Events, the latest first."""

    name = gettext_lazy("Nhật ký")
    file_name = "nhat-ky"
    widths: ClassVar[Mapping[str, int]] = {"action": 28, "subject": 40, "reason": 48}
    at = tables.Column(gettext_lazy("Lúc"), order_by=("at", "id"), attrs=NOWRAP)
    actor_name = tables.Column(gettext_lazy("Người làm"), orderable=False)
    action = tables.Column(gettext_lazy("Việc"), orderable=False)
    subject = tables.Column(gettext_lazy("Đối tượng"), orderable=False)
    unit_code = tables.Column(gettext_lazy("Đơn vị"), orderable=False, attrs=NOWRAP)
    period_code = tables.Column(gettext_lazy("Kỳ"), orderable=False)
    reason = tables.Column(gettext_lazy("Lý do và chi tiết"), orderable=False, empty_values=())

    last_key = "-id"
    names: Names | None = None

    class Meta:
        empty_text = gettext_lazy("Không có việc nào khớp. Hãy bỏ bớt điều kiện lọc để xem thêm.")

    def prepare(self, records: Sequence[AuditEvent]) -> None:
        self.names = names_in(record.detail for record in records)

    def render_at(self, record: AuditEvent) -> str:
        return date_format(timezone.localtime(record.at), "SHORT_DATETIME_FORMAT")

    def render_action(self, value: str) -> str:
        return action_words(value)

    def render_reason(self, record: AuditEvent) -> SafeString | str:
        parts = [("", record.reason)] if record.reason else []
        parts += [(f"{name}: ", text) for name, text in facts_of(record.detail, self.names)]
        return format_html_join(SafeString("<br>"), "{}{}", parts) or DASH
