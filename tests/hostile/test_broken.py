"""Files that are not ours: refused with one sentence, quickly, and within their limits."""

from __future__ import annotations

import ast
import re
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dxreport.lib import limited, xlsx
from dxreport.lib.limited import MIB
from dxreport.lib.reading import LIMITS, Limits, WorkbookRefused, read_workbook
from dxreport.lib.refusals import BUNDLE_SENTENCES, SENTENCES
from tests.hostile.broken import BROKEN, ONE, Hostile, of_rows
from tests.hostile.packing import packed, parts_of, shared, sheet

TRACES = re.compile(r"Traceback|Error\b|Exception|None\b|%\(|[\x00-\x1f]")


def refusal_of(data: bytes, limits: Limits = LIMITS) -> WorkbookRefused:
    with pytest.raises(WorkbookRefused) as caught:
        read_workbook(data, limits=limits)
    return caught.value


@pytest.mark.parametrize("hostile", BROKEN, ids=lambda hostile: hostile.name)
def test_a_file_that_is_not_ours_is_refused_with_a_sentence(hostile: Hostile):
    begun = time.monotonic()
    refusal = refusal_of(hostile.make())
    assert (refusal.code, refusal.sheet, refusal.cell) == (hostile.code, hostile.sheet, hostile.cell)
    assert "Hãy" in refusal.sentence
    assert hostile.sheet in refusal.sentence
    assert hostile.cell in refusal.sentence
    assert len(refusal.sentence) < 400
    assert not TRACES.search(refusal.sentence)
    assert time.monotonic() - begun < 30


def test_there_are_sixty_of_them_and_more():
    assert len({hostile.name for hostile in BROKEN}) == len(BROKEN) > 60


def test_every_reason_to_refuse_has_a_sentence_and_every_sentence_a_file():
    folder = Path(xlsx.__file__).parent
    raised = {
        node.args[0].value
        for path in [*folder.glob("*.py"), folder.parent / "archives.py"]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if (isinstance(node.func, ast.Name) and node.func.id == "Refused")
        or (isinstance(node.func, ast.Attribute) and node.func.attr == "_refused")
    }
    assert raised - set(SENTENCES) - set(BUNDLE_SENTENCES) == set()
    # These need a file larger than a test should make, or an error that nobody foresees; see below.
    unmade = {"file", "size", "too-many-cells", "unreadable"}
    # These are found in templates alone, whose names and formulas are read: tests/lib/test_naming.py.
    of_templates = {"reaches-out", "too-many-names"}
    assert set(SENTENCES) - {hostile.code for hostile in BROKEN} == unmade | of_templates


# --- the limits themselves, made small ------------------------------------------------------

NUMBERED = of_rows("".join(f'<row r="{number}"/>' for number in range(1, 100_000)))()


@pytest.mark.parametrize(
    ("limits", "data", "code"),
    [
        (Limits(file=1000), NUMBERED, "file"),
        (Limits(unpacked=MIB), NUMBERED, "size"),
        (Limits(cells=5), of_rows("<row><c><v>1</v></c><c><v>1</v></c></row>" * 3)(), "too-many-cells"),
        (
            Limits(process=limited.Limits(output=100)),
            of_rows("<row><c><v>1</v></c></row>" * 30)(),
            "limit-output",
        ),
        (Limits(process=limited.Limits(wall_seconds=0.01)), of_rows("<row/>")(), "limit-wall"),
    ],
    ids=["file", "unpacked", "cells", "answer", "time"],
)
def test_each_limit_is_a_sentence(limits, data, code):
    refusal = refusal_of(data, limits)
    assert refusal.code == code
    assert "Hãy" in refusal.sentence


@cache
def many_texts() -> bytes:
    return packed(parts_of(sheet(ONE), texts=shared(*(f"<si><t>{n:080x}</t></si>" for n in range(350_000)))))


SMALL = replace(LIMITS, process=limited.Limits(memory=56 * MIB, cpu_seconds=3))


def test_more_texts_than_fit_into_memory_are_refused_with_a_sentence():
    # Python may run in circles once its memory is spent, until its processor time is spent too.
    assert refusal_of(many_texts(), SMALL).code in ("limit-memory", "limit-cpu")


def test_with_the_guard_off_they_would_take_more_than_allowed(monkeypatch):
    off = "from dxreport.lib import limited_child as c; c._limit = lambda **_: None; c.main()"
    monkeypatch.setattr(limited, "_START", f"{limited._START.partition('; from')[0]}; {off}")
    assert read_workbook(many_texts(), limits=SMALL).peak_memory > 56 * MIB


def test_elements_nested_without_end_are_refused_within_the_limits():
    deep = "".join(f"<a{number % 5003}>" for number in range(300_000))
    assert refusal_of(packed(parts_of(sheet(deep))), SMALL).code in (
        "limit-memory",
        "limit-cpu",
        "broken-part",
    )
