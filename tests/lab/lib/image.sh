# The engine's image under the product's default tag, made of the compiled BuildKit and of this machine's files.
# Sourced by up.sh.
# shellcheck shell=bash

# An image under that tag which the lab did not make (the real one, pulled) is left alone.
image_up() {
  local recipe have old
  recipe=$({ cat "$LAB_HERE/lib/image.sh"; echo "$BUILDKIT_VERSION"; } | sha256sum | cut -c1-16)
  if have=$(docker image inspect -f "{{index .Config.Labels \"$RECIPE_LABEL\"}}" "$ENGINE_IMAGE" 2>/dev/null); then
    [[ -z $have || $have == "$recipe" ]] && return
  fi
  old=$(docker image inspect -f '{{.Id}}' "$ENGINE_IMAGE" 2>/dev/null || true)
  local root=$LAB/rootfs
  rm -rf "$root"
  image_rootfs "$root"
  tar -C "$root" --owner=0 --group=0 --numeric-owner -c . | docker import \
    -c 'ENTRYPOINT ["buildkitd"]' -c 'VOLUME /var/lib/buildkit' \
    -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    -c "LABEL $RECIPE_LABEL=$recipe" - "$ENGINE_IMAGE" >/dev/null
  rm -rf "$root"
  # Fails, rightly, while a container still uses it.
  if [[ -n $old ]]; then docker image rm "$old" >/dev/null 2>&1 || true; fi
}

image_rootfs() {
  local root=$1 busybox applet
  mkdir -p "$root"/{bin,dev,etc/buildkit,etc/ssl/certs,home,lib64,proc,root,run,sys,usr/bin,usr/lib,usr/sbin,usr/share,var/lib/buildkit}
  install -d -m 1777 "$root/tmp"
  cp "$BUILDKIT_DIR/bin/buildkitd" "$BUILDKIT_DIR/bin/buildctl" "$root/usr/bin/"

  busybox=$(image_static_busybox)
  cp "$busybox" "$root/bin/busybox"
  for applet in $("$busybox" --list); do [[ $applet == busybox ]] || ln -s busybox "$root/bin/$applet"; done

  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"

  image_program "$root" runc
  # BuildKit's git source calls git and, for git@ addresses, ssh.
  image_program "$root" git
  image_program "$root" ssh
  local core
  core=$(git --exec-path)
  mkdir -p "$root$core"
  cp -a "$core/." "$root$core/"
  image_libraries "$root" "$core/git-remote-http"
  [[ ! -d /usr/share/git-core ]] || cp -a /usr/share/git-core "$root/usr/share/"
}

image_static_busybox() {
  local path
  for path in /usr/bin/busybox /bin/busybox "$(command -v busybox)"; do
    # shellcheck disable=SC2310
    if [[ -x $path ]] && ! ldd "$path" >/dev/null 2>&1; then echo "$path"; return; fi
  done
  die "busybox is linked dynamically; install busybox-static"
}

# image_program ROOT NAME: one of this machine's programs with the libraries it needs; absent ones are skipped.
image_program() {
  local path
  path=$(PATH=$PATH:/usr/sbin:/sbin command -v "$2") || return 0
  cp -L "$path" "$1/usr/bin/$2"
  image_libraries "$1" "$path"
}

image_libraries() {
  local file
  { ldd "$2" 2>/dev/null || true; } | grep -o '/[^ ]*' | while read -r file; do
    [[ -e $1$file ]] || install -D "$(readlink -f "$file")" "$1$file"
  done
}
