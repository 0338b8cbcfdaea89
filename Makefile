# make run    build what has changed and serve it on http://127.0.0.1:8080
# make dev    the same while you work: unoptimised, and the app is compiled again at every change
# make build  the one program, target/release/federation-dashboard, with the app inside it
# make test   all tests: Rust's, then the built program in today's Chromium and in Chromium 86
# make lint   formatting, clippy and documentation; a warning is an error
# make bench  bytes, times and rates against ECharts, uPlot, matplotlib, nginx and Python, from one run
# make clean  remove what was built; the tools in $(TOOLS) stay
#
# Each of them first installs what is missing (see .ci/setup). Options are variables: make run LISTEN=0.0.0.0:80

TOOLS ?= $(HOME)/.cache/federation-dashboard/tools
LISTEN ?= 127.0.0.1:8080
DATABASE_URL ?= sqlite://var/dashboard.db

PROGRAM := target/release/federation-dashboard
# Everything that can change a byte of the app. Trunk takes seconds even when nothing has changed, so make asks first.
APP_SOURCES := $(shell find app data style \( -name node_modules -o -name tests -o -name samples \) -prune -o -type f -print) \
	Cargo.toml Cargo.lock Makefile Trunk.toml rust-toolchain.toml .cargo/config.toml

# A panic names its file, and for crates from elsewhere that is a path of whoever builds. Flags for one target are added to
# those in .cargo/config.toml, where RUSTFLAGS would take their place.
CARGO_HOME ?= $(HOME)/.cargo
NO_PATHS := --remap-path-prefix=$(HOME)=~ --remap-path-prefix=$(CARGO_HOME)=cargo --remap-path-prefix=$(CURDIR)=.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS := $(NO_PATHS)

export TOOLS
export PATH := $(TOOLS)/bin:$(CURDIR)/app/node_modules/.bin:$(PATH)

.PHONY: run dev build test lint bench clean setup setup-test setup-bench

run: build
	@mkdir -p var
	$(PROGRAM) serve --database-url $(DATABASE_URL) --listen $(LISTEN)

# The server reads the app's files from the folder instead of from itself, so only changes of the server need a restart.
dev: setup
	@mkdir -p var target/dist
	@trap 'kill 0' EXIT; \
	TRUNK_BUILD_RELEASE=false trunk watch --dist target/dist & \
	FEDERATION_DASHBOARD_DIST=target/dist cargo run -p server -- serve --database-url $(DATABASE_URL) --listen $(LISTEN)

build: dist/assets.json
	cargo build --release --locked -p server --config 'build.rustflags="$(NO_PATHS)"'

dist/assets.json: $(APP_SOURCES) | setup
	trunk build --locked

# The Rust tests that start the program find it by this variable and by no guess about folders.
test: setup-test build
	FEDERATION_DASHBOARD=$(CURDIR)/$(PROGRAM) cargo test --workspace --locked
	FEDERATION_DASHBOARD=$(CURDIR)/$(PROGRAM) node --test tests/browser/*.test.mjs

# data, charts, app and form are linted twice because their code differs by target (cfg).
lint: setup
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo clippy -p data -p charts -p app -p form --target wasm32-unknown-unknown --locked -- -D warnings
	RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --no-deps --locked

# ROUNDS=9 measures longer; tests/bench/run.mjs says what else.
bench: setup-bench build
	FEDERATION_DASHBOARD=$(CURDIR)/$(PROGRAM) node tests/bench/run.mjs

clean:
	cargo clean
	rm -rf dist app/node_modules tests/browser/node_modules tests/browser/out tests/bench/node_modules

setup:
	@.ci/setup build

setup-test:
	@.ci/setup test

setup-bench:
	@.ci/setup bench
