# The two commands of the README: make chat, make test. Both call make setup.
PYTHON ?= python3.11
BIN := .venv/bin
READY := .venv/.ready
# Measured in CI by the tests that stand for these floors: it more than doubles their time, so the others go without it.
COVERAGE := --cov=law --cov=vietnamese --cov=faq --cov-branch --cov-report=term:skip-covered --cov-fail-under=95
MEASURED := tests/law tests/vietnamese tests/faq tests/handlers

# A machine may be told to keep no compiled modules; then every process, and the tests start many, compiles all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup chat web run test lint types layers learnt learn fit lock picture pages readme glossary schema bench mutants audit release clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: install it, or run make PYTHON=path/to/python3"; exit 1; }
	@test -x $(BIN)/python || { echo "Making .venv with $(PYTHON) …"; $(PYTHON) -m venv .venv; }
	@echo "Installing $$(wc -l < requirements.lock) packages into .venv: a minute or two, and only this once …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(READY)

chat: setup
	@$(BIN)/bhxh chat

# The chat page on this machine, no token: its address is printed.
web: setup
	@$(BIN)/bhxh web

run: setup
	@$(BIN)/bhxh run

test: setup lint types layers
	$(BIN)/bhxh check --on 2026-11-24
ifdef CI
	$(BIN)/pytest -n auto --dist worksteal $(COVERAGE) $(MEASURED)
	$(BIN)/pytest -n auto --dist worksteal $(MEASURED:%=--ignore=%)
else
	$(BIN)/pytest -n auto --dist worksteal
endif

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/yamllint --strict .

types: setup
	$(BIN)/mypy

layers: setup
	$(BIN)/lint-imports

# What is learnt from the phrasings, kept for a fast start: after every change of faq/content, or it is learnt at start.
learn: setup
	$(BIN)/python -m tools.learn

# Whether what is kept is what the content gives.
learnt: setup
	$(BIN)/python -m tools.learn --check

# The weights of faq/engine/confidence.py, from labelled questions.
fit: setup
	$(BIN)/python -m tools.fit

# Exact versions of what pyproject.toml allows.
lock: setup
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --extra dev --strip-extras --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --no-header --no-annotate -o requirements.lock pyproject.toml

# The picture in the README.
picture: setup
	$(BIN)/python docs/draw_chat.py

# The pictures of the staff pages; needs Debian's chromium.
pages: setup
	$(BIN)/python docs/draw_pages.py

# The conversation in the README, when what is said has changed.
readme: setup
	$(BIN)/python docs/write_transcript.py

glossary: setup
	$(BIN)/python docs/write_glossary.py

# By which an editor completes the files of the content.
schema: setup
	$(BIN)/python docs/write_schemas.py

# How long things take, beside the machine's own baseline: docs/benchmarks.md.
bench: setup
	$(BIN)/python -m benchmarks

# Mistakes drawn at random, and which of them no test notices: make mutants COUNT=20 SEED=1 (FLOOR=law or handlers).
COUNT ?= 20
SEED ?= 1
mutants: setup
	$(BIN)/python -m tools.mutants --count $(COUNT) --seed $(SEED) $(if $(FLOOR),--floor $(FLOOR))

# Whether a package of the lock has a known vulnerability; says so and goes on where nobody can be asked.
audit: setup
	$(BIN)/python -m tools.audit

# A release of what is committed, in dist/: wheel, sources, what is installed with it (SBOM), checksums; IMAGE=1: the image.
release: setup
	$(BIN)/python -m tools.release

clean:
	rm -rf .venv dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
