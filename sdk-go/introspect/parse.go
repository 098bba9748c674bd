package main

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// generatedFile is what the program writes itself; one that lies there is from an earlier time.
const generatedFile = "dagger.gen.go"

// parse reads the files of package main that are built for the sandbox.
func (m *module) parse(files []file) {
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.Path, b.Path) })
	for _, each := range files {
		if each.Path == "go.mod" {
			m.path = modulePath(each.Text)
		}
		if isBuilt(each) {
			m.parseFile(each)
		}
	}
	for _, each := range m.files {
		m.collect(each)
	}
	if m.daggerPath == "" {
		if m.path == "" {
			m.path = "dagger/" + m.name
		}
		m.daggerPath = m.path + "/internal/dagger"
	}
	if m.path == "" {
		m.path = strings.TrimSuffix(m.daggerPath, "/internal/dagger")
	}
	if len(m.files) == 0 && len(m.diagnostics) == 0 {
		m.diagnostics = append(m.diagnostics, diagnostic{File: "main.go", Line: 1, Column: 1, Message: "the module has no Go file"})
	}
}

func (m *module) parseFile(each file) {
	parsed, err := parser.ParseFile(m.fset, each.Path, each.Text, parser.ParseComments|parser.SkipObjectResolution)
	var list scanner.ErrorList
	switch {
	case errors.As(err, &list):
		for _, found := range list {
			m.diagnostics = append(m.diagnostics, diagnostic{
				found.Pos.Filename, found.Pos.Line, found.Pos.Column, "syntax error: " + found.Msg,
			})
		}
		return
	case err != nil:
		m.diagnostics = append(m.diagnostics, diagnostic{each.Path, 1, 1, err.Error()})
		return
	}
	if parsed.Name.Name != "main" {
		m.complain(parsed.Name.Pos(), "package %s: the files of a module belong to package main", parsed.Name.Name)
		return
	}
	m.files = append(m.files, parsed)
	m.byName[each.Path] = parsed
}

// collect notes what a file declares.
func (m *module) collect(parsed *ast.File) {
	if m.doc == "" {
		m.doc = parseComment(parsed.Doc.Text()).text
	}
	for _, each := range parsed.Imports {
		path := strings.Trim(each.Path.Value, `"`)
		switch {
		case path == "C":
			m.complain(each.Pos(), `import "C": a module runs as WebAssembly, where there is no cgo`)
		case strings.HasSuffix(path, "/internal/dagger"):
			m.daggerPath = path
		}
	}
	for _, each := range parsed.Decls {
		switch each := each.(type) {
		case *ast.FuncDecl:
			m.methods[receiver(each)+"."+each.Name.Name] = each
		case *ast.GenDecl:
			for _, spec := range each.Specs {
				m.collectSpec(each, spec)
			}
		}
	}
}

func (m *module) collectSpec(decl *ast.GenDecl, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		m.specs[spec.Name.Name] = spec
		doc := spec.Doc.Text()
		if doc == "" && !decl.Lparen.IsValid() {
			doc = decl.Doc.Text()
		}
		m.docs[spec.Name.Name] = doc
	case *ast.ValueSpec:
		if decl.Tok != token.CONST {
			return
		}
		if spec.Doc == nil && !decl.Lparen.IsValid() {
			spec.Doc = decl.Doc
		}
		for _, name := range spec.Names {
			m.consts[name.Name] = spec
		}
	}
}

// receiver is the name of a method's type, empty for a function.
func receiver(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return ""
	}
	expression := decl.Recv.List[0].Type
	for {
		switch inner := expression.(type) {
		case *ast.StarExpr:
			expression = inner.X
		case *ast.ParenExpr:
			expression = inner.X
		case *ast.IndexExpr:
			expression = inner.X
		case *ast.Ident:
			return inner.Name
		default:
			return "?"
		}
	}
}

func modulePath(text string) string {
	for line := range strings.Lines(text) {
		if path, ok := strings.CutPrefix(strings.TrimSpace(line), "module "); ok {
			path, _, _ = strings.Cut(path, "//")
			return strings.Trim(strings.TrimSpace(path), `"`)
		}
	}
	return ""
}

// isBuilt tells whether a file belongs to package main when it is built for the sandbox.
func isBuilt(each file) bool {
	if !strings.HasSuffix(each.Path, ".go") || each.Path == generatedFile {
		return false
	}
	return matchesName(each.Path) && matchesConstraints(each.Text, newest)
}

// newest is taken for the version of Go where none is told: what the module's Go has is not known then.
const newest = 1 << 16
