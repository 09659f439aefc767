"""The guide: every page opens for everybody, the reader's own first; search needs no marks."""

import re

import pytest

from dxreport.guide.contents import GROUPS, TOPICS, groups_for
from dxreport.guide.reading import body_of, sections_of
from dxreport.guide.search import search
from schools.models import User
from schools.roles import Role
from tests.province import build_province

LINK = re.compile(r'href="(/guide/([\w-]+)/)?#([\w-]+)"')


@pytest.mark.parametrize("slug", TOPICS)
def test_every_topic_opens_without_signing_in(client, db, slug):
    page = client.get(TOPICS[slug].url)

    assert page.status_code == 200
    assert '<div class="guide-text" lang="vi">' in page.content.decode()


@pytest.mark.parametrize("slug", TOPICS)
def test_every_topic_has_named_sections_with_text(slug):
    sections = sections_of(TOPICS[slug])

    assert sections
    assert all(section.heading and section.text for section in sections)
    assert len({section.anchor for section in sections}) == len(sections)


def test_every_link_within_the_guide_leads_to_a_section():
    anchors = {(slug, section.anchor) for slug, topic in TOPICS.items() for section in sections_of(topic)}
    links = {
        (found[2] or slug, found[3])
        for slug, topic in TOPICS.items()
        for found in LINK.finditer(body_of(topic))
    }

    assert links
    assert links <= anchors


def test_an_unknown_topic_is_not_found(client, db):
    assert client.get("/guide/khong-co/").status_code == 404


def test_the_reader_of_a_role_meets_its_part_first():
    assert groups_for([Role.REVIEWER])[0].role is Role.REVIEWER
    assert groups_for([Role.AUDITOR])[0].role is Role.ADMINISTRATOR
    assert groups_for([]) == list(GROUPS)


def test_the_contents_put_the_leaders_part_first(client, db):
    build_province()
    client.force_login(User.objects.get(username="leader"))
    page = client.get("/guide/").content.decode()

    assert page.index("Đọc trang Tổng quan") < page.index("Nhập phiếu kỳ này")


@pytest.mark.parametrize("question", ["trả lại ô", "TRA LAI O", "tra  lai o"])
def test_search_takes_no_marks_and_no_case(question):
    found = {one.section.url for one in search(question)}

    assert "/guide/reviewing/#return" in found
    assert "/guide/returned/#mend" in found
    assert "/guide/words/#terms" not in found


def test_search_puts_headings_first_and_marks_what_it_found():
    first = search("gia han")[0]

    assert first.section.heading == "Gia hạn"
    assert ("hạn", True) in [(text.strip(".,;: "), is_found) for text, is_found in first.pieces]


@pytest.mark.parametrize("question", ["", "   ", "\x00", "'\"<script>"])
def test_a_question_without_words_of_the_guide_finds_nothing(client, db, question):
    page = client.get("/guide/", {"q": question})

    assert page.status_code == 200
    assert "<script>" not in page.content.decode().split("</head>")[1]
    assert search(question) == []


def test_who_finds_nothing_is_told_how_to_go_on(client, db):
    assert "gõ không dấu cũng tìm được" in client.get("/guide/?q=zzzz").content.decode()


def test_in_english_the_frame_is_english_and_the_text_says_that_it_is_not(client, db):
    client.cookies["django_language"] = "en"
    page = client.get(TOPICS["entering"].url).content.decode()

    assert 'lang="en"' in page
    assert '<div class="guide-text" lang="vi">' in page
    assert '<p class="notice">' in page


def test_the_guide_costs_no_statement_of_its_own(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/guide/entering/")
        client.get("/guide/?q=nop")
