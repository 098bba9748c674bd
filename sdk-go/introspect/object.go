package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"
)

// object describes a struct of the module.
func (m *module) object(named *types.Named, underlying *types.Struct) objectDef {
	name := named.Obj().Name()
	doc := parseComment(m.docs[name])
	described := objectDef{
		Name:        name,
		Description: doc.text,
		Fields:      []fieldDef{},
		Functions:   []functionDef{},
		Location:    m.location(named.Obj().Pos()),
		Annotations: annotations{},
	}
	doc.deprecated(described.Annotations)
	if named.TypeParams().Len() > 0 {
		m.complain(named.Obj().Pos(), "%s has type parameters, which the API cannot have", name)
		return described
	}
	m.fields(&described, underlying, m.specs[name], map[*types.Struct]bool{})
	for _, method := range m.methodsOf(named) {
		declaration := m.methods[receiverName(method)+"."+method.Name()]
		if declaration == nil {
			continue
		}
		function, call := m.function(method.Name(), method.Signature(), declaration.Type, declaration.Doc.Text(), declaration.Name.Pos())
		m.signatures[name+"."+function.Name] = call
		m.checkUnique(&described, function.Name, method.Name(), method.Pos())
		described.Functions = append(described.Functions, function)
	}
	if named == m.main {
		described.Constructor = m.constructor(named)
	}
	return described
}

// checkUnique makes sure that the API's name is free.
func (m *module) checkUnique(object *objectDef, name, goName string, at token.Pos) {
	field := slices.ContainsFunc(object.Fields, func(field fieldDef) bool { return field.Name == name })
	function := slices.ContainsFunc(object.Functions, func(function functionDef) bool { return function.Name == name })
	switch {
	case name == "id":
		m.complain(at, "%s.%s is called id in the API, which every object has already", object.Name, goName)
	case field || function:
		m.complain(at, "%s.%s is called %s in the API, and so is another field or function", object.Name, goName, name)
	}
}

// methodsOf lists the exported methods in source order, those of embedded structs of the module too.
func (m *module) methodsOf(named *types.Named) []*types.Func {
	set := types.NewMethodSet(types.NewPointer(named))
	var methods []*types.Func
	for i := range set.Len() {
		method, ok := set.At(i).Obj().(*types.Func)
		if ok && method.Exported() && method.Pkg() == m.pkg && !isPlumbing(method.Name()) {
			methods = append(methods, method)
		}
	}
	slices.SortFunc(methods, func(a, b *types.Func) int { return int(a.Pos() - b.Pos()) })
	return methods
}

// isPlumbing tells whether a method serves Go's packages rather than the API.
func isPlumbing(name string) bool {
	return name == "MarshalJSON" || name == "UnmarshalJSON" || strings.HasPrefix(name, "XXX_")
}

func receiverName(method *types.Func) string {
	of := method.Signature().Recv().Type()
	if pointer, ok := of.(*types.Pointer); ok {
		of = pointer.Elem()
	}
	if named, ok := types.Unalias(of).(*types.Named); ok {
		return named.Obj().Name()
	}
	return "?"
}

// fields describes the fields that callers can read, and checks those that only the state holds.
func (m *module) fields(object *objectDef, underlying *types.Struct, spec *ast.TypeSpec, inside map[*types.Struct]bool) {
	if inside[underlying] || spec == nil {
		return
	}
	inside[underlying] = true
	declared, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	syntax := flatten(declared.Fields)
	for i := range underlying.NumFields() {
		field := underlying.Field(i)
		tag := reflect.StructTag(underlying.Tag(i)).Get("json")
		key, _, _ := strings.Cut(tag, ",")
		if tag == "-" {
			continue
		}
		if field.Embedded() && key == "" {
			m.embedded(object, field, syntax[i], inside)
			continue
		}
		if !field.Exported() {
			continue
		}
		doc := parseComment(syntax[i].Doc.Text() + "\n" + syntax[i].Comment.Text())
		if doc.has("private") {
			continue
		}
		if key == "" {
			key = field.Name()
		}
		described := fieldDef{
			Name:         lowerCamel(key),
			OriginalName: key,
			Description:  doc.text,
			Type:         m.answerOf(field.Type(), syntax[i].Type),
			Location:     m.location(field.Pos()),
			Annotations:  annotations{},
		}
		doc.deprecated(described.Annotations)
		if described.Type == nil {
			continue
		}
		m.checkUnique(object, described.Name, field.Name(), field.Pos())
		object.Fields = append(object.Fields, described)
	}
}

// embedded adds the fields of a struct of the module; what else is embedded has to be without consequence.
func (m *module) embedded(object *objectDef, field *types.Var, syntax *ast.Field, inside map[*types.Struct]bool) {
	of := types.Unalias(field.Type())
	if pointer, ok := of.(*types.Pointer); ok {
		of = types.Unalias(pointer.Elem())
	}
	named, ok := of.(*types.Named)
	if !ok {
		return
	}
	underlying, isStruct := named.Underlying().(*types.Struct)
	switch {
	case named.Obj().Pkg() == m.pkg && isStruct:
		m.fields(object, underlying, m.specs[named.Obj().Name()], inside)
	case named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == m.daggerPath:
		m.complain(syntax.Pos(), "%s embeds %s, whose ID would take the place of the whole state; make it a field with a name",
			object.Name, types.ExprString(syntax.Type))
	case named.Obj().Pkg() == m.pkg && !isStruct && !isBasic(named):
		m.complain(syntax.Pos(), "%s embeds the interface %s; make it a field with a name", object.Name, named.Obj().Name())
	}
}

func isBasic(named *types.Named) bool {
	_, ok := named.Underlying().(*types.Basic)
	return ok
}

// constructor describes the function New.
func (m *module) constructor(main *types.Named) *functionDef {
	function, ok := m.pkg.Scope().Lookup("New").(*types.Func)
	declaration := m.methods[".New"]
	if !ok || declaration == nil {
		return m.zeroConstructor(main)
	}
	results := function.Signature().Results()
	var of types.Type
	if results.Len() > 0 {
		of = types.Unalias(results.At(0).Type())
	}
	if pointer, ok := of.(*types.Pointer); ok {
		of = types.Unalias(pointer.Elem())
	}
	if of != main {
		m.complain(declaration.Name.Pos(), "New is the module's constructor, so it must return *%s", main.Obj().Name())
		return nil
	}
	described, call := m.function("New", function.Signature(), declaration.Type, declaration.Doc.Text(), declaration.Name.Pos())
	described.Name = ""
	described.Returns = &typeRef{kind: "object", name: main.Obj().Name()}
	m.signatures[main.Obj().Name()+"."] = call
	if stored := m.storedArguments(main, declaration, described); stored != nil {
		described.Annotations["storesArguments"] = stored
	}
	return &described
}

// zeroConstructor is the constructor of a main object without New that has fields: it makes the zero value, so that they can
// be read. Without fields there is none, and the host makes the state itself.
func (m *module) zeroConstructor(main *types.Named) *functionDef {
	underlying, ok := main.Underlying().(*types.Struct)
	if !ok || underlying.NumFields() == 0 {
		return nil
	}
	return &functionDef{
		Arguments:   []argumentDef{},
		Returns:     &typeRef{kind: "object", name: main.Obj().Name()},
		Location:    m.location(main.Obj().Pos()),
		Annotations: annotations{},
	}
}

// storedArguments tells where a constructor puts its arguments, if it is `return &Main{Field: argument, …}` with every field
// and every argument once, and the arguments go into the state as they come. Else it is nil.
func (m *module) storedArguments(main *types.Named, declaration *ast.FuncDecl, described functionDef) map[string]string {
	if m.methods[main.Obj().Name()+".MarshalJSON"] != nil || m.methods[main.Obj().Name()+".UnmarshalJSON"] != nil {
		return nil
	}
	if declaration.Body == nil || len(declaration.Body.List) != 1 || len(declaration.Type.Results.List) != 1 {
		return nil
	}
	statement, ok := declaration.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(statement.Results) != 1 {
		return nil
	}
	expression := statement.Results[0]
	if address, ok := expression.(*ast.UnaryExpr); ok && address.Op == token.AND {
		expression = address.X
	}
	literal, ok := expression.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	if name, ok := literal.Type.(*ast.Ident); !ok || name.Name != main.Obj().Name() {
		return nil
	}
	underlying, _ := main.Underlying().(*types.Struct)
	call := m.signatures[main.Obj().Name()+"."]
	if underlying == nil || call.ctx || underlying.NumFields() != len(literal.Elts) || len(described.Arguments) != len(literal.Elts) ||
		call.signature.Params().Len() != len(literal.Elts) || call.signature.Variadic() {
		return nil
	}
	stored := map[string]string{}
	for _, element := range literal.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		field, _ := pair.Key.(*ast.Ident)
		argument, _ := pair.Value.(*ast.Ident)
		if field == nil || argument == nil {
			return nil
		}
		key, ok := stateKey(underlying, field.Name)
		index := slices.IndexFunc(described.Arguments, func(each argumentDef) bool { return each.Name == lowerCamel(argument.Name) })
		if !ok || index < 0 || !m.storedAsIs(described.Arguments[index]) || stored[described.Arguments[index].Name] != "" {
			return nil
		}
		stored[described.Arguments[index].Name] = key
	}
	return stored
}

// stateKey is the key of a field in the state, for fields without options.
func stateKey(underlying *types.Struct, name string) (string, bool) {
	for i := range underlying.NumFields() {
		if field := underlying.Field(i); field.Name() == name && field.Exported() && !field.Embedded() {
			key, options, _ := strings.Cut(reflect.StructTag(underlying.Tag(i)).Get("json"), ",")
			if key == "" {
				key = name
			}
			return key, options == "" && key != "-"
		}
	}
	return "", false
}

// storedAsIs tells whether the argument's JSON is the field's: it is always there, and no code reads or writes it.
func (m *module) storedAsIs(argument argumentDef) bool {
	switch argument.Type.kind {
	case "string", "boolean", "integer":
		return true
	case "object":
		return m.core[argument.Type.name] == "object"
	}
	return false
}

func flatten(list *ast.FieldList) []*ast.Field {
	var fields []*ast.Field
	if list == nil {
		return fields
	}
	for _, field := range list.List {
		for range max(1, len(field.Names)) {
			fields = append(fields, field)
		}
	}
	return fields
}
