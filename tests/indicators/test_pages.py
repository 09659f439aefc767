"""The catalogue's pages."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from indicators.models import DataElement, Indicator, IndicatorSet, Section, Target

pytestmark = pytest.mark.django_db
LIST = reverse("indicators:indicator_list")


def page(code: str) -> str:
    return reverse("indicators:indicator", args=[code])


def codes(response) -> list[str]:
    """The codes in the first column, in the order shown."""
    return re.findall(r'<a href="/indicators/[^"]*">([^<]+)</a></th>', response.content.decode())


def words(response) -> str:
    """The page's text without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def newer(catalogue: IndicatorSet) -> IndicatorSet:
    """A later set that also has an A1.1."""
    later = IndicatorSet.objects.create(
        code="QD2030", name="Bộ chỉ số mới", legal_basis="Văn bản mới", valid_from=dt.date(2026, 1, 1)
    )
    section = Section.objects.create(indicator_set=later, code="I", name="Phần một", position=1)
    DataElement.objects.create(
        indicator_set=later, code="tablets", name="Máy tính bảng", type="count", period_rule="last"
    )
    Indicator.objects.create(
        indicator_set=later,
        section=section,
        code="A1.1",
        name="Chỉ số của bộ mới",
        short_name="Chỉ số mới",
        kind="count",
        numerator="tablets",
        position=1,
    )
    return later


@pytest.mark.parametrize("address", [LIST, page("A1.1")])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_the_list_shows_all_indicators_in_the_order_of_the_catalogue(catalogue, reader):
    response = reader.get(LIST)

    assert codes(response) == list(Indicator.objects.values_list("code", flat=True))
    assert "≥ 50% (2025)" in words(response)
    assert words(response).count("chưa đối chiếu") == 4


FILTERED = [
    ({"q": "GIAO VIEN co may"}, ["A1.1"]),
    ({"q": "teachers with a computer"}, ["A1.1"]),
    ({"q": "b5."}, ["B5.1", "B5.2", "B5.3", "B5.4", "B5.5"]),
    ({"q": "không có gì như thế"}, []),
    ({"section": "III.5"}, ["B5.1", "B5.2", "B5.3", "B5.4", "B5.5"]),
    ({"kind": "not_applicable"}, ["A4", "A6", "A7"]),
    ({"kind": "distinct", "appendix": "no"}, ["B3.1"]),
    ({"kind": "distinct", "appendix": "yes"}, ["A3.1", "A3.2"]),
    ({"section": "III.5", "sort": "-code"}, ["B5.5", "B5.4", "B5.3", "B5.2", "B5.1"]),
]


@pytest.mark.parametrize(("query", "expected"), FILTERED)
def test_the_list_is_filtered_and_sorted(catalogue, reader, query, expected):
    assert codes(reader.get(LIST, query)) == expected


NONSENSE = [{"section": "x"}, {"kind": "x"}, {"appendix": "x"}, {"q": "a\x00b"}, {"page": "x"}, {"sort": "x"}]


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_breaks_nothing(catalogue, reader, query):
    assert reader.get(LIST, query).status_code == 200


def test_the_list_costs_as_much_with_one_indicator_as_with_all(catalogue, reader, django_assert_num_queries):
    with django_assert_num_queries(9):
        reader.get(LIST)
    with django_assert_num_queries(9):
        reader.get(LIST, {"section": "III.5"})


def test_every_indicator_has_a_page(catalogue, reader, django_assert_max_num_queries):
    for indicator in Indicator.objects.all():
        with django_assert_max_num_queries(12):
            response = reader.get(page(indicator.code))
        assert response.status_code == 200
        text = response.content.decode()
        assert escape(indicator.name) in text
        assert escape(indicator.legal_basis) in text
        assert escape(indicator.why_it_matters) in text


def test_the_page_says_in_words_how_the_figure_is_computed(catalogue, reader):
    text = words(reader.get(page("B5.3")))

    assert "Tử số Cán bộ, giáo viên được tập huấn phần mềm quản trị" in text
    assert "Mẫu số Tổng số giáo viên + Cán bộ quản lý và nhân viên" in text
    assert "staff_trained_management ÷ teachers + other_staff" in text


def test_units_and_choices_are_said_in_words(catalogue, reader):
    text = words(reader.get(page("B1.5")))

    assert "Số đơn vị chọn “Mức độ 1 (chưa đáp ứng)” ở mục “Mức độ chuyển đổi số của cơ sở giáo dục”" in text
    assert "Số đơn vị đã trả lời, mỗi đơn vị tính là 1" in text


def test_a_count_of_choices_names_those_of_its_group(catalogue, reader):
    assert "VNA, Elearning, Smart test, Azota, K12 online, Zalo, vnEdu LMS" in words(reader.get(page("A3.2")))
    assert "Webex" in words(reader.get(page("A3.1")))
    assert "Webex" not in words(reader.get(page("A3.2")))
    assert "danh sách minh họa" in words(reader.get(page("B3.1")))


def test_the_page_names_the_forms_and_whom_they_ask(catalogue, reader):
    text = words(reader.get(page("B5.5")))

    assert "Biểu số liệu của cơ sở giáo dục › Nhân lực" in text
    assert "cơ sở giáo dục, có cấp trung học phổ thông" in text
    assert "Biểu số liệu của phòng giáo dục và đào tạo › Nhân lực" in text


def test_the_page_shows_targets_with_document_and_mark(catalogue, reader):
    verified, unverified = words(reader.get(page("A1.1"))), words(reader.get(page("A9.2")))

    assert "2025 ≥ 50% Cả nước Quyết định 131/QĐ-TTg ngày 25/01/2022 đã đối chiếu" in verified
    assert "2025 ≥ 60% Cả nước Quyết định 131/QĐ-TTg ngày 25/01/2022 chưa đối chiếu" in unverified


def test_targets_of_a_unit_and_of_a_level_say_so(catalogue, reader):
    indicator = Indicator.objects.get(code="A1.1")
    for scope, code in (("unit", "DN"), ("level", "primary")):
        Target.objects.create(
            indicator=indicator, year=2026, scope=scope, scope_code=code, value=60, document="Kế hoạch"
        )
    text = words(reader.get(page("A1.1")))

    assert "2026 ≥ 60% Đơn vị DN Kế hoạch" in text
    assert "2026 ≥ 60% có cấp tiểu học Kế hoạch" in text


def test_the_page_lists_the_rules_that_speak_of_its_elements(catalogue, reader):
    text = words(reader.get(page("A9.2")))

    assert "R-17, cần giải trình" in text
    assert "R-24, chặn nộp phiếu" in text
    assert "R-01" not in text


def test_the_page_names_everything_that_uses_the_indicator(catalogue, reader):
    used, unused = words(reader.get(page("A1.1"))), words(reader.get(page("B1.13")))

    assert "Trang tổng quan Có một ô riêng" in used
    assert "Dòng 1 của biểu số liệu" in used
    assert "có tử số / mẫu số giáo viên có máy tính" in used
    assert "Lập bảng chỉ số này theo đơn vị và kỳ" in used
    assert "Trang tổng quan Chỉ trong bảng tất cả chỉ số" in unused
    assert "Không có trong biểu" in unused


def test_a_sentence_of_the_report_names_the_other_indicators_in_it(catalogue, reader):
    text = words(reader.get(page("B1.6")))

    assert "B1.5: tử số / B1.5: mẫu số cơ sở ở mức độ 1" in text
    assert "tử số cơ sở ở mức độ 2" in text


def test_an_indicator_that_no_sentence_names_says_how_the_report_speaks_of_it(newer, reader):
    assert "báo cáo tự thêm một câu theo tên chỉ số" in words(reader.get(page("A1.1")))


def test_terms_and_elements_lead_to_the_page_of_the_element(catalogue, reader):
    html = reader.get(page("A1.1")).content.decode()

    assert html.count('href="/elements/teachers_with_computer/"') == 2
    assert reader.get("/elements/teachers_with_computer/").status_code == 200


def test_what_does_not_apply_says_why_and_shows_no_formula(catalogue, reader):
    text = words(reader.get(page("A4")))

    assert "Chỉ số này không áp dụng. Tỉnh không có cơ sở giáo dục đại học." in text
    assert "Công thức" not in text


def test_an_estimate_says_so(catalogue, reader):
    assert "số ước tính" in words(reader.get(page("A9.3")))
    assert "số ước tính" not in words(reader.get(page("A9.2")))


def test_a_reader_of_english_gets_the_english_texts(catalogue, reader):
    reader.cookies["django_language"] = "en"
    text = words(reader.get(page("A1.1")))

    assert "Teachers with a computer" in text
    assert "Without a computer a teacher can neither" in text
    assert "25 teachers, 21 with a computer: enter 21." in text


UNKNOWN = ["/indicators/A99/", "/indicators/A1.1/?set=NO", "/indicators/?set=", "/indicators/%00/"]


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_does_not_exist_is_not_found(catalogue, reader, address):
    assert reader.get(address).status_code == 404


def test_the_newest_set_is_shown_first_and_the_older_stays_in_reach(newer, reader):
    assert codes(reader.get(LIST)) == ["A1.1"]
    assert len(codes(reader.get(LIST, {"set": "QD131"}))) == 57
    assert "Chỉ số của bộ mới" in words(reader.get(page("A1.1")))
    assert "Giáo viên có máy tính" in words(reader.get(page("A1.1"), {"set": "QD131"}))
    assert "Giáo viên có đường truyền Internet" in words(reader.get(page("A1.2")))


def test_links_stay_in_the_older_set(newer, reader):
    listed = reader.get(LIST, {"set": "QD131"}).content.decode()

    assert 'href="/indicators/A1.1/?set=QD131"' in listed
    assert 'href="/indicators/?set=QD131"' in reader.get(page("A1.2")).content.decode()
