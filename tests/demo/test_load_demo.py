"""When `manage.py load_demo` loads, when it refuses, and that it leaves nothing half done."""

import csv
import datetime as dt
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from collection.models import DataValue
from reporting.demo import loader
from schools.actions import NewUnit, create_units, create_user
from schools.models import Student
from tests.demo.test_answers import MISPRINTED, PUBLISHED

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(load, rows):
    """The sentence with which a run ends that must write nothing."""

    def run(*arguments):
        before = rows()
        with pytest.raises(CommandError) as error:
            load(*arguments)
        assert rows() == before
        return str(error.value)

    return run


def test_registers_can_be_left_out(catalogue, load):
    load("--schools", "10", "--no-registers")
    assert not Student.objects.exists()
    assert DataValue.objects.filter(element__code="learner_records").count() == 20


def test_a_database_with_real_units_is_left_alone(catalogue, refused):
    create_units(rows=[NewUnit("DN", "Sở GDĐT", "department", dt.date(2004, 1, 1))], by=None)
    assert "đã có đơn vị thật" in refused()


def test_without_a_catalogue_the_command_says_what_to_run_first(refused):
    assert "load_catalogue" in refused()


def test_too_few_schools_are_refused_with_the_smallest_number(catalogue, refused):
    assert "ít nhất 10 trường" in refused("--schools", "9")


def test_a_user_name_in_use_is_refused(catalogue, refused):
    create_user(username="lanhdao", password=None, by=None)
    assert "lanhdao" in refused("--schools", "10")


def test_an_interrupted_run_leaves_nothing_and_can_be_repeated(catalogue, load, rows, monkeypatch):
    before = rows()

    def interrupted(**arguments):
        assert rows() != before
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(loader, "add_teachers", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load("--schools", "10")
    assert rows() == before
    assert "Đã nạp tỉnh dùng thử: 10 trường" in load("--schools", "10")


def test_the_published_province_gives_the_published_figures(catalogue, load):
    """Through the whole house: entered, approved, totalled, and read by the command that others rely on."""
    load("--no-registers")
    out, err = StringIO(), StringIO()
    call_command("figures", period="2022..2023", format="json", stdout=out, stderr=err)
    figures = {row["code"]: row for row in json.loads(out.getvalue())}
    with PUBLISHED.open(encoding="utf-8") as file:
        published = {row["code"]: row for row in csv.DictReader(file)}
    assert list(figures) == list(published)
    for code, row in published.items():
        figure, kind = figures[code], row["kind"]
        if kind == "not applicable":
            assert (figure["value"], figure["status"]) == (None, "not_applicable")
        elif kind == "ratio":
            wanted = (row["value"], row["denominator"], row["computed_percent"])
            assert (figure["numerator"], figure["denominator"], figure["value"]) == wanted, code
        elif kind.endswith("percent"):
            assert Decimal(figure["value"]) == Decimal(row["published_percent"])
        else:
            assert int(figure["value"]) == MISPRINTED.get(code, int(row["value"]))
    assert (figures["A1.1"]["units_counted"], figures["A1.1"]["units_expected"]) == (366, 370)
    assert (figures["A1.2"]["units_counted"], figures["A1.2"]["units_expected"]) == (370, 370)
    assert "R-17 (A9.2)" in err.getvalue()
