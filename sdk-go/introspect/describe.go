package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// describe fills the definition: the main object, and every type that it leads to.
func (m *module) describe() {
	m.definition = moduleDef{
		Description: m.doc, Objects: []objectDef{}, Enums: []enumDef{}, Interfaces: []interfaceDef{},
	}
	m.main = m.findMain()
	if m.main == nil {
		return
	}
	m.definition.MainObject = m.main.Obj().Name()
	m.visit(m.main)
	for len(m.queue) > 0 {
		next := m.queue[0]
		m.queue = m.queue[1:]
		m.checkName(next)
		switch underlying := next.Underlying().(type) {
		case *types.Struct:
			m.definition.Objects = append(m.definition.Objects, m.object(next, underlying))
		case *types.Interface:
			m.interfaces = append(m.interfaces, next)
			m.definition.Interfaces = append(m.definition.Interfaces, m.iface(next, underlying))
		case *types.Basic:
			m.definition.Enums = append(m.definition.Enums, m.enum(next))
		}
	}
	slices.SortStableFunc(m.definition.Objects, func(a, b objectDef) int { return m.compare(a.Name, b.Name) })
	slices.SortStableFunc(m.definition.Enums, func(a, b enumDef) int { return m.compare(a.Name, b.Name) })
	slices.SortStableFunc(m.definition.Interfaces, func(a, b interfaceDef) int { return m.compare(a.Name, b.Name) })
	slices.SortFunc(m.interfaces, func(a, b *types.Named) int { return int(a.Obj().Pos() - b.Obj().Pos()) })
}

func (m *module) compare(a, b string) int {
	return int(m.pkg.Scope().Lookup(a).Pos() - m.pkg.Scope().Lookup(b).Pos())
}

// findMain is the struct that is named as the module.
func (m *module) findMain() *types.Named {
	wanted := upperCamel(m.name)
	var structs []string
	for _, name := range m.pkg.Scope().Names() {
		declared, ok := m.pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !declared.Exported() || declared.IsAlias() {
			continue
		}
		named, ok := declared.Type().(*types.Named)
		if !ok {
			continue
		}
		_, isStruct := named.Underlying().(*types.Struct)
		if upperCamel(name) == wanted || name == pascal(m.name) {
			if !isStruct {
				m.complain(declared.Pos(), "the type %s must be a struct: it is the main object of the module %s", name, m.name)
				return nil
			}
			return named
		}
		if isStruct {
			structs = append(structs, name)
		}
	}
	found := "none"
	if len(structs) > 0 {
		found = strings.Join(structs, ", ")
	}
	m.complain(m.files[0].Name.Pos(), "the module %q has no main object: it needs `type %s struct`. Exported structs that were found: %s",
		m.name, wanted, found)
	return nil
}

// visit puts a type of the module in the line of those to describe.
func (m *module) visit(named *types.Named) {
	if name := named.Obj().Name(); !m.seen[name] {
		m.seen[name] = true
		m.queue = append(m.queue, named)
	}
}

func (m *module) checkName(named *types.Named) {
	declared := named.Obj()
	if kind, taken := m.core[declared.Name()]; taken {
		m.complain(declared.Pos(), "the type %s has the name of the core API's %s; call it otherwise, such as %s",
			declared.Name(), kind, namespaced(m.name, declared.Name())+"Info")
	}
}

func (m *module) enum(named *types.Named) enumDef {
	name := named.Obj().Name()
	members := m.members[name]
	for i, member := range members {
		if slices.ContainsFunc(members[:i], func(other memberDef) bool { return other.Name == member.Name }) {
			m.complain(m.pkg.Scope().Lookup(member.constant).Pos(), "%s has two members %s", name, member.Name)
		}
	}
	return enumDef{
		Name:        name,
		Description: parseComment(m.docs[name]).text,
		Members:     members,
		Location:    m.location(named.Obj().Pos()),
	}
}

func (m *module) iface(named *types.Named, underlying *types.Interface) interfaceDef {
	name := named.Obj().Name()
	found := interfaceDef{
		Name:        name,
		Description: parseComment(m.docs[name]).text,
		Functions:   []functionDef{},
		Location:    m.location(named.Obj().Pos()),
	}
	var methods []*types.Func
	for i := range underlying.NumMethods() {
		method := underlying.Method(i)
		if method.Pkg() == m.pkg && method.Exported() {
			methods = append(methods, method)
		}
	}
	slices.SortFunc(methods, func(a, b *types.Func) int { return int(a.Pos() - b.Pos()) })
	for _, method := range methods {
		field := m.interfaceMethod(method.Pos())
		if field == nil {
			continue
		}
		described, call := m.function(method.Name(), method.Signature(), field.Type.(*ast.FuncType), field.Doc.Text(), method.Pos())
		m.signatures[name+"."+described.Name] = call
		m.checkInterfaceFunction(method, described, call)
		found.Functions = append(found.Functions, described)
	}
	return found
}

// interfaceMethod is the declaration of a method at that place, in whatever interface.
func (m *module) interfaceMethod(at token.Pos) *ast.Field {
	for _, spec := range m.specs {
		declared, ok := spec.Type.(*ast.InterfaceType)
		if !ok {
			continue
		}
		for _, field := range declared.Methods.List {
			if _, isFunc := field.Type.(*ast.FuncType); isFunc && len(field.Names) == 1 && field.Names[0].Pos() == at {
				return field
			}
		}
	}
	return nil
}

// checkInterfaceFunction makes sure that a client can answer it: objects at once, the rest by asking the API.
func (m *module) checkInterfaceFunction(method *types.Func, described functionDef, call *callable) {
	returned := described.Returns.required()
	if returned.kind == "list" {
		returned = returned.of.required()
	}
	if returned.kind == "object" && m.core[returned.name] != "object" {
		m.complain(method.Pos(), "%s returns %s: a function of an interface may return objects of the core API and interfaces, "+
			"not objects of the module", method.Name(), returned.name)
	}
	lazy := described.Returns.required().kind == "object" || described.Returns.required().kind == "interface"
	if !lazy && !(call.ctx && call.fails) {
		m.complain(method.Pos(), "%s asks the API, so it must take a context.Context and return an error", method.Name())
	}
}
