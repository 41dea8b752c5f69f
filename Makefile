# The two commands of a newcomer: make demo, make test. Everything is set up by itself in .venv.

PYTHON ?= python3
BIN := .venv/bin
LOCK := --universal --python-version 3.11 --no-annotate --no-header --generate-hashes -q

.PHONY: demo test lint bench eval faults fuzz lock setup clean

demo: setup
	$(BIN)/outreach demo

test: setup
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check outreach tests
	$(BIN)/ruff format --check outreach tests
	$(BIN)/mypy

bench: setup
	$(BIN)/python tests/benchmarks/all.py

# How well mails that come in are understood, in tables; CORPUS="FOLDER..." measures labelled mails of your own too.
eval: setup
	$(BIN)/python tests/evaluation/run.py $(CORPUS)

# Looks for mails that break a rule, led by coverage where atheris can be installed. What it finds: build/fuzz/findings.
fuzz: setup
	-$(BIN)/python -m pip install -qq --disable-pip-version-check "atheris>=3,<4"
	$(BIN)/python tests/fuzz/run.py --minutes $(or $(MINUTES),10)

# Kills processes at every named point and writes docs/proof.md; some 20 minutes on two cores.
faults: setup
	OUTREACH_ALL_FAULTS=1 $(BIN)/python -m pytest tests/faults
	$(BIN)/python tests/faults/run.py --seeds 20 --lanes 3

setup: .venv/.ready

.venv/.ready: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# The requirements files hold what was resolved, with hashes and no address of a registry.
lock: setup
	$(BIN)/python -m pip install -qq uv
	$(BIN)/uv pip compile pyproject.toml --extra demo $(LOCK) -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra demo --group dev $(LOCK) -o requirements-dev.txt

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
