"""Loading the catalogue: idempotent, all or nothing, and every fault in a sentence."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from indicators.actions import load_catalogue
from indicators.catalogue import faults_of
from indicators.kept import catalogue_of
from indicators.loading import CatalogueRefused
from indicators.models import DataElement, FormElement, Indicator, IndicatorSet, Rule, Target
from tests.indicators.conftest import FIXTURES

pytestmark = pytest.mark.django_db
SAME = UUID(int=0)  # a load makes the set's revision anew, and nothing else


def everything() -> list[tuple[object, ...]]:
    models: list[Any] = [IndicatorSet, DataElement, FormElement, Indicator, Rule, Target]
    return [row for model in models for row in model.objects.order_by("pk").values_list()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the files, to be spoilt."""
    return Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))


@pytest.fixture
def spoil(folder: Path) -> Callable[[str, str, str], None]:
    """Replace a text that stands in one file."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / "qd131" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def refusals(folder: Path) -> tuple[str, ...]:
    """The faults for which the files are refused; nothing may have been loaded."""
    with pytest.raises(CatalogueRefused) as refused:
        load_catalogue(folder=folder)
    assert everything() == []
    return refused.value.faults


def test_the_command_says_what_it_loaded(capsys):
    call_command("load_catalogue")

    assert "57 chỉ số" in capsys.readouterr().out


def test_a_second_load_changes_nothing():
    first = load_catalogue(folder=FIXTURES)
    IndicatorSet.objects.update(revision=SAME)
    before = everything()
    second = load_catalogue(folder=FIXTURES)
    IndicatorSet.objects.update(revision=SAME)

    assert everything() == before
    assert second == first


def test_whoever_keeps_the_catalogue_in_memory_sees_that_it_was_loaded_again():
    load_catalogue(folder=FIXTURES)
    [indicator_set] = IndicatorSet.objects.all()
    kept = catalogue_of(indicator_set)
    assert catalogue_of(IndicatorSet.objects.get()) is kept
    load_catalogue(folder=FIXTURES)
    assert catalogue_of(IndicatorSet.objects.get()) is not kept


def test_every_count_asks_about_a_change_of_more_than_thirty_percent():
    load_catalogue(folder=FIXTURES)
    limits = DataElement.objects.values_list("type", "change_limit").distinct()
    assert dict(limits) == {
        "count": 30,
        "yes_no": None,
        "choice": None,
        "choices": None,
    }


def test_a_load_brings_back_what_the_files_say():
    load_catalogue(folder=FIXTURES)
    Indicator.objects.filter(code="A1.1").update(name="Tên khác", choice_group="x")
    load_catalogue(folder=FIXTURES)

    indicator = Indicator.objects.get(code="A1.1")
    assert (indicator.name, indicator.choice_group) == ("Giáo viên có máy tính", "")


def test_rows_of_the_department_stay():
    load_catalogue(folder=FIXTURES)
    own = Target.objects.create(
        indicator=Indicator.objects.get(code="A1.1"),
        year=2027,
        scope="unit",
        scope_code="DN",
        value=90,
        document="Kế hoạch của tỉnh",
    )
    load_catalogue(folder=FIXTURES)

    assert Target.objects.filter(pk=own.pk).exists()


def test_checking_the_published_set_finds_nothing_in_a_few_statements(django_assert_max_num_queries):
    load_catalogue(folder=FIXTURES)

    with django_assert_max_num_queries(6):
        assert faults_of(IndicatorSet.objects.get()) == []


INDICATORS = "10_indicators_appendix_1_to_7.yaml"
BODY = "12_indicators_report_conditions.yaml"
RULES = "16_rules.yaml"
SCHOOL = "07_form_school.yaml"
SPOILT = [
    # file, what stands there, what stands there instead, words of the sentence
    (INDICATORS, "denominator: teachers", "denominator: teacher", "không có chỉ tiêu dữ liệu “teacher”"),
    (INDICATORS, "numerator: teachers_with_computer", "numerator: a - b", "Không đọc được vế “a - b”"),
    (INDICATORS, "numerator: teachers_with_computer", "numerator: units", "chỉ dùng ở mẫu số"),
    (INDICATORS, "denominator: teachers", "denominator: platforms", "không cộng được"),
    (INDICATORS, "numerator: platforms", "numerator: teachers", "không có danh sách để đếm mục"),
    (INDICATORS, "numerator: platforms", "numerator: platforms + teachers", "đúng một chỉ tiêu"),
    (INDICATORS, "choice_group: domestic", "choice_group: local", "không có nhóm “local”"),
    (INDICATORS, "denominator: teachers", "denominator: teachers\n    choice_group: x", "mới chọn nhóm"),
    (INDICATORS, "numerator: lessons_online_primary", "numerator: teachers", "quy tắc kỳ “lấy kỳ cuối”"),
    (INDICATORS, "section: [QD131, III.1]", "section: [QD131, III.9]", "trỏ tới ['QD131', 'III.9']"),
    (INDICATORS, "section: [QD131, III.1]", "section: [QD131]", "trỏ tới ['QD131']"),
    (INDICATORS, "section: [QD131, III.1]", "section: III.1", "trỏ tới III.1"),
    (INDICATORS, "code: A1.2", "code: A1.1", "khóa này đã có ở một mục trước"),
    (INDICATORS, "code: A1.2", "code: A/1", "trường “code”: Mã gồm chữ không dấu"),
    (INDICATORS, "kind: ratio", "kind: share", "trường “kind”"),
    (INDICATORS, "denominator: teachers", "total: teachers", "không có trường “total”"),
    (INDICATORS, "denominator: teachers\n", "\n", "indicator_formula_goes_with_kind"),
    ("06_elements_offices.yaml", "choice_list: [QD131, phan-mem]", "", "element_list_goes_with_choice"),
    (INDICATORS, "position: 1\n", "position: một\n", "trường “position”"),
    (INDICATORS, "model: indicators.indicator\n", "model: schools.user\n", "“schools.user” không thuộc"),
    (INDICATORS, "  fields:", "  pk: 1\n  fields:", "không ghi “pk”"),
    (BODY, "maturity_level=1", "maturity_level=9", "không có mục chọn “9”"),
    (BODY, "denominator: units", "denominator: units=1", "không đi kèm mục chọn"),
    (RULES, "right: teachers\n", "right: teacher\n", "Quy tắc R-01"),
    (RULES, "right: teachers\n", "right: units\n", "chỉ dùng ở mẫu số"),
    (RULES, "right: teachers\n", "right: procedures\n", "không biểu mẫu nào có đủ các chỉ tiêu"),
    ("01_set.yaml", "valid_from: 2022-01-25", "valid_from: mai", "trường “valid_from”"),
    (SCHOOL, "asked_of: [general_education]", "asked_of: [general]", "Không có đặc điểm đơn vị general"),
    (SCHOOL, "asked_of: [school]", "asked_of: school", "là một danh sách các từ"),
    (SCHOOL, "[QD131, other_staff]", "[QD131, survey_satisfied]", "other_staff không nằm trong biểu mẫu"),
    (SCHOOL, "[QD131, survey_satisfied]", "[QD131, teachers]", "có 2 lần trong biểu mẫu TRUONG"),
    ("03_elements_size_equipment.yaml", "code: learner_records", "code: units", "khác với “units”"),
    ("03_elements_size_equipment.yaml", "code: learner_records", "code: Records", "trường “code”: Mã gồm"),
    ("15_targets.yaml", "scope: national", "scope: level\n    scope_code: x", "Không có cấp học “x”"),
    ("01_set.yaml", "- model: indicators.section", "- model: [", "không đọc được tệp YAML"),
    ("01_set.yaml", "valid_from: 2022-01-25", "valid_from: 2022-13-25", "không đọc được tệp YAML"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "words"), SPOILT, ids=[row[2][:40] for row in SPOILT])
def test_a_mistake_is_named_and_nothing_is_loaded(folder, spoil, name, old, new, words):
    spoil(name, old, new)

    faults = refusals(folder)

    assert any(words in fault for fault in faults), faults


def test_all_mistakes_are_listed_with_their_place(folder, spoil):
    spoil(INDICATORS, "kind: ratio", "kind: share")
    spoil(BODY, "direction: up", "direction: left")

    faults = refusals(folder)

    assert any(fault.startswith(f"qd131/{INDICATORS}, mục 1 (indicator A1.1): ") for fault in faults)
    assert any(fault.startswith(f"qd131/{BODY}, mục 1 (indicator B1.1): ") for fault in faults)


def test_a_folder_without_files_is_refused(tmp_path):
    assert "Không có tệp .yaml nào" in refusals(tmp_path)[0]


def test_a_file_that_is_no_list_is_refused(folder):
    (folder / "qd131" / "17_more.yaml").write_text("model: indicators.rule\n", encoding="utf-8")

    assert "phải là một danh sách" in refusals(folder)[0]


def test_the_command_lists_the_mistakes_and_says_that_nothing_was_loaded(folder, spoil):
    spoil(INDICATORS, "denominator: teachers", "denominator: teacher")

    with pytest.raises(CommandError) as refused:
        call_command("load_catalogue", "--folder", str(folder))
    heading, fault = str(refused.value).split("\n")
    assert heading == "Danh mục có 1 lỗi, chưa nạp gì. Hãy sửa rồi chạy lại:"
    assert fault.startswith("- Bộ chỉ số QD131: Chỉ số A1.1: ")
    assert everything() == []
