#!/usr/bin/env bash
# Runs groups of steps in the order given: tests/ci/run.sh GROUP... Each group is a function below, each step one line.
# shellcheck disable=SC2329
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tests/ci/steps.sh
. tests/ci/steps.sh
# shellcheck source=tests/ci/tools.sh
. tests/ci/tools.sh
# shellcheck source=tests/ci/go.sh
. tests/ci/go.sh
# shellcheck source=tests/ci/engine.sh
. tests/ci/engine.sh

export PATH=$PWD/target/release:$PATH
go_path
export PYTHONDONTWRITEBYTECODE=1 RUFF_NO_CACHE=true

group_setup() {
  need "set-up" tests/ci/setup.sh
}

group_build() {
  need "binary" cargo build --release --locked -p dockwright-cli
  need "runtimes" cargo xtask runtimes
}

group_lint() {
  step "rustfmt" cargo fmt --all --check
  step "clippy" cargo clippy --release --locked --workspace --all-targets -- -D warnings
  step "generated files" cargo xtask codegen --check
  step "ruff" python_lint
  step "shellcheck" shell_lint
  having cargo-deny "cargo-deny" cargo-deny --offline check licenses bans sources
}

group_fmt() {
  step "rustfmt" cargo fmt --all
  step "ruff" python_format
}

group_lab() {
  step "lab" lab
}

group_rust() {
  step "Rust tests" cargo test --release --locked --workspace --no-fail-fast
}

group_sdk() {
  step "Python SDK" pytest sdk-python/tests
  having npm "TypeScript SDK" typescript_sdk
  step "Go SDK" go_sdk
}

group_e2e() {
  step "example application" pytest modules/ci-python/example-app
  step "end to end" pytest tests/e2e
  step "conformance of the core API" python3 tests/conformance
}

group_clients() {
  step "client libraries" pytest tests/clients
}

group_bench() {
  step "engine" engine
  step "bench" python3 tests/bench
}

group_dist() {
  need "static binary" tests/ci/dist.sh
}

group_engine() {
  need "engine" engine
}

group_try() {
  step "dockwright call test" try
}

# having PROGRAM NAME COMMAND...: a step for those who have the program.
having() {
  if command -v "$1" >/dev/null; then step "${@:2}"; else skip "$2" "$1 is not installed"; fi
}

pytest() { "$TOOLS/bin/python" -m pytest -ra -p no:cacheprovider "$@"; }

typescript_sdk() {
  npm --prefix sdk-typescript test
}

go_sdk() {
  go -C sdk-go vet ./... && go -C sdk-go test ./...
}

python_folders() { find tests modules sdk-python -maxdepth 0 -type d 2>/dev/null || true; }

python_lint() {
  # shellcheck disable=SC2046
  "$TOOLS/bin/ruff" check $(python_folders) && "$TOOLS/bin/ruff" format --check $(python_folders)
}

python_format() {
  # shellcheck disable=SC2046
  "$TOOLS/bin/ruff" format $(python_folders) && "$TOOLS/bin/ruff" check --select I --fix $(python_folders)
}

shell_lint() {
  # shellcheck disable=SC2046
  "$TOOLS/bin/shellcheck" -x .ci/run $(find tests -name '*.sh')
}

try() {
  (cd modules/ci-python && dockwright call test --source=example-app)
}

for group; do
  declare -F "group_$group" >/dev/null || { echo "run.sh: unknown group '$group'" >&2; exit 2; }
done
for group; do "group_$group"; done
finish
