"""What the audit trail calls the actions of collection."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from collection.models import DataValue
from collection.workflow import State
from indicators.models import DataElement, Form
from schools.trail import Namer, Words

ACTIONS: Words = {
    "submission.save": _("Lưu số liệu"),
    "submission.submit": _("Nộp phiếu"),
    "submission.approve": _("Duyệt phiếu"),
    "submission.return": _("Trả lại phiếu"),
    "submission.reopen": _("Mở lại phiếu"),
    "submission.footnote": _("Đưa giải trình vào báo cáo"),
    "submission.no_footnote": _("Bỏ giải trình khỏi báo cáo"),
    "submission.extend": _("Gia hạn phiếu"),
    "anomaly.open": _("Phát hiện số bất thường"),
    "anomaly.correct": _("Số bất thường đã được sửa"),
    "anomaly.assign": _("Giao xử lý số bất thường"),
    "anomaly.confirm": _("Xác nhận số bất thường là đúng"),
    "submission.remind": _("Nhắc nộp phiếu"),
    "upload.receive": _("Tải tệp Excel lên"),
    "upload.confirm": _("Lưu số liệu từ tệp Excel"),
    "upload.discard": _("Bỏ tệp Excel đã tải lên"),
    "upload.prune": _("Dọn tệp Excel quá hạn lưu"),
    "period.create": _("Tạo kỳ báo cáo"),
    "period.span": _("Tạo báo cáo nhiều kỳ"),
    "period.open": _("Mở kỳ báo cáo"),
    "period.close": _("Khóa kỳ báo cáo"),
    "period.reopen": _("Mở lại kỳ báo cáo"),
}
FACTS: Words = {
    "form": _("biểu mẫu"),
    "cells": _("các ô"),
    "source": _("nhập từ"),
    "fingerprint": _("dấu nội dung"),
    "people": _("số người"),
    "upload": _("mã lần tải lên"),
    "file": _("tệp"),
    "sha256": _("SHA-256"),
    "units": _("số đơn vị"),
    "deleted": _("đã xóa"),
    "emptied": _("đã bỏ nội dung"),
    "submissions": _("số phiếu"),
    "owner": _("người xử lý"),
    "due_on": _("hạn xử lý"),
}


def element_names(codes: Collection[str]) -> dict[str, str]:
    """What cells are called, in the newest set that has them. One query."""
    rows = DataElement.objects.filter(code__in=codes).order_by("indicator_set__valid_from", "pk")
    return {one.code: one.label for one in rows}


def form_names(codes: Collection[str]) -> dict[str, str]:
    """The same of forms. One query."""
    rows = Form.objects.filter(code__in=codes).order_by("indicator_set__valid_from", "pk")
    return {one.code: one.label for one in rows}


NAMERS: dict[str, Namer] = {"cells": element_names, "form": form_names}
VALUES: Words = {**dict(State.choices), **dict(DataValue.Source.choices)}
