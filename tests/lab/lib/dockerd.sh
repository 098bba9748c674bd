# A Docker daemon: the running one, else one of our own. Sourced by up.sh and down.sh.
# shellcheck shell=bash

dockerd_up() {
  docker version >/dev/null 2>&1 && return
  ((EUID == 0)) || die "no Docker daemon answers and starting one needs root: start it, then try again"
  forget_dead /var/run/docker.pid dockerd
  forget_dead /var/run/docker/containerd/containerd.pid containerd
  # Every container of the lab uses the host's network, so the daemon's bridge and NAT rules are left out.
  PATH=$PATH:/usr/sbin:/sbin spawn "$LAB/dockerd.log" dockerd --iptables=false --ip6tables=false --bridge=none >"$LAB/dockerd.pid"
  wait_for 30 docker version || die "dockerd did not start; see $LAB/dockerd.log"
}

dockerd_down() {
  if runs "$LAB/dockerd.pid" dockerd; then
    kill "$(<"$LAB/dockerd.pid")"
    wait_for 30 dockerd_gone || die "dockerd does not stop"
  fi
  rm -f "$LAB/dockerd.pid"
}

dockerd_gone() { ! runs "$LAB/dockerd.pid" dockerd; }

# forget_dead PIDFILE NAME: removes what a killed program left; its number may be a zombie's or another process's by now.
forget_dead() {
  local pid state
  pid=$(cat "$1" 2>/dev/null) || return 0
  state=$(sed -n 's/^State:[[:space:]]*//p' "/proc/$pid/status" 2>/dev/null || true)
  if [[ $(cat "/proc/$pid/comm" 2>/dev/null) != "$2" || -z $state || $state == Z* ]]; then rm -f "$1"; fi
}
