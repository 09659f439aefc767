"""The database itself keeps the audit trail: lines are added, never changed or removed.

One change passes: an account that is deleted leaves its lines, with the name copied into them.
Whoever has to prune the trail by law drops the triggers first, knowingly.
"""

from django.db import migrations

REFUSAL = "Nhật ký chỉ được ghi thêm: không sửa, không xóa."

COLUMNS = ("id", "at", "actor_name", "action", "unit_code", "period_code", "subject", "reason", "detail")
ONLY_ACTOR_TAKEN_AWAY = " AND ".join(
    ["NEW.actor_id IS NULL", *(f"NEW.{name} IS OLD.{name}" for name in COLUMNS)]
)
SQLITE = {
    # INSERT OR REPLACE would remove the older line without a DELETE that a trigger sees.
    "auditevent_insert": "BEFORE INSERT ON schools_auditevent"
    " WHEN EXISTS (SELECT 1 FROM schools_auditevent WHERE id = NEW.id)",
    "auditevent_update": f"BEFORE UPDATE ON schools_auditevent WHEN NOT ({ONLY_ACTOR_TAKEN_AWAY})",
    "auditevent_delete": "BEFORE DELETE ON schools_auditevent",
}
POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION schools_auditevent_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.actor_id IS NULL AND to_jsonb(NEW) - 'actor_id' = to_jsonb(OLD) - 'actor_id' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""
POSTGRESQL = {
    "auditevent_change": "BEFORE UPDATE OR DELETE ON schools_auditevent"
    " FOR EACH ROW EXECUTE FUNCTION schools_auditevent_fixed()",
    "auditevent_truncate": "BEFORE TRUNCATE ON schools_auditevent"
    " FOR EACH STATEMENT EXECUTE FUNCTION schools_auditevent_fixed()",
}


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
        for name, event in POSTGRESQL.items():
            schema_editor.execute(f"CREATE TRIGGER {name} {event}")
    else:
        for name, event in SQLITE.items():
            schema_editor.execute(
                f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in POSTGRESQL:
            schema_editor.execute(f"DROP TRIGGER {name} ON schools_auditevent")
        schema_editor.execute("DROP FUNCTION schools_auditevent_fixed()")
    else:
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
