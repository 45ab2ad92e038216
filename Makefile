# `make run` starts the publication, `make test` runs every test; `make help` lists the rest.

# Any Python from 3.11 on; the first one found. Another: make run PYTHON=/opt/python/bin/python3
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
ARGS ?=
N ?= 1000

.PHONY: help run dev test lint format format-check check messages assets bench bench-cards bench-comments bench-desk bench-globe bench-moderation bench-renditions bench-photos bench-tracker bench-weight fuzz chaos manual-pictures seed lock python

help:
	@echo "make run           the publication on http://127.0.0.1:8000 (HOST, PORT, DATA_DIR, DATABASE_URL)"
	@echo "make dev           the same, restarted whenever a Python file or a template changes"
	@echo "make test          all tests on SQLite and PostgreSQL and in Chromium (ARGS='-k like')"
	@echo "make lint          ruff and djlint"
	@echo "make format        rewrite the Python files in the project's format (format-check: only look)"
	@echo "make check         missing migrations and translations, Django's deployment checks"
	@echo "make messages      bring the catalogues in locale/ up to the source (then translate what is new)"
	@echo "make assets        build static/dist"
	@echo "make bench         what a page costs (ARGS=…)"
	@echo "make bench-cards   what drawing a share card costs"
	@echo "make bench-comments  a story with 10,000 comments against one with 50"
	@echo "make bench-desk    how long the desk's lists take over 100,000 stories (ARGS=…)"
	@echo "make bench-globe   10,000 moving satellites in Chromium: frames a second, and how right they are"
	@echo "make bench-moderation  what the word lists and the classifier cost a comment"
	@echo "make bench-photos  how many bytes of pictures a story costs on a telephone and on a desktop screen"
	@echo "make bench-renditions  what the renditions of a photo cost: seconds, bytes, memory"
	@echo "make bench-tracker  Space Tracker's positions and passes against sgp4 and skyfield, and what they cost"
	@echo "make bench-weight  what a story page weighs, against its budgets"
	@echo "make fuzz          look for text and pictures that break what people send, or keep it busy (ARGS=…)"
	@echo "make chaos         kill -9 of what serves while readers write, 500 times: what was acknowledged is there once"
	@echo "make manual-pictures  take the pictures of the manuals anew"
	@echo "make seed N=1000   fill the database with N plausible stories"
	@echo "make lock          write requirements/ anew from pyproject.toml"

python:
	@test -n "$(PYTHON)" || { echo "Newsroom needs Python 3.11 or newer, and none was found on PATH."; exit 1; }

run: python
	@exec $(PYTHON) scripts/run.py

dev: python
	@exec $(PYTHON) scripts/run.py --reload

test: python
	@exec $(PYTHON) scripts/test.py $(ARGS)

lint: python
	@$(PYTHON) scripts/prepare.py dev
	.venv/bin/ruff check --no-cache .
	.venv/bin/djlint --lint --quiet templates

format: python
	@$(PYTHON) scripts/prepare.py dev
	.venv/bin/ruff check --no-cache --fix-only --quiet .
	.venv/bin/ruff format --no-cache .

format-check: python
	@$(PYTHON) scripts/prepare.py dev
	.venv/bin/ruff format --no-cache --check .

check: python
	@$(PYTHON) scripts/check.py

messages: python
	@$(PYTHON) scripts/prepare.py dev
	@.venv/bin/python scripts/messages.py

assets: python
	@$(PYTHON) scripts/prepare.py assets

bench: python
	@$(PYTHON) scripts/prepare.py dev assets
	@exec .venv/bin/python scripts/bench.py $(ARGS)

bench-cards: python
	@$(PYTHON) scripts/prepare.py dev assets
	@exec .venv/bin/python scripts/bench_cards.py

bench-comments: python
	@$(PYTHON) scripts/prepare.py dev assets
	@exec .venv/bin/python scripts/bench_comments.py

bench-desk: python
	@$(PYTHON) scripts/prepare.py dev assets
	@exec .venv/bin/python scripts/bench_desk.py $(ARGS)

bench-globe: python
	@$(PYTHON) scripts/prepare.py dev assets
	@exec .venv/bin/python scripts/bench_globe.py

bench-moderation: python
	@$(PYTHON) scripts/prepare.py dev
	@exec .venv/bin/python scripts/bench_moderation.py

bench-photos: python
	@$(PYTHON) scripts/prepare.py dev assets
	@exec .venv/bin/python scripts/bench_photos.py $(ARGS)

bench-renditions: python
	@$(PYTHON) scripts/prepare.py dev assets
	@exec .venv/bin/python scripts/bench_renditions.py

bench-tracker: python
	@$(PYTHON) scripts/prepare.py dev
	@exec .venv/bin/python scripts/bench_tracker.py

bench-weight: python
	@$(PYTHON) scripts/prepare.py dev assets
	@exec .venv/bin/python scripts/bench_weight.py $(ARGS)

fuzz: python
	@$(PYTHON) scripts/prepare.py dev
	@exec .venv/bin/python scripts/fuzz.py $(ARGS)

chaos: python
	@$(PYTHON) scripts/prepare.py dev assets
	@exec .venv/bin/python scripts/chaos.py $(ARGS)

manual-pictures: python
	@$(PYTHON) scripts/prepare.py dev assets
	@.venv/bin/python scripts/manual_pictures.py
	@exec .venv/bin/python scripts/manual_moderating.py

seed: python
	@$(PYTHON) scripts/prepare.py assets
	@exec .venv/bin/python manage.py seed_stories $(N)

lock: python
	@$(PYTHON) scripts/prepare.py dev
	@scripts/lock.sh
