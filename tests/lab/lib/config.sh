# What the product is told about this machine: a buildkitd.toml and two environment variables. Sourced by up.sh.
# shellcheck shell=bash

# As someone behind a registry mirror would write it. Addresses and the state's place are the product's business.
config_up() {
  write "$LAB/buildkitd.toml" <<TOML
insecure-entitlements = ["network.host", "security.insecure"]

[worker.oci]
  networkMode = "host"
  gc = true

[worker.containerd]
  enabled = false

[registry."docker.io"]
  mirrors = ["$LAB_REGISTRY"]

[registry."$LAB_REGISTRY"]
  http = true
TOML
  write "$LAB/env.sh" <<ENV
export DOCKWRIGHT_ENGINE_CONFIG='$LAB/buildkitd.toml'
export DOCKWRIGHT_ENGINE_NETWORK=host
export DOCKWRIGHT_LAB_REGISTRY='$LAB_REGISTRY'
ENV
}
