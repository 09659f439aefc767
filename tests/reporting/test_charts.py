"""What each chart finds and shows, from figures put together by hand; no database."""

from decimal import Decimal

import pytest
from django.utils import translation

from indicators.models import Indicator
from reporting.charts.common import Subject
from reporting.charts.composition import FILES, composition_chart, load_composition, read_composition
from reporting.charts.distribution import Distribution, class_of, distribution_chart
from reporting.charts.levels import find_levels
from reporting.charts.targets import targets_chart
from reporting.charts.trend import trend_chart
from reporting.charts.units import compared, units_chart
from reporting.figures import FigureSet
from reporting.places import Place
from tests.reporting import by_hand
from tests.reporting.boards import (
    COMPUTERS,
    DN,
    INTERNET,
    OFFICES,
    PLACE,
    SCHOOLS,
    SERVICES,
    Y2022,
    Y2023,
    figure_set,
    indicator,
    selection,
    sums,
    there,
)
from tests.reporting.test_dashboard_comparison import TOTALS
from tests.reporting.test_dashboard_comparison import comparison as comparison_of

SUBJECT = Subject(PLACE, selection())


def texts(chart) -> list[tuple[str, ...]]:
    return [(row.label, *(cell.text for cell in row.cells)) for row in chart.rows]


@pytest.fixture
def targets():
    return there(targets_chart(SUBJECT, figure_set(TOTALS).of(DN, Y2023)))


@pytest.fixture
def units():
    comparison = comparison_of()
    own = there(compared(comparison, comparison.own, ""))
    return there(units_chart(SUBJECT, comparison, own))


def test_the_chart_of_targets_states_how_many_are_met_and_what_is_furthest(targets):
    assert targets.title == "1 trong 3 chỉ số đạt mục tiêu; xa nhất: thủ tục toàn trình, còn cách 25 điểm"
    assert [row.label for row in targets.rows] == [
        "Giáo viên có máy tính",
        "Giáo viên có Internet",
        "Thủ tục toàn trình",
    ]


def test_the_chart_of_units_has_the_lowest_first_and_other_kinds_together(units):
    assert [(row.label, row.cells[0].text) for row in units.rows] == [
        ("Huyện Hai", "20%"),
        ("Huyện Một", "60%"),
        ("2 trường", "35%"),
    ]


# --- Every chart ------------------------------------------------------------------------


def test_title_unit_period_source_and_alternative_stand_with_the_table(targets, units):
    for chart in (targets, units):
        assert all((chart.title, chart.unit, chart.period, chart.source))
        assert chart.title in chart.alternative
        assert {len(row.cells) + 1 for row in chart.rows} == {len(chart.columns)}


def test_a_cell_holds_the_exact_number_beside_its_text(targets):
    assert [(row.cells[0].text, row.cells[0].value) for row in targets.rows] == [
        ("37,5%", Decimal("37.5")),
        ("75%", Decimal(75)),
        ("25%", Decimal(25)),
    ]


def test_rows_can_be_fetched_with_the_same_selection(targets, units):
    assert targets.files == (
        ("CSV", f"/units/DN/charts/targets.csv?{selection().query}"),
        ("XLSX", f"/units/DN/charts/targets.xlsx?{selection().query}"),
    )
    assert units.files[0][1] == f"/units/DN/charts/units.csv?{selection().query}&indicator=A1"


def test_what_is_met_missed_and_unjudged_differ_in_colour_and_in_words(targets):
    assert [(row.state, row.cells[2].text) for row in targets.rows] == [
        ("missed", "chưa đạt"),
        ("met", "đạt"),
        ("missed", "chưa đạt"),
    ]


def test_charts_speak_the_readers_language(targets):
    with translation.override("en"):
        chart = there(targets_chart(SUBJECT, figure_set(TOTALS).of(DN, Y2023)))
    assert chart.columns != targets.columns


def test_a_unit_leads_to_its_page_and_its_figure_to_what_explains_it(units):
    [row] = [row for row in units.rows if row.label == "Huyện Một"]
    assert row.url == selection().unit_url("DN-1")
    assert row.cells[0].url == selection().figure_url("DN-1", "A1")


# --- Trend ------------------------------------------------------------------------------


def trend(values, *, has_target=True):
    totals = {(DN, period, COMPUTERS): sums(value) for period, value in values.items()}
    targets = [by_hand.target()] if has_target else []
    held_to = {COMPUTERS.pk: targets}
    rows = {(one.pk, period.pk, about.pk): row for (one, period, about), row in totals.items()}
    return trend_chart(SUBJECT, FigureSet([COMPUTERS], rows, {}, held_to, {}), COMPUTERS, targets)


@pytest.mark.parametrize(
    ("before", "now", "title"),
    [
        (30, 42, "tăng từ 30%, năm 2022, lên 42%, năm 2023; còn cách mục tiêu năm 2025 8 điểm"),
        (62, 60, "giảm từ 62%, năm 2022, xuống 60%, năm 2023; đã đạt mục tiêu năm 2025"),
        (60, 60, "không đổi từ năm 2022 đến năm 2023, 60%; đã đạt mục tiêu năm 2025"),
    ],
)
def test_a_trend_says_where_the_value_went_and_how_far_the_target_is(before, now, title):
    assert there(trend({Y2022: before, Y2023: now})).title == f"Giáo viên có máy tính {title}"


def test_a_trend_without_target_speaks_of_the_value_alone():
    assert there(trend({Y2023: 42}, has_target=False)).title == "Giáo viên có máy tính: 42%, năm 2023"


def test_the_path_of_the_targets_runs_on_into_the_years_ahead():
    chart = there(trend({Y2022: 30, Y2023: 42}))
    assert texts(chart) == [
        ("Năm 2022", "30%", "≥ 50%", "10/10 đơn vị", "chưa đạt"),
        ("Năm 2023", "42%", "≥ 50%", "10/10 đơn vị", "chưa đạt"),
        ("Năm 2025", "–", "≥ 50%", "–", "–"),
    ]


def test_a_period_without_figure_is_a_dash_and_leads_nowhere():
    chart = there(trend({Y2023: 42}))
    assert chart.rows[0].cells[0].text == "–"
    assert [bool(row.cells[0].url) for row in chart.rows] == [False, True, False]


def test_without_any_value_there_is_no_trend():
    assert trend({}) is None


# --- Distribution -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "place"),
    [(0, 10, 0), (999, 1000, 9), (1, 10, 1), (10, 10, 10), (30, 10, 10), (5, 0, None), (None, None, None)],
)
def test_a_class_holds_its_lower_end_and_the_last_is_open(numerator, denominator, place):
    figure = figure_set({(DN, Y2023, COMPUTERS): sums(50)}).figure(DN, Y2023, COMPUTERS)
    object.__setattr__(figure, "numerator", numerator)
    object.__setattr__(figure, "denominator", denominator)
    assert class_of(figure) == place


def distribution(place: Place, counts, reached=0):
    subject = Subject(place, selection())
    own = figure_set({(place.unit, Y2023, COMPUTERS): sums(42)}).figure(place.unit, Y2023, COMPUTERS)
    return distribution_chart(subject, Distribution(counts, reached), own, [])


def test_a_distribution_says_how_many_reach_the_target_and_marks_the_unit():
    chart = there(distribution(PLACE, (0, 0, 1, 0, 3, 0, 2, 0, 0, 0, 4), reached=6))
    assert chart.title == "Giáo viên có máy tính: 6 trong 10 trường đạt mức ≥ 50%"
    assert texts(chart)[4] == ("40–50%", "3", "30%")
    assert texts(chart)[10] == ("từ 100%", "4", "40%")
    assert [(row.label, row.cells[0].text) for row in chart.marks] == [("Sở GDĐT Đắk Nông", "42%")]
    assert {row.state for row in chart.rows} == {""}


def test_a_school_sees_the_class_it_is_in():
    chart = there(distribution(Place(SCHOOLS[0]), (0, 0, 1, 0, 3, 0, 2, 0, 0, 0, 4), reached=6))
    assert [row.label for row in chart.rows if row.state == "own"] == ["40–50%"]
    assert chart.title.endswith("; trường mình ở khoảng 40–50%")


def test_without_schools_there_is_no_distribution():
    assert distribution(PLACE, (0,) * 11) is None


# --- Levels -----------------------------------------------------------------------------


def test_levels_are_the_indicators_that_count_choices_of_one_element():
    low, high = (
        indicator(20 + level, f"B{level}", f"Mức {level}", numerator=f"maturity={level}", denominator="units")
        for level in (1, 2)
    )
    found = there(find_levels([COMPUTERS, low, high]))
    assert (found.element, found.indicators) == ("maturity", (low, high))
    assert found.code(high) == "2"


def test_a_single_choice_makes_no_levels():
    one = indicator(20, "B1", "Mức 1", numerator="maturity=1", denominator="units")
    yes = indicator(21, "B2", "Kế hoạch", numerator="plan", denominator="units", kind=Indicator.Kind.RATIO)
    assert find_levels([COMPUTERS, one, yes]) is None


# --- Composition ------------------------------------------------------------------------

SERVICES_FILE = {
    "name": "Dịch vụ trực tuyến",
    "name_en": "Online services",
    "bars": [
        {
            "name": "Thủ tục",
            "name_en": "Procedures",
            "parts": [
                {"indicator": "A9", "name": "Toàn trình", "name_en": "Fully online"},
                {"indicator": "A2", "name": "Một phần", "name_en": "Partly online"},
            ],
            "rest": {"name": "Chưa trực tuyến", "name_en": "Not online"},
        }
    ],
}


def composition(full, partly, whole=100, partly_whole=100):
    totals = {(DN, Y2023, SERVICES): sums(full, whole), (DN, Y2023, INTERNET): sums(partly, partly_whole)}
    figures = figure_set(totals).of(DN, Y2023)
    return composition_chart(SUBJECT, figures, read_composition(SERVICES_FILE))


def test_parts_and_what_they_leave_over_make_the_whole():
    chart = there(composition(30, 25))
    assert texts(chart) == [
        ("Thủ tục", "Toàn trình", "30", "30%"),
        ("Thủ tục", "Một phần", "25", "25%"),
        ("Thủ tục", "Chưa trực tuyến", "45", "45%"),
    ]
    assert chart.title == "Dịch vụ trực tuyến: thủ tục 30% toàn trình"
    assert chart.rows[0].cells[2].url == selection().figure_url("DN", "A9")


@pytest.mark.parametrize("figures", [(30, 25, 100, 90), (70, 60)])
def test_what_is_not_parts_of_one_whole_is_not_drawn(figures):
    assert composition(*figures) is None


def test_a_set_without_a_file_has_no_composition():
    assert load_composition("KHONG-CO") is None
    assert composition_chart(SUBJECT, [], None) is None


def test_every_file_names_its_parts_in_both_languages_and_only_ratios_of_its_set():
    fixtures = (FILES.parents[2] / "fixtures").rglob("*indicators*.yaml")
    known = "".join(path.read_text() for path in fixtures)
    files = sorted(FILES.glob("*.yaml"))
    assert files
    for path in files:
        found = there(load_composition(path.stem))
        assert [code for code in found.codes if f"code: {code}\n" not in known] == []


def test_offices_do_not_stand_in_for_the_departments_procedures():
    assert OFFICES[0].code not in str(there(composition(30, 25)).rows)
