# Everything there is to do with Squire. `make help` lists it.

PREFIX ?= /usr/local
DESTDIR ?=
export DESTDIR

.DEFAULT_GOAL := help

.PHONY: help
help: ## Say what there is to do
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F '|' '{ printf "%-18s %s\n", $$1, $$2 }'

.PHONY: run
run: ## Set up what is missing, build, start the daemon and ask it something
	@scripts/run.sh

.PHONY: test
test: ## Check the sources, build and run all tests (FILTER=StoreTests runs some)
	@scripts/test.sh $(if $(FILTER),--filter '$(FILTER)')

.PHONY: setup
setup: ## Install system packages, build libllama, fetch the default models
	@scripts/set-up.sh

.PHONY: deps
deps: ## Only the system packages and libllama
	@scripts/system-packages.sh
	@scripts/llama.sh

.PHONY: models
models: ## Only the default models
	@scripts/models.sh

.PHONY: build
build: setup ## Build the programs in release mode
	@scripts/build-programs.sh

# Under sudo, what the user has built is installed, and nothing is built as root.
.PHONY: install
install: $(if $(SUDO_USER),,build) ## Install into PREFIX (/usr/local), with DESTDIR before it
	@scripts/install.sh install '$(PREFIX)'

.PHONY: uninstall
uninstall: ## Remove what make install installed
	@scripts/install.sh uninstall '$(PREFIX)'

.PHONY: benchmark
benchmark: ## Measure against the budgets
	@scripts/benchmark.sh

.PHONY: fit
fit: ## Fit the weights again, and say what they give
	@scripts/fit.sh

.PHONY: dist
dist: ## Make archives and Debian packages that are installed without building, in dist/
	@scripts/dist.sh

.PHONY: sanitize
sanitize: ## Run tests under the address and the thread sanitizer
	@scripts/sanitize.sh address $(if $(FILTER),--filter '$(FILTER)')
	@scripts/sanitize.sh thread $(if $(FILTER),--filter '$(FILTER)')

.PHONY: format
format: ## Format the sources
	@scripts/lint.sh format

.PHONY: lint
lint: ## Check format and scripts
	@scripts/lint.sh check

.PHONY: clean
clean: ## Remove what was built here; the shared cache stays
	@rm -rf .build .build-* .deps dist
