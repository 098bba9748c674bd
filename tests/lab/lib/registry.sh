# The loopback registry that plays Docker Hub, and its stand-in images. Sourced by up.sh and down.sh.
# shellcheck shell=bash

registry_answers() { curl -fs -o /dev/null "http://$LAB_REGISTRY/v2/"; }

registry_up() {
  mkdir -p "$LAB/registry"
  write "$LAB/registry.yml" <<YML
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $LAB/registry}, cache: {blobdescriptor: inmemory}}
http: {addr: "$LAB_REGISTRY"}
YML
  runs "$LAB/registry.pid" docker-registry && registry_answers && return
  ! registry_answers || die "$LAB_REGISTRY is taken by another registry: stop it or set DOCKWRIGHT_LAB_PORT"
  spawn "$LAB/registry.log" docker-registry serve "$LAB/registry.yml" >"$LAB/registry.pid"
  wait_for 10 registry_answers || die "the registry did not start; see $LAB/registry.log"
}

# The images are made again when their recipes or the programs that they copy have changed.
standins_up() {
  local now
  now=$(standins_inputs | sha256sum | cut -c1-16)
  [[ -f $LAB/standins.stamp && $(<"$LAB/standins.stamp") == "$now" ]] && return
  echo "  making the stand-in images (half a minute, once)"
  PYTHONPATH=$LAB_HERE python3 -B -m standins "$LAB_REGISTRY" >"$LAB/standins.log" 2>&1 ||
    { tail -5 "$LAB/standins.log" >&2; die "making the stand-in images failed; see $LAB/standins.log"; }
  sed -n 's/^skipped/  &/p' "$LAB/standins.log"
  echo "$now" >"$LAB/standins.stamp"
}

standins_inputs() {
  cat "$LAB_HERE"/standins/*.py
  stat -Lc '%n %Y' "$(command -v go)" "$(command -v node)" "${PYENV_ROOT:-$HOME/.pyenv}/versions" \
    /opt/hostedtoolcache/Python ~/.local/share/uv/python 2>/dev/null || true
  echo "$LAB_REGISTRY"
}

registry_down() {
  runs "$LAB/registry.pid" docker-registry && kill "$(<"$LAB/registry.pid")"
  rm -f "$LAB/registry.pid"
}
