# How Quayside is started, tested and checked. `make` alone lists what there is.
#
# The environment is made here, in .venv, from PYTHON. Its stamps carry a checksum of the
# requirements, so a changed requirements file installs again and an unchanged one costs nothing.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/run-$(shell cksum < requirements.txt | tr ' ' '-')
DEV_STAMP := $(VENV)/dev-$(shell cat requirements.txt requirements-dev.txt | cksum | tr ' ' '-')
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# A setting of the machine must not decide what the checks see.
PRODUCTION := IGNORE_DOTENV=1 DEBUG=0 SECRET_KEY=$$(head -c 48 /dev/urandom | od -An -tx1 | tr -d ' \n') \
  SITE_URL=https://desk.example.com XPORT_BASE_URL=https://platform.example.com/api \
  XPORT_ACCESS_KEY=key XPORT_ACCESS_SECRET=secret XPORT_PUSH_SECRET=checked-not-used \
  VAR_DIR=$$(mktemp -d)

.PHONY: help run test check e2e demo-reset shots bench reference words

help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_STAMP) ## Start the desk: web, worker, clock and the practice platform. Ctrl-C ends it
	@exec $(BIN)/python -m config.start

test: $(DEV_STAMP) ## All tests but those that drive a browser
	@$(BIN)/python -m config.catalogues
	$(BIN)/pytest -n $(WORKERS) -m "not e2e"

e2e: $(DEV_STAMP) ## The stories in a real browser (needs Chromium)
	@$(BIN)/python -m config.catalogues
	$(BIN)/pytest -m e2e tests/e2e

check: $(DEV_STAMP) ## Everything that is read rather than run: style, types, arrows, templates, settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	@$(PRODUCTION); export IGNORE_DOTENV DEBUG SECRET_KEY SITE_URL XPORT_BASE_URL XPORT_ACCESS_KEY \
	  XPORT_ACCESS_SECRET XPORT_PUSH_SECRET VAR_DIR; set -ex; \
	  $(BIN)/python manage.py makemigrations --check --dry-run; \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m config.settings_page --check

demo-reset: $(RUN_STAMP) ## Throw the practice data away and make it anew (stop the desk first)
	@exec $(BIN)/python -m config.start --demo-reset

shots: $(DEV_STAMP) ## Take the pictures of README and docs (needs Chromium)
	$(BIN)/python -m tests.shots

bench: $(DEV_STAMP) ## Run the benchmarks
	@set -e; for name in client_overhead parts; do \
	  $(BIN)/python -m benchmarks.$$name; done

reference: $(DEV_STAMP) ## Write docs/reference/settings.md from .env.example
	$(BIN)/python -m config.settings_page

words: $(DEV_STAMP) ## Collect new words for the Chinese catalogue (needs gettext)
	$(BIN)/python manage.py makemessages --locale zh_Hans --no-wrap --add-location file --no-obsolete --ignore '.venv/*'

# --- The environment -----------------------------------------------------------------------------
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Quayside needs Python 3.11 or newer, and '$(PYTHON)' is not: name another one with 'make run PYTHON=/path/to/python3'." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make an environment: install its venv module (on Debian: apt-get install python3-venv)." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUN_STAMP): | $(VENV)/made
	@echo "Installing what Quayside runs on (once, about a minute)"
	@$(PIP) -r requirements.txt
	@rm -f $(VENV)/run-*; touch $@

$(DEV_STAMP): | $(VENV)/made
	@echo "Installing what tests and checks need (once)"
	@$(PIP) -r requirements-dev.txt
	@rm -f $(VENV)/dev-*; touch $@ $(RUN_STAMP)
