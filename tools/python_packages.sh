#!/bin/sh
# Makes .venv and installs exactly what requirements-dev.lock names.
# PYTHON3 chooses the interpreter (3.11 or newer).
set -eu
cd "$(dirname "$0")/.."
base=${PYTHON3:-python3}

if ! "$base" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "dxreport needs Python 3.11 or newer; '$base' is not. Name another one: PYTHON3=python3.12 make run" >&2
    exit 1
fi
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$base" -m tools.system_packages environment
    "$base" -m venv --clear .venv
fi

echo 'Installing the Python packages ...'
uv=$(sed -n 's/^\(uv==[0-9.]*\).*/\1/p' requirements-dev.txt)
.venv/bin/python -m pip install --quiet --disable-pip-version-check "$uv"
# Named, because uv would otherwise install into whichever environment is activated.
VIRTUAL_ENV=$PWD/.venv UV_HTTP_TIMEOUT=${UV_HTTP_TIMEOUT:-120} \
    .venv/bin/uv pip sync --quiet --require-hashes requirements-dev.lock
