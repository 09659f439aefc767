from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reporting.report import outline
from reporting.report.conditions import Condition
from reporting.report.markup import Named, Prompt
from reporting.report.outline import Group, OutlineError, Sentence, Shown, load_outline, read_outline
from reporting.report.tokens import TokenError


def outline_of(*content: Any, **more: Any) -> outline.Outline:
    parts = [{"key": "general", "heading": "Thông tin chung", "content": list(content), **more}]
    return read_outline({"subject": "Kết quả", "appendix_title": "Biểu", "parts": parts, "closing": "Hết."})


def entry(data: Any) -> outline.Entry:
    return outline_of(data).parts[0].content[0]


def test_a_sentence_is_a_paragraph_of_its_own() -> None:
    assert entry("Có {A1.1.value}.") == Group((Sentence("Có {A1.1.value}."),))


def test_a_sentence_may_know_for_whom_and_when_it_is_said() -> None:
    found = entry({"text": "Còn thiếu.", "kinds": ["school"], "when": "B1.9 below 99.5"})
    assert found == Group(
        (
            Sentence(
                "Còn thiếu.", kinds=frozenset({"school"}), when=Condition("B1.9", "below", Decimal("99.5"))
            ),
        )
    )


def test_several_sentences_follow_an_opening() -> None:
    found = entry({"opening": "Đường truyền", "sentences": ["Một.", {"text": "Hai."}]})
    assert found == Group((Sentence("Một."), Sentence("Hai.")), "Đường truyền")


def test_prompts_tables_and_charts_have_their_place() -> None:
    assert entry({"prompt": "Bổ sung."}) == Prompt("Bổ sung.")
    assert entry({"table": "targets"}) == Shown(Named("table", "targets"))
    assert entry({"chart": "units A1.1", "kinds": ["department"]}) == Shown(
        Named("chart", "units", "A1.1"), frozenset({"department"})
    )


def test_an_outline_knows_everything_that_it_names() -> None:
    section = {
        "heading": "Điều kiện",
        "covers": ["III.1"],
        "results": ["Có {A1.1.value}."],
        "difficulties": [{"text": "", "about": "B1.5", "yes": "{unit.who} có.", "no": ""}],
    }
    assert outline_of("{A4.reason}", sections=[section]).subjects == {"A4", "A1.1", "B1.5", "unit"}


@pytest.mark.parametrize("when", ["A1.1 soon", "A1.1 below", "A1.1 below x", "A1.1 met 5"])
def test_a_condition_that_cannot_be_read_is_an_error_that_shows_it(when: str) -> None:
    with pytest.raises(OutlineError, match=when):
        entry({"text": "Câu.", "when": when})


@pytest.mark.parametrize(
    "data", [{"text": "Câu.", "wen": "A1.1 met"}, {"chapter": "x"}, {"text": "a", True: "b"}]
)
def test_a_part_that_nobody_knows_is_an_error(data: Any) -> None:
    with pytest.raises(OutlineError):
        entry(data)


def test_a_broken_token_is_found_when_the_outline_is_read() -> None:
    with pytest.raises(TokenError):
        entry("Có {A1.1.numerator người.")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "QD131.yaml").write_text("subject: [", encoding="utf-8")
    monkeypatch.setattr(outline, "OUTLINES", tmp_path)
    load_outline.cache_clear()
    with pytest.raises(OutlineError, match=r"QD131\.yaml"):
        load_outline("QD131")
    load_outline.cache_clear()


def test_a_set_without_an_outline_of_its_own_gets_the_default_one() -> None:
    assert load_outline("KHAC") == load_outline("default")
    assert load_outline("QD131") != load_outline("default")


def test_the_report_on_decision_131_has_the_outline_of_its_form() -> None:
    parts = load_outline("QD131").parts
    assert [part.key for part in parts] == ["general", "leadership", "results", "proposals"]
    assert [part.heading for part in parts] == [
        "Thông tin chung",
        "Lãnh đạo, chỉ đạo",
        "Kết quả thực hiện",
        "Đề xuất, kiến nghị",
    ]
    (results,) = [part for part in parts if part.sections is not None]
    assert results.heading == "Kết quả thực hiện"
    assert [sorted(section.covers) for section in results.sections or ()] == [
        ["III.1"],
        ["III.2"],
        ["III.3"],
        ["III.4"],
        ["III.5"],
    ]
