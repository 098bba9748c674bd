"""The modules `go`, `python` and `nodejs`, over the example applications and over broken ones."""

import json
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from applications import application, call, failure
from conftest import Run

pytestmark = pytest.mark.usefixtures("docker")

GO = "--source=../ci-go/example-app"
PYTHON = "--source=../ci-python/example-app"
NODEJS = "--source=../ci-typescript/example-app"


def test_go_checks(dockwright: Run) -> None:
    """Lint and tests of a sound module pass, and say what ran."""
    report = call(dockwright, "go", GO, "check")
    assert report.splitlines()[:2] == ["go vet: no problems", "gofmt: no problems"]
    assert re.search(r"^ok +\texample.com/visits\t", report, re.MULTILINE), report


def test_go_finds_what_is_wrong(dockwright: Run, tmp_path: Path) -> None:
    """A failing test, a misuse of Printf and a badly formatted file each fail, with the tool's words."""
    files = {
        "broken_test.go": 'package main\n\nimport "testing"\n\nfunc TestBroken(t *testing.T) { t.Fatal("no luck") }\n',
        "ugly.go": "package main\n\nfunc   ugly( ) { }\n",
    }
    source = f"--source={application('ci-go', tmp_path, files)}"
    assert "+func ugly()" in failure(dockwright, "go", source, "check-format")
    assert "+func ugly() {}" in call(dockwright, "go", source, "format", "as-patch", "contents")
    said = failure(dockwright, "go", source, "test", "--run=TestBroken")
    assert "--- FAIL: TestBroken" in said
    assert "no luck" in said


def test_go_vets(dockwright: Run, tmp_path: Path) -> None:
    """What go vet finds fails the whole check."""
    files = {"vet.go": 'package main\n\nimport "fmt"\n\nfunc vet() { fmt.Printf("%d", "text") }\n'}
    source = f"--source={application('ci-go', tmp_path, files)}"
    assert "Printf format %d has arg" in failure(dockwright, "go", source, "check")


@pytest.mark.skipif("DOCKWRIGHT_SLOW_TESTS" not in os.environ, reason="compiles staticcheck: DOCKWRIGHT_SLOW_TESTS=1")
def test_go_staticcheck(dockwright: Run, tmp_path: Path) -> None:
    """Staticcheck is fetched and compiled; what it finds fails."""
    files = {"unused.go": "package main\n\nfunc unused() {}\n"}
    source = f"--source={application('ci-go', tmp_path, files)}"
    assert "func unused is unused (U1000)" in failure(dockwright, "go", source, "staticcheck")
    assert call(dockwright, "go", GO, "staticcheck") == "staticcheck: no problems\n"


def test_go_versions(dockwright: Run, tmp_path: Path) -> None:
    """Each version gives a result; a failure is one too."""
    query = ["test-versions", "--versions=1.25,1.26"]
    assert call(dockwright, "go", GO, *query, "passed") == "true\ntrue\n"
    files = {"server.go": "package main\n"}
    source = f"--source={application('ci-go', tmp_path, files)}"
    assert call(dockwright, "go", source, *query, "passed") == "false\nfalse\n"
    assert "undefined: " in call(dockwright, "go", source, *query, "report")


TOLD = 'package main\n\nimport "os"\n\nvar version string\n\nfunc main() { os.Stdout.WriteString(version) }\n'


def test_go_builds_for_platforms(dockwright: Run, tmp_path: Path) -> None:
    """The matrix has a program of each platform; linker flags reach the program that runs here."""
    files = {"go.mod": "module example.com/told\n\ngo 1.24\n", "main.go": TOLD}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    out = tmp_path / "out"
    flags = ["--platforms=linux/amd64,windows/amd64", "--ldflags=-X main.version=9.8.7", "-o", str(out)]
    call(dockwright, "go", f"--source={tmp_path}", "matrix", *flags)
    assert subprocess.run([out / "linux_amd64" / "told"], capture_output=True, text=True).stdout == "9.8.7"
    assert (out / "windows_amd64" / "told.exe").read_bytes()[:2] == b"MZ"


def test_go_image_runs(dockwright: Run) -> None:
    """The image has the program alone, and runs it."""
    image = ["image", "--ldflags=-s -w"]
    output = call(dockwright, "go", GO, *image, "with-exec", "--args=-check", "--use-entrypoint", "stdout")
    assert json.loads(output)["text"] == "Hello, check!"
    assert call(dockwright, "go", GO, *image, "rootfs", "entries").split() == ["app"]


def test_go_settings(dockwright: Run) -> None:
    """Settings chain, and reach the commands."""
    settings = ["with-tags", "--tags=a,b", "with-cgo", "with-env-variable", "--name=GOAMD64", "--value=v2"]
    command = "container", "with-exec", "--args=go,env,GOFLAGS,CGO_ENABLED,GOAMD64", "stdout"
    assert call(dockwright, "go", GO, *settings, *command) == "-tags=a,b\n1\nv2\n"


def test_go_measures(dockwright: Run, tmp_path: Path) -> None:
    """Coverage is a number; a requirement that nothing imports is found."""
    assert 50 < float(call(dockwright, "go", GO, "coverage-percent")) < 90
    assert call(dockwright, "go", GO, "check-tidy") == "go mod tidy: no problems\n"
    app = application("ci-go", tmp_path, {})
    (app / "go.mod").write_text((app / "go.mod").read_text() + "\nrequire github.com/google/uuid v1.6.0\n")
    assert "-require github.com/google/uuid v1.6.0" in failure(dockwright, "go", f"--source={app}", "check-tidy")


def test_go_credentials_are_for_the_download(dockwright: Run, tmp_path: Path) -> None:
    """The pattern is set everywhere; the file with credentials is gone when the code runs."""
    (tmp_path / "netrc").write_text("machine example.com login ada password correct-horse\n")
    settings = ["with-private", "--patterns=example.com/*", f"--netrc=file://{tmp_path}/netrc"]
    shown = ["with-exec", '--args=sh,-c,"go env GOPRIVATE; ls /root/.netrc 2>/dev/null || echo none"', "stdout"]
    assert call(dockwright, "go", GO, *settings, "container", *shown) == "example.com/*\nnone\n"


def test_python_checks(dockwright: Run) -> None:
    """Lint, format and tests of a sound project pass."""
    report = call(dockwright, "python", PYTHON, "check")
    assert "All checks passed!" in report
    assert "already formatted" in report
    assert "9 passed" in report


def test_python_finds_what_is_wrong(dockwright: Run, tmp_path: Path) -> None:
    """A failing test, an unused import and bad format each fail; `fix` gives the repairs as a patch."""
    files = {
        "tests/test_broken.py": "def test_broken():\n    assert 1 == 2\n",
        "ugly.py": "import os\nx  =  1\n",
    }
    source = f"--source={application('ci-python', tmp_path, files)}"
    assert "F401" in failure(dockwright, "python", source, "lint")
    assert "ugly.py" in failure(dockwright, "python", source, "check-format")
    patch = call(dockwright, "python", source, "fix", "as-patch", "contents")
    assert "-import os\n-x  =  1\n+x = 1\n" in patch
    assert "1 failed, 9 passed" in failure(dockwright, "python", source, "test")
    junit = call(dockwright, "python", source, "junit", "contents")
    assert 'tests="10"' in junit
    assert 'failures="1"' in junit


def test_python_versions(dockwright: Run) -> None:
    """The tests run with each version."""
    query = ["test-versions", "--versions=3.12,3.13", "--args=-q,-rA"]
    assert call(dockwright, "python", PYTHON, *query, "passed") == "true\ntrue\n"


def test_python_measures(dockwright: Run, tmp_path: Path) -> None:
    """Coverage is a number; an error of types fails."""
    (tmp_path / "app.py").write_text("def told(x: int) -> str:\n    if x:\n        return x\n    return str(x)\n")
    (tmp_path / "test_app.py").write_text("import app\n\n\ndef test_told():\n    assert app.told(0) == '0'\n")
    source = f"--source={tmp_path}"
    assert call(dockwright, "python", source, "coverage-percent").strip() == "86"
    assert "Incompatible return value type" in failure(dockwright, "python", source, "typecheck")
    typed = ["typecheck", "--args=test_app.py,--follow-imports=skip"]
    assert "no issues found" in call(dockwright, "python", source, *typed)


def test_python_builds_a_wheel(dockwright: Run, tmp_path: Path) -> None:
    """The wheel has the package in it."""
    call(dockwright, "python", PYTHON, "wheel", "-o", str(tmp_path / "tally.whl"))
    names = zipfile.ZipFile(tmp_path / "tally.whl").namelist()
    assert {"tally/count.py", "tally-1.0.0.dist-info/METADATA"} <= set(names)


GROUPS = """\
[project]
name = "grouped"
version = "1.0.0"
dependencies = []
[project.optional-dependencies]
table = ["tabulate>=0.9"]
[dependency-groups]
base = ["iniconfig"]
dev = ["packaging", {include-group = "base"}]
[tool.setuptools]
py-modules = []
"""


def test_python_installs_with_uv(dockwright: Run, tmp_path: Path) -> None:
    """Extras and dependency groups are installed, by uv; one that is missing is an error that names those there are."""
    (tmp_path / "pyproject.toml").write_text(GROUPS)
    settings = [f"--source={tmp_path}", "--installer=uv", "with-extras", "--extras=table", "with-groups"]
    script = "import tabulate, packaging, iniconfig; print('all there')"
    run = ["run", f'--args=python,-c,"{script}"', "stdout"]
    assert call(dockwright, "python", *settings, "--groups=dev", *run) == "all there\n"
    assert "no dependency group `docs`; it has: base, dev" in failure(
        dockwright, "python", *settings, "--groups=docs", *run
    )


def test_nodejs_runs_scripts(dockwright: Run) -> None:
    """Scripts run over what the lock file names; several at once keep their order."""
    output = call(dockwright, "nodejs", NODEJS, "run-all", "--scripts=test,lint")
    assert "pass 9" in output
    assert call(dockwright, "nodejs", NODEJS, "build", "entries") == "mdtable.js\n"
    versions = ["test-versions", "--versions=20,22", "passed"]
    assert call(dockwright, "nodejs", NODEJS, *versions) == "true\ntrue\n"


def test_nodejs_finds_what_is_wrong(dockwright: Run, tmp_path: Path) -> None:
    """A failing test and a finding of eslint fail, with the tool's words."""
    files = {"src/bad.js": "const unused = 1\n", "test/broken.test.js": "throw new Error('no luck')\n"}
    source = f"--source={application('ci-typescript', tmp_path, files)}"
    assert "'unused' is assigned a value but never used" in failure(dockwright, "nodejs", source, "lint")
    assert "no luck" in failure(dockwright, "nodejs", source, "test")
    assert "fail 1" in call(dockwright, "nodejs", source, "test-versions", "--versions=20", "report")


def test_nodejs_settings(dockwright: Run, tmp_path: Path) -> None:
    """An .npmrc is for the installation; variables are for scripts."""
    (tmp_path / "npmrc").write_text("omit=dev\n")
    settings = ["with-npmrc", f"--npmrc=file://{tmp_path}/npmrc", "with-env-variable", "--name=TEAM", "--value=shop"]
    shown = ["exec", '--args=sh,-c,"ls node_modules; echo $TEAM; ls /root/.npmrc 2>/dev/null || echo none"', "stdout"]
    assert call(dockwright, "nodejs", NODEJS, *settings, *shown) == "mri\nshop\nnone\n"


@pytest.mark.parametrize("manager", ["pnpm", "yarn"])
def test_nodejs_package_managers(dockwright: Run, tmp_path: Path, manager: str) -> None:
    """Other package managers install and run scripts with arguments."""
    scripts = {"show": "node show.js"}
    manifest = {"name": "shown", "version": "1.0.0", "dependencies": {"mri": "1.2.0"}, "scripts": scripts}
    (tmp_path / "show.js").write_text("console.log(require('mri')(process.argv.slice(2)))\n")
    (tmp_path / "package.json").write_text(json.dumps(manifest))
    settings = [f"--source={tmp_path}", f"--package-manager={manager}", "run", "--script=show"]
    assert "loud: true" in call(dockwright, "nodejs", *settings, "--args=--loud")


def test_nodejs_packs(dockwright: Run, tmp_path: Path) -> None:
    """The archive is what npm would publish."""
    archive = tmp_path / "package.tgz"
    call(dockwright, "nodejs", NODEJS, "pack", "-o", str(archive))
    names = subprocess.run(["tar", "-tzf", archive], check=True, capture_output=True, text=True).stdout
    assert "package/src/cli.js" in names


def test_the_container_of_a_language_goes_on(dockwright: Run) -> None:
    """What functions work in is an ordinary container, with the project's packages in it."""
    settings = [PYTHON, "--version=3.12", "with-packages", "--packages=iniconfig"]
    output = call(dockwright, "python", *settings, "container", "with-exec", "--args=python,-m,tally,--help", "stdout")
    assert "usage" in output.lower()
