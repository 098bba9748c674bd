# Running steps: a heading, the output, the duration, and one closing line. Sourced by run.sh.
# shellcheck shell=bash

passed=0 failed=0 skipped=0
failures=()
blocked=

# step NAME COMMAND...: runs the command; the next steps run whatever comes of it. A shell function given as the command
# must end with its own status (join with &&): bash ignores `set -e` inside a condition.
step() {
  local name=$1 start=${EPOCHREALTIME/./} status
  shift
  if [[ -n $blocked ]]; then
    skip "$name" "'$blocked' failed"
    return
  fi
  printf '\n==> %s\n' "$name"
  "$@" && status=0 || status=$?
  local us=$((${EPOCHREALTIME/./} - start)) outcome=ok
  if ((status == 0)); then ((++passed)); else
    outcome="FAILED with status $status" failures+=("$name")
    ((++failed))
  fi
  printf '<== %s: %s in %d.%d s\n' "$name" "$outcome" $((us / 1000000)) $((us % 1000000 / 100000))
  return 0
}

# need NAME COMMAND...: as step, but when it fails the steps after it are skipped.
need() {
  local before=$failed
  step "$@"
  if ((failed > before)); then blocked=$1; fi
}

# skip NAME REASON
skip() {
  printf '\n==> %s\n<== %s: skipped: %s\n' "$1" "$1" "$2"
  ((++skipped))
}

# finish: names what failed, prints the totals alone on the last line, and exits accordingly.
finish() {
  echo
  local name
  for name in "${failures[@]}"; do echo "failed: $name"; done
  echo "$passed passed, $failed failed, $skipped skipped"
  exit $((failed > 0))
}
