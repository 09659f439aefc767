"""Every number and date on every page, and in the words of its tables as files, is in the reader's format."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from itertools import groupby
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.test import Client

from dxreport.lib import numbers
from tests.formats import format_faults
from tests.pages import CODES, LOOK_PAGES, PAGES, Page, prepare_large_figures
from tests.visible_text import marked_words_of, words_of

pytestmark = [pytest.mark.any_database, pytest.mark.django_db, pytest.mark.urls("tests.look.urls")]

BY_PERSON = {
    person: list(dict.fromkeys(pages))
    for person, pages in groupby(
        sorted((*PAGES, *LOOK_PAGES[1:]), key=lambda page: page.person), key=lambda page: page.person
    )
}
LANGUAGES = ("vi", "en")
TABLE_FILE = re.compile(r'href="([^"?]*\.csv(?:\?[^"]*)?)"')
# What is typed so, or names something, or waits in a field: not written by us.
VERBATIM = re.compile(r'<(kbd|code)\b[^>]*>.*?</\1>|"typed": \{[^{}]*\}', re.DOTALL)
# As files write numbers and days for machines.
MACHINE = re.compile(r"-?\d+(?:\.\d+)?|\d{4}-\d{2}-\d{2}")


def reader(province, person: str, language: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if person:
        client.force_login(province.person(person))
    return client


def faults_of_page(html: str, language: str) -> list[str]:
    """Of its texts, labels and titles; what is marked as Vietnamese is written as Vietnamese."""
    written = VERBATIM.sub(lambda found: "" if found[1] else '"typed": {}', html)
    texts = [(text, language) for text in words_of(written)]
    texts += [(text, "vi") for text in marked_words_of(written)]
    return [f"{fault} in “{text}”" for text, spoken in texts for fault in format_faults(text, spoken)]


def faults_of_table(data: bytes, language: str) -> list[str]:
    """Of the words of a CSV file: a cell that is a number or a day alone is for machines."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row if not MACHINE.fullmatch(cell)]
    return [f"{fault} in “{cell}”" for cell in cells for fault in format_faults(cell, language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", BY_PERSON, ids=lambda person: person or "nobody")
def test_every_number_and_date_is_in_the_format_of_the_language(person, language):
    client = reader(prepare_large_figures(language), person, language)
    found, files = [], set()
    for page in BY_PERSON[person]:
        answer = client.get(page.path.format(**CODES))
        html = answer.content.decode()
        assert answer.status_code == 200, page
        found += [f"{page.name}: {fault}" for fault in faults_of_page(html, language)]
        files |= {
            urljoin(page.path.format(**CODES), unescape(address)) for address in TABLE_FILE.findall(html)
        }
    for address in sorted(files):
        answer = client.get(address)
        assert answer.status_code == 200, address
        data = b"".join(answer) if answer.streaming else answer.content
        found += [f"{address}: {fault}" for fault in faults_of_table(data, language)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(("language", "right"), [("vi", "84,34%"), ("en", "84.34%")])
def test_with_the_formatter_of_the_other_language_the_crawl_sees_it(monkeypatch, language, right):
    province = prepare_large_figures(language)
    page = Page("figure", "/units/DN/indicators/T1/", "officer")

    def faults() -> list[str]:
        html = reader(province, page.person, language).get(page.path).content.decode()
        assert right in html or "7" in html
        return faults_of_page(html, language)

    assert faults() == []
    marks = {"vi": numbers.ENGLISH, "en": numbers.VIETNAMESE}[language]
    monkeypatch.setattr(numbers, "notation", lambda _language=None: marks)
    assert faults() != []


WRITTEN = [
    # text, faults in Vietnamese, faults in English
    ("7.661 trên 9.083: 84,34%", 0, 3),
    ("7,661 of 9,083: 84.34%", 3, 0),
    ("7661 giáo viên", 1, 1),
    ("1234567", 1, 1),
    ("7 661", 0, 0),
    ("0,843443… và 0,5", 0, 2),
    ("1.234,5 so với 1,234.5", 1, 1),
    ("05/03/2024", 0, 1),
    ("5/3/2024", 1, 1),
    ("5 Mar 2024", 1, 0),
    ("05 March 2024, Mar 5, 2024", 2, 2),
    ("2024-03-05", 1, 1),
    ("14:05 05/03/2024", 0, 1),
    ("2:05 p.m.", 1, 1),
    ("năm 2023, các năm 2022–2023", 0, 0),
    ("Quyết định 4725/QĐ-BGDĐT, Nghị định 30/2020/NĐ-CP", 0, 0),
    ("A1.1, DN-1001, phieu_2023.xlsx", 0, 0),
    ("Ô “7,661” có dấu phẩy, hãy gõ 7661 hoặc 7.661.", 0, 0),
    ("12/12 phiếu, −3,5 điểm, +1.234", 0, 2),
]


@pytest.mark.parametrize(("text", "vietnamese", "english"), WRITTEN, ids=[text for text, *_ in WRITTEN])
def test_a_wrong_format_is_seen(text, vietnamese, english):
    assert [len(format_faults(text, language)) for language in LANGUAGES] == [vietnamese, english]


def test_titles_labels_and_charts_are_read_too():
    html = """<html lang="vi"><body><p title="7,661" aria-label="84.34%">x</p><img alt="5 Mar 2024">
      <script type="application/json">{"label": "9,083"}</script><p lang="vi">1,234</p></body></html>"""
    assert len(faults_of_page(html, "vi")) == 5
    assert faults_of_table(b"a,b\n84.34,2024-03-05\n7661,\xc4\x91\xe1\xba\xbfn 05/03/2024\n", "vi") == []
    assert len(faults_of_table(b"a,b\n84.34,until 05/03/2024\n", "en")) == 1
