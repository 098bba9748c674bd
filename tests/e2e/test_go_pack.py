"""Modules in Go on a machine without Go: built by Go's own tools, which run in the module runtime."""

import base64
import functools
import hashlib
import http.server
import io
import os
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import BINARY, ROOT, Run
from scratch import NO_DOCKER, environment, own_directories, write_go_module

PACK = BINARY.parent / "runtimes" / "go-pack.json"

pytestmark = pytest.mark.skipif(
    not PACK.exists(),
    reason=f"there is no Go toolchain pack ({PACK}): `cargo xtask runtimes` makes one where there is Go",
)

FAULTS = "package main\n\n%s\ntype Faults struct{}\n\nfunc (m *Faults) F() string {\n\treturn %s\n}\n"


def without_go(folder: Path, *additions: dict[str, str]) -> dict[str, str]:
    """Give an environment with directories of its own and nothing on PATH."""
    empty = {"PATH": str(folder), "GOPROXY": "off", "GOMODCACHE": str(folder / "none"), "GOFLAGS": ""}
    return environment(NO_DOCKER, empty, own_directories(folder), *additions)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment without Go whose caches are shared by the tests of this file."""
    return without_go(tmp_path_factory.mktemp("bare"))


def call(dockwright: Run, folder: Path | str, env: dict[str, str], *arguments: str) -> str:
    """Call what must succeed; give standard output."""
    result = dockwright(str(folder), "call", *arguments, env=env)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_a_module_is_built_without_go(dockwright: Run, bare: dict[str, str]) -> None:
    """The module that others build with their Go gives the same answers."""
    result = dockwright("modules/hello-go", "call", "hello", env=bare)
    assert (result.returncode, result.stdout) == (0, "Hello, world!"), result.stderr
    packs = Path(bare["DOCKWRIGHT_CACHE_DIR"]) / "go" / "pack"
    assert len([entry for entry in packs.iterdir() if entry.is_dir()]) == 1
    assert call(dockwright, "modules/hello-go", bare, "statistics", "--numbers=1,2,3.5", "total") == "6.5"


@pytest.mark.skipif(shutil.which("go") is None, reason="there is no go on PATH to compare with")
@pytest.mark.parametrize("module", ["hello-go", "ci-go"])
def test_both_toolchains_offer_the_same(dockwright: Run, bare: dict[str, str], module: str) -> None:
    """What a module offers does not depend on what built it."""
    packed = dockwright(f"modules/{module}", "functions", env=bare)
    local = dockwright(f"modules/{module}", "functions", env=environment(NO_DOCKER, {"DOCKWRIGHT_GO": ""}))
    assert packed.returncode == 0, packed.stderr
    assert packed.stdout == local.stdout


def test_a_panic_names_the_line(dockwright: Run, bare: dict[str, str]) -> None:
    """As with a local Go: the file of the module, and the line."""
    result = dockwright("modules/hello-go", "call", "shout", "--text=hey", "--times=0", env=bare)
    assert result.returncode == 1
    lines = (ROOT / "modules/hello-go/dagger/main.go").read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "panic(fmt.Sprintf(" in text)
    assert f"main.go:{line}" in result.stderr, result.stderr


def test_an_edit_is_built(dockwright: Run, bare: dict[str, str], tmp_path: Path) -> None:
    """A changed source gives another answer, a changed embedded file too."""
    imports, embed = 'import _ "embed"\n', "//go:embed text.txt\nvar text string\n"
    folder = write_go_module(
        tmp_path,
        {
            "main.go": FAULTS % (imports, "text") + embed,
            "text.txt": "one",
            "go.mod": "module dagger/faults\n\ngo 1.24\n",
        },
    )
    assert call(dockwright, folder, bare, "f") == "one"
    (folder / "dagger/text.txt").write_text("two")
    assert call(dockwright, folder, bare, "f") == "two"
    (folder / "dagger/main.go").write_text(FAULTS % (imports, 'text + "!"') + embed)
    assert call(dockwright, folder, bare, "f") == "two!"


BROKEN = {
    "type error": (
        "",
        "42",
        r"main\.go:7:9: cannot use 42 \(untyped int constant\) as string value in return statement",
    ),
    "no module": (
        'import "github.com/nobody/nothing"\n',
        "nothing.X",
        r"main\.go:3:8: no required module provides package github\.com/nobody/nothing; to add it:[\s│]+go get",
    ),
    "no standard package": ('import "no/such"\n', "such.X", r"main\.go:3:8: package no/such is not in std"),
    "cgo": ('import "C"\n', "C.X", r"main\.go:3:8.*cgo"),
}


@pytest.mark.parametrize(("imports", "value", "pattern"), BROKEN.values(), ids=BROKEN.keys())
def test_broken(dockwright: Run, bare: dict[str, str], tmp_path: Path, imports: str, value: str, pattern: str) -> None:
    """What Go's tools say, with the module's own paths."""
    folder = write_go_module(
        tmp_path, {"main.go": FAULTS % (imports, value), "go.mod": "module dagger/faults\n\ngo 1.24\n"}
    )
    result = dockwright(str(folder), "functions", env=bare)
    assert result.returncode == 1
    assert re.search(pattern, result.stderr), result.stderr
    assert not re.search(r"/src/|wasm:|panicked", result.stderr), result.stderr


GREET = {
    "go.mod": "module example.com/Greet\n\ngo 1.21\n",
    "greet.go": 'package greet\n\nimport "example.com/Greet/internal/name"\n\n'
    'func Text() string { return "hello " + name.Name }\n',
    "internal/name/name.go": 'package name\n\nconst Name = "proxy"\n',
    "cgo.go": 'package greet\n\nimport "C"\n',
    "greet_test.go": "package greet\n",
}
VERSION = "v1.2.0"


def module_zip(files: dict[str, str]) -> bytes:
    """Give a module's archive, as proxies serve it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"example.com/Greet@{VERSION}/{name}", text)
    return buffer.getvalue()


def h1(files: dict[str, str]) -> str:
    """Give the checksum that go.sum has of a module's files."""
    summary = hashlib.sha256()
    for name, text in sorted(files.items()):
        digest = hashlib.sha256(text.encode()).hexdigest()
        summary.update(f"{digest}  example.com/Greet@{VERSION}/{name}\n".encode())
    return "h1:" + base64.b64encode(summary.digest()).decode()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve one module on this machine."""
    folder = tmp_path_factory.mktemp("proxy")
    place = folder / "example.com" / "!greet" / "@v"
    place.mkdir(parents=True)
    (place / f"{VERSION}.zip").write_bytes(module_zip(GREET))
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def user_of_greet(folder: Path, go_sum: str | None) -> Path:
    """Write a module that uses the one of the proxy."""
    files = {
        "main.go": FAULTS % ('import "example.com/Greet"\n', "greet.Text()"),
        "go.mod": f"module dagger/faults\n\ngo 1.24\n\nrequire example.com/Greet {VERSION}\n",
    }
    if go_sum is not None:
        files["go.sum"] = go_sum
    return write_go_module(folder, files)


def test_a_module_of_others_is_fetched(dockwright: Run, bare: dict[str, str], proxy: str, tmp_path: Path) -> None:
    """From the first proxy that has it, once."""
    folder = user_of_greet(tmp_path, f"example.com/Greet {VERSION} {h1(GREET)}\n")
    env = {**bare, "GOPROXY": f"{proxy}/none,{proxy},off"}
    result = dockwright(str(folder), "call", "f", env=env)
    assert (result.returncode, result.stdout) == (0, "hello proxy"), result.stderr
    (folder / "dagger/main.go").write_text(FAULTS % ('import "example.com/Greet"\n', 'greet.Text() + "!"'))
    assert call(dockwright, folder, bare, "f") == "hello proxy!"


def test_checksums_are_compared(dockwright: Run, proxy: str, tmp_path: Path) -> None:
    """Another archive than the one in go.sum is refused, and nothing of it is kept."""
    folder = user_of_greet(tmp_path / "module", f"example.com/Greet {VERSION} {h1({**GREET, 'greet.go': ''})}\n")
    (tmp_path / "own").mkdir()
    env = without_go(tmp_path / "own", {"GOPROXY": proxy})
    for _ in range(2):
        result = dockwright(str(folder), "functions", env=env)
        assert result.returncode == 1
        assert "verifying example.com/Greet@v1.2.0: checksum mismatch" in result.stderr, result.stderr
        assert "SECURITY ERROR" in result.stderr


def test_missing_sum(dockwright: Run, bare: dict[str, str], proxy: str, tmp_path: Path) -> None:
    """Without a checksum nothing is fetched."""
    result = dockwright(str(user_of_greet(tmp_path, None)), "functions", env={**bare, "GOPROXY": proxy})
    assert result.returncode == 1
    told = (
        "main.go:3:8: missing go.sum entry for module providing package example.com/Greet (imported by dagger/faults)"
    )
    assert told in result.stderr, result.stderr


def test_private_modules_need_go(dockwright: Run, proxy: str, tmp_path: Path) -> None:
    """What GOPRIVATE names comes from no proxy, and the way out is told."""
    folder = user_of_greet(tmp_path / "module", f"example.com/Greet {VERSION} {h1(GREET)}\n")
    (tmp_path / "own").mkdir()
    env = without_go(tmp_path / "own", {"GOPROXY": proxy, "GOPRIVATE": "*.com"})
    result = dockwright(str(folder), "functions", env=env)
    assert result.returncode == 1
    assert "which only Go can" in result.stderr
    assert "go mod vendor" in result.stderr


def test_a_real_module(dockwright: Run, bare: dict[str, str], tmp_path: Path) -> None:
    """One that many use, from the proxy of this machine."""
    files = {
        "main.go": FAULTS % ('import "github.com/google/uuid"\n', "uuid.Nil.String()"),
        "go.mod": "module dagger/faults\n\ngo 1.24\n\nrequire github.com/google/uuid v1.6.0\n",
        "go.sum": "github.com/google/uuid v1.6.0 h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=\n",
    }
    proxies = os.environ.get("GOPROXY") or "https://proxy.golang.org"
    result = dockwright(str(write_go_module(tmp_path, files)), "call", "f", env={**bare, "GOPROXY": proxies})
    if re.search(r"dns|lookup|[Cc]onnect|refused|unreachable|no answer|403", result.stderr) and result.returncode:
        pytest.skip(f"no module proxy can be reached: {result.stderr[-300:]}")
    assert (result.returncode, result.stdout) == (0, "00000000-0000-0000-0000-000000000000"), result.stderr


def test_a_choice_that_is_not_there(dockwright: Run, bare: dict[str, str]) -> None:
    """DOCKWRIGHT_GO names what is missing."""
    result = dockwright("modules/hello-go", "functions", env={**bare, "DOCKWRIGHT_GO": "/nowhere/go"})
    assert result.returncode == 1
    assert "DOCKWRIGHT_GO asks for /nowhere/go, which is not there" in result.stderr
