PREFIX ?= /usr/local
DESTDIR ?=

SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
# The wrapper is one static file. Nothing in it uses the 34 MB of data that come with ICU: the
# symbol is bound to the file's own header, which ICU recognises as no data.
STATIC = -c release --scratch-path .build-static --product retry-run \
	-Xswiftc -static-executable -Xlinker --defsym=icudt76_dat=__ehdr_start -Xlinker -s
LINT = swift format lint --strict --recursive --parallel Package.swift Sources Tests
RETRY_RUN = .build-static/release/retry-run

.PHONY: all deps build test lint format check coverage bench demo examples install uninstall clean

all: deps
	$(SWIFT_BUILD) $(STATIC)

# Whatever is missing on a fresh Debian or Ubuntu with a Swift toolchain.
deps:
	@./scripts/install-missing python3 make

build:
	$(SWIFT_BUILD)

test: deps build
	swift test

lint:
	$(LINT)

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

check: lint test

coverage: deps
	./scripts/coverage

bench: all
	@./scripts/install-missing hyperfine retry time
	./scripts/bench $(RETRY_RUN)

demo: all
	./scripts/demo $(RETRY_RUN)

examples: all
	./scripts/run-examples $(RETRY_RUN)

install: all
	install -D -m 755 $(RETRY_RUN) $(DESTDIR)$(PREFIX)/bin/retry-run

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/retry-run

clean:
	rm -rf .build .build-static .build-coverage
