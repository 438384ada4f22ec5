# make deck   builds the flagship deck into out/; sets up .venv first if need be
# make test   lint, types and tests: what continuous integration runs
# make bench  builds the same decks with deckgen and with others, and tells how long it took
# make fuzz   makes the decks hostile: COUNT=10000 SEED=1
# The other targets: lint, format, lock, pictures, fit-table, template-table, clean.

DECK := decks/ai-infrastructure-map.yaml
OUT := out/ai-infrastructure-map.pptx
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := deck
.PHONY: deck test bench fuzz lint format lock pictures fit-table template-table clean

# The tool's own closing line ends the output: print nothing after it.
deck: .venv/run
	@mkdir -p $(dir $(OUT))
	@$(BIN)/deckgen build $(DECK) -o $(OUT)

test: lint
	$(BIN)/python -m pytest -n auto

lint: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

COUNT := 1000
SEED := 1

fuzz: .venv/dev
	@PYTHONPATH=src:tests $(BIN)/python tests/fuzz.py --count $(COUNT) --seed $(SEED)

format: .venv/dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Pins stay as they are but for what pyproject.toml changed; UPGRADE=1 renews them all.
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

lock: .venv/dev
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group build --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock

bench: .venv/dev
	@if command -v npm >/dev/null; then \
		npm ci --prefix tests/benchmarks --no-audit --no-fund --loglevel=error >/dev/null; \
	else \
		echo "npm is not here: PptxGenJS takes no part" >&2; \
	fi
	$(BIN)/python tests/benchmarks/run.py --write

pictures: .venv/dev
	$(BIN)/python assets/make_pictures.py

fit-table: .venv/dev
	PYTHONPATH=src $(BIN)/python tests/measure_fit.py

template-table: .venv/dev
	PYTHONPATH=src $(BIN)/python tests/measure_templates.py

clean:
	rm -rf .venv out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/*/node_modules
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: .venv/python, .venv/run and .venv/dev say how far the setting up has come.
.venv/python:
	@set -e; for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
				echo "$$python cannot make virtual environments: sudo apt install python3-venv" >&2; \
				exit 1; \
			fi; \
			echo "Setting up .venv with $$($$python --version) (once)"; \
			$$python -m venv --clear .venv; \
			touch $@; \
			exit 0; \
		fi; \
	done; \
	echo "deckgen needs Python 3.11 or later; this machine has $$(python3 --version 2>&1 || true)." >&2; \
	echo "Install a newer one, then name it: make PYTHON=/path/to/python3.12" >&2; \
	exit 1

.venv/run: .venv/python requirements.lock pyproject.toml
	@echo "Installing what deckgen needs (once)"
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --no-index --editable .
	@$(BIN)/python -m compileall -q src  # as pip does with what is not editable
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	@echo "Installing what the checks need (once)"
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@
