# buildkitd and buildctl, compiled from the Go module proxy. Sourced by up.sh.
# shellcheck shell=bash

# `go install …@version` is refused because the module's go.mod has exclude directives; a module of our own that
# requires it and names both commands builds them.
buildkit_up() {
  local bin=$BUILDKIT_DIR/bin src=$BUILDKIT_DIR/src
  [[ -x $bin/buildkitd && -x $bin/buildctl ]] && return
  command -v go >/dev/null || die "Go (1.26 or newer) is missing: it compiles buildkitd; install it from go.dev/dl"
  echo "  compiling buildkitd $BUILDKIT_VERSION (a few minutes, once)"
  mkdir -p "$src"
  cat >"$src/go.mod" <<MOD
module dockwright.lab/engine

go 1.26.0

require github.com/moby/buildkit $BUILDKIT_VERSION
MOD
  cat >"$src/tools.go" <<'GO'
//go:build tools

package engine

import (
	_ "github.com/moby/buildkit/cmd/buildctl"
	_ "github.com/moby/buildkit/cmd/buildkitd"
)
GO
  (
    cd "$src" && export CGO_ENABLED=0 GOFLAGS=-mod=mod && unset GOBIN GOOS GOARCH && mkdir -p ../new &&
      go mod tidy &&
      go build -trimpath -ldflags "-s -w -X github.com/moby/buildkit/version.Version=$BUILDKIT_VERSION" \
        -o ../new/ github.com/moby/buildkit/cmd/buildkitd github.com/moby/buildkit/cmd/buildctl &&
      rm -rf ../bin && mv ../new ../bin
  ) >"$BUILDKIT_DIR/build.log" 2>&1 || die "compiling buildkitd failed; see $BUILDKIT_DIR/build.log"
}
