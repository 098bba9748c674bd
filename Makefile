# Entry points. What they do stands in tests/ci/run.sh, one line a step.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup build dist lint fmt lab test bench try clean-lab

RUN := tests/ci/run.sh

help: ## list the entry points
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

setup: ## install what building needs: Rust toolchain, Debian packages, Python tools
	@$(RUN) setup

build: ## the binary and the language runtimes, into target/release
	@$(RUN) setup build

dist: ## a static binary and portable runtimes, for any Linux (Alpine included), into target/dist
	@$(RUN) setup build dist

lint: ## formatting, clippy, generated files, Python, shell
	@$(RUN) setup lint

fmt: ## format Rust and Python
	@$(RUN) setup fmt

lab: ## Docker, BuildKit and a registry with stand-in images (tests/lab)
	@tests/lab/up.sh

test: ## everything from nothing: set-up, build, lint, all tests
	@$(RUN) setup build lint lab rust sdk e2e clients

bench: ## what a call costs
	@$(RUN) setup build bench

try: ## build, then run the example pipeline and show its output
	@$(RUN) setup build engine try

clean-lab: ## stop the lab and delete its state
	@tests/lab/down.sh --purge
