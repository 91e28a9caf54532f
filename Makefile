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

.PHONY: all deps build test lint format check memcheck fuzz coverage bench demo examples interop \
	start-order shell-files check-shells check-fleet check-reports check-dist dist deb install install-files uninstall clean

all: deps
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

build: deps
	$(SWIFT_BUILD)

test: deps
	./scripts/test

# The tests of the rooms that own memory of a C library, under a checker of leaks and bad accesses.
memcheck: deps
	./scripts/memcheck

fuzz: deps
	./scripts/fuzz

lint:
	$(LINT)
	./scripts/lint-scripts

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

check: lint test

coverage: deps
	./scripts/coverage

bench: all
	@./scripts/install-missing hyperfine retry time
	./scripts/bench $(RETRY_RUN)
	./scripts/bench-verify $(COMPANION)
	./scripts/bench-sign $(RETRY_RUN)

# Signs the tarball and the package against a sandbox, so it makes both.
demo: dist deb
	./scripts/demo $(RETRY_RUN)

examples: all
	./scripts/run-examples $(RETRY_RUN)

# Needs a cosign: from the variable COSIGN, or on PATH.
interop: all
	./scripts/interop $(RETRY_RUN)

# What a start touches, by which `make all` lays out the file; that links it again, without names.
start-order: STATIC_LINK = -Xlinker -S -Xlinker --no-demangle -Xlinker -Map=$(CURDIR)/.build-static/retry-run.map
start-order: deps
	$(SWIFT_BUILD) $(STATIC)
	./scripts/make-start-order $(RETRY_RUN) .build-static/retry-run.map

# completions/ and man/, from the options of what is built; build again for `retry-run init`.
shell-files: all
	./scripts/make-shell-files $(RETRY_RUN) $(COMPANION) $(SANDBOX)

check-shells: all
	./scripts/check-shells $(RETRY_RUN)

check-fleet: all
	./scripts/check-fleet $(RETRY_RUN)

# What others make of reports, traces and examples.
check-reports: all
	-@./scripts/install-missing chromium
	./scripts/with-judges ./scripts/check-reports $(RETRY_RUN)
	./scripts/with-judges ./scripts/check-traces $(RETRY_RUN)
	./scripts/with-judges ./scripts/check-orchestrators

dist: all
	./scripts/make-dist $(RETRY_RUN)

deb: all
	./scripts/make-deb $(RETRY_RUN)

# The tarball in an empty, a busybox and a Debian root; the package installed, used and purged.
check-dist: dist deb
	./scripts/check-dist

install: all install-files

install-files:
	install -D -m 755 $(RETRY_RUN) $(DESTDIR)$(PREFIX)/bin/retry-run
	install -D -m 755 $(SANDBOX) $(DESTDIR)$(PREFIX)/bin/sigstore-sandbox
	install -D -m 755 $(COMPANION) $(DESTDIR)$(PREFIX)/libexec/retry-run/retry-run-sigstore
	install -D -m 644 completions/retry-run.bash $(DESTDIR)$(PREFIX)$(BASH_COMPLETIONS)/retry-run
	install -D -m 644 completions/retry-run.zsh $(DESTDIR)$(PREFIX)$(ZSH_FUNCTIONS)/_retry-run
	install -D -m 644 completions/retry-run.fish $(DESTDIR)$(PREFIX)$(FISH_COMPLETIONS)/retry-run.fish
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man1 $(MANUAL:%=man/%)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/retry-run $(DESTDIR)$(PREFIX)/bin/sigstore-sandbox
	rm -rf $(DESTDIR)$(PREFIX)/libexec/retry-run
	rm -f $(DESTDIR)$(PREFIX)$(BASH_COMPLETIONS)/retry-run
	rm -f $(DESTDIR)$(PREFIX)$(ZSH_FUNCTIONS)/_retry-run
	rm -f $(DESTDIR)$(PREFIX)$(FISH_COMPLETIONS)/retry-run.fish
	rm -f $(MANUAL:%=$(DESTDIR)$(PREFIX)/share/man/man1/%)

clean:
	rm -rf .build .build-test .build-static .build-sigstore .build-coverage .build-memcheck .build-fuzz .build-cosign \
		.build-lint .build-judges dist
