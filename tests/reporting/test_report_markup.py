import random
import unicodedata

import pytest

from reporting.report.conditions import STATES, Condition, read_condition
from reporting.report.markup import (
    MOST_NAMED,
    Choice,
    Entry,
    Footnote,
    MarkupError,
    Named,
    Part,
    Prompt,
    Prose,
    Words,
    entries,
    errors,
    parse,
    to_markup,
    tokens_of,
)
from reporting.report.tokens import Token


def only(text: str) -> Entry:
    (entry,) = parse(text)
    return entry


def test_a_line_is_a_paragraph_and_empty_lines_are_nothing() -> None:
    assert parse("Một.\n\n  Hai.  \r\n") == (Prose((Words("Một."),)), Prose((Words("Hai."),)))
    assert parse("") == ()


def test_a_dash_opens_an_item() -> None:
    assert only("- Một.") == Prose((Words("Một."),), item=True)
    assert only("-Một.") == Prose((Words("-Một."),))


def test_brackets_around_a_line_ask_the_author() -> None:
    assert only("[Bổ sung văn bản.]") == Prompt("Bổ sung văn bản.")


def test_tokens_stand_between_words_and_know_their_places() -> None:
    text = "Đầu.\n- Có {A1.1.value} giáo viên."
    found = parse(text)[1]
    assert found == Prose((Words("Có "), Token("A1.1", "value"), Words(" giáo viên.")), item=True)
    (token,) = tokens_of(text)
    assert text[slice(*token.at)] == "{A1.1.value}"


def test_a_phrase_has_a_condition_and_what_is_said_otherwise() -> None:
    assert only("{A1.1 tăng: tăng|{A1.1 giảm: giảm|không đổi}}") == Prose(
        (
            Choice(
                Condition("A1.1", "up"),
                (Words("tăng"),),
                (Choice(Condition("A1.1", "down"), (Words("giảm"),), (Words("không đổi"),)),),
            ),
        )
    )


def test_a_phrase_may_be_for_a_section_that_has_nothing_else() -> None:
    assert only("{nếu trống: Không có.}") == Prose((Choice(None, (Words("Không có."),)),))


def test_tables_and_charts_have_a_line_of_their_own() -> None:
    assert only("{bảng targets}") == Named("table", "targets")
    assert only("{biểu đồ units A1.1}") == Named("chart", "units", "A1.1")


def test_a_footnote_may_hold_figures() -> None:
    assert only("Một^[Theo {A1.1.counted} trường.].") == Prose(
        (Words("Một"), Footnote((Words("Theo "), Token("A1.1", "counted"), Words(" trường."))), Words("."))
    )


def test_a_backslash_takes_the_meaning_from_a_mark() -> None:
    assert only(r"\- a \{b\} c\|d \^[e] \\ f\g") == Prose((Words(r"- a {b} c|d ^[e] \ f\g"),))


@pytest.mark.parametrize(
    ("text", "words", "complaint"),
    [
        ("Có {A1.1} máy.", "{A1.1}", "không đọc được ký hiệu"),
        ("Có {A1.1.value máy.", "{A1.1.value máy.", "chưa được đóng"),
        ("Có } máy.", "}", "thừa dấu"),
        ("{A1.1 to: x}", "{A1.1 to: ", "không có điều kiện “to”"),
        ("{A1.1 dưới: x}", "{A1.1 dưới: ", "không có điều kiện"),
        ("Xem {bảng targets}.", "{bảng targets}", "đứng riêng một dòng"),
        ("Có {A1.1 đạt: x", "{A1.1 đạt: x", "chưa được đóng"),
        ("Có ^[chú thích", "^[chú thích", "chưa được đóng"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_points_at_it(text: str, words: str, complaint: str) -> None:
    source = f"Đầu.\n{text}\nCuối."
    with pytest.raises(MarkupError, match=complaint) as caught:
        parse(source)
    error = caught.value
    assert error.line == 2
    assert source[error.start : error.end] == words
    assert str(error).startswith("Dòng 2: ")


def test_a_section_has_so_many_tables_and_charts_and_no_more() -> None:
    line = "{bảng targets}\n"
    assert len(parse(line * MOST_NAMED)) == MOST_NAMED

    [error] = errors(line * (MOST_NAMED + 1))
    assert (error.line, str(MOST_NAMED) in str(error)) == (MOST_NAMED + 1, True)
    assert len(entries(line * 3000)) == MOST_NAMED


def test_phrases_within_phrases_end_somewhere() -> None:
    deep = "{A1.1 đạt: " * 5000
    with pytest.raises(MarkupError, match="quá sâu"):
        parse(f"{deep}x{'}' * 5000}")
    shallow = f"{'{A1.1 đạt: ' * 5}x{'}' * 5}"
    assert to_markup(parse(shallow)) == shallow


def test_marks_behind_their_letters_are_read_as_well() -> None:
    text = "{nếu trống: Không.}\n{A1.1 chưa đạt: Còn.}\n{bảng targets}"
    assert [type(one) for one in parse(unicodedata.normalize("NFD", text))] == [Prose, Prose, Named]


def test_every_line_that_cannot_be_read_is_found() -> None:
    assert [error.line for error in errors("{x\nHay.\n}")] == [1, 3]


@pytest.mark.parametrize("state", STATES)
def test_every_condition_is_read_as_it_is_written(state: str) -> None:
    limit = "1.234,5" if state in ("below", "above") else ""
    condition = read_condition("A1.1", f"{STATES[state]} {limit}".strip())
    assert condition is not None
    assert condition.state == state
    assert only(f"{{{condition.words}: x}}") == Prose((Choice(condition, (Words("x"),)),))


def test_what_is_written_is_read_back_the_same() -> None:
    by_chance = random.Random(20230215)
    for _ in range(400):
        written = tuple(_entry(by_chance) for _ in range(by_chance.randint(0, 4)))
        assert parse(to_markup(written)) == written, to_markup(written)


def _entry(by_chance: random.Random) -> Entry:
    kind = by_chance.randrange(6)
    if kind == 0:
        return Prompt("Bổ sung: số, ngày.")
    if kind == 1:
        return Named(by_chance.choice(["table", "chart"]), "units", by_chance.choice(["", "B1.10"]))
    return Prose(_parts(by_chance, 3, outermost=True), item=by_chance.random() < 0.5)


def _parts(by_chance: random.Random, depth: int, *, outermost: bool = False) -> tuple[Part, ...]:
    """Parts as reading gives them: words never beside words, and something other than spaces around."""
    parts: list[Part] = [Words(_text(by_chance))] if outermost else []
    for _ in range(by_chance.randint(1, 3)):
        words = bool(parts) and isinstance(parts[-1], Words)
        parts.append(_part(by_chance, depth, words=not words))
    return (*parts, Token("A1.1", "value"))


def _part(by_chance: random.Random, depth: int, *, words: bool) -> Part:
    kind = by_chance.randrange(4)
    if kind == 0 and depth:
        condition = by_chance.choice([None, Condition("A2.1", "not_met"), Condition("B1", "yes")])
        otherwise = _parts(by_chance, depth - 1) if by_chance.random() < 0.5 else ()
        return Choice(condition, _parts(by_chance, depth - 1), otherwise)
    if kind == 1 and depth:
        return Footnote(_parts(by_chance, depth - 1))
    return Words(_text(by_chance)) if words and kind > 1 else Token("B1.10", "names")


def _text(by_chance: random.Random) -> str:
    marks = ["{", "}", "|", "[", "]", "\\", "^", "^[", "- ", "[a]", "ấ", ":", "7,5", "; "]
    return "".join(by_chance.choices([*marks, "x"], k=by_chance.randint(1, 5))) + "y"
