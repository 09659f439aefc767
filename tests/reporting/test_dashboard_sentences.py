"""What a dashboard says in words: grammatical for none, one, some and all."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from collection.workflow import Basis
from indicators.models import Indicator
from reporting import sentences
from reporting.progress import Progress
from tests.reporting import by_hand


def ratio(numerator: int | None, *, wanted: str | None = "50", comparison: str = "at_least", **more):
    """A figure of 100 teachers, held to a target."""
    held_to = by_hand.target(wanted, comparison) if wanted else None
    denominator = None if numerator is None else 100
    return by_hand.figure(None, numerator, denominator, held_to=held_to, **more)


def count(number: int | None, wanted: str | None = None):
    of = by_hand.indicator("B1.3", kind=Indicator.Kind.COUNT, denominator="", unit_of_measure="máy")
    return by_hand.figure(of, number, None, held_to=by_hand.target(wanted) if wanted else None)


MET, MISSED, SILENT = ratio(84), ratio(42), ratio(None, counted=0)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([], "Chưa có số liệu để so với mục tiêu"),
        ([SILENT], "Chưa có số liệu để so với mục tiêu năm 2025"),
        ([MET], "Mục tiêu duy nhất đã đạt"),
        ([MISSED], "Mục tiêu duy nhất chưa đạt; thiếu nhiều nhất: giáo viên có máy tính"),
        ([MET, MET], "Cả 2 mục tiêu năm 2025 đều đã đạt"),
        (
            [MISSED, MISSED],
            "Chưa đạt mục tiêu nào trong 2 mục tiêu năm 2025; thiếu nhiều nhất: giáo viên có máy tính",
        ),
        ([MET, MISSED], "1 trong 2 mục tiêu năm 2025 đã đạt; thiếu nhiều nhất: giáo viên có máy tính"),
        (
            [*[MET] * 12, *[MISSED] * 5],
            "12 trong 17 mục tiêu năm 2025 đã đạt; thiếu nhiều nhất: giáo viên có máy tính",
        ),
    ],
)
def test_the_heading_counts_targets_that_have_a_value(figures, said):
    worst = next((one for one in figures if one is MISSED), None)
    assert sentences.headline(figures, worst) == said


def test_the_heading_is_grammatical_in_english_too():
    with translation.override("en"):
        one, some = sentences.headline([MET, MISSED], None), sentences.headline([MET, MET, MISSED], None)
    assert one == "1 of the 2 targets for 2025 is met"
    assert some == "2 of the 3 targets for 2025 are met"


def test_the_heading_names_no_year_when_targets_are_of_several():
    later = by_hand.target()
    later.year = 2030
    both = [MET, by_hand.figure(None, 84, 100, held_to=later)]
    assert sentences.headline(both, None) == "Cả 2 mục tiêu đều đã đạt"


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (ratio(42), "còn thiếu 8 giáo viên"),
        (ratio(84), "vượt 34 điểm"),
        (ratio(50), "bằng mục tiêu"),
        (ratio(50, comparison="more_than"), "còn thiếu 1 giáo viên"),
        (ratio(7, wanted="5", comparison="at_most"), "thừa 2 giáo viên"),
        (ratio(3, wanted="5", comparison="at_most"), "dưới mức 2 điểm"),
        (ratio(84, wanted=None), ""),
        (SILENT, ""),
        (count(80, "100"), "còn thiếu 20 máy"),
        (count(1200, "1000"), "vượt 200 máy"),
    ],
)
def test_a_gap_is_said_in_people_or_things(figure, said):
    assert sentences.gap_text(figure) == said


def test_a_ratio_that_only_rounds_up_to_its_target_still_lacks_somebody():
    almost = by_hand.figure(None, 49_999, 100_000, held_to=by_hand.target())
    assert almost.display == "50%"
    assert sentences.status_word(almost) == "Chưa đạt"
    assert sentences.gap_text(almost) == "còn thiếu 1 giáo viên"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (ratio(84), ratio(79), "+5 điểm so với 2022"),
        (ratio(79), ratio(84), "−5 điểm so với 2022"),
        (ratio(84), ratio(84), "không đổi so với 2022"),
        (ratio(84), None, ""),
        (ratio(84), SILENT, ""),
        (SILENT, ratio(84), ""),
        (count(1320), count(1200), "+120 máy so với 2022"),
    ],
)
def test_a_change_is_in_points_for_ratios_and_in_things_for_counts(now, before, said):
    assert sentences.change_text(now, before, "2022") == said


@pytest.mark.parametrize(
    ("figure", "word"),
    [
        (MET, "Đạt"),
        (MISSED, "Chưa đạt"),
        (ratio(84, wanted=None), "Chưa có mục tiêu"),
        (SILENT, "Chưa có số liệu"),
        (ratio(None, counted=0, expected=0), "Không hỏi ở đây"),
        (by_hand.not_applicable(), "Không áp dụng"),
    ],
)
def test_every_state_has_a_word_of_its_own(figure, word):
    assert sentences.status_word(figure) == word


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Học sinh có máy tính", "học sinh có máy tính"),
        ("Ứng dụng", "ứng dụng"),
        ("THPT đạt chuẩn", "THPT đạt chuẩn"),
        ("", ""),
    ],
)
def test_a_name_inside_a_sentence_loses_its_capital_but_an_abbreviation_does_not(name, inside):
    assert sentences.inside_sentence(name) == inside


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (MET, "84 trong 100 giáo viên, của 370/370 đơn vị."),
        (count(1200), "1.200 máy, của 370/370 đơn vị."),
        (SILENT, "Chưa có đơn vị nào cho đủ số liệu."),
        (by_hand.not_applicable(), ""),
    ],
)
def test_a_derivation_gives_both_numbers_and_the_coverage(figure, said):
    assert sentences.derivation(figure) == said


CHANGED = dt.datetime(2026, 11, 23, 7, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("basis", "progress", "said"),
    [
        (
            Basis.OFFICIAL,
            Progress(370, 369, 368, CHANGED),
            "Số liệu chính thức, kỳ năm 2023: đã duyệt 368/370 phiếu."
            " Thay đổi lần cuối lúc 14:05 ngày 23/11/2026.",
        ),
        (
            Basis.PROVISIONAL,
            Progress(370, 369, 368),
            "Số liệu tạm tính, kỳ năm 2023: gồm cả phiếu chưa duyệt; đã nộp 369/370 phiếu, đã duyệt 368.",
        ),
        (Basis.OFFICIAL, Progress(), "Kỳ năm 2023: đơn vị không có phiếu nào phải nộp."),
    ],
)
def test_the_lede_says_basis_period_coverage_and_last_change_in_local_time(basis, progress, said):
    assert sentences.lede(basis, "năm 2023", progress) == said


@pytest.mark.parametrize(
    ("comparison", "text"), [("at_least", "≥ 50%"), ("more_than", "> 50%"), ("at_most", "≤ 50%")]
)
def test_a_target_shows_its_comparison(comparison, text):
    assert sentences.target_text(ratio(84, comparison=comparison)) == text


def test_a_distance_is_signed_and_exact():
    assert sentences.distance(ratio(42)) == Decimal(-8)
    assert sentences.distance(SILENT) is None
