# Where containers run: this machine's Docker when it can have BuildKit's image, else the lab. Sourced.
# shellcheck shell=bash

# lab: brings the lab up and takes over its variables.
lab() {
  local exports
  exports=$(tests/lab/up.sh --quiet) && eval "$exports"
}

# engine: Docker as it is, for someone who has it; a lab that is there already, or no Docker that can pull, means the lab.
engine() {
  local state=${DOCKWRIGHT_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/dockwright/lab} image
  image=moby/buildkit:$(sed -n 's/^BUILDKIT_VERSION=.*:-\(.*\)}$/\1/p' tests/lab/lib/common.sh)
  if [[ ! -f $state/env.sh ]] && docker pull --quiet "$image" 2>/dev/null; then
    echo "using this machine's Docker"
  else
    lab
  fi
}
