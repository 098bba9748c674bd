#!/usr/bin/env bash
# Takes down what up.sh started. Engines that the product started are the product's to stop.
#   down.sh            the hand-started engine with its state, and the registry; compiled BuildKit and images stay
#   down.sh --docker   also the Docker daemon, when up.sh started it
#   down.sh --purge    --docker, and deletes the lab's directory and the engine image
set -euo pipefail

LAB_HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for part in common dockerd registry engine; do
  # shellcheck source=/dev/null
  . "$LAB_HERE/lib/$part.sh"
done

docker=false purge=false
for arg; do
  case $arg in
    --docker) docker=true ;;
    --purge) docker=true purge=true ;;
    *) die "unknown option $arg; usage: down.sh [--docker | --purge]" ;;
  esac
done

[[ -d $LAB ]] || { echo "no lab in $LAB"; exit 0; }
exec 9>"$LAB/lock"
flock 9
engine_down
registry_down
if $purge && [[ -n $(docker image inspect -f "{{index .Config.Labels \"$RECIPE_LABEL\"}}" "$ENGINE_IMAGE" 2>/dev/null) ]]; then
  docker image rm -f "$ENGINE_IMAGE" >/dev/null
fi
if $docker; then dockerd_down; fi
if $purge; then rm -rf "$LAB"; fi
echo "the lab is down"
