"""Lists of collection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collection import anomaly_words, authority
from collection.addresses import CHIPS, anomaly_address, codes_of
from collection.flags import Flags, flag_counts
from collection.models import Anomaly, Notice, ReportingPeriod, Submission
from collection.notices import sentence_of
from collection.workflow import EDITABLE, State
from dxreport.lib.numbers import DASH, format_number
from dxreport.lib.tables import BaseTable, NumberColumn
from dxreport.lib.template_filters import short_date
from schools.models import AuditEvent, User
from schools.roles import Permission
from schools.trail import action_words

CELLS_NAMED = 6
NOWRAP = {"th": {"class": "nowrap"}, "td": {"class": "nowrap"}}
Rights = Mapping[int, Collection[Permission]]


class SubmissionTable(BaseTable):
    """Submissions in the scope of `reader`; `prepare` finds out what they may do with each."""

    file_name = "phieu-bao-cao"
    widths: ClassVar[Mapping[str, int]] = {"unit": 44, "parent": 40, "form": 36, "submitted_by": 28}
    extra = frozenset({"unit_code", "submitted_at", "submitted_by", "decided_at", "decided_by"})

    name = gettext_lazy("Phiếu báo cáo")
    unit = tables.Column(gettext_lazy("Đơn vị"), accessor="org_unit__name", order_by=("org_unit__code",))
    parent = tables.Column(
        gettext_lazy("Trực thuộc"), accessor="parent_name", attrs={"td": {"class": "text"}}
    )
    form = tables.Column(gettext_lazy("Biểu mẫu"), order_by=("form__position",))
    period = tables.Column(gettext_lazy("Kỳ"), accessor="period__code", order_by=("period__ends_on",))
    state = tables.Column(gettext_lazy("Trạng thái"))
    due_on = tables.Column(gettext_lazy("Hạn nộp"))
    flagged = NumberColumn(verbose_name=gettext_lazy("Cảnh báo"), accessor="pk", orderable=False)
    unit_code = tables.Column(gettext_lazy("Mã đơn vị"), accessor="org_unit__code", attrs=NOWRAP)
    submitted_at = tables.Column(gettext_lazy("Nộp lúc"), attrs=NOWRAP)
    submitted_by = tables.Column(gettext_lazy("Người nộp"), orderable=False)
    decided_at = tables.Column(gettext_lazy("Duyệt hoặc trả lại lúc"), attrs=NOWRAP)
    decided_by = tables.Column(gettext_lazy("Người duyệt hoặc trả lại"), orderable=False)
    act = tables.Column(gettext_lazy("Việc"), accessor="pk", orderable=False, exclude_from_export=True)

    class Meta:
        empty_text = gettext_lazy("Không có phiếu nào khớp. Hãy chọn kỳ khác hoặc bỏ bớt điều kiện lọc.")

    def __init__(self, *args: Any, today: dt.date, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.reader = today, reader
        self.flags: Mapping[int, Flags] = {}
        self.reviewable: Collection[int] = ()
        self.enterable: Collection[int] = ()

    def prepare(self, records: Sequence[Submission]) -> None:
        """What wants a look, who did what, and which rows the reader may decide on or fill in."""
        shown = {column.name for column in self.columns}
        if "flagged" in shown:
            self.flags = flag_counts(records)
        if people := sorted(shown & {"submitted_by", "decided_by"}):
            prefetch_related_objects(records, *people)
        if "act" in shown:
            rights = authority.rights_at(self.reader, [row.org_unit for row in records])
            self.reviewable = {row.pk for row in records if self._awaits_decision(row, rights)}
            self.enterable = {row.pk for row in records if self._awaits_entry(row, rights)}

    def _awaits_decision(self, row: Submission, rights: Rights) -> bool:
        return (
            row.state == State.SUBMITTED
            and Permission.REVIEW in rights[row.org_unit_id]
            and row.submitted_by_id != self.reader.pk
        )

    def _awaits_entry(self, row: Submission, rights: Rights) -> bool:
        return (
            row.state in EDITABLE
            and Permission.ENTER in rights[row.org_unit_id]
            and row.period.state == ReportingPeriod.State.OPEN
        )

    def render_unit(self, record: Submission) -> SafeString:
        address = reverse("collection:submission", kwargs=codes_of(record))
        return format_html(
            '<a href="{}">{}</a> <span class="muted small nowrap">{}</span>',
            address,
            record.org_unit.name,
            record.org_unit.code,
        )

    def value_unit(self, record: Submission) -> str:
        return record.org_unit.name

    def render_form(self, record: Submission) -> str:
        return record.form.label

    def render_submitted_at(self, value: dt.datetime) -> str:
        return short_date(value)

    def render_decided_at(self, value: dt.datetime) -> str:
        return short_date(value)

    def render_state(self, record: Submission) -> SafeString:
        state = State(record.state)
        return format_html('<span class="chip {}">{}</span>', CHIPS[state], state.label)

    def render_due_on(self, record: Submission) -> SafeString | str:
        day = short_date(record.due_on)
        if not record.is_late(self.today):
            return day
        return format_html('{} <span class="chip miss">{}</span>', day, _("trễ"))

    def value_due_on(self, record: Submission) -> dt.date:
        return record.due_on

    def render_flagged(self, value: int) -> str:
        return format_number(self.flags[value].total) if value in self.flags else DASH

    def value_flagged(self, record: Submission) -> int | None:
        return self.flags[record.pk].total if record.pk in self.flags else None

    def render_act(self, record: Submission) -> SafeString | str:
        if record.pk in self.reviewable:
            return _link("collection:review", record, _("Duyệt"))
        if record.pk in self.enterable:
            words = _("Sửa ô bị trả lại") if record.state == State.RETURNED else _("Nhập")
            return _link("collection:submission", record, words)
        return _link("collection:submission", record, _("Xem"))


def _link(page: str, record: Submission, words: str) -> SafeString:
    return format_html(
        '<a href="{}">{}<span class="visually-hidden">: {}</span></a>',
        reverse(page, kwargs=codes_of(record)),
        words,
        record.org_unit.name,
    )


class NoticeTable(BaseTable):
    """A person's notices; those not read yet can be ticked."""

    name = gettext_lazy("Thông báo")
    what = tables.Column(gettext_lazy("Nội dung"), accessor="kind", orderable=False)
    sent_by = tables.Column(gettext_lazy("Người gửi"))
    sent_at = tables.Column(gettext_lazy("Lúc"))
    read_at = tables.Column(gettext_lazy("Đã đọc"), empty_values=(), orderable=False)

    class Meta:
        empty_text = gettext_lazy(
            "Chưa có thông báo nào. Khi phiếu bị trả lại hoặc sắp trễ hạn, bạn sẽ thấy ở đây."
        )

    def render_what(self, record: Notice) -> SafeString:
        address = reverse("collection:submission", kwargs=codes_of(record.submission))
        return format_html(
            '<a href="{}">{}</a>{}',
            address,
            sentence_of(record),
            format_html('<span class="block small muted">{}</span>', record.text) if record.text else "",
        )

    def render_sent_at(self, value: dt.datetime) -> str:
        return short_date(value)

    def render_read_at(self, record: Notice) -> SafeString | str:
        if record.read_at is not None:
            return short_date(record.read_at)
        return format_html(
            '<label class="pick"><input type="checkbox" name="notice" value="{}">'
            ' <span class="chip wait">{}</span><span class="visually-hidden">: {}</span></label>',
            record.pk,
            _("chưa đọc"),
            sentence_of(record),
        )


class EventTable(BaseTable):
    """What happened to one submission (collection.happenings); `labels` name its cells."""

    name = gettext_lazy("Nhật ký của phiếu")
    at = tables.Column(gettext_lazy("Lúc"))
    actor_name = tables.Column(gettext_lazy("Người làm"))
    action = tables.Column(gettext_lazy("Việc"))
    what = tables.Column(
        gettext_lazy("Nội dung"), accessor="detail", orderable=False, attrs={"td": {"class": "sentence"}}
    )

    class Meta:
        empty_text = gettext_lazy("Chưa có việc nào được ghi. Nhật ký bắt đầu khi phiếu được lưu lần đầu.")

    def __init__(self, *args: Any, labels: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.labels = labels

    def render_at(self, value: dt.datetime) -> str:
        return short_date(value)

    def render_action(self, value: str) -> str:
        return action_words(value)

    def render_what(self, record: AuditEvent) -> str:
        return "; ".join(part for part in (self._cells(record.detail), record.reason) if part) or DASH

    def _cells(self, detail: Mapping[str, Any]) -> str:
        """Cells by name; of a return, each with its reason."""
        cells = detail.get("cells") or ()
        if isinstance(cells, Mapping):
            return "; ".join(f"{self._label(code)}: {reason}" for code, reason in cells.items())
        named = ", ".join(self._label(code) for code in cells[:CELLS_NAMED])
        more = len(cells) - CELLS_NAMED
        return _("%(cells)s và %(count)s ô khác") % {"cells": named, "count": more} if more > 0 else named

    def _label(self, code: str) -> str:
        return f"“{self.labels.get(code, code)}”"


class AnomalyTable(BaseTable):
    """Numbers out of line, with who looks after each and until when."""

    file_name = "so-bat-thuong"
    widths: ClassVar[Mapping[str, int]] = {"cell": 44, "unit": 44, "what": 48, "owner": 28, "reason": 40}
    extra = frozenset({"unit_code", "form", "kind", "reason"})

    name = gettext_lazy("Số bất thường")
    cell = tables.Column(gettext_lazy("Chỉ tiêu"), accessor="element", order_by=("element__name",))
    unit = tables.Column(
        gettext_lazy("Đơn vị"),
        accessor="submission__org_unit__name",
        order_by=("submission__org_unit__code",),
    )
    period = tables.Column(
        gettext_lazy("Kỳ"), accessor="submission__period__code", order_by=("submission__period__ends_on",)
    )
    what = tables.Column(
        gettext_lazy("Vì sao"), accessor="pk", orderable=False, attrs={"td": {"class": "sentence"}}
    )
    status = tables.Column(gettext_lazy("Trạng thái"))
    owner = tables.Column(gettext_lazy("Người xử lý"), order_by=("owner__display_name", "owner__username"))
    due_on = tables.Column(gettext_lazy("Hạn xử lý"))
    unit_code = tables.Column(gettext_lazy("Mã đơn vị"), accessor="submission__org_unit__code", attrs=NOWRAP)
    form = tables.Column(
        gettext_lazy("Biểu mẫu"), accessor="submission__form", order_by=("submission__form__position",)
    )
    kind = tables.Column(gettext_lazy("Căn cứ"))
    reason = tables.Column(gettext_lazy("Lý do xác nhận"), orderable=False)

    class Meta:
        empty_text = gettext_lazy(
            "Không có số bất thường nào khớp. Hãy chọn kỳ khác hoặc bỏ bớt điều kiện lọc."
        )

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def render_cell(self, record: Anomaly) -> SafeString:
        return format_html('<a href="{}">{}</a>', anomaly_address(record), record.element.label)

    def render_form(self, record: Anomaly) -> str:
        return record.submission.form.label

    def value_due_on(self, record: Anomaly) -> dt.date | None:
        return record.due_on

    def render_what(self, record: Anomaly) -> str:
        return anomaly_words.sentence_of(record)

    def render_status(self, record: Anomaly) -> SafeString:
        status = Anomaly.Status(record.status)
        return format_html('<span class="chip {}">{}</span>', anomaly_words.CHIPS[status], status.label)

    def render_due_on(self, record: Anomaly, value: dt.date) -> SafeString | str:
        if not record.is_overdue(self.today):
            return short_date(value)
        return format_html('{} <span class="chip miss">{}</span>', short_date(value), _("quá hạn"))


class PeriodTable(BaseTable):
    """Periods and spans with how far each has come."""

    name = gettext_lazy("Kỳ báo cáo")
    code = tables.Column(gettext_lazy("Mã"))
    title = tables.Column(gettext_lazy("Tên"), accessor="name")
    days = tables.Column(gettext_lazy("Thời gian"), accessor="starts_on", attrs={"td": {"class": "nowrap"}})
    due_on = tables.Column(gettext_lazy("Hạn nộp"))
    state = tables.Column(gettext_lazy("Trạng thái"))
    asked = NumberColumn(verbose_name=gettext_lazy("Số phiếu"), accessor="asked")
    submitted = NumberColumn(verbose_name=gettext_lazy("Đã nộp"), accessor="submitted")
    approved = NumberColumn(verbose_name=gettext_lazy("Đã duyệt"), accessor="approved")

    class Meta:
        orderable = False
        empty_text = gettext_lazy("Chưa có kỳ nào. Hãy tạo kỳ đầu tiên ở bên dưới.")

    def render_days(self, record: ReportingPeriod) -> str:
        return f"{short_date(record.starts_on)} – {short_date(record.ends_on)}"

    def render_due_on(self, value: dt.date) -> str:
        return short_date(value)

    def render_asked(self, record: ReportingPeriod, value: int) -> str:
        return DASH if record.is_span else format_number(value)

    def render_submitted(self, record: ReportingPeriod, value: int) -> str:
        return DASH if record.is_span else format_number(value)

    def render_approved(self, record: ReportingPeriod, value: int) -> str:
        return DASH if record.is_span else format_number(value)

    def render_state(self, record: ReportingPeriod) -> SafeString | str:
        if record.is_span:
            return _("nhiều kỳ")
        look = {"planned": "none", "open": "met", "closed": "lock"}[record.state]
        label = ReportingPeriod.State(record.state).label
        return format_html('<span class="chip {}">{}</span>', look, label)
