# Council Portal: every command a person needs. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run test test-sqlite check format css bench screenshots clean setup setup-dev setup-tests
SHELL := /bin/sh

PORTAL_VAR ?= $(CURDIR)/var
export PORTAL_VAR
BIN := $(PORTAL_VAR)/venv/bin
# Any Python 3 will do here: scripts/setup.py looks for one that is new enough.
PYTHON3 := $(shell command -v python3 || command -v python3.13 || command -v python3.12 || command -v python3.11)
NO_PYTHON := The portal needs Python 3.11 or newer, and this computer has no python3: install it and try again.
SETUP := $(if $(PYTHON3),$(PYTHON3) scripts/setup.py,echo "$(NO_PYTHON)"; exit 1; :)
# How many processes run the tests; two suits a machine of two cores.
WORKERS ?= 2
# A file's tests share what it starts (the town, a portal, a browser), so they stay in one process.
# Compiled tests are kept even where Python is told to keep nothing: each process would compile them all again.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

help: ## Show this list
	@echo "Council Portal. Commands:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'
	@echo "Settings: PORT=8001 chooses the port; DATABASE_URL and REDIS_URL name your own servers;"
	@echo "          PORTAL_VAR names another folder for everything a run keeps (var/ by default)."

run: setup ## Start the portal with its demo town at http://localhost:8000/
	@exec $(BIN)/python manage.py run_portal

test: setup-tests ## Install what the tests need and run them on PostgreSQL and on SQLite
	@$(PYTEST)
	@$(MAKE) --no-print-directory test-sqlite

test-sqlite: setup-tests ## Run the quick tests on SQLite
	@echo "The quick tests once more, on SQLite:"
	@TEST_DATABASE=sqlite REQUIRE_REAL_PARTS=0 $(PYTEST) -m "not postgres and not slow"

check: setup-dev ## Look for faults without running anything: format, lint, types, imports, migrations, CSS
	@$(BIN)/python scripts/check.py

format: setup-dev ## Format the code and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

css: setup-dev ## Build the stylesheet from static/scss (needs Node)
	@$(BIN)/python scripts/css.py

bench: setup-dev ## Measure pages, places, search, mail, spam and masking, each at the size of a town and beyond
	@$(BIN)/python -m bench

screenshots: setup-tests ## Take docs/screenshots from a demo town running at PORTAL (http://localhost:8000)
	@$(BIN)/python scripts/screenshots.py $(or $(PORTAL),http://localhost:8000)

clean: setup ## Remove the demo's database, uploads and logs; keep what was installed
	@$(BIN)/python scripts/clean.py

setup: ; @$(SETUP)
setup-dev: ; @$(SETUP) --dev
setup-tests: ; @$(SETUP) --tests
