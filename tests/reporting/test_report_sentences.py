import pytest

from reporting.report.markup import Prose, Words, parse
from reporting.report.sentences import Decided, sentences
from reporting.report.tokens import Token


def split(text: str) -> list[str]:
    (entry,) = parse(text)
    assert isinstance(entry, Prose)
    parts = [part for part in entry.parts if isinstance(part, Words | Token)]
    return ["".join(map(_shown, one)) for one in sentences(parts)]


def _shown(part: Decided) -> str:
    return part.text if isinstance(part, Words) else str(part)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Một. Hai! Ba?", ["Một.", "Hai!", "Ba?"]),
        ("Có {A1.1.value}. {unit.who} có.", ["Có {A1.1.value}.", "{unit.who} có."]),
        ("Có {A1.1.value}.{A1.1.notes} Hai.", ["Có {A1.1.value}.{A1.1.notes}", "Hai."]),
        ("Ngày 5.3.2024 và 7.661 máy.", ["Ngày 5.3.2024 và 7.661 máy."]),
        ("Ở TP. Gia Nghĩa có. Hết.", ["Ở TP. Gia Nghĩa có.", "Hết."]),
        ("Ký thay: KT. Giám đốc.", ["Ký thay: KT. Giám đốc."]),
        ("Đồ dùng, v.v. và sách.", ["Đồ dùng, v.v. và sách."]),
        ("Ông nói “Có.” Bà nói “Không.”", ["Ông nói “Có.”", "Bà nói “Không.”"]),
        ("một.  hai", ["một. hai"]),
    ],
)
def test_a_sentence_ends_where_a_reader_sees_it_end(text: str, found: list[str]) -> None:
    assert split(text) == found
