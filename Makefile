PREFIX ?= /usr/local
DESTDIR ?=

SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
# The wrapper is one static file. Nothing in it uses the 34 MB of data that come with ICU: the
# symbol is bound to the file's own header, which ICU recognises as no data.
# What a start touches lies side by side, so that it reads less of the file (see make-start-order), for
# which each function is a section. The runtime has to look for types by name otherwise, in a list of
# all conformances of the file, which takes as long as the rest of the start.
STATIC = -c release --scratch-path .build-static --product retry-run \
	-Xswiftc -static-executable -Xlinker --defsym=icudt76_dat=__ehdr_start $(STATIC_LINK) \
	-Xswiftc -use-ld=lld -Xlinker --symbol-ordering-file=$(CURDIR)/scripts/start-order.txt \
	-Xlinker --no-warn-symbol-ordering -Xswiftc -Xfrontend -Xswiftc -function-sections \
	-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
STATIC_LINK = -Xlinker -s
LINT = swift format lint --strict --recursive --parallel Package.swift Sources Tests
RETRY_RUN = .build-static/release/retry-run
# The signing verbs and the sandbox are executables of their own: OpenSSL and libcurl are the system's,
# the rest is in the file, libstdc++ and RE2 too, which are found first in a folder that has no shared ones. What
# can be moved in memory is relocated at each start: they stay where they are linked to. Together that is
# 4 MiB and a tenth of the CPU time less for a signature.
SIGSTORE_LIBRARIES = $(CURDIR)/.build-sigstore/libraries
SIGSTORE = -c release --scratch-path .build-sigstore --static-swift-stdlib -Xswiftc -Osize \
	-Xswiftc -Xclang-linker -Xswiftc -no-pie -Xswiftc -L$(SIGSTORE_LIBRARIES) \
	-Xlinker --no-export-dynamic -Xlinker --gc-sections -Xlinker -s
CLANG = $(dir $(shell readlink -f "$$(command -v swift)"))clang
COMPANION = $(dir $(RETRY_RUN))retry-run-sigstore
SANDBOX = $(dir $(RETRY_RUN))sigstore-sandbox

# Where shells look for completions, below PREFIX.
BASH_COMPLETIONS = /share/bash-completion/completions
ZSH_FUNCTIONS = /share/zsh/site-functions
FISH_COMPLETIONS = /share/fish/vendor_completions.d
MANUAL = $(notdir $(wildcard man/*.1))

.PHONY: default help all deps build test lint format check memcheck fuzz coverage bench demo examples interop \
	start-order shell-files check-shells check-fleet check-reports check-dist dist deb install install-files uninstall clean

# Alone: what there is, then the release build.
default: help all

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

all: deps ## the release build: .build-static/release/retry-run, its companion and the sandbox
	$(SWIFT_BUILD) $(STATIC)
	mkdir -p $(SIGSTORE_LIBRARIES)
	for library in libstdc++.a libre2.a; do \
		for compiler in $(CLANG) clang gcc; do \
			"$$compiler" -print-file-name=$$library 2>/dev/null && break; \
		done; \
	done | xargs -r -I FILE ln -sf FILE $(SIGSTORE_LIBRARIES)
	$(SWIFT_BUILD) $(SIGSTORE) --product $(notdir $(COMPANION))
	$(SWIFT_BUILD) $(SIGSTORE) --product $(notdir $(SANDBOX))
	install -m 755 .build-sigstore/release/retry-run-sigstore $(COMPANION)
	install -m 755 .build-sigstore/release/sigstore-sandbox $(SANDBOX)

# Whatever is missing on a fresh Debian or Ubuntu with a Swift toolchain.
deps:
	@./scripts/install-missing python3 make openssl libssl-dev libcurl4-openssl-dev libre2-dev

build: deps ## a debug build
	$(SWIFT_BUILD)

test: deps ## builds and runs all tests
	./scripts/test

memcheck: deps ## the tests of the rooms that use C libraries, with AddressSanitizer
	./scripts/memcheck

fuzz: deps ## a million made-up inputs for every parser
	./scripts/fuzz

lint: ## formats, shell scripts and Python, checked
	$(LINT)
	./scripts/lint-scripts

format: ## formats, rewritten
	swift format --in-place --recursive --parallel Package.swift Sources Tests

check: lint test ## what must pass before a change is handed in

coverage: deps ## line coverage per room
	./scripts/coverage

bench: all ## speed and memory beside other tools
	@./scripts/install-missing hyperfine retry time
	./scripts/bench $(RETRY_RUN)
	./scripts/bench-verify $(COMPANION)
	./scripts/bench-sign $(RETRY_RUN)

# Signs the tarball and the package against a sandbox, so it makes both.
demo: dist deb ## signs the tarball and the package against a sandbox
	./scripts/demo $(RETRY_RUN)

examples: all ## runs the examples against the binary and a sandbox
	./scripts/run-examples $(RETRY_RUN)

# Needs a cosign: from the variable COSIGN, or on PATH.
interop: all ## cosign and sigstore-python judge what is signed
	./scripts/interop $(RETRY_RUN)

# What a start touches, by which `make all` lays out the file; that links it again, without names.
start-order: STATIC_LINK = -Xlinker -S -Xlinker --no-demangle -Xlinker -Map=$(CURDIR)/.build-static/retry-run.map
start-order: deps ## scripts/start-order.txt, from a traced start
	$(SWIFT_BUILD) $(STATIC)
	./scripts/make-start-order $(RETRY_RUN) .build-static/retry-run.map

# completions/ and man/, from the options of what is built; build again for `retry-run init`.
shell-files: all ## completions/ and man/, from the options of what is built
	./scripts/make-shell-files $(RETRY_RUN) $(COMPANION) $(SANDBOX)

check-shells: all ## completions and the function retry in bash, zsh and fish
	./scripts/check-shells $(RETRY_RUN)

check-fleet: all ## the simulated fleet beside twenty real processes
	./scripts/check-fleet $(RETRY_RUN)

check-reports: all ## what others make of reports, traces and examples
	-@./scripts/install-missing chromium
	./scripts/with-judges ./scripts/check-reports $(RETRY_RUN)
	./scripts/with-judges ./scripts/check-traces $(RETRY_RUN)
	./scripts/with-judges ./scripts/check-orchestrators

dist: all ## the tarball, in dist/
	./scripts/make-dist $(RETRY_RUN)

deb: all ## the Debian package, in dist/
	./scripts/make-deb $(RETRY_RUN)

# The tarball in an empty, a busybox and a Debian root; the package installed, used and purged.
check-dist: dist deb ## the tarball and the package, used in roots of their own
	./scripts/check-dist

install: all install-files ## builds, and installs below PREFIX (/usr/local)

install-files:
	install -D -m 755 $(RETRY_RUN) $(DESTDIR)$(PREFIX)/bin/retry-run
	install -D -m 755 $(SANDBOX) $(DESTDIR)$(PREFIX)/bin/sigstore-sandbox
	install -D -m 755 $(COMPANION) $(DESTDIR)$(PREFIX)/libexec/retry-run/retry-run-sigstore
	install -D -m 644 completions/retry-run.bash $(DESTDIR)$(PREFIX)$(BASH_COMPLETIONS)/retry-run
	install -D -m 644 completions/retry-run.zsh $(DESTDIR)$(PREFIX)$(ZSH_FUNCTIONS)/_retry-run
	install -D -m 644 completions/retry-run.fish $(DESTDIR)$(PREFIX)$(FISH_COMPLETIONS)/retry-run.fish
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man1 $(MANUAL:%=man/%)

uninstall: ## removes that again
	rm -f $(DESTDIR)$(PREFIX)/bin/retry-run $(DESTDIR)$(PREFIX)/bin/sigstore-sandbox
	rm -rf $(DESTDIR)$(PREFIX)/libexec/retry-run
	rm -f $(DESTDIR)$(PREFIX)$(BASH_COMPLETIONS)/retry-run
	rm -f $(DESTDIR)$(PREFIX)$(ZSH_FUNCTIONS)/_retry-run
	rm -f $(DESTDIR)$(PREFIX)$(FISH_COMPLETIONS)/retry-run.fish
	rm -f $(MANUAL:%=$(DESTDIR)$(PREFIX)/share/man/man1/%)

clean: ## removes all that was built
	rm -rf .build .build-test .build-static .build-sigstore .build-coverage .build-memcheck .build-fuzz .build-cosign \
		.build-lint .build-judges dist
