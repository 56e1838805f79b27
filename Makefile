# make run    start everything on this machine, with the demonstration day (make run ARTICLE=<file or address>)
# make test   all checks and tests that this machine can run; .ci/run brings the servers for the rest
# Nothing else is needed than make and Python 3.11 with venv; uv is used where present.
.PHONY: run test environment dev-environment lint evaluate bench soak clean
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV ?= .venv
ENV_PYTHON = $(VENV)/bin/python
export PYTHONUNBUFFERED = 1
export ARTICLE

run: environment
	@exec $(ENV_PYTHON) -m factcheck.launcher

environment:
	@sh .ci/environment.sh "$(PYTHON)" "$(VENV)" requirements.lock

dev-environment:
	@sh .ci/environment.sh "$(PYTHON)" "$(VENV)" requirements-dev.lock

lint: dev-environment
	$(ENV_PYTHON) -m ruff check .
	$(ENV_PYTHON) -m ruff format --check .
	$(ENV_PYTHON) -m mypy
	$(VENV)/bin/lint-imports
	$(ENV_PYTHON) manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(ENV_PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') SITE_URL=https://check.example.org \
	  REDIS_URL=redis://127.0.0.1:6379/0 DATABASE_URL=postgres://factcheck@127.0.0.1/factcheck \
	  $(ENV_PYTHON) manage.py check --deploy --fail-level WARNING

# The whole suite on SQLite; where TEST_POSTGRES_URL names a server, what uses the database once more on it.
test: lint
	$(ENV_PYTHON) -m pytest -n 3 --dist loadfile
	@if [ -n "$$TEST_POSTGRES_URL" ]; then \
	  echo "Once more on PostgreSQL: everything that uses the database."; \
	  DATABASE_URL="$$TEST_POSTGRES_URL" $(ENV_PYTHON) -m pytest -n 3 --dist loadfile -m database; \
	else echo "TEST_POSTGRES_URL is not set: nothing was run on PostgreSQL."; fi

# Every suite on the shared data, on the embedded engine; BACKEND=elasticsearch for the other one.
SHARED ?= ../shared
BACKEND ?= embedded
MARKS = $(SHARED)/benchmarks
evaluate: environment
	@for suite in "golden $(SHARED)/golden" "geneva $(SHARED)/geneva" \
	  "matching $(MARKS)/claim-matching/snopes" "matching $(MARKS)/claim-matching/voxcheck-uk" \
	  "matching $(MARKS)/claim-matching/voxcheck-ru" "retrieval $(MARKS)/evidence/averitec" \
	  "suggestions $(MARKS)/check-worthiness/claimbuster-train.jsonl.gz"; do \
	  echo "== $$suite"; $(ENV_PYTHON) manage.py evaluate $$suite --backend $(BACKEND) || exit 1; done

bench: dev-environment
	@for bench in tests/benchmarks/bench_*.py; do \
	  $(ENV_PYTHON) -m tests.benchmarks.$$(basename $$bench .py) || exit 1; done

# The proofs of the review, as often as the plan of faults says: 500 races, 2,000 orders of steps, every statement.
PROOFS = $(addprefix tests/faults/test_,publishing_under_fire.py review_machine.py four_eyes.py feeds_under_fire.py)
soak: dev-environment
	FACTCHECK_SOAK=1 $(ENV_PYTHON) -m pytest $(PROOFS) tests/faults/test_clock_change.py tests/api/test_schema.py
	@if [ -n "$$TEST_POSTGRES_URL" ]; then \
	  echo "Once more on PostgreSQL."; \
	  FACTCHECK_SOAK=1 DATABASE_URL="$$TEST_POSTGRES_URL" $(ENV_PYTHON) -m pytest $(PROOFS); \
	else echo "TEST_POSTGRES_URL is not set: nothing was run on PostgreSQL."; fi

clean:
	rm -rf var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
