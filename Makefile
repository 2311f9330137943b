# report, test, check, bench, reference, lock: each sets the machine up first, once for each lock.
# The lock names everything, so pip installs it as it stands (--no-deps) and checks every hash.
# Tests run on every core, a file of them to one; threads of the linear algebra would get in each other's way.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

report: $(READY)
	$(BIN)/mentorstudy run

test: $(READY) check
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n logical --dist loadfile

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(READY)
	$(BIN)/python bench/cohort.py
	$(BIN)/python bench/recovery.py
	$(BIN)/python bench/loading.py

reference: $(READY)
	sh tests/reference/run.sh

lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 --no-header --upgrade --quiet --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "mentorstudy needs Python 3.11 or newer; name one, as in: make report PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python lacks its venv module; on Debian: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

.PHONY: report test check bench reference lock
