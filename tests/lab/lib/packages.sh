# Programs that the lab needs, from Debian when they are missing. Sourced by up.sh.
# shellcheck shell=bash

packages() {
  local pair missing=()
  local want=(docker:docker.io dockerd:docker.io runc:runc docker-registry:docker-registry busybox:busybox-static
    git:git curl:curl flock:util-linux dpkg:dpkg)
  for pair in "${want[@]}"; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
  done
  if ((${#missing[@]})); then
    command -v apt-get >/dev/null || die "missing: ${missing[*]} (Debian's names); install them, there is no apt-get here"
    ((EUID == 0)) || die "missing packages; run: sudo apt-get install --no-install-recommends ${missing[*]}"
    echo "  installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$LAB/apt.log" 2>&1 ||
      die "apt-get install failed; see $LAB/apt.log"
  fi
  command -v python3 >/dev/null || die "python3 is missing: it makes the stand-in images"
}
