#!/bin/sh
# Builds the extension beside this file. Its target is the one that clang makes position-independent WebAssembly for.
set -eu
cd "$(dirname "$0")"
object=$(mktemp)
trap 'rm -f "$object"' EXIT
clang --target=wasm32-unknown-emscripten -fPIC -Os -c snapshot.c -o "$object"
wasm-ld -shared --experimental-pic --export=PyInit__dockwright_snapshot --allow-undefined -s "$object" \
  -o ../_dockwright_snapshot.cpython-314-wasm32-wasi.so
