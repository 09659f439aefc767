#!/bin/bash
# run_server.sh PYTHON PORT: the development server with a background worker beside it; ending one ends both.
set -u
"$1" manage.py db_worker --no-reload --no-startup-delay &
worker=$!
"$1" manage.py runserver "127.0.0.1:$2" &
server=$!

stop() {
  trap - EXIT INT TERM
  kill "$worker" "$server" 2>/dev/null
  wait  # the worker finishes the file it is at
  exit "${1:-0}"
}
trap 'stop 0' INT TERM
trap 'stop $?' EXIT
wait -n
