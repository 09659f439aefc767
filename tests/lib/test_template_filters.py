"""Figures and dates in templates."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.translation import override

CASES = [
    ("number", 7661, "7.661", "7,661"),
    ("number", None, "–", "–"),
    ("percent", Decimal("84.340"), "84,34%", "84.34%"),
    ("percent", None, "–", "–"),
    ("change", Decimal("5.12"), "+5,12", "+5.12"),
    ("change", Decimal("-0.5"), "−0,5", "−0.5"),
    ("short_date", dt.date(2024, 3, 5), "05/03/2024", "5 Mar 2024"),
    ("short_date", dt.datetime(2024, 3, 5, 7, 5, tzinfo=dt.UTC), "14:05 05/03/2024", "14:05, 5 Mar 2024"),
    ("short_date", None, "–", "–"),
]


@pytest.mark.parametrize(("name", "value", "vietnamese", "english"), CASES)
def test_a_filter_speaks_the_readers_language(name, value, vietnamese, english):
    template = Template("{% load figures %}{{ value|" + name + " }}")
    for language, expected in (("vi", vietnamese), ("en", english)):
        with override(language), timezone.override("Asia/Ho_Chi_Minh"):
            assert template.render(Context({"value": value})) == expected
