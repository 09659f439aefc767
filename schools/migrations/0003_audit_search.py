"""What a search of the audit trail looks at: who, what, where and why of each line, folded.

The lines are there and may not change, so the guard of 0002 stands aside while they get the new column,
and comes back with the column under it.
"""

from importlib import import_module

from django.db import migrations, models

from dxreport.lib.folding import fold

guard = import_module("schools.migrations.0002_audit_guard")

SEARCHED = ("actor_name", "subject", "unit_code", "period_code", "reason")
AT_ONCE = 2000
ONLY_ACTOR_TAKEN_AWAY = f"{guard.ONLY_ACTOR_TAKEN_AWAY} AND NEW.search_text IS OLD.search_text"
SQLITE_UPDATE = (
    f"CREATE TRIGGER auditevent_update BEFORE UPDATE ON schools_auditevent WHEN NOT ({ONLY_ACTOR_TAKEN_AWAY})"
    f" BEGIN SELECT RAISE(ABORT, '{guard.REFUSAL}'); END"
)


def fold_lines(apps, schema_editor):
    event_model = apps.get_model("schools", "AuditEvent")
    last = 0
    while rows := list(event_model.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for row in rows:
            row.search_text = fold(" ".join(getattr(row, name) for name in SEARCHED))
        event_model.objects.bulk_update(rows, ["search_text"], batch_size=200)
        last = rows[-1].pk


def install(apps, schema_editor):
    guard.install(apps, schema_editor)
    if schema_editor.connection.vendor != "postgresql":  # which compares whole rows
        schema_editor.execute("DROP TRIGGER auditevent_update")
        schema_editor.execute(SQLITE_UPDATE)


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_audit_guard")]
    operations = [
        migrations.RunPython(guard.remove, guard.install),
        migrations.AddField("auditevent", "search_text", models.TextField(db_default="", editable=False)),
        migrations.RunPython(fold_lines, migrations.RunPython.noop),
        migrations.RunPython(install, guard.remove),
    ]
