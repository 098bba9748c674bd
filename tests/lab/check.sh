#!/usr/bin/env bash
# Checks that the stand-in images do what tests ask of them. Needs up.sh --engine.
# shellcheck disable=SC2329
set -euo pipefail

LAB_HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/lab/lib/common.sh
. "$LAB_HERE/lib/common.sh"
# Its `step` replaces the lab's.
# shellcheck source=tests/ci/steps.sh
. "$LAB_HERE/../ci/steps.sh"

# build IMAGE COMMAND: runs the command in the image.
build() {
  local folder
  folder=$(mktemp -d) && printf 'FROM %s\nRUN %s\n' "$1" "$2" >"$folder/Dockerfile" &&
    "$BUILDKIT_DIR/bin/buildctl" --addr "unix://$LAB_SOCKET" build --progress plain --frontend dockerfile.v0 \
      --local "context=$folder" --local "dockerfile=$folder"
  local status=$?
  rm -rf "$folder"
  return "$status"
}

# image NAME:TAG: whether the registry has it.
image() { curl -fs "http://$LAB_REGISTRY/v2/library/${1%:*}/tags/list" | grep -q "\"${1#*:}\""; }

need "engine answers" "$BUILDKIT_DIR/bin/buildctl" --addr "unix://$LAB_SOCKET" debug workers
step "alpine" build alpine:3.20 'grep -q "^ID=alpine" /etc/os-release && wget --help 2>&1 | grep -q BusyBox'
step "debian" build debian:bookworm-slim 'dpkg --audit && apt-get check && perl -e 1'
for version in 3.11 3.12 3.13; do
  if ! image "python:$version-slim"; then skip "python $version" "this machine has no CPython $version"; continue; fi
  step "python $version" build "python:$version-slim" "pip install pytest ruff && python -m pytest --version && ruff --version && python -c 'import ssl, sqlite3, ctypes, lzma, readline'"
done
step "golang" build golang:1.22-alpine 'mkdir /m && cd /m && go mod init m && go get github.com/google/uuid@v1.6.0'
step "git" build alpine/git:v2.49.1 'git init -q /r && git -C /r status'
step "shellcheck" build koalaman/shellcheck-alpine:v0.11.0 'shellcheck --version && patch --help'
step "node" build node:20-slim 'npm install --global typescript && tsc --version'
finish
