# Targets print what they run. CI runs these and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
INSTALLED = $(VENV)/.installed

.PHONY: run test check lint types eval fit bench browser pictures clean

run: $(INSTALLED)  ## set up and open the chat page
	$(BIN)/python app.py

test: $(INSTALLED)-dev browser lint types check  ## set up and run every test

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(INSTALLED)-dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,mcp,local-chat]'
	touch $@ $(INSTALLED)

lint:
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

check:
	$(BIN)/python -m pytest -n 2 --dist loadfile
	$(BIN)/python -m eval --split test --out build/eval --gate eval/gate.json

browser:  ## Debian's chromium and a Chinese font, for the tests of the page
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi cjk || \
	  (apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk)

eval: $(INSTALLED)  ## measure the answers and write eval/reports/
	$(BIN)/python -m eval --split test

fit: $(INSTALLED)  ## fit weights and threshold on the tune split
	$(BIN)/python -m eval.fit

bench: $(INSTALLED)  ## seconds and megabytes, written to eval/reports/bench.json
	$(BIN)/python -m eval.bench

pictures: $(INSTALLED)-dev browser  ## the README's pictures, from the real page
	$(BIN)/python -m page.screenshots

clean:
	rm -rf build $(VENV)
