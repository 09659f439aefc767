"""What the grid's script says, in the reader's language; it fills in what stands in `%(…)s`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from collection.entry_texts import gaps


def words() -> dict[str, Any]:
    """Every sentence of static/js/grid, by the name that the script uses."""
    return {
        "title": _("Bảng số liệu của các đơn vị"),
        "unit": _("Đơn vị"),
        "answer": _("Câu trả lời"),
        "none": _("không mục nào"),
        "not_available": _("không có số liệu"),
        "not_applicable": _("không áp dụng"),
        "states": _states(),
        "gaps": gaps(),
        "before": _("Kỳ trước: %(value)s."),
        "change": _("Thay đổi: %(value)s."),
        "returned": _("Người duyệt trả lại: %(reason)s"),
        "explained": _("Giải trình: %(text)s"),
        "explain": _("Giải trình: %(sentence)s"),
        "theirs": _("%(who)s đã lưu “%(value)s” lúc %(at)s."),
        **_what_was_done(),
        **_what_is_unsaved(),
    }


def _states() -> dict[str, str]:
    return {
        "blank": _("chưa nhập"),
        "saving": _("đang lưu"),
        "waiting": _("chờ gửi"),
        "saved": _("đã lưu"),
        "invalid": _("không hợp lệ, chưa lưu"),
        "conflict": _("người khác vừa sửa"),
        "broken": _("sai quy tắc"),
        "ask": _("cần giải trình"),
        "returned": _("bị trả lại"),
        "explained": _("có giải trình"),
        "gap": _("để trống có lý do"),
        "locked": _("không sửa được"),
        "notasked": _("không hỏi"),
    }


def _what_was_done() -> dict[str, str]:
    return {
        "copied": _("Số ô đã chép: %(count)s."),
        "pasted": _("Số ô đã dán: %(count)s."),
        "filled": _("Số ô đã chép xuống: %(count)s."),
        "cleared": _("Số ô đã xóa: %(count)s."),
        "undone": _("Đã hoàn tác, số ô: %(count)s."),
        "redone": _("Đã làm lại, số ô: %(count)s."),
        "nothing": _("Không còn bước nào."),
        "clipped": _("Số ô bị bỏ vì vượt ra ngoài bảng: %(count)s."),
        "closed": _("Số ô giữ nguyên vì không sửa được hoặc không hỏi: %(count)s."),
        "recalled": _("Số ô gõ lần trước chưa gửi, nay gửi tiếp: %(count)s."),
        "leave": _("Bấm Tab để rời bảng."),
    }


def _what_is_unsaved() -> dict[str, Any]:
    return {
        "going": _("Đang lưu %(count)s ô"),
        "waiting": _("Chờ gửi %(count)s ô"),
        "wrong": _("Cần xem lại %(count)s ô"),
        "troubles": {
            "offline": _("Mất kết nối. Số bạn gõ được giữ trên máy này và được gửi ngay khi có mạng lại."),
            "server": _("Máy chủ chưa nhận được. Số bạn gõ được giữ trên máy này và đang được gửi lại."),
            "signed_out": _(
                "Phiên làm việc đã hết. Hãy đăng nhập lại ở thẻ khác rồi quay về đây:"
                " số bạn gõ được gửi tiếp."
            ),
            "refused": _("Máy chủ không nhận. Hãy chép phần chưa lưu ra chỗ khác rồi tải lại trang."),
        },
    }
