# Python 3.11 or newer and make are all that this needs.
#   make run      install what is missing, then serve the studio on http://localhost:8000
#   make test     every test, also in a real browser
#   make check    format, lint, types, house rules
#   make fmt      format, and mend what can be mended
#   make messages find what is said, for the translations in locale/
#   make lock     choose the newest allowed versions
#   make sheet    draw docs/contact-sheet.webp anew
#   make screenshots   take the pictures of README and docs anew

# MAKEFILE_LIST is one path here, which may hold spaces: quoted, never split.
ROOT := $(shell f="$(MAKEFILE_LIST)"; dirname "$${f# }")
HERE := cd "$(ROOT)" &&
# ensurepip is what Debian leaves out of a bare Python: one that has it is taken first.
GOOD := import sys, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON := $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
  if command -v $$p >/dev/null 2>&1 && $$p -c '$(GOOD)' 2>/dev/null; then echo $$p; break; fi; done)
NONE := The studio needs Python 3.11 or newer with venv. On Debian or Ubuntu: apt install python3-venv
INSTALL := $(HERE) if [ -z "$(PYTHON)" ]; then echo "$(NONE)" >&2; exit 1; fi; "$(PYTHON)" ops/install.py
PY := $(HERE) .venv/bin/python

.DEFAULT_GOAL := run
.PHONY: run test check fmt messages lock sheet screenshots

run:
	@$(INSTALL) run
	@$(PY) manage.py prepare
	@$(HERE) exec .venv/bin/python manage.py serve

test:
	@$(INSTALL) test
	@$(PY) manage.py prepare --files-only
	@$(PY) -m pytest

check:
	@$(INSTALL) test
	@$(PY) -m ruff format --check --quiet . || { echo "run: make fmt"; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy
	@$(PY) -c "import sys; from importlinter.cli import lint_imports_command as run; sys.argv = ['lint-imports']; run()"
	@DJANGO_SETTINGS_MODULE=tests.settings; export DJANGO_SETTINGS_MODULE; $(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m pytest --quiet tests/design/test_house_style.py tests/test_house_rules.py

fmt:
	@$(INSTALL) test
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

messages:
	@$(INSTALL) run
	@$(PY) ops/messages.py

lock:
	@$(INSTALL) run
	@$(PY) ops/lock.py

sheet:
	@$(INSTALL) run
	@$(PY) -m studio.engine.illustrator sheet docs/contact-sheet.webp

screenshots:
	@$(INSTALL) test
	@$(PY) -m tests.journeys.screenshots
