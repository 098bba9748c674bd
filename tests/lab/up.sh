#!/usr/bin/env bash
# Brings the lab up: Docker, the BuildKit image that the product starts by default, and a loopback registry with
# stand-ins for well-known base images. Idempotent; two at once wait for each other.
#   up.sh            everything but an engine container: the product starts its own
#   up.sh --engine   also the container dockwright-lab-engine, listening on a unix socket
#   up.sh --quiet    only the exports, for: eval "$(up.sh --quiet)"
set -euo pipefail

LAB_HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for part in common packages dockerd buildkit image registry config engine; do
  # shellcheck source=/dev/null
  . "$LAB_HERE/lib/$part.sh"
done

engine=false quiet=false
for arg; do
  case $arg in
    --engine) engine=true ;;
    --quiet) quiet=true ;;
    *) die "unknown option $arg; usage: up.sh [--engine] [--quiet]" ;;
  esac
done

mkdir -p "$LAB"
exec 9>"$LAB/lock"
flock -n 9 || { echo "lab: another up.sh is at work, waiting for it" >&2; flock 9; }
exec 3>&1
if $quiet; then exec 1>&2; fi

echo "lab in $LAB"
step "programs" packages
step "docker" dockerd_up
step "buildkit" buildkit_up
step "engine image" image_up
step "registry" registry_up
step "stand-in images" standins_up
step "configuration" config_up
if $engine; then step "engine" engine_up; fi

if $quiet; then cat "$LAB/env.sh" >&3; else
  echo
  cat "$LAB/env.sh"
fi
if $engine; then echo "# engine: unix://$LAB_SOCKET or docker-container://$LAB_ENGINE"; fi
