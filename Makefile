# The commands of the house. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

TARGET := $(or $(CARGO_TARGET_DIR),target)
STAMPS := target/stamps
SERVER := --package tertulia-server --bin tertulia
# The binary with console and widget inside. Tests use the same features, so that nothing is built twice.
WITH_UI := --features tertulia-server/embed-ui

WEB_SOURCES = $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*')

## run: build everything and serve on http://127.0.0.1:8080, data in ./data
.PHONY: run
run: tools $(STAMPS)/web
	cargo build $(SERVER) $(WITH_UI)
	exec $(TARGET)/debug/tertulia serve

## demo: the same with an account that is already filled, data in ./data/demo, website on /demo
.PHONY: demo
demo: tools $(STAMPS)/web
	cargo build $(SERVER) $(WITH_UI)
	exec $(TARGET)/debug/tertulia demo

## dev: server and console for daily work; the console reloads itself on http://127.0.0.1:5173
.PHONY: dev
dev: tools $(STAMPS)/web
	cargo build $(SERVER)
	scripts/dev.sh $(TARGET)/debug/tertulia

## test: install what the tests need, then run all of them
.PHONY: test
test: tools setup-tests
	scripts/test-all.sh

## test-rust: Rust tests on SQLite and on a throw-away PostgreSQL
.PHONY: test-rust
test-rust: $(STAMPS)/web
	scripts/with-postgres.sh cargo nextest run --workspace $(WITH_UI)

## test-web: types, lints, unit tests and size budgets of the front ends
.PHONY: test-web
test-web: $(STAMPS)/web
	npm --prefix web run check
	npm --prefix web run test

## test-e2e: the real binary in Chromium
.PHONY: test-e2e
test-e2e: $(STAMPS)/web $(STAMPS)/e2e-packages
	# The same selection as `test-rust`, so that cargo finds everything built.
	cargo build --workspace --bins --tests $(WITH_UI)
	TERTULIA_TEST_BINARY="$$(realpath $(TARGET)/debug/tertulia)" npm --prefix e2e run test

## test-clients: programs that were written for Chatwoot, against the real binary
.PHONY: test-clients
test-clients: $(STAMPS)/web $(STAMPS)/clients-packages $(STAMPS)/clients-python
	# The same selection as `test-rust`, so that cargo finds everything built.
	cargo build --workspace --bins --tests $(WITH_UI)
	TERTULIA_TEST_BINARY="$$(realpath $(TARGET)/debug/tertulia)" \
	TERTULIA_TEST_PYTHON="$$(realpath target/clients/python)/bin/python" \
		npm --prefix clients run test

## check: formatting, house rules, lints, links in the code's documentation
.PHONY: check
check: check-format check-rules check-lints check-docs

.PHONY: check-format
check-format:
	cargo fmt --all --check

.PHONY: check-lints
check-lints: $(STAMPS)/web
	cargo clippy --workspace --all-targets $(WITH_UI) -- --deny warnings

.PHONY: check-docs
check-docs:
	RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps --document-private-items

.PHONY: check-rules
check-rules:
	cargo xtask tidy

## gen: write all generated files again (OpenAPI, TypeScript client, configuration reference)
.PHONY: gen
gen: $(STAMPS)/web-packages
	cargo xtask gen

## bench: measure the release binary against the floor; the result is target/bench/summary.json
.PHONY: bench
bench: tools $(STAMPS)/web
	cargo build --release $(SERVER) $(WITH_UI)
	cargo run --release --package tertulia-bench -- --binary $(TARGET)/release/tertulia

## help: this list
.PHONY: help
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST) | awk -F': ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

.PHONY: tools
tools:
	@scripts/check-tools.sh

.PHONY: setup-tests
setup-tests:
	@scripts/setup-tests.sh

# Stamps: a second `make run` finds everything done and starts at once.

$(STAMPS):
	@mkdir -p $@

$(STAMPS)/web-packages: web/package-lock.json web/.npmrc | $(STAMPS)
	npm --prefix web ci
	@touch $@

$(STAMPS)/web: $(STAMPS)/web-packages $(WEB_SOURCES) | $(STAMPS)
	npm --prefix web run build
	@touch $@

$(STAMPS)/e2e-packages: e2e/package-lock.json | $(STAMPS)
	npm --prefix e2e ci
	@touch $@

$(STAMPS)/clients-packages: clients/package-lock.json | $(STAMPS)
	npm --prefix clients ci
	@touch $@

$(STAMPS)/clients-python: clients/python/requirements.txt | $(STAMPS)
	rm -rf target/clients/python
	"$$(scripts/find-python.sh)" -m venv target/clients/python
	target/clients/python/bin/pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement clients/python/requirements.txt
	@touch $@
