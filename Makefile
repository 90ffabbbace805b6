# Headwater. `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.DEFAULT_GOAL := help
.PHONY: help run test demo check bench fmt chromium

help: ## List the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(VENV)/run.stamp ## Start Headwater (Ctrl-C ends it)
	@exec $(BIN)/python -m app.stack

test: $(VENV)/dev.stamp chromium ## Run every test: unit, integration, conventions, faults, browser
	$(BIN)/python -m pytest -q -n 2 -m "not browser and not faults"
	$(BIN)/python -m pytest -q -m "browser or faults"

demo: $(VENV)/run.stamp ## Take the sample shop and a real file through the main job
	@exec $(BIN)/python -m app.demo

check: $(VENV)/dev.stamp ## Format, lint, types, and all tests but faults and browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n 2 -m "not browser and not faults"

bench: $(VENV)/dev.stamp ## Measure against floors and peers
	$(BIN)/python -m bench

fmt: $(VENV)/dev.stamp ## Format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Headwater needs Python 3.11 or newer as $(PYTHON); set PYTHON=/path/to/python3.11."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

chromium:
	@if [ -z "$(CHROMIUM)" ]; then \
		if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
		elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then \
			sudo apt-get update -qq && sudo apt-get install -y -qq chromium >/dev/null; \
		else \
			echo "The browser tests need Chromium: install it, or set CHROMIUM=/path/to/chromium."; exit 1; \
		fi; \
	fi
