"""The indicator set of Decision 131 as its files say it, held against the published figures."""

import csv
import re
from pathlib import Path

import pytest

from indicators.asking import FormLayout
from indicators.formula import elements_of
from indicators.models import (
    Choice,
    ChoiceList,
    DataElement,
    Form,
    FormElement,
    FormSection,
    Indicator,
    IndicatorSet,
    Rule,
    Section,
    Target,
)
from indicators.traits import TRAITS
from schools.models import EducationLevel, UnitKind
from schools.traits import GENERAL_EDUCATION, MANAGED_BY

pytestmark = pytest.mark.django_db
FACTS = Path(__file__).parent.parent / "facts"
# How the published figures call the kinds; the last two are shares of which only the percentage is printed.
KINDS = {
    "ratio": "ratio",
    "count": "count",
    "distinct": "distinct",
    "not applicable": "not_applicable",
    "weighted percent": "ratio",
    "survey percent": "ratio",
}
MODELS = [IndicatorSet, Section, ChoiceList, Choice, DataElement, Form, FormSection, Indicator, Rule]


def published() -> list[dict[str, str]]:
    with (FACTS / "published-figures.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def appendix_rows() -> dict[int, dict[str, str]]:
    with (FACTS / "appendix-form.csv").open(encoding="utf-8") as file:
        return {int(row["row"]): row for row in csv.DictReader(file)}


def test_every_published_figure_has_its_indicator_in_the_published_order(catalogue):
    rows = list(Indicator.objects.values_list("code", "kind"))

    assert rows == [(row["code"], KINDS[row["kind"]]) for row in published()]
    assert len(rows) == 57


def test_only_a_printed_denominator_belongs_to_a_ratio(catalogue):
    ratios = {row.code for row in Indicator.objects.filter(kind="ratio")}

    assert {row["code"] for row in published() if row["denominator"]} <= ratios


def test_the_appendix_has_the_official_wording(catalogue):
    forms = appendix_rows()

    for indicator in Indicator.objects.all():
        if indicator.appendix_row is None:
            assert indicator.code.startswith("B")
            continue
        row = forms[indicator.appendix_row]
        assert indicator.appendix_subject == row["subject"]
        measures = dict(part.split(": ", 1) for part in row["measures"].split(" | "))
        official = measures[indicator.code].removesuffix(", đạt tỉ lệ")
        if indicator.kind == Indicator.Kind.NOT_APPLICABLE:
            assert official.startswith("không áp dụng")
        else:
            assert indicator.appendix_measure.lower() == official.lower()
    assert set(forms) == set(
        Indicator.objects.exclude(appendix_row=None).values_list("appendix_row", flat=True)
    )


def test_what_does_not_apply_says_why(catalogue):
    rows = Indicator.objects.filter(kind="not_applicable")

    assert {row.code for row in rows} == {"A4", "A6", "A7"}
    assert {row.not_applicable_reason for row in rows} == {"Tỉnh không có cơ sở giáo dục đại học."}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_vietnamese_text_has_its_english(catalogue, model):
    pairs = [
        (field.name.removesuffix("_en"), field.name)
        for field in model._meta.fields
        if field.name.endswith("_en")
    ]
    missing = [
        f"{row} {english}"
        for row in model.objects.all()
        for vietnamese, english in pairs
        if bool(getattr(row, vietnamese)) != bool(getattr(row, english))
    ]

    assert pairs
    assert missing == []


def test_every_element_says_what_to_count_from_where_with_an_example(catalogue):
    for element in DataElement.objects.all():
        assert element.definition.endswith(("ngày cuối kỳ báo cáo.", "đến ngày cuối kỳ báo cáo."))
        assert element.source
        assert element.example
        assert bool(element.unit_of_measure) == (element.type == DataElement.Type.COUNT)


def test_every_indicator_says_its_law_and_why_it_matters(catalogue):
    for indicator in Indicator.objects.all():
        assert "/" in indicator.legal_basis
        assert indicator.why_it_matters
        assert len(indicator.short_name) <= 40
        assert bool(indicator.unit_of_measure) == (indicator.kind != Indicator.Kind.NOT_APPLICABLE)


def test_flows_add_up_and_stocks_do_not(catalogue):
    """A flow says that the whole period counts, a stock names its day."""
    for element in DataElement.objects.all():
        assert element.definition.endswith("từ ngày đầu đến ngày cuối kỳ báo cáo.") == (
            element.period_rule == DataElement.PeriodRule.SUM
        )


def test_leaders_see_every_indicator_with_a_target(catalogue):
    shown = set(Indicator.objects.filter(on_dashboard=True).values_list("code", flat=True))

    assert shown == set(Target.objects.values_list("indicator__code", flat=True))


TARGETS = {
    "A1.1": "50", "A1.2": "50", "A2.1": "50", "A2.2": "50", "A3.3": "50", "A5.1": "5", "A5.2": "10",
    "A8.1": "100", "A8.2": "100", "A8.3": "100", "A8.4": "80", "A8.5": "90", "A8.6": "80",
    "A9.1": "80", "A9.2": "60", "A9.3": "80", "A9.4": "80",
}  # fmt: skip


def test_the_targets_are_those_of_the_decision_and_say_which_nobody_has_compared(catalogue):
    rows = list(Target.objects.select_related("indicator"))

    assert {row.indicator.code: f"{row.value:f}".removesuffix(".00") for row in rows} == TARGETS
    assert {(row.year, row.scope) for row in rows} == {(2025, "national")}
    assert {row.document for row in rows} == {"Quyết định 131/QĐ-TTg ngày 25/01/2022"}
    assert {row.indicator.code for row in rows if not row.is_verified} == {"A9.1", "A9.2", "A9.3", "A9.4"}
    assert {row.indicator.code for row in rows if row.comparison == "more_than"} == {"A3.3"}
    assert Indicator.objects.filter(is_estimate=True).values_list("code", flat=True).count() == 2


def test_the_platforms_and_products_are_those_counted(catalogue):
    platforms = Choice.objects.filter(choice_list__code="nen-tang")

    assert platforms.count() == 12
    assert platforms.filter(group="domestic").count() == 7
    assert Choice.objects.filter(choice_list__code="phan-mem").count() == 14
    assert ChoiceList.objects.get(is_illustrative=True).code == "phan-mem"
    assert all(re.fullmatch(r"[a-z0-9_]+", choice.code) for choice in Choice.objects.all())


def layouts() -> dict[str, FormLayout]:
    return {form.code: FormLayout.load(form) for form in Form.objects.all()}


ASKED = [
    # form, traits, some that are asked, some that are not
    ("TRUONG", {"school", "preschool"}, {"teachers", "survey_respondents"}, {"pupils", "platforms"}),
    (
        "TRUONG",
        {"school", "primary", "general_education"},
        {"pupils", "lessons_primary", "platforms"},
        {"lessons_secondary", "computers_upper_secondary", "leader_digital_signature"},
    ),
    (
        "TRUONG",
        {"school", "upper_secondary", "general_education", "managed_by_department"},
        {"it_staff", "lessons_secondary", "leader_digital_signature", "online_exam_registration"},
        {"lessons_primary", "computers_lower_secondary"},
    ),
    (
        "TRUONG",
        {"school", "continuing", "general_education", "managed_by_department"},
        {"pupils", "platforms", "leader_digital_signature"},
        {"lessons_secondary", "it_staff"},
    ),
    ("TRUONG", {"district_office"}, set(), {"teachers", "it_staff"}),
    ("PHONG", {"district_office", "managed_by_department"}, {"district_dossiers", "it_staff"}, {"teachers"}),
    ("SO", {"department"}, {"procedures", "management_software"}, {"teachers", "it_staff"}),
]  # fmt: skip


@pytest.mark.parametrize(("form", "traits", "asked", "not_asked"), ASKED)
def test_each_form_asks_what_concerns_the_unit(catalogue, form, traits, asked, not_asked):
    codes = layouts()[form].codes(traits)

    assert asked <= codes
    assert not_asked.isdisjoint(codes)


def test_whoever_is_asked_a_numerator_is_asked_its_denominator(catalogue):
    """So no unit is missing from a ratio by the form itself."""
    by_form = layouts()
    combinations = [set(traits) for _, traits, _, _ in ASKED]
    for indicator in Indicator.objects.filter(kind="ratio"):
        for layout in by_form.values():
            for traits in combinations:
                codes = layout.codes(traits)
                if set(elements_of(indicator.numerator)) <= codes:
                    assert set(elements_of(indicator.denominator)) <= codes, (indicator.code, traits)


def test_the_traits_of_forms_are_the_words_that_schools_give(catalogue):
    kinds = set(UnitKind.objects.values_list("code", flat=True))
    levels = set(EducationLevel.objects.values_list("code", flat=True))
    parents = {f"{MANAGED_BY}{kind}" for kind in kinds - {"school"}}

    assert set(TRAITS) == kinds | levels | {GENERAL_EDUCATION} | parents


def test_the_rule_that_the_report_speaks_of_is_soft(catalogue):
    rule = Rule.objects.get(code="R-17")

    assert (rule.left, rule.right) == ("dossiers_resolved_online", "dossiers_filed_online")
    assert (rule.kind, rule.severity) == (Rule.Kind.SUBSET, Rule.Severity.SOFT)


def test_pairs_ask_and_never_block(catalogue):
    pairs = Rule.objects.filter(kind=Rule.Kind.PAIR)

    assert pairs.exists()
    assert {pair.severity for pair in pairs} == {Rule.Severity.SOFT}
    assert not any("teachers" in pair.left for pair in pairs)


def test_every_ratio_of_counts_has_a_rule_that_keeps_the_part_below_the_whole(catalogue):
    """Machines may exceed the minimum need; every other part is held below its whole."""
    held = {(rule.left, rule.right) for rule in Rule.objects.filter(kind="part_of_whole", severity="hard")}
    loose = {"procedures_online_full", "procedures_online_partial"}  # held by the total of both
    loose |= {"service_very_satisfied", "service_satisfied"}
    for indicator in Indicator.objects.filter(kind="ratio").exclude(denominator="units"):
        if "needed" in indicator.denominator or indicator.numerator in loose:
            continue
        assert (indicator.numerator, indicator.denominator) in held, indicator.code


def test_every_answer_is_required(catalogue):
    assert not FormElement.objects.filter(is_required=False).exists()
