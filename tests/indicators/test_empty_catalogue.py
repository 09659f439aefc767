"""The catalogue's pages before anything is loaded."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_list_says_what_comes_next(reader):
    response = reader.get(reverse("indicators:indicator_list"))

    assert "Chưa có bộ chỉ số nào" in response.content.decode()


def test_an_indicator_is_not_found(reader):
    assert reader.get(reverse("indicators:indicator", args=["A1.1"])).status_code == 404
