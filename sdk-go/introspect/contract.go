package main

import "encoding/json"

// input is what the host asks about.
type input struct {
	// Module is the module's name, as its manifest has it.
	Module string `json:"module"`
	// Files are the sources of package main, and go.mod.
	Files []file `json:"files"`
	// Core names the types of the core API.
	Core core `json:"core"`
	// List are packages to look at instead: which files are built, and what they import.
	List []listed `json:"list"`
	// Go is the second number of the version of Go that builds them.
	Go int `json:"go"`
}

type file struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

type core struct {
	Objects    []string            `json:"objects"`
	Interfaces []string            `json:"interfaces"`
	Inputs     []string            `json:"inputs"`
	Scalars    []string            `json:"scalars"`
	Enums      map[string][]string `json:"enums"`
}

// output is what the program finds: a definition and generated files, or diagnostics.
type output struct {
	Definition  *moduleDef        `json:"definition"`
	Generated   map[string]string `json:"generated"`
	Diagnostics []diagnostic      `json:"diagnostics"`
}

type diagnostic struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// The definition is the serialised form of the host's ModuleDef.

type moduleDef struct {
	Description string         `json:"description,omitempty"`
	MainObject  string         `json:"mainObject"`
	Objects     []objectDef    `json:"objects"`
	Enums       []enumDef      `json:"enums"`
	Interfaces  []interfaceDef `json:"interfaces"`
}

type objectDef struct {
	Name        string        `json:"name"`
	Description string        `json:"description,omitempty"`
	Fields      []fieldDef    `json:"fields"`
	Functions   []functionDef `json:"functions"`
	Constructor *functionDef  `json:"constructor,omitempty"`
	Location    *location     `json:"location,omitempty"`
	Annotations annotations   `json:"annotations,omitempty"`
}

type fieldDef struct {
	Name         string      `json:"name"`
	OriginalName string      `json:"originalName"`
	Description  string      `json:"description,omitempty"`
	Type         *typeRef    `json:"type"`
	Location     *location   `json:"location,omitempty"`
	Annotations  annotations `json:"annotations,omitempty"`
}

type functionDef struct {
	Name        string        `json:"name"`
	Description string        `json:"description,omitempty"`
	Arguments   []argumentDef `json:"arguments"`
	Returns     *typeRef      `json:"returns"`
	Location    *location     `json:"location,omitempty"`
	Annotations annotations   `json:"annotations,omitempty"`
}

type argumentDef struct {
	Name         string          `json:"name"`
	Description  string          `json:"description,omitempty"`
	Type         *typeRef        `json:"type"`
	DefaultValue json.RawMessage `json:"defaultValue,omitempty"`
	Annotations  annotations     `json:"annotations,omitempty"`
}

type enumDef struct {
	Name        string      `json:"name"`
	Description string      `json:"description,omitempty"`
	Members     []memberDef `json:"members"`
	Location    *location   `json:"location,omitempty"`
}

type memberDef struct {
	Name        string      `json:"name"`
	Value       string      `json:"value"`
	Description string      `json:"description,omitempty"`
	Annotations annotations `json:"annotations,omitempty"`

	constant string
}

type interfaceDef struct {
	Name        string        `json:"name"`
	Description string        `json:"description,omitempty"`
	Functions   []functionDef `json:"functions"`
	Location    *location     `json:"location,omitempty"`
}

type location struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type annotations map[string]any

// typeRef is a type as a tree: {"kind":"list","of":{"kind":"object","of":"Directory"}}.
type typeRef struct {
	kind string
	name string
	of   *typeRef
}

// MarshalJSON writes the kind, and what it is of.
func (t *typeRef) MarshalJSON() ([]byte, error) {
	var of any
	switch {
	case t.of != nil:
		of = t.of
	case t.name != "":
		of = t.name
	}
	return json.Marshal(struct {
		Kind string `json:"kind"`
		Of   any    `json:"of,omitempty"`
	}{t.kind, of})
}

func optional(t *typeRef) *typeRef {
	if t == nil || t.kind == "optional" || t.kind == "void" {
		return t
	}
	return &typeRef{kind: "optional", of: t}
}

func (t *typeRef) required() *typeRef {
	if t.kind == "optional" {
		return t.of
	}
	return t
}
