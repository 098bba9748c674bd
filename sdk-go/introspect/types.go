package main

import (
	"go/ast"
	"go/types"
)

// typeOf is the API's type for a Go type; nil with a diagnostic when there is none.
func (m *module) typeOf(of types.Type, syntax ast.Expr) *typeRef {
	found, reason := m.resolve(of)
	if found == nil {
		if undefined := m.undefined(syntax.Pos(), syntax.End()); undefined != "" {
			m.complain(syntax.Pos(), "%s", undefined)
			return nil
		}
		if isInvalid(of) {
			reason = m.foreign(syntax)
		}
		m.complain(syntax.Pos(), "the type %s cannot be used in the API: %s", types.ExprString(syntax), reason)
	}
	return found
}

// answerOf is the API's type of a field or a result. Clients ask for the objects of a list by its IDs, which lists of lists
// do not give them.
func (m *module) answerOf(of types.Type, syntax ast.Expr) *typeRef {
	found := m.typeOf(of, syntax)
	if found == nil || found.required().kind != "list" {
		return found
	}
	item, nested := found.required().of.required(), false
	for item.kind == "list" {
		item, nested = item.of.required(), true
	}
	if nested && (item.kind == "object" || item.kind == "interface") {
		m.complain(syntax.Pos(), "the type %s cannot be answered: clients cannot read lists of lists of objects; declare a struct "+
			"that has the inner list", types.ExprString(syntax))
		return nil
	}
	return found
}

// foreign explains a type that none of the stand-ins has.
func (m *module) foreign(syntax ast.Expr) string {
	selector, ok := innermost(syntax).(*ast.SelectorExpr)
	if !ok {
		return "it is not known"
	}
	if name, ok := selector.X.(*ast.Ident); ok && name.Name == "dagger" {
		return "the core API has no " + selector.Sel.Name + "; objects of a dependency cannot be passed on, an interface can"
	}
	return "it belongs to another package; use a type of this module, of the core API, or a basic one"
}

func innermost(syntax ast.Expr) ast.Expr {
	for {
		switch inner := syntax.(type) {
		case *ast.StarExpr:
			syntax = inner.X
		case *ast.ArrayType:
			syntax = inner.Elt
		case *ast.Ellipsis:
			syntax = inner.Elt
		case *ast.ParenExpr:
			syntax = inner.X
		default:
			return syntax
		}
	}
}

func isInvalid(of types.Type) bool {
	switch of := types.Unalias(of).(type) {
	case *types.Pointer:
		return isInvalid(of.Elem())
	case *types.Slice:
		return isInvalid(of.Elem())
	case *types.Basic:
		return of.Kind() == types.Invalid
	}
	return false
}

// resolve is the API's type, or why there is none.
func (m *module) resolve(of types.Type) (*typeRef, string) {
	switch of := types.Unalias(of).(type) {
	case *types.Pointer:
		inner, reason := m.resolve(of.Elem())
		if inner == nil {
			return nil, reason
		}
		switch inner.kind {
		case "object":
			return inner, ""
		case "interface":
			return nil, "a pointer to an interface; use the interface itself"
		case "list", "optional":
			return nil, "a pointer to a list or to a pointer"
		}
		return optional(inner), ""
	case *types.Slice:
		if basic, ok := types.Unalias(of.Elem()).(*types.Basic); ok && basic.Kind() == types.Byte {
			return nil, "bytes; use a string or a *dagger.File"
		}
		inner, reason := m.resolve(of.Elem())
		if inner == nil {
			return nil, reason
		}
		return &typeRef{kind: "list", of: inner}, ""
	case *types.Basic:
		return basic(of)
	case *types.Named:
		return m.named(of)
	case *types.Map:
		return nil, "the API has no maps; use a list of objects"
	case *types.Chan:
		return nil, "the API has no channels"
	case *types.Signature:
		return nil, "the API has no function values"
	case *types.Array:
		return nil, "the API has no arrays of a fixed length; use a slice"
	case *types.Struct:
		return nil, "it has no name; declare a struct type"
	case *types.Interface:
		return nil, "it has no name; declare an interface that embeds DaggerObject"
	}
	return nil, "the API has nothing like it"
}

func basic(of *types.Basic) (*typeRef, string) {
	switch info := of.Info(); {
	case of.Kind() == types.Uintptr || of.Kind() == types.UnsafePointer || of.Kind() == types.Invalid:
	case info&types.IsString != 0:
		return &typeRef{kind: "string"}, ""
	case info&types.IsInteger != 0:
		return &typeRef{kind: "integer"}, ""
	case info&types.IsBoolean != 0:
		return &typeRef{kind: "boolean"}, ""
	case info&types.IsFloat != 0:
		return &typeRef{kind: "float"}, ""
	}
	return nil, "the API has nothing like it"
}

func (m *module) named(of *types.Named) (*typeRef, string) {
	declared := of.Obj()
	switch {
	case declared.Pkg() == nil:
		return nil, "errors are returned beside a value, and not passed"
	case declared.Pkg() != m.pkg && declared.Pkg().Path() == m.daggerPath && declared.Name() == "ID":
		// The API has IDs only where it says of what.
		return &typeRef{kind: "string"}, ""
	case declared.Pkg() != m.pkg:
		if kind, ok := m.core[declared.Name()]; ok && declared.Pkg().Path() == m.daggerPath {
			if kind == "interface" {
				return nil, "an interface of the core API; use the type of the object itself"
			}
			return &typeRef{kind: kind, name: declared.Name()}, ""
		}
		if isContext(of) {
			return nil, "the context must be the first parameter"
		}
		return nil, "it belongs to another package"
	case of.TypeParams().Len() > 0 || of.TypeArgs().Len() > 0:
		return nil, "it has type parameters"
	}
	switch underlying := of.Underlying().(type) {
	case *types.Struct:
		if !declared.Exported() {
			return nil, "it is not exported; its name must begin with a capital"
		}
		m.visit(of)
		return &typeRef{kind: "object", name: declared.Name()}, ""
	case *types.Interface:
		if !declared.Exported() {
			return nil, "it is not exported; its name must begin with a capital"
		}
		m.visit(of)
		return &typeRef{kind: "interface", name: declared.Name()}, ""
	case *types.Basic:
		if len(m.members[declared.Name()]) > 0 {
			if !declared.Exported() {
				return nil, "it is not exported; its name must begin with a capital"
			}
			m.visit(of)
			return &typeRef{kind: "enum", name: declared.Name()}, ""
		}
		return basic(underlying)
	}
	return m.resolve(of.Underlying())
}

func isContext(of types.Type) bool {
	named, ok := types.Unalias(of).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}

func isError(of types.Type) bool {
	named, ok := types.Unalias(of).(*types.Named)
	return ok && named.Obj().Pkg() == nil && named.Obj().Name() == "error"
}
