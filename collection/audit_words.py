"""What the audit trail's words about submissions and periods mean, for the reader."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "submission.save": _("lưu số liệu"),
    "submission.submit": _("nộp phiếu"),
    "submission.approve": _("duyệt phiếu"),
    "submission.return": _("trả lại ô"),
    "submission.reopen": _("mở lại phiếu"),
    "submission.extend": _("gia hạn"),
    "period.create": _("tạo kỳ"),
    "period.span": _("ghép nhiều kỳ"),
    "period.open": _("mở kỳ"),
    "period.close": _("khóa kỳ"),
    "period.reopen": _("mở lại kỳ"),
}
