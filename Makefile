# Needs make and Python 3.11 to 3.13; scripts/bootstrap.py makes .venv when it is missing or stale.
# PYTHON= another interpreter; PORT= another port; ARGS= passed on to the tests;
# WORKERS= test processes; REQUIRE=chromium,postgres,shared makes missing ones a failure.

ARGS ?=
WORKERS ?= auto
UV ?= uv
UPGRADE ?=

# Any Python 3 may run the bootstrap: it finds the right one itself.
BOOT = boot() { for p in python3 $(PYTHON); do \
	"$$p" -c "" 2>/dev/null && exec "$$p" scripts/bootstrap.py "$$@"; done; \
	echo "Youth Court needs Python 3.11, 3.12 or 3.13: install one (Debian, Ubuntu:" \
	"sudo apt install python3 python3-venv) and run this again." >&2; exit 1; }; boot
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	$(if $(UPGRADE),--upgrade)

.PHONY: help install demo demo-reset test test-thorough lint types picture serve lock clean
.DEFAULT_GOAL := help

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## Build the program in .venv, for a court of your own (docs/guides/start.md)
	@$(BOOT) youthcourt --version

demo: ## Start a made-up court in the browser (PORT=8080 for another port)
	@$(BOOT) youthcourt demo

demo-reset: ## Start the made-up court afresh; what was entered is forgotten
	@$(BOOT) youthcourt demo --reset

test: ## Run the tests; ends with what was skipped and why (ARGS="tests/jury -k draw")
	@$(BOOT) --dev pytest -n $(WORKERS) $(ARGS)

test-thorough: ## As test, and what takes too long for every change (an hour and more)
	@export HYPOTHESIS_PROFILE=thorough; $(BOOT) --dev pytest -n $(WORKERS) $(ARGS)

lint: ## Check style, format and that imports go downward only
	@$(BOOT) --dev ruff check
	@$(BOOT) --dev ruff format --check
	@$(BOOT) --dev lint-imports

types: ## Check the types
	@$(BOOT) --dev mypy

picture: ## Make the README's picture from the demo (needs Chromium)
	@$(BOOT) --dev python scripts/picture.py

serve: ## Run the real thing with the settings of this machine
	@$(BOOT) youthcourt serve

lock: ## Pin the libraries again after a change of requirements*.in (UPGRADE=1: newest)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv (pipx install uv)." >&2; exit 1; }
	@$(COMPILE) requirements.in -o requirements.txt
	@$(COMPILE) requirements-dev.in -o requirements-dev.txt

clean: ## Remove .venv and caches; data stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build
	@rm -rf youthcourt.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
