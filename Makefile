# `make` alone lists the targets. Each one installs what it needs and nothing else.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
ARGS ?=

.PHONY: help setup assets run demo check test soak fuzz bench bench-read calibrate lock format clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | while IFS='|' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

$(VENV)/run.stamp: requirements/run.txt
	@test -x $(PY) || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=/path/to/python3.11)"; exit 2; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || { echo "the venv module is missing: apt-get install python3-venv"; exit 2; }
	@echo "installing the locked packages (about a minute the first time)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "installing the locked development packages"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

web/static/assets.stamp: hatch_build.py package.json package-lock.json $(wildcard web/assets/*) | $(VENV)/run.stamp
	@$(PY) hatch_build.py --python $(PY)

setup: $(VENV)/run.stamp web/static/assets.stamp ## everything that running needs

assets: web/static/assets.stamp ## compile the front-end assets

run: setup ## serve a real installation (config.toml from `mailroom init`)
	@$(PY) -m mailroom serve $(ARGS)

demo: setup ## the main job with invented papers on loopback; ARGS=--exit stops after the summary
	@$(PY) -m mailroom demo $(ARGS)

check: $(VENV)/dev.stamp ## format, lint, types, import contracts
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

test: $(VENV)/dev.stamp web/static/assets.stamp ## every test, long ones in their short version
	@bash tests/services.sh
	$(PY) -m pytest -n 2 $(ARGS)

soak: $(VENV)/dev.stamp web/static/assets.stamp ## the long versions: crash loops, floods, simulations
	@bash tests/services.sh
	MAILROOM_SOAK=1 $(PY) -m pytest --timeout=3600 -m soak $(ARGS)

bench: $(VENV)/dev.stamp ## ratios, side by side in one run
	$(PY) -m benchmarks $(ARGS)

fuzz: $(VENV)/dev.stamp ## machine-made papers and letters, new ones each time; EXAMPLES=100000 of each kind
	MAILROOM_FUZZ=$(or $(EXAMPLES),2000) $(PY) -m pytest --timeout=0 -p no:randomly tests/fuzz $(ARGS)

bench-read: $(VENV)/dev.stamp ## reading beside other libraries, which go to .venv-bench (DOCLING=1: docling too, gigabytes)
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	-@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/rivals.txt $(if $(DOCLING),docling)
	$(PY) -m benchmarks read $(ARGS)

calibrate: $(VENV)/dev.stamp ## fit how sure a reading is: parsers/odds.py, docs/calibration.md; ARGS="--papers 2" for fewer papers
	$(PY) -m benchmarks.calibrate $(ARGS)

format: $(VENV)/dev.stamp ## rewrite the code in house style
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

lock: ## resolve the dependencies anew
	$(PYTHON) -m uv pip compile pyproject.toml --universal --python-version 3.11 --extra postgresql --extra demo --generate-hashes --no-emit-index-url --no-header -q -o requirements/run.txt
	$(PYTHON) -m uv pip compile pyproject.toml --universal --python-version 3.11 --extra postgresql --extra demo --group dev --generate-hashes --no-emit-index-url --no-header -q -o requirements/dev.txt

clean: ## remove what the targets made (never data)
	rm -rf $(VENV) web/static node_modules dist
