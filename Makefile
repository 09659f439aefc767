# Two commands for a newcomer: `make run` and `make test`. Both bring what they need.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := DEBUG=1 $(PYTHON) manage.py

# Stamp files: what they stand for is redone only when its sources change.
PYTHON_PACKAGES := .venv/.packages
FRONT_END := node_modules/.packages
LIGHTHOUSE := tools/lighthouse/node_modules/.packages
DATABASE := db.sqlite3.ready
DEFINITIONS := $(wildcard */migrations/*.py) $(shell find fixtures -type f 2>/dev/null)

.PHONY: help setup run test check fix guide bench audit lock FORCE

help:  ## list the commands
	@sed -n 's/^\([a-z]*\):.*  ## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(PYTHON_PACKAGES) $(FRONT_END) $(DATABASE)  ## environment, packages, database, demo data
	@python3 -m tools.system_packages --only-say documents
	@$(MANAGE) load_demo --with-open-year

run: setup  ## start on http://127.0.0.1:8000 (PORT= overrides)
	@printf '\n  dxreport: http://127.0.0.1:%s/   (Ctrl+C stops it)\n\n' $(PORT)
	@exec env DEBUG=1 tools/run_server.sh $(PYTHON) $(PORT)

test: $(PYTHON_PACKAGES) $(FRONT_END)  ## all checks, then all tests on SQLite and on PostgreSQL
	@python3 -m tools.system_packages tests
	@$(MAKE) check
	@tools/run_tests.sh

check: $(PYTHON_PACKAGES) $(FRONT_END)  ## lint, types, templates, migrations, production settings
	@tools/run_checks.sh

fix: $(PYTHON_PACKAGES)  ## format, and mend what can be mended automatically
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format --quiet .
	@find templates -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --target-version 5.2

guide: $(PYTHON_PACKAGES) $(FRONT_END)  ## take the pictures of the user guide anew
	@$(PYTHON) -m tools.guide_pictures

bench: $(PYTHON_PACKAGES) $(FRONT_END)  ## benchmarks, printed as ratios
	@python3 -m tools.system_packages --only-say bench
	@$(PYTHON) -m bench

audit: setup $(LIGHTHOUSE)  ## Lighthouse on the main pages, as production serves them
	@$(PYTHON) -m tools.audit

lock: $(PYTHON_PACKAGES)  ## write the lock files anew from requirements*.txt and package.json
	@for name in requirements requirements-dev; do \
	  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	    --output-file $$name.lock $$name.txt; \
	done
	@tools/npm.sh install --package-lock-only

$(PYTHON_PACKAGES): requirements-dev.lock tools/python_packages.sh
	@tools/python_packages.sh
	@touch $@

$(FRONT_END): package-lock.json tools/npm.sh | $(PYTHON_PACKAGES)
	@echo 'Installing the front-end packages ...'
	@tools/npm.sh ci --loglevel=error --no-progress
	@touch $@

$(LIGHTHOUSE): tools/lighthouse/package-lock.json tools/npm.sh | $(PYTHON_PACKAGES)
	@tools/npm.sh --prefix tools/lighthouse ci --loglevel=error --no-progress
	@touch $@

# The stamp speaks for db.sqlite3 alone: without that file, or with another database
# named, the (idempotent) commands always run.
$(DATABASE): $(DEFINITIONS) $(if $(DATABASE_URL)$(wildcard .env),FORCE) $(if $(wildcard db.sqlite3),,FORCE) \
		| $(PYTHON_PACKAGES) $(FRONT_END)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_catalogue
	@touch $@

FORCE:
