# One readable list. `make run` and `make test` set up all that they need.
SHELL := /bin/bash
UV_VERSION := 0.13.8
UV := $(shell command -v uv || echo .uv/bin/uv)
PY := .venv/bin/python
BIN := .venv/bin
LOCALES := src/mohalla/locale

.PHONY: run test ci prove mutation lint types layers migrations translations docs unit-postgres unit journeys fresh-lock messages manual film promises

.venv/.ready: uv.lock pyproject.toml
	@command -v uv >/dev/null || test -x .uv/bin/uv || { python3 -m venv .uv 2>/dev/null || { \
	  echo "make: python3 cannot make environments here; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }; \
	  .uv/bin/pip install -q uv==$(UV_VERSION); }
	@$(UV) sync --frozen -q
	@touch $@

# translations are compiled from the .po files; nothing compiled is committed
messages: .venv/.ready
	@$(BIN)/pybabel -q compile -D django -d $(LOCALES)

run: messages
	@MOHALLA_DEMO=1 $(BIN)/mohalla demo load
	@exec env MOHALLA_DEMO=1 $(BIN)/mohalla up

# --- tests: PostgreSQL, the journeys in Chromium (by themselves: their browser keeps an event loop
# in the process), then everything else on SQLite, whose count ends the run
test: messages
	@.ci/prepare
	@$(MAKE) --no-print-directory unit-postgres
	@$(MAKE) --no-print-directory journeys
	@$(MAKE) --no-print-directory unit

unit-postgres:
	@url=$$(.ci/postgres-url); if [ -n "$$url" ]; then \
	  DATABASE_URL=$$url $(BIN)/pytest -n 2 -m "not journey and not proof and not once" tests; \
	else echo "make: no PostgreSQL here: its tests are skipped. Install postgresql, or set MOHALLA_TEST_POSTGRES=postgres://user:password@host/name"; fi

journeys:
	@$(BIN)/pytest -m journey tests/journeys

unit:
	@$(BIN)/pytest -n 2 --dist loadfile -m "not journey" tests

# --- the whole list, the same that CI runs
ci: fresh-lock lint types layers migrations translations docs test

fresh-lock: .venv/.ready
	@$(UV) lock --check -q

lint: .venv/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --lint --quiet src/mohalla

types: .venv/.ready
	@$(BIN)/mypy

layers: .venv/.ready
	@$(BIN)/lint-imports

migrations: .venv/.ready
	@MOHALLA_HOME=$$(mktemp -d) DJANGO_SETTINGS_MODULE=mohalla.site.settings $(BIN)/django-admin makemigrations --check --dry-run

translations: messages
	@$(BIN)/pytest tests/repo/test_messages.py

docs: .venv/.ready
	@$(BIN)/pytest tests/repo/test_docs.py

# the illustrated manual in docs/operations, made by the journeys
manual: messages
	@MOHALLA_MANUAL=1 $(BIN)/pytest -m journey tests/journeys
	@MOHALLA_MANUAL=1 $(BIN)/pytest tests/web/test_sms_loop.py tests/web/test_ussd_loop.py tests/web/test_voice_loop.py

# the film of leaving: what her phone still knows afterwards (P10); a part of the manual
film: messages
	@MOHALLA_MANUAL=1 $(BIN)/pytest -m journey tests/journeys/test_leaving.py -k film

# docs/PROMISES.md: each promise, its tests, and the figures that this run reached
promises: messages
	@folder=$$(mktemp -d) && MOHALLA_PROMISES=$$folder $(BIN)/pytest -k promise -m "not journey" tests && \
	  $(PY) -m tests.promises.page $$folder

# --- each rule of routing, access, envelopes, register and limiter changed: some test must notice
mutation: messages
	@$(UV) sync --frozen -q --group mutation
	@$(BIN)/mutmut run
	@$(BIN)/mutmut results

# --- the long proofs: thousands of kills and slow senders, hostile requests by the thousand; seeded
prove: messages
	@.ci/prepare
	PROOF_ROUNDS=20 PROOF_REQUESTS=500 PROOF_SLOW=400 PROOF_CUTS=1000 $(BIN)/pytest -m proof tests
	PARSER_INPUTS=100000 PROOF_BITS=20000 $(BIN)/pytest tests/promises/test_p25_bombs.py tests/promises/test_p18_evidence.py
	PROOF_PATHS=400 $(BIN)/pytest tests/promises/test_p20_withdrawal.py
	SIM_EVERY=1 $(BIN)/pytest tests/promises/test_p12_swapped_sim.py
	PROOF_GUESSES=1000000 $(BIN)/pytest tests/promises/test_p13_guessing.py
	FUZZ_EXAMPLES=2000 $(BIN)/pytest tests/web/test_api_description.py
