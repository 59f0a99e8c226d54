# `make help` lists the commands. The first run of any of them makes the virtual environment .venv;
# afterwards they start at once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
TEST_INSTALLED := $(VENV)/test-installed
SITE_INSTALLED := $(VENV)/site-installed

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export JUPYTER_PLATFORM_DIRS = 1

.DEFAULT_GOAL := help
.PHONY: help grade test lab formgrader site release data check-course bench normalise clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | \
		awk -F'|' '{ printf "  make %-14s %s\n", $$1, $$2 }'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Making the virtual environment $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(INSTALLED): requirements.txt | $(VENV)/bin/python
	@echo "Installing the packages of requirements.txt (once; a minute or two) ..."
	@$(BIN)/python -m pip install --progress-bar on -r requirements.txt | grep -vE '^Requirement already' | cut -c1-100
	@$(BIN)/python -c "import nbgrader, numpy" || { echo "The packages could not be installed; see above."; exit 1; }
	@# Notebooks and the grader find utils/ and grader/ wherever they are started.
	@$(BIN)/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'course.pth').write_text('$(CURDIR)\n$(CURDIR)/utils\n')"
	@touch $@

$(TEST_INSTALLED): $(INSTALLED) tests/requirements.txt
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -q -r tests/requirements.txt
	@touch $@

$(SITE_INSTALLED): $(INSTALLED) docs/site/requirements.txt
	@echo "Installing what the site needs (once; half a minute) ..."
	@$(BIN)/python -m pip install -q -r docs/site/requirements.txt
	@touch $@

grade: $(INSTALLED) ## grade submitted/ (where it is empty, a sample class) and show the marks
	@$(BIN)/python -m grader demo

test: $(TEST_INSTALLED) $(SITE_INSTALLED) ## run the linters, the type checker and all tests
	@echo "ruff ..." && $(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . || { echo "Mend with: $(BIN)/ruff check --fix . ; $(BIN)/ruff format ."; exit 1; }
	@echo "mypy ..." && $(BIN)/mypy
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lab: $(INSTALLED) ## open JupyterLab on the lessons and the released assignments
	@JUPYTER_CONFIG_PATH=$(CURDIR)/docs/lab $(BIN)/python -m jupyterlab --notebook-dir=. $(if $(filter 0,$(shell id -u)),--allow-root)

formgrader: $(INSTALLED) ## open formgrader on the class: submissions, marks, feedback
	@$(BIN)/python -m jupyterlab --notebook-dir="$(or $(COURSE_ROOT),.)" --LabApp.default_url=/formgrader $(if $(filter 0,$(shell id -u)),--allow-root)

site: $(SITE_INSTALLED) ## build the static site of lessons and assignments in site/ (docs/site.md)
	@$(BIN)/python -m grader.site

release: $(INSTALLED) ## derive from source/ everything that students get
	@$(BIN)/python -m grader release

data: $(INSTALLED) ## download the original cat photos (the embedded drawings need no download)
	@$(BIN)/python datasets/download_originals.py

check-course: $(INSTALLED) ## the author's linter: say whether every exercise is sound
	@$(BIN)/python -m grader check-course

bench: $(INSTALLED) ## measure autograding, training and the students' side (docs/performance.md)
	@$(BIN)/python -m benchmarks $(BENCH)

normalise: $(INSTALLED) ## remove outputs and machine traces from all notebooks
	@$(BIN)/python -m grader normalise

clean: ## remove what was derived and .venv; submissions and the gradebook stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis feedback exports site .nbgrader.log
	find autograded -mindepth 1 ! -name README.md -delete 2>/dev/null || true
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
