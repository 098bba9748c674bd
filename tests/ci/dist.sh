#!/usr/bin/env bash
# Builds what runs on any Linux of this processor, Alpine included: a static binary and the runtimes with their native code, in
# target/dist/dockwright.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

architecture=$(uname -m)
target=$architecture-unknown-linux-musl
rustup target add "$target"
if ! command -v musl-gcc >/dev/null; then
  if ((EUID)) || ! command -v apt-get >/dev/null; then
    echo "missing: musl-tools (Debian's name); install it and try again" >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends musl-tools >/dev/null
fi
export "CC_${target//-/_}=musl-gcc"
cargo build --release --locked -p dockwright-cli --target "$target"

out=target/dist/dockwright
rm -rf "$out"
mkdir -p "$out"
cp "target/$target/release/dockwright" "$out/"
cargo xtask dist --platform "$target" --out "$out"
strip "$out/dockwright"
du -sh "$out"
