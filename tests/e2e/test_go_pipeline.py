"""A pipeline in Go as Dagger's users write it, from source to a pushed image."""

import os
import re
import shutil
from pathlib import Path

import pytest
from conftest import Run
from scratch import write_go_module

REGISTRY = os.environ.get("DOCKWRIGHT_LAB_REGISTRY")

pytestmark = [
    pytest.mark.usefixtures("docker"),
    pytest.mark.skipif(
        shutil.which("go") is None and os.environ.get("DOCKWRIGHT_GO") != "pack",
        reason="there is no go on PATH to build modules with: tests/ci/setup.sh installs it",
    ),
]

PIPELINE = """\
package main

import (
	"context"
	"fmt"

	"dagger/faults/internal/dagger"
)

type Faults struct{}

// Build the server's image.
func (m *Faults) Build(ctx context.Context, source *dagger.Directory) *dagger.Container {
	builder := dag.Container().
		From("golang:1.22-alpine").
		WithDirectory("/app", source).
		WithWorkdir("/app").
		WithExec([]string{"go", "build", "-o", "server", "."})
	return dag.Container().
		From("alpine:3.19").
		WithFile("/usr/local/bin/server", builder.File("/app/server")).
		WithEntrypoint([]string{"/usr/local/bin/server"})
}

// Test the server.
func (m *Faults) Test(ctx context.Context, source *dagger.Directory) (string, error) {
	return dag.Container().
		From("golang:1.22-alpine").
		WithDirectory("/app", source).
		WithWorkdir("/app").
		WithExec([]string{"go", "test", "-v", "-race", "./..."}).
		Stdout(ctx)
}

// Push the image.
func (m *Faults) Publish(ctx context.Context, source *dagger.Directory, registry, tag string) (string, error) {
	return m.Build(ctx, source).Publish(ctx, fmt.Sprintf("%s:%s", registry, tag))
}
"""

SERVER = {
    "go.mod": "module example.com/server\n\ngo 1.21\n",
    "main.go": 'package main\n\nimport "fmt"\n\nfunc answer() string { return "served" }\n\n'
    "func main() { fmt.Println(answer()) }\n",
    "main_test.go": 'package main\n\nimport "testing"\n\n'
    'func TestAnswer(t *testing.T) {\n\tif answer() != "served" {\n\t\tt.Fail()\n\t}\n}\n',
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server with the module that builds it, in one folder."""
    folder = write_go_module(tmp_path_factory.mktemp("pipeline"), {"main.go": PIPELINE})
    (folder / "server").mkdir()
    for name, text in SERVER.items():
        (folder / "server" / name).write_text(text)
    return folder


def test_build(dockwright: Run, project: Path) -> None:
    """The container goes on on the command line: its entrypoint runs the server."""
    run = ["with-exec", "--args=", "--use-entrypoint", "stdout"]
    result = dockwright(str(project), "call", "build", "--source=server", *run)
    assert (result.returncode, result.stdout.strip()) == (0, "served"), result.stderr


def test_race(dockwright: Run, project: Path) -> None:
    """The tests run with the race detector, where the image has the C compiler that it needs."""
    result = dockwright(str(project), "call", "test", "--source=server")
    if result.returncode != 0 and re.search(r"-race requires cgo|C compiler \"\w+\" not found", result.stderr):
        pytest.skip("golang:1.22-alpine has no C compiler here, and the race detector needs one")
    assert result.returncode == 0, result.stderr
    assert "--- PASS: TestAnswer" in result.stdout


@pytest.mark.skipif(REGISTRY is None, reason="DOCKWRIGHT_LAB_REGISTRY is not set: there is no registry to push to")
def test_publish(dockwright: Run, project: Path) -> None:
    """The address of what was pushed carries its digest."""
    arguments = ["--source=server", f"--registry={REGISTRY}/myapp", "--tag=v1.0.0"]
    result = dockwright(str(project), "call", "publish", *arguments)
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(rf"{REGISTRY}/myapp:v1\.0\.0@sha256:[0-9a-f]{{64}}", result.stdout.strip())
