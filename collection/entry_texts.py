"""The sentences that the script of the entry form says, in the reader's language.

Handed to the page as JSON; static/js/entry/texts.js fills in %(name)s. A pair is (for one, for several).
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collection.entries import State
from collection.parsing import NONE_CHOSEN

Texts = dict[str, str | list[str]]

# The word in a row's state cell: also what the page is printed with, before any script runs.
STATES: dict[str, Callable[[], str]] = {
    "saved": lambda: _("đã lưu"),
    "empty": lambda: _("chưa nhập"),
    "typing": lambda: _("đang gõ, chưa lưu"),
    "saving": lambda: _("đang lưu"),
    "waiting": lambda: _("chờ gửi"),
    "reason": lambda: _("cần lý do"),
    "ask": lambda: _("cần giải trình"),
    "returned": lambda: _("bị trả lại"),
    "conflict": lambda: _("người khác vừa sửa"),
    "broken": lambda: _("sai quy tắc"),
    "invalid": lambda: _("không hợp lệ"),
}


def gaps() -> dict[str, str]:
    """What the list beside a cell offers, by the word in `Typed.gap`: what is typed, or a kind of empty."""
    return {
        "": _("Theo ô nhập"),
        NONE_CHOSEN: _("Không mục nào trong danh sách"),
        str(State.EMPTY): _("Chưa nhập (xóa câu trả lời)"),
        str(State.NOT_AVAILABLE): _("Không có số liệu (ghi lý do)"),
        str(State.NOT_APPLICABLE): _("Không áp dụng với đơn vị"),
    }


def texts() -> Texts:
    """Everything the script may say, by key."""
    return {
        **{f"state_{state}": word() for state, word in STATES.items()},
        **_headline(),
        **_cells(),
        **_paste(),
    }


def _both(sentence: Callable[[int], str]) -> list[str]:
    return [sentence(1), sentence(2)]


def _headline() -> Texts:
    return {
        "all_saved": _("Mọi số trên phiếu đã lưu."),
        "all_saved_at": _("Mọi số trên phiếu đã lưu, lần cuối lúc %(at)s."),
        "count_saving": _both(lambda n: ngettext("Đang lưu %(count)s ô…", "Đang lưu %(count)s ô…", n)),
        "count_typing": _both(
            lambda n: ngettext("%(count)s ô đang gõ, chưa lưu.", "%(count)s ô đang gõ, chưa lưu.", n)
        ),
        "count_invalid": _both(
            lambda n: ngettext("%(count)s ô chưa lưu được, cần sửa", "%(count)s ô chưa lưu được, cần sửa", n)
        ),
        "count_conflicts": _both(
            lambda n: ngettext(
                "%(count)s ô người khác vừa sửa, hãy chọn số giữ lại",
                "%(count)s ô người khác vừa sửa, hãy chọn số giữ lại",
                n,
            )
        ),
        "line_offline": _both(
            lambda n: ngettext(
                "Mất kết nối: %(count)s ô chờ gửi, tự gửi khi có mạng.",
                "Mất kết nối: %(count)s ô chờ gửi, tự gửi khi có mạng.",
                n,
            )
        ),
        "line_server": _both(
            lambda n: ngettext(
                "Máy chủ chưa trả lời: %(count)s ô chờ gửi, sẽ tự gửi lại.",
                "Máy chủ chưa trả lời: %(count)s ô chờ gửi, sẽ tự gửi lại.",
                n,
            )
        ),
        "line_signed_out": _both(
            lambda n: ngettext(
                "Phiên làm việc đã hết: %(count)s ô chờ gửi, giữ trên máy này.",
                "Phiên làm việc đã hết: %(count)s ô chờ gửi, giữ trên máy này.",
                n,
            )
        ),
        "line_refused": _both(
            lambda n: ngettext(
                "%(count)s ô chưa gửi được, vẫn giữ trên máy này.",
                "%(count)s ô chưa gửi được, vẫn giữ trên máy này.",
                n,
            )
        ),
        "sign_in": _("Đăng nhập lại để gửi"),
        "not_kept": _("Trình duyệt không giữ được số: xin đừng đóng trang này."),
        "leftover_title": _both(
            lambda n: ngettext(
                "%(count)s ô bạn gõ lần trước chưa được lưu",
                "%(count)s ô bạn gõ lần trước chưa được lưu",
                n,
            )
        ),
        "leftover_why": _("Các ô này nay không mở để sửa. Hãy ghi lại nếu cần, rồi bỏ khỏi máy này."),
        "leftover_discard": _("Bỏ khỏi máy này"),
    }


def _cells() -> Texts:
    return {
        "form_progress": _("đã trả lời %(answered)s/%(asked)s mục"),
        "section_progress": _("%(answered)s/%(asked)s mục"),
        "reason_first": _("Hãy ghi lý do không có số liệu; ô được lưu sau khi có lý do."),
        "explanation": _("Giải trình"),
        "rule_hard": _("phải sửa trước khi nộp"),
        "rule_soft": _("cần giải trình"),
        "rule_cells": _("Đến ô:"),
        "live_uncounted": _both(
            lambda n: ngettext(
                "%(count)s ô chưa lưu chưa được tính.", "%(count)s ô chưa lưu chưa được tính.", n
            )
        ),
        "conflict_title": _("Hai người sửa ô %(label)s"),
        "conflict_theirs": _("%(who)s đã lưu “%(theirs)s” lúc %(at)s."),
        "conflict_mine": _("Bạn nhập “%(mine)s”."),
        "keep_mine": _("Giữ số của tôi"),
        "take_theirs": _("Lấy số của họ"),
    }


def _paste() -> Texts:
    return {
        "paste_good": _both(lambda n: ngettext("Sẽ dán %(count)s ô.", "Sẽ dán %(count)s ô.", n)),
        "paste_bad": _both(
            lambda n: ngettext(
                "%(count)s dòng không đọc được sẽ bỏ qua, ô giữ nguyên.",
                "%(count)s dòng không đọc được sẽ bỏ qua, ô giữ nguyên.",
                n,
            )
        ),
        "paste_blank": _("dòng trống, ô giữ nguyên"),
        "paste_label": _("dán từ dòng “%(label)s”"),
        "paste_beyond_name": _("Ngoài phiếu"),
        "fault_beyond": _("phiếu không còn ô nào"),
        "fault_negative": _("số lượng không thể âm"),
        "fault_comma": _("dấu phẩy là dấu thập phân, mà ô nhận số nguyên"),
        "fault_grouping": _("dấu chấm phải phân nhóm ba chữ số, như 7.661"),
        "fault_too_large": _("số quá lớn"),
        "fault_not_digits": _("không phải là số"),
        "fault_not_a_choice": _("không có trong danh sách"),
    }
