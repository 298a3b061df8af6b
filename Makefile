# Everything runs in .venv, which the first target that needs it builds: with uv where it is found,
# else with Python's own venv and pip. Nothing is installed twice while requirements/ stay as they are.
PY ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV ?= $(shell uv --version >/dev/null 2>&1 && echo uv)
BIN := .venv/bin
ROOMS := bot casework conversations handlers referrals registry_client storage web
TESTS ?= tests
# Databases that live for one test need no disk: memory, where there is enough of it to spare.
MEMORY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "TMPDIR=/dev/shm" }')
PYTEST := $(MEMORY) $(BIN)/python -m pytest -q
SCREENS := tests/browser tests/web/test_browser.py

ifeq ($(UV),)
VENV := $(PY) -m venv .venv
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
else
VENV := $(UV) venv -q --python $(PY) .venv
PIP := $(UV) pip install -q --compile-bytecode --python $(BIN)/python
endif

.PHONY: help demo tour drawings test browser check setup setup-dev lint format types imports house coverage lock clean

help:  ## what can be made
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' Makefile

demo: .venv/run.done  ## the whole system on an invented kabupaten, http://127.0.0.1:8080
	@$(BIN)/satupintu demo

tour: .venv/dev.done  ## take the pictures of docs/tour.md anew, with chromium
	$(BIN)/python -m tests.browser.tour

drawings: .venv/dev.done  ## draw docs/lifecycle.md anew from the table of transitions
	$(BIN)/python -m tests.referrals.redraw

test: .venv/dev.done  ## every test that needs no browser, on SQLite and on a real PostgreSQL and Valkey
	$(PYTEST) -n 3 --dist loadgroup $(SCREENS:%=--ignore=%) $(TESTS)

browser: .venv/dev.done  ## every page in a real browser, where Chromium is
	$(PYTEST) $(SCREENS)

check: lint types imports test browser  ## the gate: format, lint, types, imports, tests (house rules among them)

setup: .venv/run.done  ## only the environment

setup-dev: .venv/dev.done  ## the environment with tests and tools

lint: .venv/dev.done  ## format and lint
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/ruff check --no-cache .

format: .venv/dev.done  ## put right what a machine can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: .venv/dev.done  ## mypy, strict
	$(BIN)/mypy

imports: .venv/dev.done  ## who imports whom
	$(BIN)/lint-imports --no-logo

house: .venv/dev.done  ## the house rules
	$(PYTEST) tests/house

coverage: .venv/dev.done  ## which branches the tests take
	$(PYTEST) -n 3 --dist loadgroup --cov --cov-report=term $(TESTS)
	$(BIN)/python -m coverage report --include='conversations/*,referrals/*' --fail-under=100

lock: .venv/dev.done  ## pin what requirements/*.in ask for
	for kind in run dev; do $(BIN)/uv pip compile -q --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header \
		requirements/$$kind.in -o requirements/$$kind.txt || exit 1; done

clean:  ## remove the environment and the demo's district
	rm -rf .venv .demo build dist *.egg-info

.venv/bin/python:
	@test -n "$(PY)" || { echo "Satu Pintu needs Python 3.11 or newer." >&2; exit 1; }
	$(VENV)

.venv/run.done: requirements/run.txt pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps -e .
	@$(BIN)/python -m compileall -q $(ROOMS)
	@touch $@

.venv/dev.done: requirements/dev.txt .venv/run.done
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
