# `make help` lists the commands. The first run of any of them makes the virtual environment .venv;
# afterwards they start at once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
TEST_INSTALLED := $(VENV)/test-installed
SITE_INSTALLED := $(VENV)/site-installed
HUB_INSTALLED := $(VENV)/hub-installed

export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Packages come into .venv and from there, and Python is as it is, whatever the environment says. What
# is compiled is kept: hundreds of short commands would compile it again.
export PIP_USER = 0
unexport PYTHONPATH PYTHONHOME PYTHONOPTIMIZE PYTHONWARNINGS PYTHONDONTWRITEBYTECODE
# Jupyter, IPython and Matplotlib write at home, or do not start.
ifeq ($(shell test -d "$$HOME" -a -w "$$HOME" && echo yes),)
export HOME := $(shell pwd)/$(VENV)/home
endif
export JUPYTER_PLATFORM_DIRS = 1

# No recipe names the project's folder: it may be called "course (1)", "O'Brien" or "$HOME". Programs
# are started through python -m, because the first line of a script holds the whole path.
# nbgrader's commands read nbgrader_config.py, which isolates students' code, in the folder where they
# are started, but with the value of a variable in the place of its name; so they are told "./.", too.
define WRITE_PATHS
import os, pathlib, sysconfig
from grader import SLOW_CHECKS
packages = sysconfig.get_path("purelib")
lines = [os.path.relpath(folder, packages) + "\n" for folder in (".", "utils")]
if "$$" in os.getcwd():
    lines.append("import os; os.environ['JUPYTER_CONFIG_PATH'] = os.pathsep.join(['./.', *filter(None, [os.environ.get('JUPYTER_CONFIG_PATH')])])\n")
# As in grader/__init__.py, for JupyterLab and nbgrader's own commands, which start twice as fast.
lines.append(f"import sys; sys.modules.update(dict.fromkeys({SLOW_CHECKS}))\n")
pathlib.Path(packages, "course.pth").write_text("".join(lines), encoding="utf-8")
endef
export WRITE_PATHS

# Jupyter looks for its extensions by patterns made of whole paths, so it gets them from here, too.
export JUPYTER_PATH := $(VENV)/share/jupyter

.DEFAULT_GOAL := help
.PHONY: help grade test lab formgrader hub site picture release translations data check-course bench normalise clean

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
	@# Where a first run was stopped before it had pip, or uv made the environment.
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install --progress-bar on -r requirements.txt | grep -vE '^(Requirement already|Ignoring )' | cut -c1-100
	@$(BIN)/python -c "import nbgrader, numpy" || { echo "The packages could not be installed; see above."; exit 1; }
	@# Notebooks and the grader find utils/ and grader/ wherever they are started.
	@# The paths are seen from where the file lies, so that it says nothing of the folder's name.
	@$(BIN)/python -c "$$WRITE_PATHS"
	@touch $@

$(TEST_INSTALLED): $(INSTALLED) tests/requirements.txt tests/types.txt
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -q -r tests/requirements.txt
	@$(BIN)/python -m pip install -q --no-deps --upgrade --target $(VENV)/types -r tests/types.txt
	@touch $@

$(SITE_INSTALLED): $(INSTALLED) docs/site/requirements.txt
	@echo "Installing what the site needs (once; half a minute) ..."
	@$(BIN)/python -m pip install -q -r docs/site/requirements.txt
	@touch $@

$(HUB_INSTALLED): $(INSTALLED) deploy/jupyterhub/requirements.txt
	@command -v npm >/dev/null || { echo "npm is needed for the hub's proxy (on Debian: apt-get install npm)."; exit 1; }
	@echo "Installing JupyterHub and its proxy (once; half a minute) ..."
	@$(BIN)/python -m pip install -q -r deploy/jupyterhub/requirements.txt
	@npm install --silent --no-fund --no-audit --prefix $(VENV)/node configurable-http-proxy@5.3.0
	@touch $@

grade: $(INSTALLED) ## grade submitted/ (where it is empty, a sample class) and show the marks
	@$(BIN)/python -m grader demo

test: $(TEST_INSTALLED) $(SITE_INSTALLED) ## run the linters, the type checker and all tests
	@echo "ruff ..." && $(BIN)/python -m ruff check . && $(BIN)/python -m ruff format --check --quiet . || { echo "Mend with: $(BIN)/python -m ruff check --fix . ; $(BIN)/python -m ruff format . (Assignments of your own are the folders of source/ from a7 on; only mistakes count there, not style.)"; exit 1; }
	@echo "mypy ..." && $(BIN)/python -m mypy
	@echo "import-linter ..." && $(BIN)/python -c "from importlinter.cli import lint_imports_command as run; run()" --no-cache --no-logo
	@# Three processes keep two cores busy: one in nine seconds goes by in waiting for a server or a page.
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lab: $(INSTALLED) ## open JupyterLab on your own copy of the lessons and assignments, in work/
	@$(BIN)/python -m grader working-copy
	@JUPYTER_CONFIG_PATH=docs/lab:$(VENV)/etc/jupyter $(BIN)/python -m jupyterlab --notebook-dir=work $(if $(filter 0,$(shell id -u)),--allow-root)

formgrader: $(INSTALLED) ## open formgrader on the class: submissions, marks, feedback
	@# Not ".": traitlets would put the folder's name in its place, and expand a "$$" in it.
	@JUPYTER_CONFIG_PATH=./.:$(VENV)/etc/jupyter $(BIN)/python -m jupyterlab --notebook-dir="$${COURSE_ROOT:-.}" --LabApp.default_url=/formgrader $(if $(filter 0,$(shell id -u)),--allow-root)

hub: $(HUB_INSTALLED) ## start a JupyterHub to look at: a teacher, three students, handing in, marks in seconds
	@$(BIN)/python deploy/jupyterhub/demo.py

site: $(SITE_INSTALLED) ## build the static site of lessons and assignments in site/ (docs/site.md)
	@$(BIN)/python -m grader.site

picture: $(TEST_INSTALLED) ## draw docs/pictures/architecture.svg from the imports
	@$(BIN)/python docs/draw_architecture.py

release: $(INSTALLED) ## derive from source/ everything that students get
	@$(BIN)/python -m grader release

translations: $(INSTALLED) ## update translations/ and list what is missing, fuzzy or stale (docs/translating.md)
	@$(BIN)/python -m grader translations

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
