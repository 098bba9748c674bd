# An engine container started by hand, for work on what does not start one itself. Sourced by up.sh and down.sh.
# shellcheck shell=bash

engine_ready() { "$BUILDKIT_DIR/bin/buildctl" --addr "unix://$LAB_SOCKET" debug workers; }

engine_up() {
  local want have
  engine_is_ours || die "the container $LAB_ENGINE belongs to another lab; set DOCKWRIGHT_LAB_ENGINE to another name"
  want=$({ cat "$LAB/buildkitd.toml" "$LAB_HERE/lib/engine.sh"; docker image inspect -f '{{.Id}}' "$ENGINE_IMAGE"; } | sha256sum | cut -c1-16)
  have=$(docker inspect -f "{{.State.Running}} {{index .Config.Labels \"$RECIPE_LABEL\"}}" "$LAB_ENGINE" 2>/dev/null || true)
  if [[ $have != "true $want" ]]; then
    docker rm -f "$LAB_ENGINE" >/dev/null 2>&1 || true
    mkdir -p "$LAB/engine"
    engine_run "$want"
  fi
  wait_for 30 engine_ready || die "the engine does not answer; see: docker logs $LAB_ENGINE"
}

# --privileged asks for every capability. A machine whose bounding set lacks one refuses it with "unable to apply
# caps"; then the container gets all that there are, and the rest of what --privileged means spelled out.
engine_run() {
  local label=$1 message
  if message=$(engine_create "$label" --privileged 2>&1); then return; fi
  [[ $message == *"unable to apply caps"* ]] || die "docker run: $message"
  docker rm -f "$LAB_ENGINE" >/dev/null 2>&1 || true
  local name drop=()
  for name in $(engine_missing_capabilities); do drop+=(--cap-drop "$name"); done
  engine_create "$label" --cap-add ALL "${drop[@]}" --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
    --security-opt systempaths=unconfined --device-cgroup-rule 'a *:* rwm' -v /sys/fs/cgroup:/sys/fs/cgroup:rw >/dev/null ||
    die "the engine container does not start"
}

engine_create() {
  local label=$1
  shift
  docker run -d --name "$LAB_ENGINE" --label "$RECIPE_LABEL=$label" --label "$OWNER_LABEL=$LAB" --network host "$@" \
    -v "$LAB_ENGINE:/var/lib/buildkit" -v "$LAB/engine:/run/buildkit" \
    -v "$LAB/buildkitd.toml:/etc/buildkit/buildkitd.toml:ro" "$ENGINE_IMAGE" --group "$(id -g)"
}

# Names of capabilities absent from the bounding set, in the order of the kernel's capability.h.
engine_missing_capabilities() {
  local names=(CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE
    NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE
    SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL
    SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE)
  local set i
  set=$((16#$(sed -n 's/^CapBnd:\t*//p' /proc/self/status)))
  for i in "${!names[@]}"; do (((set >> i) & 1)) || echo "${names[i]}"; done
}

# Whether no container has the engine's name, or one that this lab started.
engine_is_ours() {
  local owner
  owner=$(docker inspect -f "{{index .Config.Labels \"$OWNER_LABEL\"}}" "$LAB_ENGINE" 2>/dev/null) || return 0
  [[ $owner == "$LAB" ]]
}

engine_down() {
  engine_is_ours || return 0
  docker rm -f "$LAB_ENGINE" >/dev/null 2>&1 || true
  docker volume rm "$LAB_ENGINE" >/dev/null 2>&1 || true
}
