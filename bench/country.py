"""A department of 53,000 schools beside the demo province: the same offices and schools, many times over.

It has as many offices and schools of its own as the demo department, so both dashboards show as much, and
the rows that `load_demo --schools 53000` would leave for what a dashboard reads: units, ancestry,
submissions, violations, totals. Written straight into the tables, in seconds; nobody has entered the values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from django.db import connection
from django.db.models import Max

from collection.models import Submission, Violation
from reporting.models import ChoiceCount, Totals
from schools.actions import create_user
from schools.models import Ancestry, OrgUnit, SchoolProfile
from schools.roles import Role

SCHOOLS = 53_000
CODE, LEADER = "QG", "lanhdao.qg"
DEPARTMENT, SINCE = "DN", dt.date(2000, 1, 1)
BATCH = 5_000


@cache
def country() -> None:
    """Make the department with its leader, once for all rows that need it."""
    units = list(OrgUnit.objects.filter(pk__in=_subtree(DEPARTMENT)).select_related("kind").order_by("pk"))
    parents = dict(
        Ancestry.objects.filter(depth=1, valid_to__isnull=True).values_list("descendant", "ancestor")
    )
    pairs = list(_copies(units, parents))
    OrgUnit.objects.bulk_create((copy for _original, copy, _above in pairs), batch_size=BATCH)
    Ancestry.objects.bulk_create(
        (
            Ancestry(ancestor_id=ancestor, descendant=copy, depth=depth, valid_from=SINCE)
            for _original, copy, above in pairs
            for depth, ancestor in enumerate([copy.pk, *above])
        ),
        batch_size=BATCH,
    )
    originals = [(original, copy.pk) for original, copy, _above in pairs]
    _copy_profiles(originals)
    _copy_submissions(originals)
    _copy_totals(originals)
    top = OrgUnit.objects.get(code=CODE)
    create_user(username=LEADER, password=None, memberships=[(top, Role.LEADER)], by=None)


def _subtree(code: str) -> list[int]:
    rows = Ancestry.objects.filter(ancestor__code=code, valid_to__isnull=True)
    return list(rows.order_by().values_list("descendant", flat=True))


def _copies(units: list[OrgUnit], parents: dict[int, int]) -> Iterator[tuple[int, OrgUnit, list[int]]]:
    """(id of the original, its copy, ids above the copy from the nearest): each school of an office many
    times, everything else once."""
    following = (OrgUnit.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    top = next(one for one in units if one.code == DEPARTMENT)
    offices = {one.pk for one in units if one.kind.code == "district_office"}
    under_offices = [one for one in units if parents.get(one.pk) in offices]
    times = -(-(SCHOOLS - (len(units) - len(under_offices))) // len(under_offices))
    copied: dict[int, int] = {}
    # Whatever stands above others comes first.
    for one in sorted(units, key=lambda one: (one != top, one.pk not in offices)):
        for number in range(times if one in under_offices else 1):
            code = CODE if one == top else f"{CODE}{one.code[2:]}-{number}"
            above = []
            parent = None if one == top else parents[one.pk]
            while parent is not None:
                above.append(copied[parent])
                parent = None if parent == top.pk else parents[parent]
            copy = OrgUnit(
                pk=following,
                code=code[:20],
                name=one.name,
                kind=one.kind,
                search_name=one.search_name,
                valid_from=SINCE,
            )
            copied[one.pk] = following
            following += 1
            yield one.pk, copy, above


def _copy_profiles(originals: list[tuple[int, int]]) -> None:
    profiles = {one.unit_id: one for one in SchoolProfile.objects.prefetch_related("levels")}
    copies = [
        (profiles[original], SchoolProfile(unit_id=copy, ownership=profiles[original].ownership))
        for original, copy in originals
        if original in profiles
    ]
    SchoolProfile.objects.bulk_create((copy for _original, copy in copies), batch_size=BATCH)
    link = SchoolProfile.levels.through
    link.objects.bulk_create(
        (
            link(schoolprofile_id=copy.pk, educationlevel_id=level.pk)
            for original, copy in copies
            for level in original.levels.all()
        ),
        batch_size=BATCH,
    )


def _copy_submissions(originals: list[tuple[int, int]]) -> None:
    """Submissions of all periods, each with the rules that its values break."""
    by_unit: dict[int, list[Submission]] = {}
    for one in Submission.objects.prefetch_related("violations"):
        by_unit.setdefault(one.org_unit_id, []).append(one)
    following = (Submission.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    submissions, violations = [], []
    for original, copy in originals:
        for one in by_unit.get(original, ()):
            fields = {
                field.attname: getattr(one, field.attname)
                for field in Submission._meta.concrete_fields
                if not field.primary_key
            }
            submissions.append(Submission(pk=following, **{**fields, "org_unit_id": copy}))
            violations += [
                Violation(
                    submission_id=following, rule_id=broken.rule_id, left=broken.left, right=broken.right
                )
                for broken in one.violations.all()
            ]
            following += 1
    Submission.objects.bulk_create(submissions, batch_size=BATCH)
    Violation.objects.bulk_create(violations, batch_size=BATCH)


def _copy_totals(originals: list[tuple[int, int]]) -> None:
    """Official rows of every copy; what the rows above would sum to does not matter to who reads them."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE copies (original bigint, copy bigint)")
        for start in range(0, len(originals), BATCH):
            some = originals[start : start + BATCH]
            marks = ", ".join(["(%s, %s)"] * len(some))
            cursor.execute(f"INSERT INTO copies VALUES {marks}", [one for pair in some for one in pair])
        for model in (Totals, ChoiceCount):
            table = model._meta.db_table
            columns = ", ".join(
                str(field.column)
                for field in model._meta.concrete_fields
                if not field.primary_key and field.name != "org_unit"
            )
            cursor.execute(
                f"INSERT INTO {table} (org_unit_id, {columns}) SELECT copies.copy, {columns}"
                f" FROM {table} JOIN copies ON copies.original = {table}.org_unit_id"
                " WHERE basis = 'official' AND (period_id IN"
                " (SELECT id FROM collection_reportingperiod WHERE code = '2023') OR org_unit_id IN"
                " (SELECT original FROM copies GROUP BY original HAVING COUNT(*) = 1))"
            )
        cursor.execute("DROP TABLE copies")
