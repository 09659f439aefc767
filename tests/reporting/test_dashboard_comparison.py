"""Children side by side, and the charts that a dashboard makes of figures."""

from reporting.comparison import Comparison
from reporting.dashboard import summarise
from reporting.places import Place, groups, short_names, topmost_unit
from schools.models import Membership, OrgUnit, User
from tests.reporting import boards
from tests.reporting.boards import (
    COMPUTERS,
    DN,
    INTERNET,
    LESSONS,
    OFFICES,
    PLACE,
    SCHOOLS,
    SERVICES,
    Y2023,
    sums,
    there,
)

ONE, TWO = OFFICES
TOTALS = {
    (DN, Y2023, COMPUTERS): sums(150, 400, 40, 40),
    (DN, Y2023, INTERNET): sums(300, 400, 40, 40),
    (DN, Y2023, SERVICES): sums(1, 4, 1, 1),  # the department's own: no child reports it
    (ONE, Y2023, COMPUTERS): sums(60),
    (TWO, Y2023, COMPUTERS): sums(20),
    (ONE, Y2023, INTERNET): sums(90),
    (TWO, Y2023, INTERNET): sums(40),
    **{(school, Y2023, COMPUTERS): sums(35) for school in SCHOOLS},
    **{(school, Y2023, INTERNET): sums(85) for school in SCHOOLS},
}


def comparison(kind: str = "", totals=TOTALS) -> Comparison:
    board = boards.board(totals)
    return Comparison(board.place, board.selection, board.figures, board.figure_set, kind)


def test_children_are_grouped_by_kind_the_higher_kind_first():
    assert [(one.code, len(one.units)) for one in groups(PLACE.children)] == [
        ("district_office", 2),
        ("school", 2),
    ]


def test_the_table_shows_one_kind_and_the_others_together():
    matrix = there(comparison().matrix())
    assert [column for column, _target in matrix.columns] == [
        "Giáo viên có máy tính",
        "Giáo viên có Internet",
    ]
    # Huyện Hai misses two targets, huyện Một none: whoever misses more stands first.
    assert [row.name for row in matrix.rows] == ["Huyện Hai", "Huyện Một", "2 trường trực thuộc"]
    assert [cell.value for cell in matrix.rows[0].cells] == ["20%", "40%"]
    assert [cell.css for cell in matrix.rows[0].cells] == ["x", "x"]
    assert [cell.word for cell in matrix.rows[1].cells] == ["Đạt", "Đạt"]
    # 35 + 35 of 100 + 100: a sum, not a mean.
    assert [cell.value for cell in matrix.rows[2].cells] == ["35%", "85%"]
    assert [cell.value for cell in matrix.total.cells] == ["37,5%", "75%"]
    assert matrix.rows[0].url == "/units/DN-2/?period=2023"


def test_another_kind_can_be_chosen():
    matrix = there(comparison("school").matrix())
    assert [row.name for row in matrix.rows] == ["Số 3", "Số 4", "2 phòng GDĐT trực thuộc"]
    assert [(one.label, one.is_current) for one in matrix.switch] == [
        ("2 phòng GDĐT", False),
        ("2 trường", True),
    ]


def test_an_unknown_kind_falls_back_to_the_highest():
    assert there(comparison("xa").group).code == "district_office"


def test_an_indicator_of_one_unit_alone_is_not_compared():
    compared = comparison()
    assert [one.code for one in compared.main()] == ["A1", "A2"]
    assert SERVICES.code not in [one.code for one in compared.main()]


def test_targets_not_met_come_into_the_columns_first_and_stand_in_catalogue_order(monkeypatch):
    monkeypatch.setattr("reporting.comparison.COLUMNS", 2)
    totals = {
        (DN, Y2023, COMPUTERS): sums(60),
        (DN, Y2023, INTERNET): sums(30),
        (DN, Y2023, LESSONS): sums(30),
    }
    assert [one.code for one in comparison(totals=totals).main()] == ["A2", "A5"]


def test_a_unit_without_children_has_no_table():
    alone = Place(DN)
    board = boards.board(TOTALS, place=alone)
    summary = summarise(board)
    assert summary.matrix is None
    assert summary.units_chart is None
    assert summary.choices == []


def test_missing_values_are_dashes_without_a_link():
    matrix = there(comparison(totals={**TOTALS, (ONE, Y2023, INTERNET): sums(0, 0, 0)}).matrix())
    [row] = [row for row in matrix.rows if row.name == "Huyện Một"]
    assert (row.cells[1].value, row.cells[1].css, row.cells[1].url) == ("–", "n", "")
    assert row.cells[1].word == "Chưa có số liệu"


# --- What the charts find ---------------------------------------------------------------


def test_the_chart_of_units_compares_the_worst_target_and_states_its_finding():
    chart = there(summarise(boards.board(TOTALS)).units_chart)
    assert chart.title == "Giáo viên có máy tính: 1 trong 2 đơn vị đạt; thấp nhất huyện Hai, 20%"
    assert [(row.label, row.cells[0].text) for row in chart.rows] == [
        ("Huyện Hai", "20%"),
        ("Huyện Một", "60%"),
        ("2 trường", "35%"),
    ]
    assert chart.period == "Sở GDĐT Đắk Nông, kỳ năm 2023"
    assert "số liệu chính thức" in chart.source


def test_the_indicator_to_compare_can_be_chosen():
    summary = summarise(boards.board(TOTALS, indicator="A2"))
    assert there(summary.units_chart).title.startswith("Giáo viên có Internet: 1 trong 2 đơn vị đạt")
    assert [(one.url, one.is_current) for one in summary.choices] == [("A1", False), ("A2", True)]


def test_an_unknown_indicator_leaves_the_worst():
    assert there(summarise(boards.board(TOTALS, indicator="X")).units_chart).title.startswith(
        "Giáo viên có máy tính"
    )


def test_the_chart_of_targets_states_how_many_are_met_and_what_is_furthest():
    chart = there(summarise(boards.board(TOTALS)).targets_chart)
    assert chart.title == "1 trong 3 chỉ số đạt mục tiêu; xa nhất: thủ tục toàn trình, còn cách 25 điểm"
    assert [row.label for row in chart.rows] == [
        "Giáo viên có máy tính",
        "Giáo viên có Internet",
        "Thủ tục toàn trình",
    ]


def test_when_all_targets_are_met_both_charts_say_so():
    met = {key: sums(90) for key in TOTALS if key[2] in (COMPUTERS, INTERNET)}
    summary = summarise(boards.board(met))
    assert summary.heading == "Cả 2 mục tiêu năm 2025 đều đã đạt"
    assert there(summary.targets_chart).title == "Cả 2 chỉ số đều đạt mục tiêu"
    assert there(summary.units_chart).title.startswith("Giáo viên có máy tính: cả 2 đơn vị đều đạt mục tiêu")


def test_without_any_figure_the_page_has_no_chart_and_says_so():
    summary = summarise(boards.board({}))
    assert (summary.has_figures, summary.targets_chart, summary.sections) == (False, None, [])
    assert summary.heading == "Chưa có số liệu để so với mục tiêu năm 2025"


# --- Names ------------------------------------------------------------------------------


def names(*full: str) -> list[str]:
    units = [boards.unit(pk, f"X{pk}", name, boards.SCHOOL) for pk, name in enumerate(full)]
    return list(short_names(units).values())


def test_units_are_called_by_what_tells_them_apart():
    prefix = "Phòng Giáo dục và Đào tạo"
    assert names(f"{prefix} huyện Đắk Mil", f"{prefix} thành phố Gia Nghĩa") == [
        "huyện Đắk Mil",
        "thành phố Gia Nghĩa",
    ]
    assert names("Phòng huyện Một", "Phòng huyện Hai") == ["huyện Một", "huyện Hai"]
    assert names("Trường số 3", "Trường số 4") == ["số 3", "số 4"]
    assert names("Phòng huyện Một", "Sở Giáo dục") == ["Phòng huyện Một", "Sở Giáo dục"]


def test_a_unit_alone_keeps_its_name_and_no_name_becomes_empty():
    assert names("Phòng huyện Một") == ["Phòng huyện Một"]
    assert names("Trường", "Trường") == ["Trường", "Trường"]


def test_the_topmost_unit_is_the_highest_kind_then_the_first_code():
    def member_of(*units: OrgUnit) -> User:
        user = User(username="somebody")
        user.active_memberships = [Membership(unit=one, user=user) for one in units]
        return user

    assert topmost_unit(member_of(SCHOOLS[1], OFFICES[1], OFFICES[0])) is OFFICES[0]
    assert topmost_unit(member_of()) is None
