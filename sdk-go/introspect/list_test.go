package main

import (
	"reflect"
	"testing"
)

func TestNamesChooseFiles(t *testing.T) {
	for name, want := range map[string]bool{
		"a.go": true, "a_wasm.go": true, "a_wasip1.go": true, "a_wasip1_wasm.go": true, "a_unix.go": true,
		"a_linux_x.go": true, "linux.go": true, "wasm_exec.s": true,
		"a_linux.go": false, "a_amd64.s": false, "a_linux_wasm.go": false, "a_js.go": false, "a_test.go": false,
		"_a.go": false, ".a.go": false, "a/b.go": false,
	} {
		if got := matchesName(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestConstraintsChooseFiles(t *testing.T) {
	for text, want := range map[string]bool{
		"package a":                                    true,
		"//go:build wasip1 && wasm\n\npackage a":       true,
		"//go:build linux\n\npackage a":                false,
		"//go:build go1.24\n\npackage a":               true,
		"//go:build go1.25\n\npackage a":               false,
		"//go:build !cgo && gc\n\npackage a":           true,
		"//go:build ignore\n\npackage a":               false,
		"/* x\n*/\n\n//go:build linux\n\npackage a":    false,
		"/* x */ //go:build linux\n\npackage a":        true,
		"// +build linux\n\npackage a":                 false,
		"// +build linux\npackage a":                   true,
		"// +build linux wasm\n// +build gc\n\n":       true,
		"//go:build wasm\n// +build linux\n\n":         true,
		"package a\n\n//go:build linux\n":              true,
		"// Copyright.\n\n//go:build !wasm\npackage a": false,
	} {
		if got := matchesConstraints(text, 24); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestPackagesAreListed(t *testing.T) {
	files := []file{
		{"z.go", "package a\n\nimport (\n\t_ \"embed\"\n\tx \"fmt\"\n)\n\n//go:embed a.txt \"b c\" `d`\n//go:embed all:e\nvar s string\n"},
		{"b.go", "package a\n\nimport \"fmt\"\n"},
		{"c.go", "package a\n\nimport \"C\"\n"},
		{"a_wasm.s", "TEXT"},
		{"a_arm.s", "TEXT"},
		{"doc.go", "package documentation\n"},
		{"gen.go", "//go:build ignore\n\npackage main\n"},
		{"m.go", "package other\n"},
		{"bad.go", "package a\n\nimport fmt\n"},
	}
	want := listing{
		Name:     "a",
		Files:    []string{"b.go", "z.go"},
		Assembly: []string{"a_wasm.s"},
		Imports:  []wanted{{"fmt", "b.go", 3, 8}, {"embed", "z.go", 4, 4}},
		Embeds:   []wanted{{"a.txt", "z.go", 8, 12}, {"b c", "z.go", 8, 18}, {"d", "z.go", 8, 24}, {"all:e", "z.go", 9, 12}},
		Cgo:      []wanted{{"C", "c.go", 3, 8}},
		Diagnostics: []diagnostic{
			{"bad.go", 3, 11, "syntax error: missing import path"},
			{"m.go", 1, 9, "found packages a (b.go) and other (m.go) in one folder"},
		},
	}
	got := list([]listed{{files}}, 24).Packages[0]
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
