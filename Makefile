# Two commands do everything, set-up included: `make run` and `make test`.

EVENT ?= events/rencontres-numeriques-2009.yaml
DATA ?= data
PORT ?= 8080
LISTEN ?= 127.0.0.1
# The address under which phones reach the hub, such as http://192.0.2.7:8080 (then LISTEN=0.0.0.0 too).
PUBLIC_URL ?=
# A folder with cert.pem and key.pem, as “qarelay tls new” makes it: the hub then speaks TLS alone.
TLS ?=

RELEASE = .build/release
SERVE_OPTIONS = --event "$(EVENT)" --data "$(DATA)" --port $(PORT) --listen $(LISTEN) \
	$(if $(PUBLIC_URL),--public-url "$(PUBLIC_URL)") \
	$(if $(TLS),--tls-certificate "$(TLS)/cert.pem" --tls-key "$(TLS)/key.pem")

.PHONY: run demo test test-long bench lint release setup setup-test screenshots fuzz simulate trust deb clean

run: release
	@exec $(RELEASE)/qarelay serve $(SERVE_OPTIONS)

demo: release
	@scripts/demo.sh

test: setup-test
	@scripts/test.sh quick

test-long: setup-test
	@scripts/test.sh long

# Every decoder for FUZZ_SECONDS (600) by libFuzzer.
fuzz: setup-test
	@scripts/fuzz.sh

# The simulation over SIMULATION_SEEDS (10,000) seeds.
simulate: setup-test
	@scripts/test.sh simulate

# What is promised of faults and attacks, row by row; QUICK=1 leaves out what takes long.
trust: setup-test
	@swift build --build-tests -q
	@scripts/trust.py $(if $(QUICK),--quick)

bench: setup-test release
	@scripts/bench.sh

screenshots: setup-test release
	@scripts/screenshots.sh

lint: setup
	@swift format lint --strict --recursive --configuration .swift-format Sources bench/Sources
	@swift format lint --strict --recursive --configuration Tests/.swift-format Tests

# A Debian package in dist/.
deb: setup
	@packaging/build-deb.sh

# Without colours the compiler's arguments are the same on a terminal and in a pipe, and nothing is built twice.
release: setup
	@swift build -c release --no-color-diagnostics --product qarelay
	@swift build -c release --no-color-diagnostics --product qaclient

setup:
	@scripts/setup.sh run

setup-test:
	@scripts/setup.sh test

clean:
	rm -rf .build bench/.build .venv
