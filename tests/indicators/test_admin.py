"""The catalogue's administration: who may enter, what it refuses, what it says afterwards."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from indicators.models import Choice, DataElement, Form, FormSection, Indicator, IndicatorSet, Rule, Target
from schools.actions import create_user
from schools.models import OrgUnit
from schools.roles import Role
from tests.schools.province import build

pytestmark = pytest.mark.django_db
MODELS: list[Any] = [IndicatorSet, DataElement, Form, FormSection, Indicator, Target, Rule]


def address(model: Any, page: str, *args: object) -> str:
    return reverse(f"admin:indicators_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def officer(catalogue, client):
    """A department officer who may enter the administration."""
    build()
    unit = OrgUnit.objects.get(code="DN")
    user = create_user(
        username="admin-officer", password=None, memberships=[(unit, Role.OFFICER)], is_staff=True, by=None
    )
    client.force_login(user)
    return client


def typed(response: Any) -> dict[str, Any]:
    """What a page's forms would send back unchanged."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            sent[field.html_name] = "" if value is None else value
            if value is False:
                del sent[field.html_name]
    return sent


def change(client: Any, row: Any, **fields: Any) -> Any:
    """Send the page of `row` with some fields changed."""
    where = address(type(row), "change", row.pk)
    return client.post(where, {**typed(client.get(where)), **fields})


def prefix_of(client: Any, row: Any, inline: Any) -> str:
    """Where the page of `row` asks for the inline row `inline`."""
    page = client.get(address(type(row), "change", row.pk))
    forms = page.context["inline_admin_formsets"][0].formset.forms
    return str(next(form.prefix for form in forms if form.instance == inline))


def said(response: Any) -> str:
    return "\n".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_and_page_opens_and_an_unchanged_page_can_be_saved(officer, model):
    row = model.objects.first()

    assert officer.get(address(model, "changelist"), {"q": "a"}).status_code == 200
    assert officer.get(address(model, "add")).status_code == 200
    response = change(officer, row)
    assert response.status_code == 302, response.context["errors"]
    assert "lỗi" not in said(response)


ROLES = [
    ("DN", Role.OFFICER, 200),
    ("DN", Role.ADMINISTRATOR, 200),
    ("DN", Role.LEADER, 403),
    ("DN", Role.AUDITOR, 403),
    ("P1", Role.OFFICER, 403),
    ("S1", Role.ADMINISTRATOR, 403),
    ("S1", Role.CLERK, 403),
]


@pytest.mark.parametrize(("unit", "role", "expected"), ROLES)
def test_only_who_manages_the_catalogue_at_the_top_may_enter(catalogue, client, unit, role, expected):
    build()
    where = OrgUnit.objects.get(code=unit)
    client.force_login(
        create_user(username="somebody", password=None, memberships=[(where, role)], is_staff=True, by=None)
    )

    assert client.get(address(Indicator, "changelist")).status_code == expected


def test_the_administration_is_closed_to_who_is_no_staff(catalogue, reader):
    assert reader.get(address(Indicator, "changelist")).status_code == 302


def test_managing_the_catalogue_gives_nothing_else(officer):
    user = officer.get(address(Indicator, "changelist")).wsgi_request.user

    assert user.has_perm("indicators.change_indicator")
    assert not user.has_perm("schools.change_user")
    assert user.has_module_perms("indicators")
    assert not user.has_module_perms("schools")


FORMULAS = [
    ({"numerator": "teachers_with_computers"}, "không có chỉ tiêu dữ liệu “teachers_with_computers”"),
    ({"denominator": "teachers - other_staff"}, "Không đọc được vế"),
    ({"denominator": "platforms"}, "không cộng được"),
    ({"numerator": "maturity_level=7"}, "không có mục chọn “7”"),
    ({"numerator": "units"}, "chỉ dùng ở mẫu số"),
    ({"choice_group": "domestic"}, "mới chọn nhóm"),
    ({"period_rule": "sum"}, "quy tắc kỳ"),
    ({"denominator": ""}, "indicator_formula_goes_with_kind"),
]


@pytest.mark.parametrize(("fields", "words"), FORMULAS)
def test_a_formula_that_names_what_is_not_there_is_refused(officer, fields, words):
    indicator = Indicator.objects.get(code="A1.1")
    response = change(officer, indicator, **fields)

    assert response.status_code == 200
    assert words in " ".join(map(str, response.context["errors"]))
    indicator.refresh_from_db()
    assert (indicator.numerator, indicator.formula_version) == ("teachers_with_computer", 1)


def test_another_formula_is_another_version_and_says_what_to_do(officer):
    indicator = Indicator.objects.get(code="A1.1")
    response = change(officer, indicator, numerator="teachers_with_internet")

    indicator.refresh_from_db()
    assert indicator.formula_version == 2
    assert "rebuild_totals" in said(response)
    change(officer, indicator, name="Tên sửa lại")
    indicator.refresh_from_db()
    assert (indicator.name, indicator.formula_version) == ("Tên sửa lại", 2)


def test_a_rule_over_unknown_elements_is_refused(officer):
    response = change(officer, Rule.objects.get(code="R-01"), right="teacher")

    assert "không có chỉ tiêu dữ liệu “teacher”" in " ".join(map(str, response.context["errors"]))


def test_an_element_cannot_change_under_the_formulas_that_name_it(officer):
    element = DataElement.objects.get(code="teachers")
    response = change(officer, element, type="text")

    errors = " ".join(map(str, response.context["errors"]))
    assert "Chỉ số A1.1" in errors
    assert "Quy tắc R-01" in errors
    element.refresh_from_db()
    assert element.type == "count"


def test_an_element_that_a_formula_names_cannot_be_deleted(officer):
    element = DataElement.objects.get(code="online_teaching_plan")
    element.form_elements.all().delete()
    where = address(DataElement, "delete", element.pk)

    assert "B2.2" in str(officer.get(where).context["protected"])
    officer.post(where, {"post": "yes"})
    assert DataElement.objects.filter(pk=element.pk).exists()


def test_codes_and_sets_stay_as_they_were_given(officer):
    indicator = Indicator.objects.get(code="A1.1")
    change(officer, indicator, code="Z9", indicator_set="")

    indicator.refresh_from_db()
    assert (indicator.code, indicator.indicator_set.code) == ("A1.1", "QD131")


def test_whom_a_section_concerns_is_ticked(officer):
    section = FormSection.objects.get(form__code="TRUONG", code="thcs")
    page = officer.get(address(Form, "change", section.form.pk)).content.decode()
    prefix = prefix_of(officer, section.form, section)

    assert "có cấp trung học cơ sở" in page
    response = change(officer, section.form, **{f"{prefix}-asked_of": ["primary", "lower_secondary"]})
    assert response.status_code == 302
    section.refresh_from_db()
    assert section.asked_of == ["primary", "lower_secondary"]


def test_a_trait_that_does_not_exist_cannot_be_sent(officer):
    form = Form.objects.get(code="TRUONG")
    response = change(officer, form, asked_of=["college"])

    assert response.status_code == 200
    form.refresh_from_db()
    assert form.asked_of == ["school"]


def test_a_set_that_no_longer_holds_together_says_so(officer):
    choice = Choice.objects.get(choice_list__code="muc-do", code="1")
    prefix = prefix_of(officer, choice.choice_list, choice)
    response = change(officer, choice.choice_list, **{f"{prefix}-DELETE": "on"})

    assert response.status_code == 302
    assert "Chỉ số B1.5" in said(response)
    assert "không có mục chọn “1”" in said(response)


def test_a_target_of_the_province_is_added_beside_the_national_one(officer):
    indicator = Indicator.objects.get(code="A1.1")
    added = {
        "targets-TOTAL_FORMS": 2,
        "targets-1-year": 2026,
        "targets-1-scope": "unit",
        "targets-1-scope_code": "DN",
        "targets-1-comparison": "at_least",
        "targets-1-value": "90",
        "targets-1-document": "Kế hoạch của tỉnh",
        "targets-1-id": "",
        "targets-1-indicator": indicator.pk,
    }
    response = change(officer, indicator, **added)

    assert response.status_code == 302, response.context["errors"]
    assert indicator.targets.count() == 2
    assert not indicator.targets.get(scope="unit").is_verified
