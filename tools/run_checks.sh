#!/bin/sh
# Everything that reads the code without running the tests; stops at the first complaint.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin

step() { printf '\n== %s\n' "$1"; }

step 'ruff'
$bin/ruff check .
$bin/ruff format --check .

step 'djade (templates)'
find templates -name '*.html' -print0 | xargs -0 -r $bin/djade --check --target-version 5.2

step 'migrations are complete'
DEBUG=1 DATABASE_URL=sqlite://:memory: $bin/python manage.py makemigrations --check --dry-run

step 'settings are fit for production'
SECRET_KEY=$($bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')
DEBUG=0 SECRET_KEY=$SECRET_KEY ALLOWED_HOSTS=dxreport.example DATABASE_URL=sqlite://:memory: \
    $bin/python manage.py check --deploy --fail-level WARNING

step 'mypy'
$bin/mypy
