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
  single_tests_packages
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

# For single tests, which are skipped without them. Debian would start the SSH server at once; it shall not.
single_tests_packages() {
  command -v apt-get >/dev/null && ((EUID == 0)) || return 0
  local missing=() policy=/usr/sbin/policy-rc.d made=''
  [[ -x /usr/sbin/sshd ]] || missing+=(openssh-server)
  [[ -x /usr/lib/cni/bridge ]] || missing+=(containernetworking-plugins)
  ((${#missing[@]})) || return 0
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 0755 "$policy"
    made=yes
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$LAB/apt.log" 2>&1 ||
    echo "  ${missing[*]} cannot be installed; see $LAB/apt.log"
  if [[ $made ]]; then rm -f "$policy"; fi
}
