"""When submissions that were already handed in came first: the audit trail has kept every hand-in."""

from django.db import migrations

BATCH = 1000


def fill(apps, schema_editor):
    first = {}
    handed_in = apps.get_model("schools", "AuditEvent").objects.filter(action="submission.submit")
    for unit, period, detail, at in handed_in.order_by("at").values_list(
        "unit_code", "period_code", "detail", "at"
    ):
        first.setdefault((period, unit, detail.get("form")), at)
    Submission = apps.get_model("collection", "Submission")
    found = []
    rows = Submission.objects.filter(first_submitted_at=None).select_related("period", "org_unit", "form")
    for row in rows.iterator():
        code = (row.period.code, row.org_unit.code, row.form.code)
        row.first_submitted_at = first.get(code, row.submitted_at)
        if row.first_submitted_at is not None:
            found.append(row)
    Submission.objects.bulk_update(found, ["first_submitted_at"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("collection", "0003_first_submitted_at"),
        ("schools", "0002_audit_guard"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
