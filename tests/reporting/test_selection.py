"""What an address asks to be shown, and the addresses that show the same."""

from urllib.parse import parse_qs

import pytest

from collection.workflow import Basis
from reporting.selection import Selection, SelectionError, read_selection
from reporting.slices import EVERYTHING, Hierarchy, Slice
from tests.province import Province, build_province

ASKED = {
    "period": "2023",
    "basis": "provisional",
    "hierarchy": "now",
    "level": "primary",
    "ownership": "public",
}


@pytest.fixture
def province(db) -> Province:
    return build_province()


def read_back(selection: Selection) -> Selection:
    return read_selection({name: value for name, [value] in parse_qs(selection.query).items()})


def test_everything_that_is_asked_is_read(province):
    found = read_selection(ASKED)
    assert found.period == province.period
    assert found.basis == Basis.PROVISIONAL
    assert found.hierarchy == Hierarchy.NOW
    assert found.slice == Slice("primary", "public")


def test_what_is_not_asked_is_the_official_figure_of_all_units_as_reported(province):
    found = read_selection({"period": "2023", "basis": "", "level": ""})
    assert (found.basis, found.hierarchy, found.slice) == (Basis.OFFICIAL, Hierarchy.REPORTED, EVERYTHING)
    assert found.is_plain
    assert found.query == "period=2023"


def test_an_address_shows_the_same_to_whoever_opens_it(province):
    for left_out in (*ASKED, None):
        found = read_selection({name: value for name, value in ASKED.items() if name != left_out})
        assert read_back(found) == found


@pytest.mark.parametrize("name", ["period", "basis", "hierarchy", "level", "ownership"])
def test_an_unknown_value_is_refused_with_a_sentence_that_names_it(province, name):
    with pytest.raises(SelectionError, match=r"“khong-co”.*Hãy chọn"):
        read_selection({**ASKED, name: "khong-co"})


def test_a_page_says_where_to_go_from_an_unknown_slice(province, client):
    client.force_login(province.person("leader"))
    answer = client.get("/?period=2023&level=khong-co")
    assert answer.status_code == 404
    assert "Không có cấp học mang mã “khong-co”" in answer.content.decode()


def test_a_switch_changes_one_thing_and_marks_the_current_choice(province):
    found = read_selection(ASKED)
    for options, name in (
        (found.hierarchy_options("/x/", with_="DN-1"), "hierarchy"),
        (found.level_options("/x/", with_="DN-1"), "level"),
        (found.ownership_options("/x/", with_="DN-1"), "ownership"),
        (found.basis_options("/x/", with_="DN-1"), "basis"),
    ):
        [current] = [one for one in options if one.is_current]
        assert current.url == f"/x/?{found.query}&with_=DN-1"
        for one in options:
            asked = {key: value for key, [value] in parse_qs(one.url.partition("?")[2]).items()}
            others = {key: value for key, value in ASKED.items() if key != name}
            assert {key: asked[key] for key in others} == others


def test_the_first_choice_of_a_slice_is_all_of_it(province):
    found = read_selection({"period": "2023"})
    assert found.level_options("/")[0].label == "Tất cả cấp học"
    assert found.ownership_options("/")[0].label == "Tất cả loại hình"
    assert [one.label for one in found.ownership_options("/")[1:]] == ["Công lập", "Dân lập", "Tư thục"]
    assert found.level_options("/")[0].is_current


def test_documents_show_all_units_as_reported_whatever_their_address_says(province, client):
    client.force_login(province.person("leader"))
    page = client.get("/appendix/?period=2023&hierarchy=now&level=primary").content.decode()
    assert "hierarchy=now" not in page.partition("<main")[2]
    assert "level=primary" not in page.partition("<main")[2]
