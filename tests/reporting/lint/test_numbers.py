"""What is a number to reckon with, and what only looks like one."""

from decimal import Decimal

import pytest

from reporting.lint.numbers import COUNT, FRACTION, PERCENT, cut_share, number, share, tokens_of


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens_of(text) if token.kind in (COUNT, PERCENT, FRACTION)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7.661 giáo viên", [(COUNT, "7.661")]),
        ("7 661 giáo viên", [(COUNT, "7 661")]),
        ("7,661 of 9,083", [(COUNT, "7,661"), (COUNT, "9,083")]),
        ("7.661/9.083 giáo viên, đạt 84,34%", [(FRACTION, "7.661/9.083"), (PERCENT, "84,34%")]),
        ("đạt 81.4% và 100 %", [(PERCENT, "81.4%"), (PERCENT, "100 %")]),
        ("đạt 84 phần trăm", [(PERCENT, "84 phần trăm")]),
        ("tổng số 2000 học sinh", [(COUNT, "2000")]),
        ("đã cấp 35 chữ ký số", [(COUNT, "35")]),
        ("Tổng số 231 trường", [(COUNT, "231")]),
        ("hồ sơ số: 5.102, đạt 92,11%", [(COUNT, "5.102"), (PERCENT, "92,11%")]),
    ],
)
def test_numbers_to_reckon_with_are_found(text, found):
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 131/QĐ-TTg ngày 25 tháng 01 năm 2022",
        "Công văn 604/BGDĐT-CNTT ngày 06/02/2024",
        "Nghị định 30/2020/NĐ-CP, Luật số 43/2019/QH14",
        "điện thoại 0261.3544.567, 0912 345 678, (0261) 3 544 567, 1900 6868",
        "1.275 triệu đồng, 330.000 đồng/tháng, 2,5 tỷ đồng",
        "giai đoạn 2022-2025, năm học 2023 - 2024, 70-80%, từ 5 - 10",
        "lớp 10, cấp 2, mức độ 3 và 4, Điều 5, khoản 2, quý 3, Phòng họp số 2",
        "lúc 14h30, 8 giờ 15 phút, 15:00",
        "công nghiệp 4.0, mạng 5G, K12 online, phiên bản 2.1.3",
        "ngày 31/12/2023, 05.9.2023, 28/6/2023, tháng 9/2023, 6/2023",
        "gdtrh02@daknong.edu.vn, https://example.vn/2023/12",
        "tốc độ 150 Mbps, tăng 5,54 điểm, năm 2022",
    ],
)
def test_what_only_looks_like_a_number_is_none(text):
    assert kinds(text) == []


@pytest.mark.parametrize("text", ["gần 300 trường", "trên 85%", "khoảng 12.000 em", "≥ 50%", "50% trở lên"])
def test_what_the_text_itself_calls_approximate_is_soft(text):
    assert [token.is_soft for token in tokens_of(text)] == [True]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7.661", "7661"),
        ("7,661", "7661"),
        ("84,34", "84.34"),
        ("81.4", "81.4"),
        ("1.234,5", "1234.5"),
        ("0,375", "0.375"),
    ],
)
def test_a_number_is_read_as_a_clerk_writes_it(written, value):
    assert number(written) == Decimal(value)


def test_three_decimals_of_a_share_are_decimals():
    assert number("12.345", share=True) == Decimal("12.345")


def test_shares_are_rounded_half_up_or_cut():
    assert share(Decimal(1726), Decimal(3647), 2) == Decimal("47.33")
    assert cut_share(Decimal(1726), Decimal(3647), 2) == Decimal("47.32")
    assert share(Decimal(1), Decimal(8), 0) == Decimal("13")
