#!/usr/bin/env bash
# Installs what building and testing need and this machine lacks. Idempotent; quick when there is nothing to do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tests/ci/tools.sh
. tests/ci/tools.sh
# shellcheck source=tests/ci/go.sh
. tests/ci/go.sh

packages() {
  local missing=()
  command -v cc >/dev/null || missing+=(build-essential)
  command -v git >/dev/null || missing+=(git)
  command -v curl >/dev/null || missing+=(curl)
  command -v python3 >/dev/null || missing+=(python3)
  python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
  # QuickJS, the engine of the TypeScript runtime, is C.
  command -v clang-19 >/dev/null || command -v clang >/dev/null || missing+=(clang-19)
  command -v llvm-ar-19 >/dev/null || command -v llvm-ar >/dev/null || missing+=(llvm-19)
  # Its globals are made with npm packages, and its SDK is tested on Node.
  command -v npm >/dev/null || missing+=(npm)
  ((${#missing[@]})) || return 0
  if ((EUID)) || ! command -v apt-get >/dev/null; then
    echo "missing: ${missing[*]} (Debian's names); install them and try again" >&2
    return 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# rustup does not install a toolchain by itself everywhere (RUSTUP_AUTO_INSTALL=0).
toolchain() {
  if ! command -v rustup >/dev/null; then
    echo "rustup is missing; install it from https://rustup.rs and try again" >&2
    return 1
  fi
  local channel have want
  channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
  have=$(rustup component list --toolchain "$channel" --installed 2>/dev/null || true)
  for want in rustc clippy rustfmt rust-std-wasm32-unknown-unknown; do
    grep -q "^$want" <<<"$have" || { rustup toolchain install; return; }
  done
}

# In continuous integration the clone is new each time, the user's cache is not.
target_directory() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/dockwright/target
  if [[ ${CI:-} == true && ! -e target && ! -L target ]]; then ln -s "$cache" target; fi
  if [[ -L target ]]; then mkdir -p "$(readlink target)"; fi
}

packages
toolchain
target_directory
python_tools
go_toolchain
