"""Years later: an edition is what it was, and its files can be made again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from indicators.models import Indicator
from reporting.editions.verifying import faults, rerender
from reporting.models import Edition, EditionFile
from schools.models import OrgUnit
from tests.audit_trail import around_flush
from tests.reporting.editions.making import mended

pytestmark = pytest.mark.usefixtures("edition", "db")
KINDS = EditionFile.Kind.values


@pytest.mark.parametrize("kind", KINDS)
def test_each_file_made_again_from_the_content_is_the_same_byte_for_byte(ready, edition, kind):
    mended(ready, teachers_with_computer=18)
    Indicator.objects.update(name="Tên khác", numerator="teachers", formula_version=2)
    OrgUnit.objects.update(name="Đơn vị khác")
    later = Edition.objects.get(pk=edition.pk)
    assert rerender(later, kind) == bytes(later.files.get(kind=kind).data)


def test_a_sound_edition_has_no_faults(edition):
    assert faults(Edition.objects.get(pk=edition.pk)) == []
    said = StringIO()
    call_command("verify_editions", stdout=said)
    assert said.getvalue() == "1 bản công bố, tất cả còn nguyên như khi công bố.\n"


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE reporting_editionfile SET data = x'00' WHERE kind = 'pdf'",
            "Tệp bao-cao_DN_2023",
        ),
        ("UPDATE reporting_editionfigure SET numerator = 21 WHERE code = 'T1'", "Chỉ số T1 không khớp"),
        ("UPDATE reporting_edition SET sha256 = 'x'", "Nội dung không khớp"),
        ("DELETE FROM reporting_editionfigure WHERE code = 'T1'", "Chỉ số T1 không khớp"),
    ],
    ids=["file", "figure", "fingerprint", "figure gone"],
)
def test_with_the_triggers_aside_an_alteration_is_found_out(edition, statement, sentence):
    connection.check_constraints()  # PostgreSQL alters no table with checks pending
    if connection.vendor == "postgresql":
        statement = statement.replace("x'00'", "'\\x00'::bytea")
    aside, _back = around_flush()
    with connection.cursor() as cursor:
        for one in [*aside, statement]:
            cursor.execute(one)
    [fault] = faults(Edition.objects.get(pk=edition.pk))
    assert sentence in fault
    said = StringIO()
    with pytest.raises(CommandError, match="1 bản công bố không còn nguyên vẹn"):
        call_command("verify_editions", stdout=said)
    assert f"DN, 2023, bản số 1: {fault}" in said.getvalue()
