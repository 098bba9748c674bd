#!/bin/sh
# Builds the relay for both processors. Usage: build.sh [DIRECTORY], default bin/ beside this file.
# Needs the pinned toolchain with the two targets' core library (rustup target add …); the linker is the toolchain's own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/bin}
target_dir=${RELAY_TARGET_DIR:-$(mktemp -d)}
mkdir -p "$out"
cd "$here"
for arch in x86_64 aarch64; do
  target=$arch-unknown-linux-gnu
  env -u CARGO_ENCODED_RUSTFLAGS CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$target_dir" RUSTFLAGS="-C linker=rust-lld -C linker-flavor=ld.lld -C relocation-model=static \
-C default-linker-libraries=no -C link-self-contained=no -C link-arg=--build-id=none -C link-arg=-static -C link-arg=-nostdlib \
--remap-path-prefix=$(dirname "$here")=engine" cargo build --quiet --release --target "$target"
  cp "$target_dir/$target/release/dockwright-relay" "$out/relay-$arch"
done
[ -n "${RELAY_TARGET_DIR:-}" ] || rm -rf "$target_dir"
