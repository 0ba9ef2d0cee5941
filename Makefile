# Two commands for a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test types lint check clean

$(VENV)/.installed: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.txt
	touch $@

demo: $(VENV)/.installed
	$(BIN)/sayso read examples/*.txt
	$(BIN)/sayso read examples/*.txt --html demo
	rm -f demo/ledger.sayso*
	$(BIN)/sayso init --ledger demo/ledger.sayso
	$(BIN)/sayso add examples/*.txt --ledger demo/ledger.sayso
	$(BIN)/sayso deals --ledger demo/ledger.sayso
	$(BIN)/sayso deal --about "patrol boats for Ghana" --ledger demo/ledger.sayso
	@echo "The pages: demo/index.html. The ledger in a browser:"
	@echo "  $(BIN)/sayso serve --ledger demo/ledger.sayso"

test: $(VENV)/.installed-test
	$(BIN)/mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pytest

clean:
	rm -rf $(VENV) demo
