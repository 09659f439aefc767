"""The pages of data elements: a list of all, and for each what it is for."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from indicators.models import DataElement

pytestmark = pytest.mark.django_db
LIST = reverse("indicators:element_list")


def page(code: str) -> str:
    return reverse("indicators:element", args=[code])


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def codes(response) -> list[str]:
    """The codes in the first column, in the order shown."""
    return re.findall(r'<a href="/elements/[^"]*">([^<]+)</a></th>', response.content.decode())


def test_every_element_has_a_page(catalogue, reader, django_assert_max_num_queries):
    for element in DataElement.objects.all():
        with django_assert_max_num_queries(11):
            response = reader.get(page(element.code))
        assert response.status_code == 200
        assert escape(element.definition) in response.content.decode()


def test_the_page_says_where_it_is_asked_and_what_it_serves(catalogue, reader):
    text = words(reader.get(page("teachers")))
    assert "Biểu số liệu của cơ sở giáo dục" in text
    assert "A1.1 Giáo viên có máy tính" in text
    assert "R-01" in text


def test_each_use_says_in_which_side(catalogue, reader):
    above, below = words(reader.get(page("teachers_with_computer"))), words(reader.get(page("teachers")))
    assert re.search(r"A1\.1 [^.]+ tử số", above)
    assert re.search(r"A1\.1 [^.]+ mẫu số", below)


def test_what_is_answered_from_a_list_names_its_entries(catalogue, reader):
    assert "Mức độ 1 (chưa đáp ứng)" in words(reader.get(page("maturity_level")))


def test_the_list_shows_every_element_with_its_forms_and_indicators(catalogue, reader):
    response = reader.get(LIST)
    assert codes(response) == list(DataElement.objects.values_list("code", flat=True))
    assert "A1.1" in words(response)


FILTERED = [
    ({"q": "giao vien co may tinh"}, ["teachers_with_computer"]),
    ({"q": "teachers_with_c"}, ["teachers_with_computer"]),
    ({"q": "không có gì như thế"}, []),
    ({"type": "choice"}, ["maturity_level"]),
]


@pytest.mark.parametrize(("query", "expected"), FILTERED)
def test_the_list_is_filtered(catalogue, reader, query, expected):
    assert codes(reader.get(LIST, query)) == expected


def test_the_list_is_filtered_by_form(catalogue, reader):
    at_schools, at_offices = (
        codes(reader.get(LIST, {"form_code": "TRUONG"})),
        codes(reader.get(LIST, {"form_code": "PHONG"})),
    )
    assert "pupils" in at_schools
    assert "pupils" not in at_offices
    assert at_offices


def test_the_list_costs_as_much_with_one_element_as_with_all(catalogue, reader):
    counts = []
    for query in ({"q": "teachers_with_c"}, {"q": "a"}):
        with CaptureQueriesContext(connection) as asked:
            reader.get(LIST, query)
        counts.append(len(asked))
    assert counts[0] == counts[1]


UNKNOWN = ["/elements/nothing/", "/elements/teachers/?set=NO", "/elements/?set=", "/elements/%00/"]


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_does_not_exist_is_not_found(catalogue, reader, address):
    assert reader.get(address).status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    for address in (LIST, page("teachers")):
        assert client.get(address).status_code == 302


def test_a_reader_of_english_gets_the_english_texts(catalogue, reader):
    reader.cookies["django_language"] = "en"
    assert "25 teachers, 21 with a computer: enter 21." in words(reader.get(page("teachers_with_computer")))
