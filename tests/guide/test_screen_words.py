"""Every phrase that the guide marks as standing on the screen stands there: `<b class="ui">`."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from dxreport.guide.contents import TOPICS
from dxreport.guide.reading import body_of
from tests.messages import python_messages, template_messages
from tests.test_house import APPS, ROOT

MARKED = re.compile(r'<b class="ui">(.*?)</b>', re.DOTALL)
FILLED_IN = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
MODULES = [path for part in (*APPS, "dxreport") for path in sorted((ROOT / part).rglob("*.py"))]
GUIDE = ROOT / "templates" / "guide"
TEMPLATES = [path for path in sorted((ROOT / "templates").rglob("*.html")) if not path.is_relative_to(GUIDE)]


def words_of(slug: str) -> list[str]:
    return [" ".join(unescape(found).split()) for found in MARKED.findall(body_of(TOPICS[slug]))]


def sentences(path: Path) -> Iterator[str]:
    """What a source may show: its messages, and in the administration any text."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        messages = template_messages(source)
    else:
        messages = python_messages(source)
        if path.parent.name == "admin":
            yield from (
                node.value
                for node in ast.walk(ast.parse(source))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
    for message in messages:
        yield from filter(None, (message.text, message.plural))


def letters_in(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


@cache
def on_the_screens() -> tuple[frozenset[str], tuple[tuple[int, re.Pattern[str]], ...]]:
    """All texts as they are, and those with something filled in as patterns with their letters counted."""
    plain, patterns = set[str](), []
    for path in (*MODULES, *TEMPLATES):
        for text in sentences(path):
            one = " ".join(text.split())
            if FILLED_IN.search(one):
                pieces = FILLED_IN.split(one)
                patterns.append((letters_in("".join(pieces)), re.compile(".+".join(map(re.escape, pieces)))))
            else:
                plain.add(one)
    return frozenset(plain), tuple(patterns)


def stands_somewhere(words: str) -> bool:
    """A sentence counts with or without the colon that ends it, a filled-in one if it says much itself."""
    plain, patterns = on_the_screens()
    return (
        words in plain
        or f"{words}:" in plain
        or any(pattern.fullmatch(words) for said, pattern in patterns if 2 * said > letters_in(words))
    )


@pytest.mark.parametrize("slug", TOPICS)
def test_what_the_guide_calls_a_word_of_the_screen_stands_there(slug):
    missing = [words for words in words_of(slug) if not stands_somewhere(words)]

    assert missing == [], f"Not on any screen; say it in templates/guide/topics/{slug}.html as it is now"


def test_a_word_of_no_screen_is_found_out():
    assert stands_somewhere("Kiểm tra và nộp")
    assert stands_somewhere("Mở kỳ 2031")
    assert not stands_somewhere("Kiểm tra và gửi đi")
    assert not stands_somewhere("2031")
