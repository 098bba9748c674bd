# Paths, versions and small helpers that every part of the lab shares. Sourced, never run.
# shellcheck shell=bash disable=SC2034

LAB=${DOCKWRIGHT_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/dockwright/lab}
LAB_PORT=${DOCKWRIGHT_LAB_PORT:-5000}
LAB_REGISTRY=127.0.0.1:$LAB_PORT
LAB_ENGINE=${DOCKWRIGHT_LAB_ENGINE:-dockwright-lab-engine}
LAB_SOCKET=$LAB/engine/buildkitd.sock

# The version that the product starts by default; the image built here carries the same tag.
BUILDKIT_VERSION=${DOCKWRIGHT_LAB_BUILDKIT:-v0.34.2}
ENGINE_IMAGE=moby/buildkit:$BUILDKIT_VERSION
BUILDKIT_DIR=$LAB/buildkit/$BUILDKIT_VERSION
RECIPE_LABEL=dockwright.lab.recipe
OWNER_LABEL=dockwright.lab.directory

shopt -s inherit_errexit

die() { printf 'lab: %s\n' "$*" >&2; exit 1; }

# step NAME COMMAND...: runs one part and prints its duration.
step() {
  local name=$1 start=${EPOCHREALTIME/./}
  shift
  "$@"
  local us=$((${EPOCHREALTIME/./} - start))
  printf '  %-24s %3d.%02d s\n' "$name" $((us / 1000000)) $((us % 1000000 / 10000))
}

# wait_for SECONDS COMMAND...: until the command succeeds.
wait_for() {
  local left=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    ((left-- > 0)) || return 1
    sleep 0.1
  done
}

# spawn LOG COMMAND...: a daemon in a session of its own, without the lab's descriptors; prints its pid.
spawn() {
  local log=$1
  shift
  setsid nohup "$@" >"$log" 2>&1 </dev/null 3>&- 9>&- &
  echo $!
}

# runs PIDFILE NAME: whether the process in the file is alive and still that program.
runs() {
  local pid
  pid=$(cat "$1" 2>/dev/null) && [[ $(cat "/proc/$pid/comm" 2>/dev/null) == "$2"* ]]
}

# write FILE: stdin to the file, but only when the content differs (keeps its time stamp).
write() {
  local new
  new=$(cat)
  [[ -f $1 && $(<"$1") == "$new" ]] || printf '%s\n' "$new" >"$1"
}
