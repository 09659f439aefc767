import re
from pathlib import Path

import pytest
from django.conf import settings

from indicators.models import DataElement
from schools.trail import action_choices, action_words, actions_named, facts_of, names_in
from tests.small_catalogue import create_small_catalogue

WRITTEN = re.compile(r'(?:"action": |action=|_record\(|record_event\(\s*)"([a-z]+\.[a-z]+)"')


def test_every_action_that_the_code_records_has_a_name():
    folders = [settings.BASE_DIR / name for name in ("schools", "collection", "indicators", "reporting")]
    texts = [path.read_text() for folder in folders for path in Path(folder).rglob("*.py")]
    written = {action for text in texts for action in WRITTEN.findall(text)}
    assert len(written) > 15
    assert written <= {action for action, _words in action_choices()}


def test_codes_in_a_detail_have_their_names(db, django_assert_num_queries):
    create_small_catalogue()
    details: list[dict[str, object]] = [
        {"form": "TRUONG", "cells": ["teachers", "unknown"]},
        {"cells": {"lessons": "Sai số"}, "from": "draft"},
    ] * 3
    with django_assert_num_queries(2):
        names = names_in(details)
    assert [f"{name}: {text}" for detail in details[:2] for name, text in facts_of(detail, names)] == [
        "biểu mẫu: Biểu TRUONG",
        f"các ô: {element('teachers')}, unknown",
        f"các ô: {element('lessons')}: Sai số",
        "từ: đang nhập",
    ]


def element(code: str) -> str:
    return DataElement.objects.get(code=code).name


def test_an_action_is_found_by_a_word_of_its_name():
    assert "submission.submit" in actions_named("nop")
    assert "unit.rename" not in actions_named("nop")


def test_an_action_that_nobody_named_is_shown_as_it_is():
    assert action_words("unit.rename") == "Đổi tên đơn vị"
    assert action_words("moon.land") == "moon.land"


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"former_name": "Trường A"}, ["tên cũ: Trường A"]),
        ({"document": "", "into": [], "parent": None}, []),
        ({"version": 3}, []),
        ({"effective_on": "2025-07-01"}, ["có hiệu lực từ: 01/07/2025"]),
        ({"is_active": False}, ["được đăng nhập: không"]),
        ({"role": "clerk"}, ["vai trò: cán bộ nhập liệu"]),
        ({"from": "submitted"}, ["từ: đã nộp"]),
        ({"merged": ["S1", "S2"]}, ["các đơn vị nhập vào: S1, S2"]),
        (
            {"after": {"levels": ["primary"], "ownership": "private"}},
            ["sau: cấp học: primary; loại hình: tư thục"],
        ),
        ({"cells": [f"e{n}" for n in range(10)]}, ["các ô: e0, e1, e2, e3, e4, e5, e6, e7 và 2 mục khác"]),
        ({"cells": {"teachers": "Sai số"}}, ["các ô: teachers: Sai số"]),
    ],
)
def test_a_detail_is_told_in_words(detail, words):
    assert [f"{name}: {text}" for name, text in facts_of(detail)] == words
