"""An engine for tests alone: its containers have networks of their own, and it may be pruned."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NAME = "dockwright-engine-bridge-test"
PLUGINS = Path("/usr/lib/cni")
SUBNET = "10.213.77.0/24"
IMAGE = "moby/buildkit:v0.34.2"


def docker(*arguments: str, check: bool = True) -> str:
    """Run docker and give what it prints."""
    return subprocess.run(["docker", *arguments], check=check, capture_output=True, text=True).stdout.strip()


def _why_not() -> str | None:
    """Say what is missing for such an engine."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return "an engine with a bridge needs root and the program ip"
    if not (PLUGINS / "bridge").exists():
        return f"no network plugins in {PLUGINS} (Debian: containernetworking-plugins)"
    if not docker("images", "-q", IMAGE, check=False):
        return f"Docker has no image {IMAGE}"
    trial = subprocess.run(["unshare", "-n", "ip", "link", "add", "trial0", "type", "bridge"], capture_output=True)
    return None if trial.returncode == 0 else f"this kernel makes no bridges: {trial.stderr.decode().strip()}"


def _settings(folder: Path) -> None:
    """Write what the engine reads: the user's configuration with networks of its own, and the network."""
    given = os.environ.get("DOCKWRIGHT_ENGINE_CONFIG")
    lines = Path(given).read_text().splitlines() if given else ["[worker.oci]"]
    lines = [line for line in lines if "networkMode" not in line]
    place = lines.index("[worker.oci]") + 1
    lines[place:place] = [
        'networkMode = "cni"',
        'cniBinaryPath = "/opt/cni/bin"',
        'cniConfigPath = "/etc/buildkit/cni.json"',
    ]
    (folder / "buildkitd.toml").write_text("\n".join(lines) + "\n")
    addresses = {"type": "host-local", "ranges": [[{"subnet": SUBNET}]]}
    network = {"cniVersion": "1.0.0", "name": "dockwright-test", "type": "bridge", "bridge": "dwtest0"}
    (folder / "cni.json").write_text(json.dumps({**network, "isDefaultGateway": True, "ipam": addresses}))


@contextmanager
def own_engine(folder: Path, authority: Path | None = None) -> Iterator[str]:
    """Start it, give its address, and remove it with all that it had."""
    if why := _why_not():
        pytest.skip(why)
    _settings(folder)
    (folder / "run").mkdir()
    everything = ["--cap-add=ALL", "--security-opt=seccomp=unconfined", "--security-opt=apparmor=unconfined"]
    everything += ["--security-opt=systempaths=unconfined", "--device-cgroup-rule=a *:* rwm"]
    bounding = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapBnd"))
    if not int(bounding.split()[1], 16) >> 24 & 1:
        everything.append("--cap-drop=SYS_RESOURCE")
    mounts = [f"{folder}/run:/run/buildkit", "/sys/fs/cgroup:/sys/fs/cgroup:rw", f"{NAME}:/var/lib/buildkit"]
    mounts += [f"{PLUGINS}:/opt/cni/bin:ro"]
    mounts += [f"{folder}/{name}:/etc/buildkit/{name}:ro" for name in ("cni.json", "buildkitd.toml")]
    if authority:
        mounts.append(f"{authority}:/etc/ssl/certs/ca-certificates.crt:ro")
    _remove()
    options = [f"--volume={mount}" for mount in mounts]
    docker("run", "--detach", f"--name={NAME}", "--network=host", *everything, *options, IMAGE, "--group", "0")
    try:
        for _ in range(100):
            if "running server" in subprocess.run(["docker", "logs", NAME], capture_output=True, text=True).stderr:
                break
            time.sleep(0.1)
        else:
            log = subprocess.run(["docker", "logs", NAME], capture_output=True, text=True).stderr
            pytest.fail(f"the engine does not start: {log[-2000:]}")
        yield f"unix://{folder}/run/buildkitd.sock"
    finally:
        _remove()


def _remove() -> None:
    """Remove the container, its volume and its bridge, as far as they are there."""
    docker("rm", "--force", "--volumes", NAME, check=False)
    docker("volume", "rm", NAME, check=False)
    subprocess.run(["ip", "link", "delete", "dwtest0"], capture_output=True)
