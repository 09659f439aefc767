"""Why is this figure what it is? The page that answers, down to people and up to documents."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collection import actions
from collection.actions import Entry
from collection.models import DataValue, ReportingPeriod, Submission
from collection.workflow import Basis
from indicators.actions import mark_changed
from indicators.models import Indicator, Target
from reporting.explanation import Explanation, explain
from reporting.missing import Outside, Question, missing_units
from reporting.selection import Selection, read_selection
from reporting.totals import rebuild
from schools.actions import merge_units
from schools.models import OrgUnit
from tests.province import Province, approved, build_province, enter, submitted
from tests.reporting.boards import there


@pytest.fixture
def province(db) -> Province:
    return build_province()


@pytest.fixture
def why(province) -> Callable[..., Explanation]:
    """`why("DN", "T1")` explains a figure of 2023 to the leader."""

    def explained(unit: str, indicator: str, period: str = "2023", basis: str = "official") -> Explanation:
        return explain(province.person("leader"), unit, indicator, selected(period, basis))

    return explained


def approve(province: Province, unit: str, **numbers) -> None:
    approved(
        province.submission(unit),
        by=province.person("officer"),
        reviewer=province.person("officer_2"),
        **numbers,
    )


def selected(period: str = "2023", basis: str = "", **more: str) -> Selection:
    return read_selection({"period": period, "basis": basis, **more})


def texts(found: Explanation) -> list[tuple[str, str, str, str]]:
    return [(part.name, part.numerator, part.denominator, part.coverage) for part in found.parts.all]


def test_contributions_add_up_to_the_figure(province, why):
    approve(province, "DN-101", teachers=30, teachers_with_computer=10)
    approve(province, "DN-102", teachers=20, teachers_with_computer=20)
    approve(province, "DN-201", teachers=50, teachers_with_computer=40)
    found = why("DN", "T1")
    assert texts(found) == [
        ("Huyện Một", "30", "50", "2/2 đơn vị"),
        ("Huyện Hai", "40", "50", "1/1 đơn vị"),
        ("Trường THPT số 4", "–", "–", "0/1 đơn vị"),
    ]
    assert (found.total.name, found.total.numerator, found.total.denominator) == ("Cộng", "70", "100")
    assert found.heading == "Giáo viên có máy tính: 70%"
    assert found.lede == (
        "Sở Giáo dục và Đào tạo, kỳ năm 2023, số liệu chính thức. 70 trong 100, của 3/4 đơn vị."
    )


def test_a_units_own_form_is_a_part_beside_its_children(province, why):
    indicator = Indicator.objects.get(code="T2")
    Indicator.objects.create(
        indicator_set=province.indicator_set,
        section=indicator.section,
        code="T9",
        name="Hồ sơ xử lý số",
        short_name="Hồ sơ xử lý số",
        kind="ratio",
        numerator="dossiers_digital",
        denominator="dossiers",
        position=9,
    )
    mark_changed()
    approve(province, "DN", dossiers=100, dossiers_digital=90)
    approve(province, "DN-1", dossiers=50, dossiers_digital=10)
    found = why("DN", "T9")
    assert ("Phiếu của chính đơn vị", "90", "100", "1/1 đơn vị") in texts(found)
    assert (found.total.numerator, found.total.denominator) == ("100", "150")


def test_the_division_and_its_rounding_are_written_out(province, why):
    assert why("DN", "T1").calculation == ""
    approve(province, "DN-101", teachers=30, teachers_with_computer=10)
    assert why("DN", "T1").calculation == "10 ÷ 30 = 0,333333…, làm tròn nửa lên hai chữ số: 33,33%."
    approve(province, "DN-102", teachers=10, teachers_with_computer=10)
    assert why("DN", "T1").calculation == "20 ÷ 40 = 0,5, đúng bằng 50%, không phải làm tròn."
    assert why("DN", "T5").calculation == ""  # a count is divided by nothing


def test_the_formula_says_in_which_catalogue_it_stands(province, why):
    mark = province.indicator_set.revision.hex[:8]
    assert why("DN", "T1").definition == (
        f"bộ chỉ số NHO có hiệu lực từ 01/01/2020; công thức phiên bản 1; dấu danh mục {mark}"
    )


def test_units_that_lack_most_of_the_target_stand_first_with_their_share(province, why):
    Target.objects.create(
        indicator=Indicator.objects.get(code="T1"), year=2025, value=Decimal(50), document="Kế hoạch"
    )
    approve(province, "DN-101", teachers=40, teachers_with_computer=19)
    approve(province, "DN-201", teachers=40, teachers_with_computer=17)
    found = why("DN", "T1")
    assert [(part.name, part.lacking, part.share) for part in found.parts.all] == [
        ("Huyện Hai", "3", "75%"),
        ("Huyện Một", "1", "25%"),
        ("Trường THPT số 4", "–", "–"),
    ]
    assert found.total.lacking == "4"
    approve(province, "DN-102", teachers=40, teachers_with_computer=39)
    approve(province, "DN-301", teachers=40, teachers_with_computer=21)
    # Who has reached it stands in the usual order, however far beyond.
    assert [part.name for part in why("DN", "T1").parts.all] == [
        "Huyện Hai",
        "Huyện Một",
        "Trường THPT số 4",
    ]
    assert why("DN", "T2").parts.explain_gap is False


def test_of_a_long_table_the_last_lines_are_folded_and_stand_in_it_as_one(db, monkeypatch):
    monkeypatch.setattr("reporting.figure_parts.SHOWN_AT_MOST", 4)
    monkeypatch.setattr("reporting.figure_parts.SHOWN_OF_MANY", 3)
    province = build_province(more_schools=5)
    for code in ("DN-101", "DN-102", "DN-9000", "DN-9003"):
        approve(province, code, teachers=10, teachers_with_computer=4)
    found = explain(province.person("leader"), "DN-1", "T1", selected())
    parts = found.parts
    assert [len(one) for one in (parts.all, parts.shown, parts.folded)] == [7, 3, 4]
    rest = there(parts.rest)
    assert (rest.name, rest.numerator, rest.coverage) == ("4 đơn vị còn lại", "4", "1/4 đơn vị")
    lines = [*parts.shown, rest]
    assert sum(line.figure.numerator or 0 for line in lines) == found.figure.numerator == 16
    assert sum(line.figure.units_counted for line in lines) == found.figure.units_counted


def test_distinct_choices_are_listed_with_how_many_use_them_and_are_not_added(province, why):
    approve(province, "DN-101")
    approve(province, "DN-201")
    found = why("DN", "T4")
    assert found.choices == (("Azota", 2), ("Zalo", 2))
    assert (found.total.name, found.total.value) == ("Hợp lại", "2")


def test_missing_units_are_named_with_the_reason(province, why):
    approve(province, "DN-101", teachers_with_computer=None)
    submitted(province.submission("DN-102"), by=province.person("officer"))
    enter(province.submission("DN-201"), by=province.person("officer"))
    found = why("DN", "T1")
    assert {one.code: one.reason for one in found.missing} == {
        "DN-101": "không có số liệu: chưa thống kê",
        "DN-102": "phiếu đã nộp, đang chờ duyệt",
        "DN-201": "phiếu đang nhập, chưa nộp",
        "DN-301": "phiếu đang nhập, chưa nộp",
    }
    assert (found.missing_count, found.unnamed) == (4, 0)
    provisional = why("DN", "T1", basis="provisional")
    assert "DN-102" not in {one.code for one in provisional.missing}


def test_a_returned_cell_is_missing_with_the_reason_it_came_back_for(province, why):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    actions.return_cells(
        submission=province.submission("DN-101"),
        reasons={"teachers": "Quá ít."},
        by=province.person("reviewer_1"),
    )
    reasons = {one.code: one.reason for one in why("DN", "T1").missing}
    assert reasons["DN-101"] == "phiếu bị trả lại: Quá ít."
    assert {one.code: one.reason for one in why("DN", "T2").missing}["DN-101"] == "phiếu bị trả lại"


def test_units_outside_the_figure_are_counted_or_named(province, why):
    """T5 asks primary schools, DN-101 and DN-201; offices, preschool and upper secondary are not asked."""
    clerk = province.person("clerk_101")
    enter(province.submission("DN-101"), by=clerk)
    exempt = Entry("computers_primary", DataValue.State.NOT_APPLICABLE)
    actions.save_values(submission=province.submission("DN-101"), entries=[exempt], by=clerk, source="form")
    actions.submit(submissions=[province.submission("DN-101")], by=clerk)
    assert why("DN", "T5").outside == Outside(not_asked=5)
    assert why("DN", "T5", basis="provisional").outside == Outside(5, (("DN-101", "Trường tiểu học số 1"),))
    assert why("DN-101", "T1").outside == Outside()


def test_an_office_that_answered_is_not_missing_because_its_schools_are(province):
    """An office with a form of its own stands in the totals together with its schools."""
    indicator = Indicator.objects.get(code="T2")
    indicator.numerator, indicator.denominator = "lessons_online + dossiers_digital", "lessons + dossiers"
    indicator.pk, indicator.code = None, "T8"
    indicator.save()
    mark_changed()
    approve(province, "DN-1")
    rebuild(ReportingPeriod.objects.filter(pk=province.period.pk))
    named = {
        one.code
        for one in missing_units(
            Question(
                indicator=indicator,
                period=province.period,
                periods=[province.period],
                basis=Basis.OFFICIAL,
                units=OrgUnit.objects.under(province.unit("DN"), on=province.period.hierarchy_date),
            )
        )
    }
    assert "DN-1" not in named
    assert {"DN", "DN-2", "DN-101", "DN-201", "DN-301"} <= named


def test_of_many_missing_units_some_are_named_and_the_rest_counted(db, monkeypatch):
    monkeypatch.setattr("reporting.missing.NAMED_AT_MOST", 3)
    province = build_province(more_schools=5)
    found = explain(province.person("leader"), "DN", "T1", selected())
    assert len(found.missing) == 3
    assert (found.missing_count, found.unnamed) == (9, 6)


def test_a_school_shows_who_entered_and_who_approved(province, why):
    approved(
        province.submission("DN-101"),
        by=province.person("clerk_101"),
        reviewer=province.person("reviewer_1"),
        teachers=30,
        teachers_with_computer=10,
    )
    found = why("DN-101", "T1")
    [submission] = found.submissions
    assert (submission.name, submission.state) == ("Biểu TRUONG, kỳ năm 2023", "đã duyệt")
    assert re.fullmatch(r"clerk_101 nộp lúc .*; reviewer_1 duyệt lúc .*", submission.steps)
    assert {(one.element, one.value, one.updated_by) for one in found.values} == {
        ("Tổng số giáo viên", "30", "clerk_101"),
        ("Giáo viên có máy tính", "10", "clerk_101"),
    }


def test_values_that_do_not_count_yet_are_not_shown(province, why):
    enter(province.submission("DN-101"), by=province.person("clerk_101"), teachers=30)
    found = why("DN-101", "T1")
    assert [one.state for one in found.submissions] == ["đang nhập"]
    assert found.values == ()


def test_a_returned_submission_says_who_returned_it(province, why):
    submitted(province.submission("DN-101"), by=province.person("clerk_101"))
    actions.return_cells(
        submission=province.submission("DN-101"),
        reasons={"teachers": "Quá ít."},
        by=province.person("reviewer_1"),
    )
    [submission] = why("DN-101", "T1").submissions
    assert submission.steps.split("; ")[1].startswith("reviewer_1 trả lại lúc ")


def test_a_form_that_does_not_ask_for_the_elements_is_left_out(province, why):
    approve(province, "DN")
    assert why("DN", "T1").submissions == ()


def test_the_formula_is_said_in_the_names_of_its_elements(why):
    found = why("DN", "T1")
    assert [(one.code, one.name) for one in found.numerator] == [
        ("teachers_with_computer", "Giáo viên có máy tính")
    ]
    assert [one.help for one in found.denominator] == ["Định nghĩa của Tổng số giáo viên."]
    assert [one.name for one in why("DN", "T3").denominator] == ["Số đơn vị có số liệu"]
    assert found.period_rule == "lấy số liệu của kỳ cuối"
    assert why("DN", "T2").period_rule == "cộng số liệu của các kỳ"


def test_a_choice_in_a_formula_is_named(why):
    Indicator.objects.filter(code="T3").update(numerator="maturity=2")
    mark_changed()
    [term] = why("DN", "T3").numerator
    assert term.name == "Mức độ chuyển đổi số: chọn “2”"


def test_history_holds_every_period_with_the_shown_one_marked(province, why):
    approve(province, "DN-101", teachers=30, teachers_with_computer=10)
    actions.create_span(first=province.earlier, last=province.period, by=province.person("officer"))
    rows = [(part.name, part.value, part.is_current) for part in why("DN", "T1").history]
    assert rows == [("2022–2023", "33,33%", False), ("Năm 2023", "33,33%", True), ("Năm 2022", "–", False)]


def test_targets_come_with_their_documents_and_whether_they_were_verified(why):
    indicator = Indicator.objects.get(code="T1")
    Target.objects.create(
        indicator=indicator, year=2025, value=Decimal(50), document="Quyết định A", is_verified=True
    )
    Target.objects.create(
        indicator=indicator,
        year=2025,
        scope="unit",
        scope_code="DN",
        value=Decimal(60),
        document="Kế hoạch B",
    )
    found = why("DN", "T1").targets
    assert [(one.text, one.scope, one.document, one.is_verified) for one in found] == [
        ("≥ 50%", "cả nước", "Quyết định A", True),
        ("≥ 60%", "Sở Giáo dục và Đào tạo", "Kế hoạch B", False),
    ]


def test_a_target_of_the_province_holds_for_a_school_seen_by_its_own_clerk(province):
    """The clerk sees nothing above the school, and is held to the province's target all the same."""
    indicator = Indicator.objects.get(code="T1")
    Target.objects.create(indicator=indicator, year=2025, value=Decimal(10), document="Cả nước")
    Target.objects.create(
        indicator=indicator, year=2025, scope="unit", scope_code="DN", value=Decimal(90), document="Tỉnh"
    )
    approve(province, "DN-101", teachers=30, teachers_with_computer=10)
    found = explain(province.person("clerk_101"), "DN-101", "T1", selected())
    assert there(found.figure.target).document == "Tỉnh"
    assert found.place.above == ()


@pytest.mark.parametrize(
    "query",
    ["basis=official", "basis=provisional", "level=primary", "hierarchy=now", "level=primary&hierarchy=now"],
)
def test_the_page_costs_the_same_for_few_units_and_for_many(db, query):
    province = build_province(more_schools=12)
    for code in ("DN-101", "DN-201", "DN-9001", "DN-9002", "DN-9003"):
        submitted(province.submission(code), by=province.person("officer"))
    for code in ("DN-201", "DN-9001", "DN-9002"):
        actions.return_cells(
            submission=province.submission(code),
            reasons={"teachers": "Quá ít."},
            by=province.person("officer_2"),
        )
    client = Client()
    client.force_login(province.person("leader"))

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{path}?period=2023&{query}").status_code == 200
        return len(queries)

    for path in ("/units/{}/indicators/T1/", "/units/{}/indicators/T1.json"):
        cost(path.format("DN"))
        few, many = cost(path.format("DN-2")), cost(path.format("DN-1"))
        assert few == many
        assert many <= 30


def test_a_slice_is_explained_by_its_own_schools_alone(province, why):
    approve(province, "DN-101", teachers=30, teachers_with_computer=10)
    approve(province, "DN-102", teachers=20, teachers_with_computer=20)
    found = explain(province.person("leader"), "DN", "T1", selected(level="primary"))
    assert texts(found) == [("Huyện Một", "10", "30", "1/1 đơn vị"), ("Huyện Hai", "–", "–", "0/1 đơn vị")]
    assert [one.code for one in found.missing] == ["DN-201"]
    assert found.outside == Outside()
    assert found.parts.all[0].url == "/units/DN-1/indicators/T1/?period=2023&level=primary"


def test_an_office_is_no_school_of_a_slice(province, why):
    approve(province, "DN-1", dossiers=50, dossiers_digital=10)
    Indicator.objects.filter(code="T1").update(numerator="dossiers_digital", denominator="dossiers")
    mark_changed()
    rebuild([province.period])
    assert [one.state for one in why("DN-1", "T1").submissions] == ["đã duyệt"]
    found = explain(province.person("leader"), "DN-1", "T1", selected(level="primary"))
    assert (found.submissions, found.values, found.figure.value) == ((), (), None)


def test_as_now_a_school_explains_what_the_school_reported_that_was_merged_into_it(province, why):
    approve(province, "DN-101", teachers=30, teachers_with_computer=10)
    approve(province, "DN-102", teachers=20, teachers_with_computer=20)
    merge_units(
        units=[province.unit("DN-102")],
        into=province.unit("DN-101"),
        effective_on=dt.date(2024, 9, 1),
        by=province.person("officer"),
    )
    found = explain(province.person("leader"), "DN-101", "T1", selected(hierarchy="now"))
    [part] = found.parts.all
    assert (part.numerator, part.denominator, part.coverage) == ("30", "50", "2/2 đơn vị")
    assert "kế tục" in part.name
    assert why("DN-101", "T1").parts.all == ()


def test_rule_violations_stand_on_the_page(province):
    officer = province.person("officer")
    submission = province.submission("DN-101")
    enter(submission, by=officer, lessons=10, lessons_online=20)
    actions.save_values(
        submission=submission,
        entries=[],
        by=officer,
        source="form",
        explanations={"R-02": "Dạy bù buổi tối."},
    )
    actions.submit(submissions=[submission], by=officer)
    actions.approve(submissions=[submission], by=province.person("officer_2"))
    client = Client()
    client.force_login(province.person("leader"))
    page = client.get("/units/DN/indicators/T2/?period=2023").content.decode()
    assert "(20 so với 10)" in page
    assert "Quy tắc R-02, Trường tiểu học số 1, kỳ năm 2023." in page
    assert "Giải trình: Dạy bù buổi tối." in page
    assert "(20 so với 10)" not in client.get("/units/DN/indicators/T1/?period=2023").content.decode()


def broken(
    province: Province, period: ReportingPeriod, lessons: int, online: int, *, is_approved: bool = True
) -> None:
    officer = province.person("officer")
    submission = province.submission("DN-101", period)
    enter(submission, by=officer, lessons=lessons, lessons_online=online)
    actions.save_values(
        submission=submission, entries=[], by=officer, source="form", explanations={"R-02": "Dạy bù."}
    )
    actions.submit(submissions=[submission], by=officer)
    if is_approved:
        actions.approve(submissions=[submission], by=province.person("officer_2"))


@pytest.mark.parametrize(
    ("second_year", "said"),
    [
        ((10, 15), "(35 so với 20)"),  # 20 + 15 online of 10 + 10
        ((40, 20), ""),  # made good in the other year: 40 of 50
    ],
)
def test_over_a_span_a_rule_on_flows_is_checked_on_the_sums(province, second_year, said):
    broken(province, province.earlier, 10, 20)
    broken(province, province.period, *second_year)
    officer = province.person("officer")
    span = actions.create_span(first=province.earlier, last=province.period, by=officer)
    found = explain(officer, "DN", "T2", selected(span.code))
    findings = [one.finding[one.finding.index("(") :] for one in found.doubts]
    assert findings == ([said] if said else [])


def test_sums_over_a_span_leave_out_what_does_not_count_yet(province):
    broken(province, province.earlier, 10, 20)
    broken(province, province.period, 10, 15, is_approved=False)
    officer = province.person("officer")
    span = actions.create_span(first=province.earlier, last=province.period, by=officer)
    [doubt] = explain(officer, "DN", "T2", selected(span.code)).doubts
    assert doubt.finding.endswith("(20 so với 10)")
    assert "kỳ 2022–2023" in doubt.text
    [doubt] = explain(officer, "DN", "T2", selected(span.code, "provisional")).doubts
    assert doubt.finding.endswith("(35 so với 20)")


def test_the_page_leads_to_the_submission_and_to_the_missing_units(province):
    approve(province, "DN-101")
    client = Client()
    client.force_login(province.person("reviewer_1"))
    assert (
        'href="/submissions/2023/DN-101/TRUONG/"'
        in client.get("/units/DN-101/indicators/T1/?period=2023").content.decode()
    )
    assert (
        'href="/units/DN-102/indicators/T1/?period=2023"'
        in client.get("/units/DN-1/indicators/T1/?period=2023").content.decode()
    )


def test_a_footnote_stands_on_the_pages_of_the_figures_that_count_its_cell(province):
    clerk, submission = province.person("clerk_101"), enter_explained(province)
    actions.submit(submissions=[submission], by=clerk)
    client = Client()
    client.force_login(province.person("reviewer_1"))
    path = "/units/{}/indicators/{}/?period=2023&basis=provisional"
    sentence = '<li lang="vi">Tổng số giáo viên: Trường tiểu học số 1 giải trình: Tách hai lớp.</li>'
    assert "Chú thích in trong báo cáo" not in client.get(path.format("DN-1", "T1")).content.decode()
    client.post("/submissions/2023/DN-101/TRUONG/footnotes/teachers/", {"do": "mark"})
    for unit in ("DN-1", "DN-101"):
        assert sentence in client.get(path.format(unit, "T1")).content.decode()
    for unit, code in (("DN-102", "T1"), ("DN-1", "T2")):
        assert "Chú thích in trong báo cáo" not in client.get(path.format(unit, code)).content.decode()


def enter_explained(province: Province) -> Submission:
    """A school's form with a word to its number of teachers, not yet handed in."""
    clerk = province.person("clerk_101")
    submission = enter(province.submission("DN-101"), by=clerk)
    entry = Entry("teachers", number=30, explanation="Tách hai lớp.")
    actions.save_values(submission=submission, entries=[entry], by=clerk, source="form")
    return submission
