# Headwater. `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
APART := browser or faults or spark

.DEFAULT_GOAL := help
.PHONY: help run demo test check fmt bench chromium java

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp ## Start Headwater; Ctrl-C ends it
	@exec $(BIN)/python -m app.stack

demo: $(VENV)/run.stamp ## Play the whole loop and check every count at both ends
	@exec $(BIN)/python -m app.demo

test: $(VENV)/dev.stamp chromium java ## Run every test: unit, integration, conventions, faults, Spark, browser
	$(BIN)/python -m pytest -q -n 2 -m "not ($(APART))"
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "$(APART)"

check: $(VENV)/dev.stamp ## Check format, lint, types and all tests but faults, Spark and browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python -m pytest -q -n 2 -m "not ($(APART))"

fmt: $(VENV)/dev.stamp ## Format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp ## Measure against floors and peers
	@exec $(BIN)/python -m bench

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Headwater needs Python 3.11 or newer, and $(PYTHON) is not." \
			"Name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "A virtual environment could not be made." \
			"On Debian and Ubuntu, install it with: apt-get install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	@echo "Installing what Headwater runs on; this takes a minute the first time."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing what the tests need; this takes a minute the first time."
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

# Who may install what is missing: empty for root, sudo, or no.
AS_ROOT = if ! command -v apt-get >/dev/null; then as_root=no; \
	elif [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root=sudo; \
	else as_root=no; fi

# CHROMIUM names a browser that is not on the path.
chromium:
	@if [ -n "$$CHROMIUM" ] && [ ! -x "$$CHROMIUM" ]; then \
		echo "CHROMIUM is $$CHROMIUM, which is no program."; exit 1; \
	elif [ -n "$$CHROMIUM" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null; then \
		exit 0; \
	fi; \
	$(AS_ROOT); \
	if [ "$$as_root" = no ]; then \
		echo "The browser tests need Chromium, and it cannot be installed from here:" \
			"install it, or name one with CHROMIUM=/path/to/chromium."; exit 1; \
	fi; \
	echo "Installing Chromium for the browser tests."; \
	$$as_root apt-get update -qq && $$as_root apt-get install -y -qq chromium >/dev/null

# JAVA_HOME names the folder of one that is not on the path. Spark 4 runs on 17 and newer.
java:
	@if "$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -version 2>&1 | grep -Eq 'version "(1[7-9]|[2-9][0-9])'; then \
		exit 0; \
	elif [ -n "$$JAVA_HOME" ]; then \
		echo "JAVA_HOME is $$JAVA_HOME, which has no Java of version 17 or newer."; exit 1; \
	fi; \
	$(AS_ROOT); \
	if [ "$$as_root" = no ]; then \
		echo "The tests on Spark need Java, and it cannot be installed from here:" \
			"install one of version 17 or newer, or name its folder with JAVA_HOME."; exit 1; \
	fi; \
	echo "Installing Java for the tests on Spark."; \
	$$as_root apt-get update -qq && { \
		$$as_root apt-get install -y -qq openjdk-17-jre-headless >/dev/null 2>&1 || \
		$$as_root apt-get install -y -qq default-jre-headless >/dev/null; }
