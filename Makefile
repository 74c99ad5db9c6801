# Everything needs only Python 3.11 and make. `make setup` is repeated only when the pinned requirements change.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)

.PHONY: setup demo run test test-postgres check-postgres browser check bench screenshots lint types contracts migrations lock clean

setup: $(READY)

$(READY): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Countersign needs Python 3.11 or newer; set PYTHON=") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@rm -f $(VENV)/.ready-*
	@touch $(READY)

# A database of its own, made anew each time: the demo shows the same thing on every run.
demo: setup
	@rm -rf out/demo && mkdir -p out/demo
	@COUNTERSIGN_VAR=out/demo/var DATABASE_URL= $(BIN)/python manage.py demo --out out/demo

# The demo's database stays from run to run, so that approvals do too; remove out/run to begin anew.
run: setup
	@mkdir -p out/run
	@COUNTERSIGN_VAR=out/run/var DATABASE_URL= $(BIN)/python manage.py serve --demo out/run

bench: setup
	$(BIN)/python -m bench --write docs/benchmarks.md

# The pictures of the README; needs Chromium.
screenshots: setup
	$(BIN)/python -m tests.browser.screenshots docs/pictures

test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser

# The pages in Chromium, as people meet them; skipped with a line where there is none, except in continuous integration.
browser: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser

# The tests that touch the database once more, on a PostgreSQL of their own (the pinned package brings the server).
ON_POSTGRES := $(BIN)/python -m tests.engines.postgres $(BIN)/python -m pytest -n 2 --dist loadfile
test-postgres: setup
	$(ON_POSTGRES) tests/accounts tests/answering tests/demo tests/desk tests/engines tests/evaluation tests/evidence \
		tests/job tests/mapping tests/pages tests/reporting tests/rfp

# What the two engines are most likely to disagree on: constraints, locks, jobs, the audit trail, who sees what.
check-postgres: setup
	$(ON_POSTGRES) tests/accounts tests/engines tests/evidence/test_answers.py tests/evidence/test_library.py \
		tests/job/test_work.py tests/pages/test_access.py tests/pages/test_audit.py tests/rfp

check: setup lint types contracts migrations test check-postgres browser

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy .

contracts: setup
	$(BIN)/lint-imports

migrations: setup
	$(BIN)/python manage.py makemigrations --check --dry-run

# Pins every package with its hashes; names no registry.
lock: setup
	$(BIN)/uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -U requirements.in -o requirements.txt
	$(BIN)/uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -U requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf $(VENV) var out
