#!/bin/sh
# The whole suite on SQLite; then on PostgreSQL all that a database can have a say in (pyproject.toml,
# any_database). Each run prints the versions it ran on; a missing server or browser is a failure.
set -eu
cd "$(dirname "$0")/.."
pytest="env PYTHONUNBUFFERED=1 .venv/bin/python -m pytest -n auto --dist worksteal"

printf '\n== tests on SQLite\n'
DATABASE_URL=sqlite:///db.sqlite3 $pytest "$@"

printf '\n== tests on PostgreSQL\n'
.venv/bin/python -m tools.with_postgres $pytest -m 'not any_database' "$@"
