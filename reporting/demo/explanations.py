"""What demo units say to the questions about their numbers: one line each, as a clerk would write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from collection.asked import Asked
from collection.entries import Content, Entry, content_of
from collection.verdicts import judge
from indicators.kept import Catalogue

# part of an element's code, what is said when the number grew, and when it fell; the first that fits
_LINES = (
    (
        "tablets",
        "Trong năm trường tiếp nhận thêm máy tính bảng tài trợ cho học sinh.",
        "Năm nay số máy tính bảng được tài trợ ít hơn năm trước.",
    ),
    (
        "survey",
        "Năm nay trường khảo sát rộng hơn, thêm phụ huynh của các khối lớp.",
        "Năm nay trường khảo sát theo mẫu nên số phiếu ít hơn.",
    ),
    (
        "trained",
        "Trong năm có thêm giáo viên, nhân viên dự các lớp tập huấn của ngành.",
        "Một số người đã được tập huấn chuyển công tác trong năm.",
    ),
    (
        "lessons_online",
        "Trường tăng số tiết dạy trực tuyến theo kế hoạch năm học.",
        "Trường dạy trực tiếp trở lại nên số tiết trực tuyến giảm.",
    ),
    (
        "platform",
        "Trường đưa thêm các lớp vào nền tảng học trực tuyến.",
        "Một số lớp chuyển sang nền tảng khác trong năm.",
    ),
    (
        "digital",
        "Đơn vị đã số hóa thêm hồ sơ trong năm.",
        "Đơn vị rà soát lại, chỉ tính hồ sơ đã xử lý trọn vẹn trên môi trường số.",
    ),
    (
        "online",
        "Người dân nộp hồ sơ trực tuyến nhiều hơn năm trước.",
        "Số hồ sơ phát sinh trong năm giảm.",
    ),
    (
        "with_",
        "Gia đình học sinh, giáo viên trang bị thêm trong năm.",
        "Trường rà soát lại danh sách, không tính thiết bị đã hỏng.",
    ),
    (
        "computers",
        "Trường được cấp thêm phòng máy trong năm.",
        "Trường thanh lý máy đã hỏng trong năm.",
    ),
    (
        "",
        "Số tăng do phát sinh thực tế trong năm, đơn vị đã đối chiếu với sổ theo dõi.",
        "Số giảm so với năm trước, đơn vị đã đối chiếu với sổ theo dõi.",
    ),
)
_TO_A_RULE = "Đơn vị đã đối chiếu: một số hồ sơ nộp từ kỳ trước được giải quyết trong kỳ này."


def explained(
    entries: Sequence[Entry], before: Sequence[Entry], asked: Asked, catalogue: Catalogue
) -> tuple[list[Entry], dict[str, str]]:
    """`entries` with an answer to every question about them, and answers to soft rules by rule code.

    The questions are those of everybody who submits; `before` is what the unit gave last period.
    """
    now, then = _contents(entries, asked), _contents(before, asked)
    judgement = judge(now, then, asked, catalogue)
    answered = [
        replace(entry, explanation=_line(entry, then.get(entry.element_code)))
        if entry.element_code in judgement.questions
        else entry
        for entry in entries
    ]
    return answered, {one.rule.code: _TO_A_RULE for one in judgement.unexplained_rules}


def _contents(entries: Sequence[Entry], asked: Asked) -> Mapping[str, Content]:
    return {
        entry.element_code: content_of(
            entry, asked.elements[entry.element_code], asked.choice_codes.get(entry.element_code, ())
        )
        for entry in entries
        if entry.element_code in asked.elements
    }


def _line(entry: Entry, before: Content | None) -> str:
    fell = before is not None and (entry.number or 0) < (before.number or 0)
    return next(down if fell else up for part, up, down in _LINES if part in entry.element_code)
