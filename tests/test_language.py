"""English is a complete second language: every message is translated, and no page falls back to Vietnamese.

CONTRIBUTING.md says how a new text gets its translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from schools.models import OrgUnit
from tests.messages import (
    Entry,
    Message,
    compiled,
    python_messages,
    read_mo,
    read_po,
    template_messages,
)
from tests.pages import CODES, LOOK_PAGES, PAGES, Page, prepare_large_figures
from tests.test_house import APPS
from tests.visible_text import VIETNAMESE, marked_words_of, template_words, words_of

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODULES = [path for part in (*APPS, "dxreport") for path in sorted((ROOT / part).rglob("*.py"))]

# In Vietnamese whatever the reader's language: the report and appendix, and the pages of their words.
OFFICIAL = ROOT / "templates" / "documents"
# The page of building blocks, for developers; its samples are of the Vietnamese screens.
SAMPLES = ROOT / "templates" / "look"
# The frame of a topic (templates/guide/topic.html) marks its text as Vietnamese.
GUIDE_TEXT = ROOT / "templates" / "guide" / "topics"


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- The catalogue of messages --------------------------------------------------------


@cache
def entries() -> list[Entry]:
    return read_po(CATALOGUE)


def test_every_message_is_translated():
    untranslated = [str(one.message) for one in entries() if not all(one.translations)]

    assert len(entries()) > 500
    assert untranslated == []


def test_no_translation_is_only_guessed():
    """gettext leaves a fuzzy translation out, so that the page would be in Vietnamese."""
    assert [str(one.message) for one in entries() if "fuzzy" in one.flags] == []


def test_translations_are_english():
    assert [text for one in entries() for text in one.translations if VIETNAMESE.search(text)] == []


PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}")


def test_translations_keep_what_is_filled_in():
    """A misspelt name raises only when the sentence is shown."""
    wrong = [
        f"{one.message} -> “{text}”"
        for one in entries()
        for text, form in zip(one.translations, (one.message.text, one.message.plural), strict=False)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(form))
    ]

    assert wrong == []


def test_the_compiled_file_holds_the_same():
    translations = read_mo(CATALOGUE.with_suffix(".mo"))

    differing = [str(one.message) for one in entries() if compiled(translations, one) != one.translations]
    assert differing == [], "run: manage.py compilemessages -l en"


def messages_in_sources() -> Iterator[tuple[str, Message]]:
    for path in TEMPLATES:
        for message in template_messages(path.read_text(encoding="utf-8")):
            yield name_of(path), message
    for path in MODULES:
        for message in python_messages(path.read_text(encoding="utf-8")):
            yield name_of(path), message


def test_every_message_of_the_sources_is_in_the_catalogue():
    known = {(one.message.context, one.message.text) for one in entries()}
    missing = [
        f"{place}: {message}"
        for place, message in messages_in_sources()
        if (message.context, message.text) not in known
    ]

    assert missing == [], "run: manage.py makemessages -l en, and translate"


PYTHON_SAMPLES = [
    ('from django.utils.translation import gettext_lazy as _\n_("a" "b")', [("", "ab", "")]),
    ('from django.utils.translation import gettext as say\nsay("a") % {"b": 1}', [("", "a", "")]),
    ('from django.utils.translation import ngettext\nngettext("a", "b", n)', [("", "a", "b")]),
    ('from django.utils.translation import pgettext_lazy\npgettext_lazy("menu", "a")', [("menu", "a", "")]),
    ('from django.utils import translation\ntranslation.gettext_noop("a")', [("", "a", "")]),
    ("from django.utils.translation import gettext\ngettext(text)", []),
    ('from gettext import gettext as _\n_("a")', []),
]


@pytest.mark.parametrize(("source", "expected"), PYTHON_SAMPLES)
def test_messages_are_found_in_python(source, expected):
    assert list(python_messages(source)) == expected


TEMPLATE_SAMPLES = [
    ('{% translate "a (b)" %}', [("", "a (b)", "")]),
    ('{% translate "a" context "menu" %}', [("menu", "a", "")]),
    ("{% translate 'a' as b %}{{ _(\"c\") }}", [("", "a", ""), ("", "c", "")]),
    ("{% blocktranslate with x=y %}a {{ x }}{% endblocktranslate %}", [("", "a %(x)s", "")]),
    (
        "{% blocktranslate count n=n %}{{ n }} ô{% plural %}{{ n }} các ô{% endblocktranslate %}",
        [("", "%(n)s ô", "%(n)s các ô")],
    ),
    ('{% comment %}{% translate "a" %}{% endcomment %}<p title="b">c</p>', []),
]


@pytest.mark.parametrize(("source", "expected"), TEMPLATE_SAMPLES)
def test_messages_are_found_in_templates(source, expected):
    assert list(template_messages(source)) == expected


# --- Templates ------------------------------------------------------------------------


def test_templates_translate_their_words():
    """Only what stands in an element marked lang="vi" may stay Vietnamese."""
    wrong = [
        f"{name_of(path)}: {text}"
        for path in TEMPLATES
        if not any(path.is_relative_to(one) for one in (OFFICIAL, SAMPLES, GUIDE_TEXT))
        for text in template_words(path.read_text(encoding="utf-8"))
        if VIETNAMESE.search(text)
    ]

    assert wrong == []


WORDS = [
    ("<p>Ngôn ngữ</p>", ["Ngôn ngữ"]),
    ('<p {% if a %}b{% endif %} title="Đơn vị">{% translate "Mã" %}</p>', ["Đơn vị"]),
    ('{% include "a.html" with title="Mã" %}', ["a.html", "Mã"]),
    ('<p lang="vi">Mã<br>Tên</p><p>Code</p>', ["Code"]),
    ("{# Mã #}{% comment %}Mã{% endcomment %}<!-- Mã --><script>let mã</script>", []),
    ("{% blocktranslate %}Mã{% endblocktranslate %}", []),
    ('<script type="application/json">{"title": ["Mã", 1]}</script>', ["Mã"]),
    ('<input type="submit" value="Lưu"><input value="Trường A"><img alt="Ảnh">', ["Lưu", "Ảnh"]),
]


@pytest.mark.parametrize(("source", "expected"), WORDS)
def test_words_of_a_template_are_seen(source, expected):
    assert [text for text in template_words(source) if text] == expected


# --- Pages in English -----------------------------------------------------------------

DOCUMENTS = (Page("appendix", "/appendix/", "officer"), Page("report", "/report/", "officer"))
EVERYWHERE = ("leader", "officer", "reviewer_1", "clerk_101")  # open what any role may
COMMON = ("/", "/appendix/", "/indicators/", "/org-units/")


def pages_by_person() -> dict[str, list[Page]]:
    pages = {*PAGES, *LOOK_PAGES[1:], *DOCUMENTS}
    pages |= {Page(path, path, person) for person in EVERYWHERE for path in COMMON}
    ordered = sorted(pages, key=lambda page: (page.person, page.path))
    return {person: list(group) for person, group in groupby(ordered, key=lambda page: page.person)}


@pytest.fixture
def english(client, db):
    """A client that reads English, before a province with figures that need separators: 7,661 and 84.34%."""
    province = prepare_large_figures("en")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.people = province.people
    return client


def open_pages(client, person: str, pages: list[Page]) -> Iterator[tuple[Page, str]]:
    """The pages as `person` gets them, each asserted to be in English."""
    if person:
        client.force_login(client.people[person])
    for page in pages:
        answer = client.get(page.path.format(**CODES))
        html = answer.content.decode()
        assert answer.status_code == 200, page
        assert '<html lang="en"' in html, page
        yield page, html


def known_data() -> re.Pattern[str]:
    """Everything stored as text: names of units and periods, the catalogue, people, audit subjects."""
    values = {
        value
        for model in apps.get_models()
        if model._meta.app_label in APPS
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField) and not column.choices
        for value in model._base_manager.values_list(column.name, flat=True)
        if value and VIETNAMESE.search(value)
    }
    # A section of a draft is shown line by line, and a prompt of it without its brackets.
    lines = {line.removeprefix("- ") for value in values for line in value.splitlines()}
    values |= lines | {line[1:-1] for line in lines if line.startswith("[")}
    for name in OrgUnit.objects.values_list("name", flat=True):  # side by side, without their shared words
        words = name.split()
        values |= {" ".join(words[start:]) for start in range(1, len(words) - 1)}
    # Names also stand inside sentences, with a small first letter, and at the head of a row with a large one.
    letters = (str.lower, str.upper)
    variants = {change(value[0]) + " ".join(value.split())[1:] for value in values for change in letters}
    longest_first = sorted(variants, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:{})(?!\w)".format("|".join(map(re.escape, longest_first))))


def faults_of(html: str, data: re.Pattern[str]) -> list[str]:
    """Texts outside lang="vi" with Vietnamese words that are no data."""
    return [f"Vietnamese: {text}" for text in words_of(html) if VIETNAMESE.search(data.sub(" ", text))]


@pytest.mark.urls("tests.look.urls")
@pytest.mark.parametrize("person", sorted(pages_by_person()), ids=lambda person: person or "nobody")
def test_pages_speak_english(person, english):
    data = known_data()

    assert [
        f"{page.name} ({page.path}): {fault}"
        for page, html in open_pages(english, person, pages_by_person()[person])
        for fault in faults_of(html, data)
    ] == []


def test_figures_are_written_the_english_way(english):
    """The formats of all pages are looked at in tests/look/test_formats.py."""
    [(_page, html)] = open_pages(english, "officer", [Page("figure", "/units/DN/indicators/T1/", "officer")])
    text = " ".join(words_of(html))

    assert "7,700" in text
    assert "77.92%" in text


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_official_documents_stay_vietnamese_and_say_so(page, english):
    [(_page, html)] = open_pages(english, "officer", [page])

    assert VIETNAMESE.search(" ".join(marked_words_of(html)))


def test_a_refusal_speaks_english(english):
    english.force_login(english.people["clerk_101"])
    answer = english.get("/units/DN/")

    assert answer.status_code == 404
    assert faults_of(answer.content.decode(), known_data()) == []


FAULTY = [
    ("<p>Kỳ 2023</p>", ["Vietnamese: Kỳ 2023"]),
    ("<p>Năm 2023</p>", []),
    ("<p>7,661 of 9,083 in 131/QĐ</p>", ["Vietnamese"]),
    ('<p lang="vi">Kỳ 2023: 7.661</p>', []),
]


@pytest.mark.parametrize(("html", "expected"), FAULTY)
def test_faults_of_language_are_seen(html, expected):
    found = faults_of(html, re.compile("Năm"))

    assert len(found) == len(expected)
    assert all(fault.startswith(start) for fault, start in zip(found, expected, strict=True))


def test_the_icon_that_browsers_ask_for_by_themselves_is_there(client):
    """Pages of the administration name none, so that the browser asks for /favicon.ico."""
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert answer["Location"].endswith("/favicon.svg")
