"""A small indicator set with every type of element, for tests that need no 57 indicators."""

from __future__ import annotations

import datetime as dt

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
)

Type = DataElement.Type
LAST, SUM = DataElement.PeriodRule.LAST, DataElement.PeriodRule.SUM

# code, name, type, period rule, choice list
ELEMENTS = [
    ("teachers", "Tổng số giáo viên", Type.COUNT, LAST, ""),
    ("teachers_with_computer", "Giáo viên có máy tính", Type.COUNT, LAST, ""),
    ("computers_primary", "Máy tính cấp tiểu học", Type.COUNT, LAST, ""),
    ("lessons", "Số tiết dạy", Type.COUNT, SUM, ""),
    ("lessons_online", "Số tiết dạy trực tuyến", Type.COUNT, SUM, ""),
    ("online_plan", "Có kế hoạch dạy học trực tuyến", Type.YES_NO, LAST, ""),
    ("maturity", "Mức độ chuyển đổi số", Type.CHOICE, LAST, "muc-do"),
    ("platforms", "Nền tảng đang dùng", Type.CHOICES, LAST, "nen-tang"),
    ("remark", "Ghi chú của đơn vị", Type.TEXT, LAST, ""),
    ("dossiers", "Hồ sơ công việc", Type.COUNT, SUM, ""),
    ("dossiers_digital", "Hồ sơ công việc xử lý trên môi trường số", Type.COUNT, SUM, ""),
]
# form -> asked of, section -> asked of, elements with the traits that each is asked of
FORMS: dict[str, tuple[list[str], dict[str, tuple[list[str], dict[str, list[str]]]]]] = {
    "TRUONG": (
        ["school"],
        {
            "quy-mo": ([], {"teachers": [], "teachers_with_computer": [], "computers_primary": ["primary"]}),
            "day-hoc": (
                ["general_education"],
                {"lessons": [], "lessons_online": [], "online_plan": [], "maturity": [], "platforms": []},
            ),
            "khac": ([], {"remark": []}),
        },
    ),
    "PHONG": (["district_office"], {"ho-so": ([], {"dossiers": [], "dossiers_digital": []})}),
    "SO": (["department"], {"ho-so": ([], {"dossiers": [], "dossiers_digital": []})}),
}
OPTIONAL = {"remark"}
RULES = [
    # code, kind, severity, left, right, message
    ("R-01", "part_of_whole", "hard", "teachers_with_computer", "teachers", "Phần không được lớn hơn tổng"),
    (
        "R-02",
        "subset",
        "soft",
        "lessons_online",
        "lessons",
        "Số tiết trực tuyến thường không vượt số tiết dạy",
    ),
    ("R-03", "part_of_whole", "hard", "dossiers_digital", "dossiers", "Phần không được lớn hơn tổng"),
]
INDICATORS = [
    # code, name, kind, numerator, denominator, period rule
    ("T1", "Giáo viên có máy tính", "ratio", "teachers_with_computer", "teachers", LAST),
    ("T2", "Tiết dạy trực tuyến", "ratio", "lessons_online", "lessons", SUM),
    ("T3", "Trường có kế hoạch", "ratio", "online_plan", "units", LAST),
    ("T4", "Số nền tảng", "distinct", "platforms", "", LAST),
    ("T5", "Máy tính cấp tiểu học", "count", "computers_primary", "", LAST),
]
CHOICES = {"muc-do": ["1", "2", "3"], "nen-tang": ["azota", "zalo", "zoom"]}


def create_small_catalogue(code: str = "NHO") -> IndicatorSet:
    """The set with its elements, forms, rules and indicators."""
    indicator_set = IndicatorSet.objects.create(
        code=code, name="Bộ chỉ số nhỏ", legal_basis="Văn bản thử", valid_from=dt.date(2020, 1, 1)
    )
    lists = {name: _choice_list(indicator_set, name, codes) for name, codes in CHOICES.items()}
    elements = {}
    for element_code, name, kind, period_rule, choice_list in ELEMENTS:
        elements[element_code] = DataElement.objects.create(
            indicator_set=indicator_set,
            code=element_code,
            name=name,
            type=kind,
            period_rule=period_rule,
            choice_list=lists.get(choice_list),
            definition=f"Định nghĩa của {name}.",
        )
    for position, (form_code, (asked_of, sections)) in enumerate(FORMS.items(), start=1):
        form = Form.objects.create(
            indicator_set=indicator_set,
            code=form_code,
            name=f"Biểu {form_code}",
            asked_of=asked_of,
            position=position,
        )
        _add_sections(form, sections, elements)
    for rule_code, rule_kind, severity, left, right, message in RULES:
        Rule.objects.create(
            indicator_set=indicator_set,
            code=rule_code,
            kind=rule_kind,
            severity=severity,
            left=left,
            right=right,
            message=message,
        )
    _add_indicators(indicator_set)
    return indicator_set


def _choice_list(indicator_set: IndicatorSet, code: str, codes: list[str]) -> ChoiceList:
    choice_list = ChoiceList.objects.create(indicator_set=indicator_set, code=code, name=code)
    for position, choice in enumerate(codes, start=1):
        Choice.objects.create(
            choice_list=choice_list, code=choice, name=choice.capitalize(), position=position
        )
    return choice_list


def _add_sections(
    form: Form,
    sections: dict[str, tuple[list[str], dict[str, list[str]]]],
    elements: dict[str, DataElement],
) -> None:
    for position, (code, (asked_of, asked)) in enumerate(sections.items(), start=1):
        section = FormSection.objects.create(
            form=form, code=code, name=f"Phần {code}", asked_of=asked_of, position=position
        )
        FormElement.objects.bulk_create(
            FormElement(
                section=section,
                element=elements[element],
                asked_of=traits,
                is_required=element not in OPTIONAL,
                position=place,
            )
            for place, (element, traits) in enumerate(asked.items(), start=1)
        )


def _add_indicators(indicator_set: IndicatorSet) -> None:
    section = Section.objects.create(indicator_set=indicator_set, code="nho", name="Phần", position=1)
    for position, (code, name, kind, numerator, denominator, period_rule) in enumerate(INDICATORS, start=1):
        Indicator.objects.create(
            indicator_set=indicator_set,
            section=section,
            code=code,
            name=name,
            short_name=name,
            kind=kind,
            numerator=numerator,
            denominator=denominator,
            period_rule=period_rule,
            position=position,
        )
