package main

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// check finds the types of the declarations. What they import is replaced by stand-ins, so whatever the checker says of
// that is not worth telling; what it says of the module's own declarations is.
func (m *module) check() {
	files := append([]*ast.File{m.prelude()}, m.files...)
	config := types.Config{
		Importer:                 m.importer(),
		IgnoreFuncBodies:         true,
		DisableUnusedImportCheck: true,
		Sizes:                    types.SizesFor("gc", "wasm"),
		Error: func(err error) {
			var found types.Error
			if errors.As(err, &found) {
				m.typeErrors = append(m.typeErrors, found)
			}
		},
	}
	// The error is the first of those that config.Error gets.
	m.pkg, _ = config.Check(m.path, m.fset, files, nil)
	for _, found := range m.typeErrors {
		if isOwn(found.Msg) {
			m.complain(found.Pos, "%s", found.Msg)
		}
	}
	m.collectMembers()
}

// isOwn tells whether a message is about the module's own declarations.
func isOwn(message string) bool {
	for _, part := range []string{"redeclared", "already declared", "field and method with the same name", "invalid recursive type"} {
		if strings.Contains(message, part) {
			return true
		}
	}
	return false
}

// undefined is the checker's message for a name that is used at a place, if it is one of the module's own.
func (m *module) undefined(from, to token.Pos) string {
	for _, found := range m.typeErrors {
		name, ok := strings.CutPrefix(found.Msg, "undefined: ")
		if ok && from <= found.Pos && found.Pos < to && !strings.Contains(name, ".") {
			return found.Msg
		}
	}
	return ""
}

// prelude declares what the generated file will, as far as the module does not declare it itself.
func (m *module) prelude() *ast.File {
	text := "package main\n\nimport \"" + m.daggerPath + "\"\n\nvar dag *dagger.Client\n"
	for _, name := range []string{"DaggerObject", "ExecError"} {
		if m.specs[name] == nil {
			text += "\ntype " + name + " = dagger." + name + "\n"
		}
	}
	parsed, err := parser.ParseFile(m.fset, generatedFile, text, parser.SkipObjectResolution)
	if err != nil {
		m.diagnostics = append(m.diagnostics, diagnostic{generatedFile, 1, 1, err.Error()})
	}
	return parsed
}

// importer gives stand-ins: the client with the core types, and empty packages.
func (m *module) importer() types.Importer {
	packages := standIns{}
	context := packages.add("context", "context")
	declare(context, "Context", types.NewInterfaceType(nil, nil).Complete())
	dagger := packages.add(m.daggerPath, "dagger")
	declare(dagger, "Client", types.NewStruct(nil, nil))
	declare(dagger, "ExecError", types.NewStruct(nil, nil))
	object := types.NewInterfaceType([]*types.Func{
		types.NewFunc(token.NoPos, dagger, "XXX_GraphQLType", types.NewSignatureType(nil, nil, nil, nil, nil, false)),
	}, nil).Complete()
	declare(dagger, "DaggerObject", object)
	declare(dagger, "ID", types.Typ[types.String])
	for name, kind := range m.core {
		if dagger.Scope().Lookup(name) != nil {
			continue
		}
		switch kind {
		case "object", "input":
			declare(dagger, name, types.NewStruct(nil, nil))
		case "interface":
			declare(dagger, name, types.NewInterfaceType(nil, nil).Complete())
		default:
			declare(dagger, name, types.Typ[types.String])
		}
		if kind == "object" {
			id := types.NewTypeName(token.NoPos, dagger, name+"ID", nil)
			types.NewAlias(id, dagger.Scope().Lookup("ID").Type())
			dagger.Scope().Insert(id)
		}
	}
	return packages
}

type standIns map[string]*types.Package

func (s standIns) add(path, name string) *types.Package {
	made := types.NewPackage(path, name)
	made.MarkComplete()
	s[path] = made
	return made
}

// Import gives the stand-in of a package. The name of one that is not known is guessed from its path.
func (s standIns) Import(path string) (*types.Package, error) {
	if known, ok := s[path]; ok {
		return known, nil
	}
	parts := strings.Split(path, "/")
	name := parts[len(parts)-1]
	if len(parts) > 1 && len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = parts[len(parts)-2]
	}
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "go-"), ".")
	return s.add(path, strings.ReplaceAll(name, "-", "_")), nil
}

func declare(pkg *types.Package, name string, underlying types.Type) {
	declared := types.NewTypeName(token.NoPos, pkg, name, nil)
	types.NewNamed(declared, underlying, nil)
	pkg.Scope().Insert(declared)
}

// collectMembers finds the constants of named types: such a type is an enum.
func (m *module) collectMembers() {
	var constants []*types.Const
	for _, name := range m.pkg.Scope().Names() {
		if found, ok := m.pkg.Scope().Lookup(name).(*types.Const); ok && found.Exported() {
			constants = append(constants, found)
		}
	}
	slices.SortFunc(constants, func(a, b *types.Const) int { return int(a.Pos() - b.Pos()) })
	for _, found := range constants {
		named, ok := found.Type().(*types.Named)
		if !ok || named.Obj().Pkg() != m.pkg {
			continue
		}
		value := found.Val().ExactString()
		if found.Val().Kind() == constant.String {
			value = constant.StringVal(found.Val())
		}
		member := memberDef{Name: found.Name(), Value: value, Annotations: annotations{}, constant: found.Name()}
		if spec := m.consts[found.Name()]; spec != nil {
			doc := parseComment(spec.Doc.Text())
			line := parseComment(spec.Comment.Text())
			member.Description = doc.text
			if member.Description == "" {
				member.Description = line.text
			}
			doc.deprecated(member.Annotations)
			line.deprecated(member.Annotations)
		}
		name := named.Obj().Name()
		m.members[name] = append(m.members[name], member)
	}
	for name, members := range m.members {
		prefixed := func(member memberDef) bool {
			rest, ok := strings.CutPrefix(member.Name, name)
			return ok && rest != "" && (rest[0] < '0' || rest[0] > '9')
		}
		if !slices.ContainsFunc(members, func(member memberDef) bool { return !prefixed(member) }) {
			for i := range members {
				members[i].Name = strings.TrimPrefix(members[i].Name, name)
			}
		}
	}
}
