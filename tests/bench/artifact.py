"""What published modules cost: first use on this machine's registry, later uses, and their size."""

import json
import os
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from process import BenchError, Command, Samples, alternate, run
from table import Row

MODULES = Path(__file__).resolve().parents[2] / "modules"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"


@contextmanager
def cache(folder: Path) -> Iterator[None]:
    """Run with a cache of its own, so that the user's holds nothing of the artifact. Native code stays where it is."""
    before = os.environ.get("DOCKWRIGHT_CACHE_DIR")
    os.environ["DOCKWRIGHT_CACHE_DIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["DOCKWRIGHT_CACHE_DIR"]
        else:
            os.environ["DOCKWRIGHT_CACHE_DIR"] = before


def repeat(command: Command, times: int, before: Callable[[], None] | None = None) -> Samples:
    """Run one command several times."""
    (samples,) = alternate(times, lambda: command, before=before)
    return samples


def size(reference: str) -> float:
    """Give the kilobytes of all layers of an artifact."""
    host, _, rest = reference.removeprefix("oci://").partition("/")
    name, _, tag = rest.rpartition(":")
    asked = urllib.request.Request(f"http://{host}/v2/{name}/manifests/{tag}", headers={"Accept": MANIFEST})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return sum(layer["size"] for layer in json.load(answer)["layers"]) / 1000


def rows(runs: int) -> list[Row]:
    """Measure each language's hello module; without a registry or a toolchain its row says so."""
    host = os.environ.get("DOCKWRIGHT_LAB_REGISTRY")
    if host is None:
        return [Row("module from a registry", note="no registry: run tests/lab/up.sh")]
    result = []
    for language in ("python", "typescript", "go"):
        if language == "go" and shutil.which("go") is None:
            result.append(Row(f"{language}: from a registry", note="no go on PATH"))
            continue
        reference = f"oci://{host}/dockwright-bench/hello-{language}:1"
        folder = MODULES / f"hello-{language}"
        made = subprocess.run(["dockwright", "publish", reference], cwd=folder, capture_output=True, text=True)
        if made.returncode != 0:
            raise BenchError(f"dockwright publish {reference}: {made.stderr}")
        result += of(language, reference, runs)
    return result


def of(language: str, reference: str, runs: int) -> list[Row]:
    """Measure one artifact."""
    functions = Command(["dockwright", "functions", "-m", reference], expect="hello")
    call = Command(["dockwright", "call", "-m", reference, "hello"], expect="Hello, world!")
    with (
        tempfile.TemporaryDirectory(prefix="dockwright-bench-", ignore_cleanup_errors=True) as folder,
        cache(Path(folder)),
    ):
        artifacts = Path(folder) / "artifacts"

        def forget() -> None:
            shutil.rmtree(artifacts, ignore_errors=True)

        # Native code is made once for a component, whatever it came from.
        run(call)
        first = repeat(functions, runs, before=forget)
        later = repeat(functions, runs)
        first_call = repeat(call, max(1, runs // 3), before=forget)
        later_call = repeat(call, runs)
    return [
        Row(f"{language}: functions -m oci://… first", first.wall, bound=150, runs=runs),
        Row(f"{language}: functions -m oci://… again", later.wall, bound=12, runs=runs, note="asks for the tag"),
        Row(f"{language}: call -m oci://… first", first_call.wall, runs=max(1, runs // 3), note="fetched, checked"),
        Row(f"{language}: call -m oci://… again", later_call.wall, runs=runs),
        Row(f"{language}: size of the artifact", size(reference), unit="kB"),
    ]
