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
  postgres_package
  command -v python3 >/dev/null || die "python3 is missing: it makes the stand-in images"
}

# PostgreSQL is for one stand-in image only: without it that image is skipped. Debian would start a server at once; it shall not.
postgres_package() {
  [[ ! -d /usr/lib/postgresql ]] && command -v apt-get >/dev/null && ((EUID == 0)) || return 0
  mkdir -p /etc/postgresql-common
  [[ -e /etc/postgresql-common/createcluster.conf ]] ||
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >>"$LAB/apt.log" 2>&1 ||
    echo "  postgresql cannot be installed; see $LAB/apt.log"
}
