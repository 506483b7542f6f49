# Bridgewatch. Needs Python 3.11 and make; sets up everything else by itself.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
RUN := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup setup-browser setup-runtime check test test-full drill run bench mutants migrate lock format clean

help: ## Say what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

drill: setup ## Try the product: the whole journey against a local Slack, in the browser
	@$(RUN) scripts/drill.py $(if $(PORT),--port $(PORT))

test: setup-browser ## Pass every test CI runs (check, both databases, crash, browser)
	@REQUIRE_POSTGRES=1 $(RUN) scripts/check.py test

check: setup ## Format, lint, types, imports, and the tests that play no incident
	@$(RUN) scripts/check.py check

test-full: setup-browser ## Everything in test, and the long crash and fault suites
	@REQUIRE_POSTGRES=1 $(RUN) scripts/check.py full

run: setup-runtime ## Run against the real Slack (settings from the environment and .env)
	@$(RUN) -m bot run

migrate: setup-runtime ## Bring the database up to date
	@$(RUN) -m bot migrate

bench: setup ## Measure, and write the table and the plot to bench/
	@$(RUN) -m bench && $(RUN) -m bench.desk && $(RUN) -m bench.reports

mutants: setup ## Change protocols/time line by line, and say which changes no test notices
	@$(RUN) scripts/mutants.py

setup: ## Make .venv from the lock file (done by the others when needed)
	@$(PYTHON) scripts/setup.py

setup-runtime:
	@$(PYTHON) scripts/setup.py --lock runtime

setup-browser:
	@$(PYTHON) scripts/setup.py --browser

format: setup ## Format the code, and fix what can be fixed
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

# Hashes of every file of every version, and no address of where they came from.
COMPILE := .venv/bin/uv pip compile pyproject.toml --python-version 3.11 --universal \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate --quiet

lock: setup ## Choose versions anew within pyproject.toml's ranges
	@$(COMPILE) --upgrade --output-file locks/runtime.lock
	@$(COMPILE) --upgrade --extra dev --constraints locks/runtime.lock --output-file locks/dev.lock

clean: ## Remove what was built; var/ (the local database) stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
