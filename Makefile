# Every command sets up what it needs. `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
SPARK_BIN := .venv-spark/bin
SPARK_STAMP := .venv-spark/.ready
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

.PHONY: help setup refresh dashboard test test-browser test-rehearsal test-spark check audit bench reliability dev pack docs queries clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP) ## Make .venv from the hashed lock (done by every other command)

$(STAMP): requirements.lock pyproject.toml bin/setup
	@PYTHON="$(PYTHON)" bin/setup

refresh: $(STAMP) ## Run the main job on the embedded pack and show what it built
	@$(BIN)/statecraft refresh

dashboard: $(STAMP) ## Open the dashboard on the latest release (http://127.0.0.1:8501)
	@$(BIN)/statecraft dashboard

test: $(STAMP) ## Run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

$(SPARK_STAMP): requirements-spark.lock pyproject.toml bin/setup
	@PYTHON="$(PYTHON)" bin/setup .venv-spark requirements-spark.lock

test-spark: $(SPARK_STAMP) ## Run every model on a Spark cluster on this machine and compare with DuckDB (needs Java 17)
	@$(SPARK_BIN)/python -m pytest tests/spark

test-browser: $(STAMP) ## Read every page of the dashboard in a headless browser (needs Chromium)
	@$(BIN)/python -m pytest tests/browser

test-rehearsal: $(STAMP) ## Let the real service live a week on a moved clock, with publishers that misbehave (minutes)
	@$(BIN)/python -m pytest tests/rehearsal

check: $(STAMP) ## Lint, types, SQL style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/sqlfluff lint --nocolor models

audit: ## Ask the package index which locked packages have known vulnerabilities (needs the network)
	@PYTHON="$(PYTHON)" bin/audit

bench: $(SPARK_STAMP) ## Run the benchmarks, Spark's among them where there is Java, and write benchmarks/results.md
	@$(SPARK_BIN)/python -m benchmarks

reliability: $(STAMP) ## Try a month of bad publishers, faults, kills and many readers, and write docs/reliability.md
	@$(BIN)/python -m benchmarks month faults kill_whole_pack readers_20 dashboard_10

dev: $(STAMP) ## Open Dagster's UI on this warehouse (http://127.0.0.1:3000)
	@$(BIN)/statecraft dev

pack: $(STAMP) ## Renew the embedded pack from a folder of publishers' files: make pack FROM=folder
	@test -d "$(FROM)" || { echo "Name the folder: make pack FROM=folder" >&2; exit 2; }
	@home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && export STATECRAFT_HOME="$$home" && \
		$(BIN)/statecraft refresh --source "$(FROM)" --no-show && $(BIN)/statecraft pack

docs: $(STAMP) ## Write docs/tables and docs/sources from what models and sources declare
	@$(BIN)/python -m pipelines.reference_docs

queries: $(STAMP) ## Write docs/queries/README.md: every worked query with what it answers on the current release
	@$(BIN)/python -m pipelines.query_book

clean: ## Remove the virtual environment and caches (never the data)
	@rm -rf .venv .venv-spark .venv-audit .pytest_cache .mypy_cache .ruff_cache target logs
