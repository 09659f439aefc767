"""The sentences of the editor's script in the reader's language; `%(name)s` is filled in there."""

from __future__ import annotations

from django.utils.translation import gettext as _


def texts() -> dict[str, object]:
    """Sentences by key; a pair is one and many."""
    return {
        "saved": _("Đã lưu lúc %(at)s."),
        "unchanged": _("Mọi chữ trên trang đã được lưu."),
        "typing": _("Đang gõ, chưa lưu."),
        "saving": _("Đang lưu…"),
        "offline": _(
            "Chưa gửi được vì mất kết nối. Bản đang gõ được giữ trên máy này và tự gửi khi có mạng."
        ),
        "server": _("Máy chủ chưa trả lời. Bản đang gõ được giữ trên máy này và tự gửi lại."),
        "signed_out": _(
            "Phiên làm việc đã hết. Bản đang gõ được giữ trên máy này: hãy đăng nhập lại để gửi."
        ),
        "refused": _("Chưa lưu được: %(why)s"),
        "unkept": _("Trình duyệt không giữ được bản đang gõ. Đừng đóng trang trước khi lưu xong."),
        "sign_in": _("Đăng nhập lại"),
        "merged": _(
            "%(who)s vừa sửa phần này. Hai bản không sửa cùng chỗ nên đã được ghép; bản của bạn còn đủ."
        ),
        "caught_up": _("%(who)s vừa sửa phần này. Bạn đang xem bản mới nhất."),
        "conflict": _("%(who)s đã lưu lúc %(at)s một bản sửa cùng chỗ với bạn."),
        "conflict_waits": _("Có hai bản khác nhau: hãy chọn bản để lưu tiếp."),
        "oneself": _("Chính bạn, ở một cửa sổ khác,"),
        "conflict_help": _(
            "Bản của bạn đã được giữ riêng trong danh sách phiên bản. Hãy chọn bản để lưu tiếp;"
            " bản không chọn vẫn xem và lấy lại được."
        ),
        "their_changes": _("Khác nhau giữa hai bản"),
        "keep_mine": _("Lưu bản của tôi"),
        "take_theirs": _("Lấy bản của %(who)s"),
        "keep_both": _("Giữ cả hai để tự sửa"),
        "restored": _("Đã lấy lại phần đang gõ dở lần trước trên máy này."),
        "dismiss": _("Đóng"),
        "no_findings": _("Không có lỗi nào được tìm thấy."),
        "error": _("Lỗi"),
        "warning": _("Cần xem"),
        "put": _("Thay bằng %(offer)s"),
        "nothing_found": _("Không có chỉ số nào khớp. Hãy thử từ khác hoặc mã chỉ số."),
        "picker_offline": _("Chưa tải được danh sách số liệu. Hãy thử lại khi có mạng."),
    }
