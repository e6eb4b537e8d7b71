# toxwatch: what people do with it. `make run` and `make test` do all the set-up there is; the others take it as done.

.DEFAULT_GOAL := help
SHELL := /bin/sh

# Debian's packages. The build needs the headers of libyaml, libsodium and SQLite; pkg-config tells where they are;
# tzdata has the time zones that a pack may name.
PACKAGES := libyaml-dev libsodium-dev libsqlite3-dev pkg-config tzdata

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share/toxwatch

# An import that Package.swift does not allow is an error.
CHECKED := --explicit-target-dependency-import-check error
RELEASE := -c release --product toxwatch --static-swift-stdlib $(CHECKED)

.PHONY: help run test record build install uninstall bench lint format clean packages swift

help:
	@echo 'make run      set everything up, build, and show what toxwatch makes of the samples'
	@echo 'make test     set everything up and run every test; warnings are errors'
	@echo 'make build    the release program; it stands in $$(swift build -c release --show-bin-path)'
	@echo 'make install  put the program, the pack and the samples below $(PREFIX) (PREFIX, DESTDIR)'
	@echo 'make bench    measure speed, memory and start, and print the figures'
	@echo 'make record   write anew what the samples and the README show; then look at the difference'
	@echo 'make format   bring the Swift files into the form that make lint asks for'
	@echo 'make lint     the style of the Swift files, and the mistakes of the pack'
	@echo 'make clean    remove what was built'

run: packages build
	@echo
	@echo '$$ toxwatch run --roster samples/roster.csv --to text samples/events.ndjson'
	@"$$(swift build $(RELEASE) --show-bin-path)/toxwatch" run --config config/toxwatch.yaml \
		--roster samples/roster.csv --to text samples/events.ndjson

test: packages swift
	TOXWATCH_STRICT=1 SWIFT_BACKTRACE=enable=no swift test --disable-xctest $(CHECKED)

record: packages swift
	-RECORD_GOLDEN=1 SWIFT_BACKTRACE=enable=no swift test --disable-xctest $(CHECKED) \
		--filter 'SamplesTests|StoryTests|ReadmeTests' > /dev/null 2>&1
	git diff --stat -- samples README.md

build: swift
	swift build $(RELEASE)

install:
	@test -x "$$(swift build $(RELEASE) --show-bin-path)/toxwatch" || { echo 'run make build first' >&2; exit 1; }
	install -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(DATADIR)'
	install -s -m 755 "$$(swift build $(RELEASE) --show-bin-path)/toxwatch" '$(DESTDIR)$(BINDIR)/toxwatch'
	cp -R config samples '$(DESTDIR)$(DATADIR)/'

uninstall:
	rm -rf '$(DESTDIR)$(DATADIR)'
	rm -f '$(DESTDIR)$(BINDIR)/toxwatch'

bench: packages build
	Benchmarks/run.sh

lint: swift
	swift format lint --strict --recursive Package.swift Plugins Sources Tests Benchmarks
	swift run $(CHECKED) toxwatch lint config

format: swift
	swift format --in-place --recursive Package.swift Plugins Sources Tests Benchmarks

clean:
	rm -rf .build

# Swift itself is no package of Debian's: it has to be there.
swift:
	@command -v swift >/dev/null || { \
		echo 'swift is not on the PATH. Install Swift 6.2 or later (https://www.swift.org/install), put its usr/bin on' >&2; \
		echo 'the PATH, and try again.' >&2; exit 1; }

# Asks Debian only for what is missing, as root or through sudo.
packages:
	@command -v dpkg-query >/dev/null || { echo 'not a Debian system: please see to $(PACKAGES) yourself'; exit 0; }; \
	missing=; \
	for name in $(PACKAGES); do \
		dpkg-query -W -f='$${db:Status-Abbrev}' "$$name" 2>/dev/null | grep -q '^ii' || missing="$$missing $$name"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	sudo=; \
	if [ "$$(id -u)" -ne 0 ]; then \
		command -v sudo >/dev/null || { echo "please install as root:$$missing" >&2; exit 1; }; \
		sudo=sudo; \
	fi; \
	echo "installing from Debian:$$missing"; \
	$$sudo apt-get -q -o DPkg::Lock::Timeout=300 update && \
	$$sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $$missing
