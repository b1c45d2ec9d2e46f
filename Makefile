# `make demo` and `make test` need Python 3.11 or later and make; the rest they install in .venv.
# `make broker` needs Maven, or docker to run it in (docs/testing.md).
PYTHON ?= python3
MVN ?= mvn
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

.PHONY: help demo broker test fuzz check docs bench lock clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.installed ## import the two examples and print their statements
	@$(BIN)/supervision-ledger demo

.broker/.fetched: tests/support/broker/pom.xml
	rm -rf .broker
	$(MVN) --quiet --batch-mode --strict-checksums --file $< dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$(CURDIR)/.broker/fetched"
	mv .broker/fetched .broker/libs
	@touch $@

broker: .broker/.fetched ## fetch Apache Kafka, which the tests then start and kill; Java 17 runs it

test: $(VENV)/.installed-dev ## run the tests
	$(BIN)/python -m pytest -n 2 -q

fuzz: $(VENV)/.installed-dev ## ask every operation of the API much, in every role that may use it; FUZZ_EXAMPLES (20) and FUZZ_SEED (1) say how much
	FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-20} $(BIN)/python -m pytest -n 2 -q tests/api/test_every_operation.py

check: $(VENV)/.installed-dev ## the gate: format, lint, types, layers, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 -q

docs: $(VENV)/.installed-dev ## write docs/statutes.md, docs/lifecycles.md, docs/roles.md and docs/messages anew from the code
	$(BIN)/python -m tests.docs.statutes
	$(BIN)/python -m tests.docs.roles
	$(BIN)/python -m tests.docs.messages
	$(BIN)/python -m tests.docs.outbound

bench: $(VENV)/.installed-dev ## measure against raw limits and peers, one table
	$(BIN)/python -m bench

lock: ## resolve the dependencies anew, with hashes and no index address
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-dev.lock

clean: ## remove what was made here, but no ledger
	rm -rf $(VENV) .broker var/demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
