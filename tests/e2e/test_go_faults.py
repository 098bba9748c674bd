"""What goes wrong with modules in Go: each a clear error with file and line, and the machine lives on."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Run
from scratch import NO_DOCKER, environment, write_go_module

pytestmark = pytest.mark.skipif(
    shutil.which("go") is None and os.environ.get("DOCKWRIGHT_GO") != "pack",
    reason="there is no go on PATH to build modules with: tests/ci/setup.sh installs it",
)

HEAD = "package main\n\ntype Faults struct{}\n\n"
FUNCTION = HEAD + "func (m *Faults) F"

# Name: (main.go, what the error must match). A function after FUNCTION is in line 5.
BROKEN = {
    "syntax error": (FUNCTION + "( string {\n}\n", r"main\.go:5:\d+.*expected|main\.go:5:\d+.*syntax"),
    "type error": (
        FUNCTION + "() string {\n\treturn 42\n}\n",
        r"main\.go:6:9: cannot use 42 .*as string value in return",
    ),
    "undefined": (FUNCTION + "() string {\n\treturn missing\n}\n", r"main\.go:6:9: undefined: missing"),
    "unused import": (
        'package main\n\nimport "fmt"\n\ntype Faults struct{}\n\nfunc (m *Faults) F() {}\n',
        r'main\.go:3:8: "fmt" imported and not used',
    ),
    "unsupported type": (FUNCTION + "(a chan int) {}\n", r"main\.go:5:\d+.*chan"),
    "map": (FUNCTION + "(a map[string]string) {}\n", r"main\.go:5:\d+.*map"),
    "unexported type": (FUNCTION + "() *hidden { return nil }\n\ntype hidden struct{}\n", r"main\.go:5:\d+.*hidden"),
    "undefined type": (FUNCTION + "() *Nowhere { return nil }\n", r"main\.go:5:\d+.*Nowhere"),
    "name of a core type": (
        FUNCTION + "() *Container { return nil }\n\ntype Container struct{}\n",
        r"main\.go:7:\d+.*Container",
    ),
    "two functions with one name": (
        HEAD + "func (m *Faults) GetURL() {}\n\nfunc (m *Faults) GetUrl() {}\n",
        r"main\.go:7:\d+.*getUrl",
    ),
    "cgo": (
        'package main\n\nimport "C"\n\ntype Faults struct{}\n\nfunc (m *Faults) F() {}\n',
        r"main\.go:3:8.*cgo",
    ),
    "no main object": ("package main\n\ntype Other struct{}\n", r"Faults"),
    "another package": ("package other\n\ntype Faults struct{}\n", r"main\.go:1:\d+.*package"),
}


def failure(dockwright: Run, folder: Path, *arguments: str) -> str:
    """Run what must end with 1 and print nothing on standard output; give standard error: it shows no WebAssembly."""
    result = dockwright(str(folder), *arguments, env=environment(NO_DOCKER))
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout == ""
    assert not re.search(r"panicked|wasm|goroutine \d+ \[|!<", result.stderr), result.stderr
    return result.stderr


@pytest.mark.parametrize(("source", "pattern"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_module(dockwright: Run, tmp_path: Path, source: str, pattern: str) -> None:
    """The module does not load, and the place is named, as the Go compiler names it."""
    errors = failure(dockwright, write_go_module(tmp_path, {"main.go": source}), "functions")
    assert re.search(pattern, errors), errors


def test_missing_sum(dockwright: Run, tmp_path: Path) -> None:
    """A package without an entry in go.sum: Go's own text, with what to run."""
    files = {
        "go.mod": "module dagger/faults\n\ngo 1.24\n\nrequire github.com/google/uuid v1.6.0\n",
        "main.go": 'package main\n\nimport "github.com/google/uuid"\n\ntype Faults struct{}\n\n'
        "func (m *Faults) F() string { return uuid.NewString() }\n",
    }
    errors = failure(dockwright, write_go_module(tmp_path, files), "functions")
    assert re.search(r"main\.go:3:8: missing go\.sum entry .*github\.com/google/uuid[\s\S]*go get|go mod", errors), (
        errors
    )


SOURCE = """\
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/exec"
	"sync"

	"dagger/faults/internal/dagger"
	"dagger/faults/work"
)

type Faults struct{}

func (m *Faults) Hello() string { return "hello" }

func inner(numbers []int) int {
	return numbers[3]
}

func (m *Faults) Panics() int {
	return inner(nil)
}

func (m *Faults) Nil() string {
	var nobody *struct{ Name string }
	return nobody.Name
}

func (m *Faults) Other() string {
	go func() {
		panic(errors.New("in a goroutine"))
	}()
	select {}
}

func (m *Faults) Package() string {
	work.Start()
	select {}
}

func (m *Faults) Deadlock() int {
	results := make(chan int)
	return <-results
}

func (m *Faults) Waits() string {
	var group sync.WaitGroup
	group.Add(1)
	group.Wait()
	return ""
}

func (m *Faults) Exits() string {
	fmt.Println("nearly there")
	os.Exit(3)
	return ""
}

func (m *Faults) Fatal() string {
	log.Fatal("no configuration")
	return ""
}

func (m *Faults) Big() int {
	kept := [][]byte{}
	for {
		kept = append(kept, make([]byte, 64<<20))
	}
}

func (m *Faults) Deep() int {
	return m.Deep() + 1
}

var errBase = errors.New("the base")

func (m *Faults) Returned() (string, error) {
	return "", fmt.Errorf("while testing: %w", errBase)
}

func (m *Faults) Fetch() (string, error) {
	answer, err := http.Get("http://example.com")
	if err != nil {
		return "", fmt.Errorf("fetching: %w", err)
	}
	return answer.Status, nil
}

func (m *Faults) Command() (string, error) {
	out, err := exec.Command("git", "version").Output()
	return string(out), err
}

func (m *Faults) Read() (string, error) {
	text, err := os.ReadFile("/etc/hostname")
	return string(text), err
}

func (m *Faults) Write() error {
	return os.WriteFile("out.txt", nil, 0o600)
}

func (m *Faults) Loop() string {
	for {
	}
}

func (m *Faults) Goroutine() string {
	done := make(chan bool)
	go func() {
		for i := 0; ; i++ {
		}
	}()
	<-done
	return ""
}

func (m *Faults) Looks(fine bool) string {
	fmt.Fprintln(os.Stderr, "panic: only a word")
	fmt.Fprintln(os.Stderr, "after it")
	return "fine"
}

func (m *Faults) Exec(ctx context.Context) (string, error) {
	command := []string{"sh", "-c", "echo out; echo err >&2; exit 3"}
	_, err := dag.Container().From("alpine:3.19").WithExec(command).Stdout(ctx)
	var failed *dagger.ExecError
	if errors.As(err, &failed) && failed.ExitCode == 3 && failed.Stdout == "out" {
		return "", fmt.Errorf("the check: %w", err)
	}
	return "", fmt.Errorf("no ExecError: %v", err)
}
"""

WORK = """\
package work

// Start starts work that fails.
func Start() {
	go do(nil)
}

func do(numbers map[string]int) {
	numbers["one"] = 1
}
"""


def after(text: str, start: str = "") -> str:
    """Match anything, then the line of SOURCE with the text, the first after another text."""
    position = SOURCE.index(text, SOURCE.index(start))
    return rf"[\s\S]*main\.go:{SOURCE[:position].count(chr(10)) + 1}\b"


# Name: what the error must match.
RUNTIME = {
    "panics": rf"index out of range \[3\] with length 0{after('numbers[3]')}{after('inner(nil)')}",
    "nil": rf"nil pointer dereference{after('nobody.Name')}",
    "other": rf"in a goroutine{after('in a goroutine')}{after('go func', 'Other()')}",
    "package": r"assignment to entry in nil map[\s\S]*work/work\.go:9[\s\S]*work/work\.go:5",
    "deadlock": rf"all goroutines are asleep[\s\S]*chan receive{after('<-results')}",
    "waits": rf"all goroutines are asleep{after('group.Wait')}",
    "exits": r"ended its program with status 3[\s\S]*nearly there",
    "fatal": r"ended its program with status 1 after[\s\S]*no configuration`[\s\S]*log\.Fatal",
    "big": rf"more than 1 GiB of memory{after('64<<20')}",
    "deep": rf"recursed too deeply{after('Deep() int')}",
    "returned": rf"while testing: the base{after('Returned()')}",
    "fetch": r"fetching: [\s\S]*sandbox[\s\S]*dag\.HTTP",
    "command": r"git[\s\S]*sandbox[\s\S]*WithExec",
    "read": r"/etc/hostname[\s\S]*sandbox[\s\S]*dagger\.(Directory|File)",
    "write": r"out\.txt[\s\S]*sandbox[\s\S]*dagger\.(Directory|File)",
}


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module above."""
    return write_go_module(tmp_path_factory.mktemp("faults"), {"main.go": SOURCE, "work/work.go": WORK})


@pytest.mark.parametrize(("function", "pattern"), RUNTIME.items(), ids=RUNTIME.keys())
def test_failing_function(dockwright: Run, module: Path, function: str, pattern: str) -> None:
    """The error says what happened, and where; the SDK's and Go's own frames are not shown."""
    errors = failure(dockwright, module, "call", function)
    assert re.search(pattern, errors), errors
    assert not re.search(r"dispatch|dagger\.gen\.go|runtime/|_initialize|proc\.go", errors), errors


def test_other_calls_go_on(dockwright: Run, module: Path) -> None:
    """What one call did is gone with it."""
    assert dockwright(str(module), "call", "hello", env=environment(NO_DOCKER)).stdout == "hello"


def test_output_that_looks_like_a_report(dockwright: Run, module: Path) -> None:
    """A module may print what Go prints when it gives up."""
    result = dockwright(str(module), "call", "looks", "--fine", env=environment(NO_DOCKER))
    assert (result.returncode, result.stdout) == (0, "fine"), result.stderr
    assert "panic: only a word" in result.stderr
    assert "after it" in result.stderr


def test_exec_error(dockwright: Run, module: Path, docker: None) -> None:
    """A command's failure keeps its values for errors.As, and its output for the user."""
    result = dockwright(str(module), "call", "exec")
    assert result.returncode not in (0, 101), result.stderr
    assert "the check: " in result.stderr, result.stderr
    assert "exit code: 3" in result.stderr or "status 3" in result.stderr, result.stderr


@pytest.mark.skipif("DOCKWRIGHT_SLOW_TESTS" not in os.environ, reason="takes a minute: set DOCKWRIGHT_SLOW_TESTS=1")
@pytest.mark.parametrize("function", ["loop", "goroutine"])
def test_endless_function(dockwright: Run, module: Path, function: str) -> None:
    """A function that does not end is ended."""
    errors = failure(dockwright, module, "call", function)
    assert "60" in errors
    assert re.search(r"main\.go:\d+", errors), errors


def test_editors(dockwright: Run, tmp_path: Path) -> None:
    """After `develop`, go vet, gofmt and gopls find nothing to complain of in the module's folder."""
    folder = write_go_module(tmp_path, {"main.go": SOURCE, "work/work.go": WORK})
    made = dockwright(str(folder), "develop", env=environment(NO_DOCKER))
    assert made.returncode == 0, made.stderr
    source = folder / "dagger"
    if shutil.which("go") is None:
        pytest.skip("there is no go on PATH: nothing can check what editors see")
    commands = [["go", "vet", "./..."], ["gofmt", "-l", "."]]
    if shutil.which("gopls"):
        commands.append(["gopls", "check", "main.go"])
    for command in commands:
        result = subprocess.run(command, cwd=source, capture_output=True, text=True)
        assert (result.returncode, result.stdout) == (0, ""), (command, result.stdout + result.stderr)
