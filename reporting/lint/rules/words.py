"""What a number is about: the words around it, brought to one form so that two mentions can be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reporting.lint.numbers import COUNT, FRACTION, OTHER, PERCENT, Token
from reporting.lint.plain import CAPITAL
from reporting.lint.prose import Sentence

# One way of writing for what is written in several.
_SAME = (
    (r"\bcsgd\b", "cơ sở giáo dục"),
    (r"\bgv\b", "giáo viên"),
    (r"\bhs\b", "học sinh"),
    (r"\bcbql\b", "cán bộ quản lý"),
    (r"\bcntt\b", "công nghệ thông tin"),
    (r"\bthcs\b", "trung học cơ sở"),
    (r"\bthpt\b", "trung học phổ thông"),
    (r"\bgdtx\b", "giáo dục thường xuyên"),
    (r"\btthc\b", "thủ tục hành chính"),
    (r"\bgdđt\b|\bgd&đt\b", "giáo dục và đào tạo"),
    (r"\bmáy vi tính\b", "máy tính"),
    (r"\btỷ\b", "tỉ"),
    (r"\bkĩ\b", "kỹ"),
    (r"\blí\b", "lý"),
)
# Words and syllables that tell nothing about what is counted.
_EMPTY_PHRASES = re.compile(
    r"(?<!\w)(?:hiện nay|hiện tại|nhìn chung|đến nay|tính đến|kết quả|thời gian qua|trong thời gian"
    r"|như sau|cụ thể"
    r"|số lượng|tổng số|tổng cộng|tỉ lệ|tỉ trọng|toàn tỉnh|toàn ngành|cả tỉnh|cả nước|tổng|số"
    r"|kết quả cho thấy)(?!\w)"
)
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "có là đạt được đã đang hiện chiếm với các những của và cho trong tại về ở do bởi để thì mà theo này"
        " đó người em đến hết năm khoảng gồm qua vẫn ước khi từ rằng một cũng bằng tỉnh ngành đều nay",
    )
)
# Whatever they stand with is not simply how many there are.
ASIDE = re.compile(
    r"(?<!\w)(?:tăng|giảm|thêm|so với|mục tiêu|chỉ tiêu|phấn đấu|kế hoạch giao|dự kiến|cần|đề nghị"
    r"|bình quân|trung bình"
    r"|mỗi|tối thiểu|tối đa|lần lượt|trước đây|cùng kỳ|lên|vượt|trước đó|đầu năm|đầu kỳ|cuối kỳ|hằng năm"
    r"|hàng năm"
    r"|một số|thiếu|sẽ|giai đoạn)(?!\w)",
    re.IGNORECASE,
)
LEVELS = (
    r"mầm non|mẫu giáo|nhà trẻ|tiểu học|trung học cơ sở|thcs|trung học phổ thông|thpt|trung học"
    r"|giáo dục thường xuyên"
    r"|gdtx|phổ thông|cấp sở|cấp phòng|cấp trường|cấp tỉnh|cấp huyện|cấp xã|công lập|tư thục"
    r"|ngoài công lập|nữ|nam"
    r"|dân tộc thiểu số|biên chế|hợp đồng|nội trú|bán trú|chuyên|mức độ \d|cấp \d|lớp \d+|khối \d+"
)
_QUALIFIERS = re.compile(rf"(?<!\w)(?:{LEVELS})(?!\w)", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:[Hh]uyện|[Tt]hành phố|TP\.?|[Tt]hị xã|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]ỉnh|[Tt]rường|[Pp]hòng"
    r"|[Cc]ụm|[Đđ]ội|[Tt]ổ)"
    rf"(?:\s(?:GDĐT|GD&ĐT|THPT|THCS|Tiểu học|Mầm non|Giáo dục và Đào tạo))*((?:\s[{CAPITAL}][\w']*)+)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|học kỳ \w+|quý \w+|tháng \d+|đợt \d+", re.IGNORECASE)
_CUT = re.compile(r"[,;.:()\[\]]|\s-\s|^\s*[-+•*]\s")
# A comma within what is counted ("giáo dục phổ thông, giáo dục thường xuyên") ends no clause; one before
# these words does.
_ENDS = re.compile(
    r"[;.:()\[\]]|\s-\s|,\s*(?=(?:đạt|chiếm|tăng|giảm|trong đó|tương|bằng|vượt|có|đã|đang|do|nhằm|góp"
    r"|giúp|còn|tỉ|tỷ|nâng|gồm"
    r"|bao gồm|với|so|và|từ|qua|đây|là|cao|thấp|đáp ứng|được|để|cho|phục vụ|trên|hiện|nhưng|song|tuy|vẫn"
    r"|bảo đảm|đảm bảo"
    r"|hoàn thành|riêng|cụ thể|ước|khoảng|gần|hơn|không|chưa|sau|trước|bên cạnh|ngoài|bình quân|nhiều|ít"
    r"|số)(?!\w)|\d)"
)
_WORD = re.compile(r"[^\W\d_][\w&-]*")


class Subject(NamedTuple):
    """What a number counts: the words that say so, the times and the places and groups it is confined to."""

    words: frozenset[str]
    times: frozenset[str]
    groups: frozenset[str]
    is_whole: bool


def folded(words: str) -> str:
    """Words in small letters, in one way of writing."""
    words = " ".join(words.lower().split())
    for pattern, same in _SAME:
        words = re.sub(pattern, same, words)
    return words


def content(words: str) -> frozenset[str]:
    """The words that tell something."""
    return frozenset(_WORD.findall(_EMPTY_PHRASES.sub(" ", folded(words)))) - _EMPTY


@lru_cache(2048)
def groups(words: str) -> frozenset[str]:
    """Levels, kinds and named places that words confine a number to."""
    return frozenset(folded(found) for found in _QUALIFIERS.findall(folded(words))) | frozenset(
        folded(name) for name in _NAMES.findall(words)
    )


@lru_cache(2048)
def times(words: str) -> frozenset[str]:
    """Years and parts of years that words confine a number to."""
    return frozenset(_YEAR.findall(words.lower()))


_WHOLE = re.compile(
    r"toàn (?:tỉnh|ngành|huyện|thành phố|quốc)|cả (?:tỉnh|nước)|tổng(?: số| cộng)?(?!\w)", re.IGNORECASE
)


def clause(sentence: Sentence, token: Token) -> tuple[str, str]:
    """The words before and after a number that belong to it: its clause, without the numbers beside it.

    A label before a colon belongs to the number behind it: "Số giáo viên có máy tính: 7.661".
    """
    return _head(sentence, token), _ENDS.split(_tail(sentence, token), maxsplit=1)[0]


def _head(sentence: Sentence, token: Token) -> str:
    before = sentence.before(token)
    if before.rstrip().endswith(":"):
        return re.split(r"[:;.]", before.rstrip()[:-1])[-1]
    head = _CUT.split(before)[-1]
    counted = [
        one.end
        for one in sentence.tokens
        if one.end <= token.start and one.kind in (COUNT, PERCENT, FRACTION)
    ]
    return (
        head[-min(len(head), token.start - counted[-1]) :] if counted and counted[-1] < token.start else head
    )


def _tail(sentence: Sentence, token: Token) -> str:
    """The words behind a number up to the next one."""
    following = (one.start for one in sentence.tokens if one.start >= token.end and one.kind != OTHER)
    return sentence.between(token.end, next(following, sentence.end))


def subjects(sentence: Sentence, token: Token) -> Iterator[Subject]:
    """What `token` may count: a comma may end what is counted, or stand within it."""
    head, tail = clause(sentence, token)
    for comma in [*(found.start() for found in re.finditer(",", tail)), len(tail)]:
        own = f"{head} {tail[:comma]}"
        yield Subject(
            words=content(own),
            times=times(sentence.between(sentence.start, sentence.end)),
            groups=groups(own),
            is_whole=bool(_WHOLE.search(own)),
        )
