"""The labelled corpus: how many planted faults are found, and how much of what is found was planted."""

from __future__ import annotations

import pytest

from reporting.lint.rules import RULES
from reporting.lint.sentences import Finding
from tests.reporting.lint.samples import Sample, findings, samples

RECALL, PRECISION = 0.9, 0.95
FAULTY, CLEAN = samples("faulty"), samples("clean")


def matched(sample: Sample) -> tuple[int, list[Finding]]:
    """How many of the planted faults are found, and what is found besides."""
    left = findings(sample.data, sample.file_name)
    hits = 0
    for rule, words in sample.faults:
        hit = next(
            (one for one in left if one.rule == rule and (words in one.printed or one.printed in words)), None
        )
        if hit is not None:
            left.remove(hit)
            hits += 1
    return hits, left


def measured(group: list[Sample]) -> tuple[int, int, int]:
    """Planted, found of them, found besides."""
    planted = sum(len(sample.faults) for sample in group)
    told = [matched(sample) for sample in group]
    return planted, sum(hits for hits, _besides in told), sum(len(besides) for _hits, besides in told)


def test_the_corpus_is_large_enough_and_has_every_rule_several_times_and_every_format():
    planted = [rule for sample in FAULTY for rule, _words in sample.faults]
    assert len(FAULTY) >= 40
    assert len(CLEAN) >= 20
    assert {rule: planted.count(rule) >= 3 for rule in RULES} == dict.fromkeys(RULES, True)
    assert {sample.file_name.rpartition(".")[2] for sample in FAULTY} == {"docx", "xlsx", "txt", "md", "html"}
    assert not any(sample.faults for sample in CLEAN)


def test_recall_and_precision_are_above_what_is_asked(capsys):
    """Printed, so that whoever changes a rule sees what it did."""
    lines = []
    for name, group in (
        ("fitted", [one for one in FAULTY + CLEAN if not one.is_held_out]),
        ("held out", [one for one in FAULTY + CLEAN if one.is_held_out]),
        ("together", FAULTY + CLEAN),
    ):
        planted, found, besides = measured(group)
        recall, precision = found / planted, found / (found + besides)
        lines.append(
            f"{name}: {found} of {planted} found (recall {recall:.3f}), {besides} besides (precision "
            f"{precision:.3f})"
        )
        assert recall >= RECALL, lines
        assert precision >= PRECISION, lines
    with capsys.disabled():
        print("\n  lint corpus, " + "\n  lint corpus, ".join(lines))


@pytest.mark.parametrize("sample", CLEAN, ids=lambda sample: sample.name)
def test_clean_official_prose_raises_nothing(sample: Sample):
    assert [one.message for one in findings(sample.data, sample.file_name)] == []


# What the published report printed, told as it told it.
PUBLISHED = [
    (
        "B1.8",
        "Toàn tỉnh có 5.326 máy tính phục vụ dạy học môn Tin học, trong đó: tiểu học 1.726 máy (đáp ứng "
        "47,33%), THCS 2.143 máy"
        " (đáp ứng 44,41%), THPT 1.456 máy (đáp ứng 44,65%).",
        "5.326",
        "5.325",
    ),
    (
        "B1.9",
        "Cấp tiểu học có 1.726/3.647 máy tính so với nhu cầu tối thiểu, đáp ứng 47,32%.",
        "47,32%",
        "47,33%",
    ),
    (
        "B2.2",
        "Có 200/231 cơ sở giáo dục phổ thông duy trì dạy học trực tuyến, đạt tỉ lệ 86,5%.",
        "86,5%",
        "86,6%",
    ),
    ("B3.7", "Có 206/231 cơ sở thu các khoản phí không dùng tiền mặt (chiếm 89,17%).", "89,17%", "89,18%"),
    (
        "B3.1",
        "Đang áp dụng 11 phần mềm quản trị, quản lý (quản lý trường học, sổ điểm điện tử, học bạ số, "
        "tuyển sinh, quản lý hồ sơ,"
        " cơ sở dữ liệu ngành, văn bản điều hành, một cửa, quản lý cán bộ, kế toán, tài sản công, quản "
        "lý thi, phổ cập, thi đua).",
        "11",
        "14",
    ),
]


@pytest.mark.parametrize(
    ("code", "text", "printed", "computed"), PUBLISHED, ids=[one[0] for one in PUBLISHED]
)
def test_each_wrong_figure_of_the_published_report_is_found(
    code: str, text: str, printed: str, computed: str
):
    (finding,) = findings(text.encode(), "bao-cao.txt")
    assert (finding.printed, finding.computed) == (printed, computed)


@pytest.mark.parametrize("code", ["B1.9", "B2.2", "B3.7"])
def test_a_figure_that_was_cut_off_is_told_from_one_that_is_simply_wrong(code: str):
    text = next(text for one, text, *_rest in PUBLISHED if one == code)
    (finding,) = findings(text.encode(), "bao-cao.txt")
    assert "cắt bớt" in finding.message
