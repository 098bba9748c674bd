package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// assemble makes a folder with a module as the host builds it: a copy of the client as internal/dagger, and for each case of
// testdata that can be described a package with its generated code.
func assemble(t *testing.T, cases ...string) string {
	t.Helper()
	root := t.TempDir()
	write := func(path, text string) {
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module dagger/test\n\ngo 1.24\n")
	sources := []string{}
	for _, pattern := range []string{"*.go", "*/*.go", "*/*/*.go"} {
		found, err := filepath.Glob(filepath.Join("../dagger", pattern))
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, found...)
	}
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		path, err := filepath.Rel("../dagger", source)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		write(filepath.Join("internal/dagger", path), strings.ReplaceAll(string(text), `"dockwright.dev/go/dagger`, `"dagger/test/internal/dagger`))
	}
	for _, folder := range cases {
		in := caseInput(t, folder)
		answer := introspect(in)
		if answer.Definition == nil {
			continue
		}
		for _, each := range in.Files {
			if isBuilt(each) {
				write(filepath.Join("cases", filepath.Base(folder), each.Path), each.Text)
			}
		}
		write(filepath.Join("cases", filepath.Base(folder), "dagger.gen.go"), answer.Generated["dagger.gen.go"])
	}
	return root
}

func goTool(t *testing.T, folder string, environment []string, arguments ...string) {
	t.Helper()
	command := exec.Command("go", arguments...)
	command.Dir = folder
	command.Env = append(os.Environ(), append([]string{"GOWORK=off", "GOFLAGS=", "CGO_ENABLED=0"}, environment...)...)
	if text, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(arguments, " "), err, text)
	}
}

// TestGeneratedCodeCompiles is what an editor and `go vet` make of a module.
func TestGeneratedCodeCompiles(t *testing.T) {
	root := assemble(t, folders(t)...)
	goTool(t, root, nil, "vet", "./...")
}

// TestAModuleIsAReactorWithTheAgreedImports builds the sample as the host does, and reads what the module asks for and offers.
func TestAModuleIsAReactorWithTheAgreedImports(t *testing.T) {
	root := assemble(t, "testdata/sample", "testdata/hello")
	for _, name := range []string{"sample", "hello"} {
		out := filepath.Join(root, name+".wasm")
		goTool(t, filepath.Join(root, "cases", name), []string{"GOOS=wasip1", "GOARCH=wasm"},
			"build", "-trimpath", "-buildvcs=false", "-buildmode=c-shared", "-ldflags=-s -w", "-o", out, ".")
		binary, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		module, err := readWasm(binary)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes, %d functions", name, len(binary), module.functions)
		for _, each := range module.imports {
			from, function, _ := strings.Cut(each, ".")
			if from != "wasi_snapshot_preview1" && !(from == "dockwright" && slices.Contains([]string{"submit", "input", "output"}, function)) {
				t.Errorf("%s imports %s, which the host does not have", name, each)
			}
		}
		for _, wanted := range []string{"_initialize", "dockwright_invoke", "dockwright_describe", "memory"} {
			if !slices.Contains(module.exports, wanted) {
				t.Errorf("%s does not export %s: %v", name, wanted, module.exports)
			}
		}
		for _, wanted := range []string{"dockwright.input", "dockwright.output", "dockwright.submit"} {
			if name == "sample" && !slices.Contains(module.imports, wanted) {
				t.Errorf("the sample does not import %s", wanted)
			}
		}
	}
}
