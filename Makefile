# `make` lists the targets. PYTHON=/path/to/python chooses the interpreter; it must be 3.11 or newer.

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 4
SCALE ?= default
DATABASE ?= sqlite
PROCESSES ?= 1
UV ?= uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

# Where the machine forbids it, each of the many processes of the tests would compile all of the code for itself.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test both crash year recount mutate bench check format lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/installed ## Start the bot with a local stand-in for Telegram; no token needed (PORT=8080)
	@$(BIN)/disposisi demo $(if $(PORT),--port $(PORT))

test: $(VENV)/installed $(VENV)/foreign/locked ## Run every test (WORKERS=4 processes)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --hypothesis-profile=ci

both: $(VENV)/installed $(VENV)/foreign/locked ## The same, and each journey on PostgreSQL too; before a release
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --hypothesis-profile=ci --database both

crash: $(VENV)/installed ## Kill it, cut it off, fill its disk: the long fault suite (CASES=300)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "crash or not crash" tests/crash tests/security \
		tests/models/case/test_state_machine.py

year: $(VENV)/installed ## Play a year of three offices, some minutes (DATABASE=postgresql, YEAR_SEED=7)
	@$(BIN)/python -m pytest -n $(WORKERS) -m "year or not year" --database $(DATABASE) tests/year

recount: $(VENV)/installed ## Count every figure of 100,000 cases a second time, some 15 minutes (CASES=10000)
	@$(BIN)/python -m pytest -n $(WORKERS) -m year tests/models/statistics

mutate: $(VENV)/installed ## Change the code in small ways and see whether the tests notice (ONLY="ladder inbox")
	@$(BIN)/python -m tests.mutation $(addprefix --only ,$(ONLY)) --processes $(WORKERS)

bench: $(VENV)/installed ## Measure it under load, ten minutes (SCALE=full DATABASE=postgresql PROCESSES=2)
	@$(BIN)/python -m tests.benchmarks --scale $(SCALE) --database $(DATABASE) --processes $(PROCESSES)

check: $(VENV)/installed ## Check style, types, import contracts, SOP files and texts
	@echo "Style"; $(BIN)/ruff check .
	@echo "Format"; $(BIN)/ruff format --check .
	@echo "Types"; $(BIN)/mypy
	@echo "Import contracts"; $(BIN)/lint-imports --no-logo
	@echo "SOP files"; for file in models/sops/*.toml; do $(BIN)/disposisi sop check "$$file" || exit 1; done
	@echo "Texts"; $(BIN)/python -m pytest tests/handlers/texts/test_texts.py

format: $(VENV)/installed ## Mend style and format in place
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## Pin the dependencies again, with hashes (UPGRADE=1 raises the pins); needs uv
	@command -v $(UV) >/dev/null || { echo "make lock needs uv, https://docs.astral.sh/uv" >&2; exit 1; }
	@$(COMPILE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) pyproject.toml --group dev --group build -c requirements/run.txt -o requirements/develop.txt
	@$(COMPILE) --group foreign -o requirements/foreign.txt
	@! grep -nE '://|^(-|.* @ )' requirements/*.txt \
		|| { echo "The lines above name an address; a lock file must name none." >&2; exit 1; }

clean: ## Remove the environment, caches and builds; databases stay
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find bot handlers models tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made anew when a pin changes, so that nothing outside the lock file survives in it.
$(VENV)/locked: requirements/develop.txt
	@python=$$(.ci/find-python) && echo "Installing into $(VENV) with $$python (a minute the first time)" \
		&& "$$python" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/develop.txt
	@touch $@

# Clients that nobody here wrote, for tests/foreign alone.
$(VENV)/foreign/locked: requirements/foreign.txt $(VENV)/locked
	@$(BIN)/python -m venv --clear $(VENV)/foreign
	@$(VENV)/foreign/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/foreign.txt
	@touch $@

# Building needs no network: the build backend is in the lock file too.
$(VENV)/installed: $(VENV)/locked pyproject.toml
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
