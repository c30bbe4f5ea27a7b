# One command a chore. `make demo` and `make test` need Python 3.11 to 3.13, pip and make; they set up .venv themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test lint bench cassettes clean

demo: $(VENV)/.ready
	@$(BIN)/snow-escalations demo

test: $(VENV)/.ready-dev
	@$(BIN)/python -m pytest -n auto --dist worksteal $(if $(COV),--cov --cov-report=term)

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready-dev
	@$(BIN)/python -m benchmarks

cassettes: $(VENV)/.ready-dev
	@$(BIN)/python -m pytest tests/servicenow/test_cassettes.py --record-cassettes

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "setting up $(VENV) (once)"
	@$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "setting up $(VENV) with the development tools (once)"
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* htmlcov .import_linter_cache
	find snow_escalations tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
