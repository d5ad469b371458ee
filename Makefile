# Two commands need nothing but Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable
PYWB := $(VENV)/pywb

.PHONY: demo test lint types imports pytest soak bench pictures format clean

demo: $(VENV)/ready-to-run
	$(BIN)/newscrawl demo

test: lint types imports pytest

lint: $(VENV)/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready-to-test
	$(BIN)/mypy

imports: $(VENV)/ready-to-test
	$(BIN)/lint-imports

pytest: $(VENV)/ready-to-test $(PYWB)/ready
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/pytest --numprocesses=auto --dist=loadscope

# The long tests at their full size
soak: $(VENV)/ready-to-test
	$(BIN)/pytest --soak tests/faults

# Ratios measured in one run; never part of the tests
bench: $(VENV)/ready-to-test
	$(BIN)/python -m benchmarks

# What README shows, of the demo's archive
pictures: demo $(VENV)/ready-to-test
	$(INSTALL) '.[browse,replica,dev,pictures]'
	$(BIN)/python -m docs.images.make

format: $(VENV)/ready-to-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("newscrawl needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready-to-run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(INSTALL) '.[browse,replica]'
	touch $@

$(VENV)/ready-to-test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(INSTALL) '.[browse,replica,dev]'
	touch $@

# pywb pins libraries to versions older than ours, so it lives apart; one test needs it, and says so where it is missing
$(PYWB)/ready: constraints-pywb.txt | $(VENV)/bin/python
	$(PYTHON) -m venv --clear $(PYWB)
	$(PYWB)/bin/pip install --quiet --disable-pip-version-check --constraint constraints-pywb.txt pywb \
		&& touch $@ || { rm -rf $(PYWB); echo "pywb could not be installed: tests that need it are skipped, in CI they fail"; }
