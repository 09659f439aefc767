"""The database itself keeps what was published: editions, their figures and files are never altered.

Lines are added in the transaction that publishes, which ends by naming the edition in its publication;
from then on nothing can be added to the edition either, and that publication stays as it is.
"""

from django.db import migrations

REFUSAL = "Bản đã công bố không sửa, không xóa được."

TABLES = ("reporting_edition", "reporting_editionfigure", "reporting_editionfile")
# INSERT OR REPLACE would remove the older line without a DELETE that a trigger sees: not by any key.
SAME_LINE = {
    "reporting_edition": "unit_id = NEW.unit_id AND period_id = NEW.period_id AND number = NEW.number",
    "reporting_editionfigure": "edition_id = NEW.edition_id AND code = NEW.code",
    "reporting_editionfile": "edition_id = NEW.edition_id AND kind = NEW.kind",
}
PUBLICATION = "reporting_publication"
SEALED = f"EXISTS (SELECT 1 FROM {PUBLICATION} WHERE edition_id = NEW.edition_id)"


def sqlite_triggers():
    for table in TABLES:
        yield f"{table}_update", f"BEFORE UPDATE ON {table}"
        yield f"{table}_delete", f"BEFORE DELETE ON {table}"
        again = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR {SAME_LINE[table]})"
        sealed = "" if table == "reporting_edition" else f" OR {SEALED}"
        yield f"{table}_insert", f"BEFORE INSERT ON {table} WHEN {again}{sealed}"
    for event in ("UPDATE", "DELETE"):
        yield (
            f"{PUBLICATION}_{event.lower()}",
            f"BEFORE {event} ON {PUBLICATION} WHEN OLD.edition_id IS NOT NULL",
        )


POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION reporting_edition_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""
# A function of its own: WHEN may hold no subquery.
POSTGRESQL_SEAL = f"""
CREATE FUNCTION reporting_edition_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {SEALED} THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
"""


def postgresql_triggers():
    """Name, table, event and what is run."""
    for table in TABLES:
        yield (
            f"{table}_change",
            table,
            "BEFORE UPDATE OR DELETE",
            "ROW EXECUTE FUNCTION reporting_edition_fixed",
        )
        yield (
            f"{table}_truncate",
            table,
            "BEFORE TRUNCATE",
            "STATEMENT EXECUTE FUNCTION reporting_edition_fixed",
        )
    for table in TABLES[1:]:
        yield f"{table}_seal", table, "BEFORE INSERT", "ROW EXECUTE FUNCTION reporting_edition_sealed"
    yield (
        f"{PUBLICATION}_change",
        PUBLICATION,
        "BEFORE UPDATE OR DELETE",
        "ROW WHEN (OLD.edition_id IS NOT NULL) EXECUTE FUNCTION reporting_edition_fixed",
    )
    yield (
        f"{PUBLICATION}_truncate",
        PUBLICATION,
        "BEFORE TRUNCATE",
        "STATEMENT EXECUTE FUNCTION reporting_edition_fixed",
    )


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
        schema_editor.execute(POSTGRESQL_SEAL)
        for name, table, event, what in postgresql_triggers():
            schema_editor.execute(f"CREATE TRIGGER {name} {event} ON {table} FOR EACH {what}()")
    else:
        for name, event in sqlite_triggers():
            schema_editor.execute(
                f"CREATE TRIGGER {name} {event} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, table, _event, _what in postgresql_triggers():
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
        schema_editor.execute("DROP FUNCTION reporting_edition_fixed()")
        schema_editor.execute("DROP FUNCTION reporting_edition_sealed()")
    else:
        for name, _event in sqlite_triggers():
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_publication_acknowledged")]
    operations = [migrations.RunPython(install, remove)]
