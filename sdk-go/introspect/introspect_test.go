package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the program answers into testdata")

// coreAPI names the types of the schema that the client is generated from.
func coreAPI(t *testing.T) core {
	t.Helper()
	text, err := os.ReadFile("../../host/schema/core.graphql")
	if err != nil {
		t.Fatal(err)
	}
	found := core{Enums: map[string][]string{}}
	head := regexp.MustCompile(`^(type|interface|input|scalar|enum) (\w+)`)
	member := regexp.MustCompile(`^  (\w+)( @.*)?$`)
	enum := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if match := head.FindStringSubmatch(line); match != nil {
			enum = ""
			switch match[1] {
			case "type":
				found.Objects = append(found.Objects, match[2])
			case "interface":
				found.Interfaces = append(found.Interfaces, match[2])
			case "input":
				found.Inputs = append(found.Inputs, match[2])
			case "scalar":
				found.Scalars = append(found.Scalars, match[2])
			case "enum":
				enum = match[2]
				found.Enums[enum] = nil
			}
		} else if match := member.FindStringSubmatch(line); match != nil && enum != "" {
			found.Enums[enum] = append(found.Enums[enum], match[1])
		}
	}
	return found
}

// caseInput is a folder of testdata as the host would ask about it. A file "module" holds the module's name, if it is not ci.
func caseInput(t *testing.T, folder string) input {
	t.Helper()
	in := input{Module: "ci", Core: coreAPI(t), Files: []file{{Path: "go.mod", Text: "module dagger/test\n"}}}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case entry.Name() == "module":
			in.Module = strings.TrimSpace(string(text))
		case strings.HasSuffix(entry.Name(), ".go"):
			in.Files = append(in.Files, file{Path: entry.Name(), Text: string(text)})
		}
	}
	return in
}

func folders(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob("testdata/*")
	if err != nil || len(found) == 0 {
		t.Fatal("there are no cases: ", err)
	}
	return found
}

func TestModulesAreDescribed(t *testing.T) {
	for _, folder := range folders(t) {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			answer := introspect(caseInput(t, folder))
			var text bytes.Buffer
			encoder := json.NewEncoder(&text)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(struct {
				Definition  *moduleDef   `json:"definition,omitempty"`
				Diagnostics []diagnostic `json:"diagnostics"`
			}{answer.Definition, answer.Diagnostics}); err != nil {
				t.Fatal(err)
			}
			compare(t, filepath.Join(folder, "want.json"), text.Bytes())
			code := answer.Generated["dagger.gen.go"]
			if (answer.Definition == nil) != (code == "") || (answer.Definition == nil) != (len(answer.Diagnostics) > 0) {
				t.Error("there is either a definition with code, or a diagnostic")
			}
			formatted, err := format.Source([]byte(code))
			if err != nil || string(formatted) != code {
				t.Error("the generated code is not as gofmt leaves it: ", err)
			}
			if filepath.Base(folder) == "sample" {
				compare(t, filepath.Join(folder, "want.gen.txt"), []byte(code))
			}
		})
	}
}

func compare(t *testing.T, path string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(path)
	if *update {
		if !bytes.Equal(got, want) {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	if err != nil {
		t.Fatal(err, "; run go test -update")
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test -update and look at the change\n%s", path, got)
	}
}

func TestNamesAreSpelledAsTheAPIHasThem(t *testing.T) {
	for name, want := range map[string]string{
		"Build": "build", "GetURL": "getUrl", "HTTPServer": "httpserver", "source": "source", "go_version": "goVersion",
		"Amd64build": "amd64Build", "X": "x", "": "",
	} {
		if got := lowerCamel(name); got != want {
			t.Errorf("%s is %s, not %s", name, got, want)
		}
	}
	if got := namespaced("my-ci", "Report") + namespaced("ci", "CiReport") + namespaced("ci", "Cipher"); got != "MyCiReportCiReportCiCipher" {
		t.Error(got)
	}
}

func TestPragmasAreTakenOutOfComments(t *testing.T) {
	parsed := parseComment("Some text.\n+optional\n+ignore=[\n\"a\",\n\"b\"]\nMore + text.\n+default = x y\n")
	if parsed.text != "Some text.\nMore + text." {
		t.Errorf("%q", parsed.text)
	}
	if !parsed.has("optional") || parsed.pragmas["default"] != "x y" || parsed.pragmas["ignore"] != "[\"a\",\n\"b\"]" {
		t.Errorf("%v", parsed.pragmas)
	}
}
