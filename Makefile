# Everything runs in .venv, which the first target that needs it builds.
PY ?= python3.11
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test check setup setup-dev lint types imports format lock coverage clean

demo: .venv/run.done
	@$(BIN)/satupintu demo

test: .venv/dev.done
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup

check: .venv/dev.done lint types imports test

setup: .venv/run.done

setup-dev: .venv/dev.done

lint: .venv/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: .venv/dev.done
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: .venv/dev.done
	$(BIN)/mypy

imports: .venv/dev.done
	$(BIN)/lint-imports

coverage: .venv/dev.done
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup --cov --cov-report=term

lock: .venv/dev.done
	$(BIN)/uv pip compile --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -q requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 -q requirements/dev.in -o requirements/dev.txt

.venv/bin/python:
ifdef UV
	$(UV) venv -q --python $(PY) .venv
else
	$(PY) -m venv .venv
endif

.venv/run.done: .venv/bin/python requirements/run.txt pyproject.toml
ifdef UV
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(UV) pip install -q --python $(BIN)/python --no-deps -e .
else
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
endif
	@touch $@

.venv/dev.done: .venv/run.done requirements/dev.txt
ifdef UV
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
else
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
endif
	@touch $@

clean:
	rm -rf .venv .demo build dist *.egg-info
