"""Children side by side, and the charts that a dashboard makes of figures."""

from reporting.comparison import Comparison, Matrix
from reporting.dashboard import summarise
from reporting.places import Place, groups, short_names, topmost_unit
from reporting.tiles import Bar
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
    Y2022,
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


def matrix_of(kind: str = "", totals=TOTALS, compared: str = "A1") -> Matrix:
    made = comparison(kind, totals)
    return there(made.matrix(next(one for one in made.own if one.code == compared)))


def test_children_are_grouped_by_kind_the_higher_kind_first():
    assert [(one.code, len(one.units)) for one in groups(PLACE.children)] == [
        ("district_office", 2),
        ("school", 2),
    ]


def test_the_table_shows_one_kind_and_the_others_together():
    matrix = matrix_of()
    assert [column.name for column in matrix.columns] == [
        "Giáo viên có máy tính",
        "Giáo viên có Internet",
    ]
    # Of teachers with a computer: the lowest first.
    assert [row.name for row in matrix.rows] == ["Huyện Hai", "Huyện Một", "2 trường trực thuộc"]
    assert [cell.value for cell in matrix.rows[0].cells] == ["20%", "40%"]
    assert [cell.css for cell in matrix.rows[0].cells] == ["x", "x"]
    assert [cell.word for cell in matrix.rows[1].cells] == ["Đạt", "Đạt"]
    # 35 + 35 of 100 + 100: a sum, not a mean.
    assert [cell.value for cell in matrix.rows[2].cells] == ["35%", "85%"]
    assert [cell.value for cell in matrix.total.cells] == ["37,5%", "75%"]
    assert matrix.rows[0].url == "/units/DN-2/?period=2023"


def test_another_kind_can_be_chosen():
    matrix = matrix_of("school")
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
    assert summary.finding == ""
    assert summary.charts_url == "/units/DN/charts/?period=2023"


def test_missing_values_are_dashes_without_a_link():
    matrix = matrix_of(totals={**TOTALS, (ONE, Y2023, INTERNET): sums(0, 0, 0)})
    [row] = [row for row in matrix.rows if row.name == "Huyện Một"]
    assert (row.cells[1].value, row.cells[1].css, row.cells[1].url) == ("–", "n", "")
    assert row.cells[1].word == "Chưa có số liệu"


# --- What is compared -------------------------------------------------------------------


def test_the_worst_target_is_compared_and_the_finding_said():
    summary = summarise(boards.board(TOTALS))
    assert summary.finding == "Giáo viên có máy tính: 1 trong 2 đơn vị đạt; thấp nhất huyện Hai, 20%"
    matrix = there(summary.matrix)
    assert [there(row.bar) for row in (*matrix.rows, matrix.total)] == [
        Bar("miss", "20", "50"),
        Bar("met", "60", "50"),
        Bar("miss", "35", "50"),
        Bar("miss", "38", "50"),
    ]
    assert summary.charts_url == "/units/DN/charts/?period=2023&indicator=A1"


def test_another_indicator_can_be_compared_from_the_head_of_its_column():
    summary = summarise(boards.board(TOTALS, indicator="A2"))
    assert summary.finding.startswith("Giáo viên có Internet: 1 trong 2 đơn vị đạt")
    matrix = there(summary.matrix)
    assert [(one.url, one.is_compared) for one in matrix.columns] == [
        ("/units/DN/?period=2023&indicator=A1#units", False),
        ("/units/DN/?period=2023&indicator=A2#units", True),
    ]
    assert matrix.compared.name == "Giáo viên có Internet"


def test_an_unknown_indicator_leaves_the_worst():
    assert summarise(boards.board(TOTALS, indicator="X")).finding.startswith("Giáo viên có máy tính")


def test_when_all_targets_are_met_the_page_says_so():
    met = {key: sums(90) for key in TOTALS if key[2] in (COMPUTERS, INTERNET)}
    summary = summarise(boards.board(met))
    assert summary.heading == "Cả 2 mục tiêu năm 2025 đều đã đạt"
    assert summary.finding.startswith("Giáo viên có máy tính: cả 2 đơn vị đều đạt mục tiêu")


def test_the_heading_counts_what_has_fallen_since_the_period_before():
    before = {(DN, Y2022, COMPUTERS): sums(70), (DN, Y2022, INTERNET): sums(60)}
    summary = summarise(boards.board({**TOTALS, **before}))
    assert summary.heading == "1 trong 3 mục tiêu năm 2025 đã đạt; 1 chỉ số giảm so với 2022"


def test_without_any_figure_the_page_has_no_comparison_and_says_so():
    summary = summarise(boards.board({}))
    assert (summary.has_figures, summary.matrix, summary.sections) == (False, None, [])
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
