package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// module is the module that is looked at.
type module struct {
	name  string
	core  map[string]string // kind of each core type by its name
	enums map[string][]string
	// path is the import path of package main, daggerPath that of its client.
	path       string
	daggerPath string

	fset    *token.FileSet
	files   []*ast.File
	byName  map[string]*ast.File
	methods map[string]*ast.FuncDecl // by "Receiver.Name", functions by ".Name"
	specs   map[string]*ast.TypeSpec
	consts  map[string]*ast.ValueSpec
	docs    map[string]string // doc comments of types
	doc     string

	pkg        *types.Package
	typeErrors []types.Error
	members    map[string][]memberDef
	main       *types.Named
	queue      []*types.Named
	seen       map[string]bool
	// signatures are those of the functions of the definition, by "Object.apiName".
	signatures map[string]*callable
	interfaces []*types.Named

	definition  moduleDef
	diagnostics []diagnostic
}

// callable is what the generated code needs to know of a function.
type callable struct {
	goName    string
	signature *types.Signature
	ctx       bool
	fails     bool
	returns   bool
	arguments []argumentDef
}

func newModule(in input) *module {
	m := &module{
		name:       in.Module,
		core:       map[string]string{},
		enums:      in.Core.Enums,
		fset:       token.NewFileSet(),
		byName:     map[string]*ast.File{},
		methods:    map[string]*ast.FuncDecl{},
		specs:      map[string]*ast.TypeSpec{},
		consts:     map[string]*ast.ValueSpec{},
		docs:       map[string]string{},
		members:    map[string][]memberDef{},
		seen:       map[string]bool{},
		signatures: map[string]*callable{},
	}
	for kind, names := range map[string][]string{
		"object": in.Core.Objects, "interface": in.Core.Interfaces, "input": in.Core.Inputs, "scalar": in.Core.Scalars,
	} {
		for _, name := range names {
			m.core[name] = kind
		}
	}
	for name := range in.Core.Enums {
		m.core[name] = "enum"
	}
	return m
}

// complain adds a diagnostic at a place.
func (m *module) complain(at token.Pos, format string, args ...any) {
	position := m.fset.Position(at)
	found := diagnostic{position.Filename, position.Line, position.Column, fmt.Sprintf(format, args...)}
	if !slices.Contains(m.diagnostics, found) {
		m.diagnostics = append(m.diagnostics, found)
	}
}

func (m *module) sortedDiagnostics() []diagnostic {
	slices.SortStableFunc(m.diagnostics, func(a, b diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return m.diagnostics
}

func (m *module) location(at token.Pos) *location {
	position := m.fset.Position(at)
	return &location{position.Filename, position.Line, position.Column}
}
