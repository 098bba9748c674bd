# Go, which builds the introspector of Go modules and the modules of the tests. Sourced.
# shellcheck shell=bash

GO_VERSION=1.26.8
GO_OLDEST=1.24
GO_HOME=${XDG_CACHE_HOME:-$HOME/.cache}/dockwright/go-toolchain-$GO_VERSION

# go_suffices: the machine has a Go that is new enough.
go_suffices() {
  local have
  have=$(go env GOVERSION 2>/dev/null) || return
  have=${have#go}
  [[ $(printf '%s\n' "$GO_OLDEST" "${have%%[^0-9.]*}" | sort -V | head -n1) == "$GO_OLDEST" ]]
}

# Installs one in the user's cache when the machine has none.
go_toolchain() {
  go_suffices && return
  [[ -x $GO_HOME/bin/go ]] && return
  mkdir -p "$(dirname "$GO_HOME")"
  (
    flock 9
    [[ -x $GO_HOME/bin/go ]] || python3 tests/ci/go_toolchain.py "$GO_VERSION" "$GO_HOME"
  ) 9>"$GO_HOME.lock"
}

# Puts that one on PATH; the machine's own comes first when it is new enough.
go_path() {
  go_suffices || export PATH=$GO_HOME/bin:$PATH
}
