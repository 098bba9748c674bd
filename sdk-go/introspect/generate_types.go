package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/types"
	"reflect"
	"strings"
)

func marshal(definition *moduleDef) (string, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(definition)
	return strings.TrimSpace(b.String()), err
}

// enum writes how an enum travels: by the names of its members.
func (g *generator) enum(enum enumDef) {
	name := enum.Name
	table := "dockwright" + name + "Members"
	g.printf("\nvar %s = []dockwrightDispatch.Member[%s]{\n", table, name)
	for _, member := range enum.Members {
		g.printf("\t{Name: %q, Value: %s},\n", member.Name, member.constant)
	}
	g.printf("}\n")
	for _, method := range []struct{ name, code string }{
		{"IsEnum", "// IsEnum marks an enum of the API.\nfunc (%[1]s) IsEnum() {}\n"},
		{"Name", "// Name is the member's name in the API.\nfunc (e %[1]s) Name() string {\n" +
			"\treturn dockwrightDispatch.MemberName(%[2]s, e)\n}\n"},
		{"MarshalJSON", "// MarshalJSON writes the member's name.\nfunc (e %[1]s) MarshalJSON() ([]byte, error) {\n" +
			"\treturn dockwrightDispatch.MarshalMember(%[2]s, e)\n}\n"},
		{"UnmarshalJSON", "// UnmarshalJSON reads a member's name.\nfunc (e *%[1]s) UnmarshalJSON(data []byte) error {\n" +
			"\treturn dockwrightDispatch.UnmarshalMember(%[2]s, data, e)\n}\n"},
	} {
		if g.methods[name+"."+method.name] == nil {
			g.printf("\n"+method.code, name, table)
		}
	}
}

// client writes the struct that stands for an object which satisfies an interface of the module.
func (g *generator) client(named *types.Named) {
	g.usesQuery = true
	name := named.Obj().Name()
	client := clientName(name)
	api := namespaced(g.name, name)
	g.printf(`
// %[1]s asks the API what an object answers that satisfies %[2]s.
type %[1]s struct {
	query *dockwrightQuery.Selection
}

// as%[2]s is the client as the interface; a client that is not there is no object.
func (r *%[1]s) as%[2]s() %[2]s {
	if r == nil || r.query == nil {
		return nil
	}
	return r
}

// XXX_GraphQLType is the type's name in the API.
func (r *%[1]s) XXX_GraphQLType() string {
	return %[3]q
}

// XXX_GraphQLIDType is the name of the type's ID in the API.
func (r *%[1]s) XXX_GraphQLIDType() string {
	return %[4]q
}

// XXX_GraphQLID asks for the object's ID.
func (r *%[1]s) XXX_GraphQLID(ctx context.Context) (string, error) {
	return r.query.ID(ctx)
}

// MarshalJSON writes the object's ID.
func (r *%[1]s) MarshalJSON() ([]byte, error) {
	return dagger.MarshalObject(r.query)
}

// UnmarshalJSON reads an ID.
func (r *%[1]s) UnmarshalJSON(data []byte) error {
	return dagger.UnmarshalObject(data, %[3]q, &r.query)
}
`, client, name, api, api+"ID")
	underlying := named.Underlying().(*types.Interface)
	if underlying.NumMethods() == 0 || !hasMethod(underlying, g.pkg, "ID") {
		g.printf("\n// ID identifies the object within the session.\nfunc (r *%s) ID(ctx context.Context) (dagger.ID, error) {\n"+
			"\tid, err := r.query.ID(ctx)\n\treturn dagger.ID(id), err\n}\n", client)
	}
	for _, described := range g.definition.Interfaces {
		if described.Name != name {
			continue
		}
		for _, function := range described.Functions {
			g.clientMethod(client, function, g.signatures[name+"."+function.Name])
		}
	}
}

func hasMethod(of *types.Interface, pkg *types.Package, name string) bool {
	for i := range of.NumMethods() {
		if of.Method(i).Name() == name && of.Method(i).Pkg() == pkg {
			return true
		}
	}
	return false
}

// clientMethod writes a method of an interface's client.
func (g *generator) clientMethod(client string, function functionDef, call *callable) {
	var parameters []string
	selection := fmt.Sprintf("r.query.Select(%q)", function.Name)
	arguments := call.arguments
	for i := range call.signature.Params().Len() {
		parameter := call.signature.Params().At(i)
		if i == 0 && call.ctx {
			parameters = append(parameters, "ctx context.Context")
			continue
		}
		of := g.typeName(parameter.Type())
		if call.signature.Variadic() && i == call.signature.Params().Len()-1 {
			of = "..." + strings.TrimPrefix(of, "[]")
		}
		local := fmt.Sprintf("argument%d", i)
		parameters = append(parameters, local+" "+of)
		add := func(name, value string) {
			method := "Arg"
			for _, argument := range arguments {
				if argument.Name == name && (argument.Type.kind == "optional" || argument.DefaultValue != nil) {
					method = "Opt"
				}
			}
			selection += fmt.Sprintf(".%s(%q, %s)", method, name, value)
		}
		if options, ok := parameter.Type().(*types.Struct); ok {
			for j := range options.NumFields() {
				add(lowerCamel(options.Field(j).Name()), local+"."+options.Field(j).Name())
			}
			continue
		}
		add(lowerCamel(parameter.Name()), local)
	}
	results, body := g.clientBody(function, call, selection)
	g.printf("\nfunc (r *%s) %s(%s)%s {\n%s}\n", client, call.goName, strings.Join(parameters, ", "), results, body)
}

func (g *generator) clientBody(function functionDef, call *callable, selection string) (results, body string) {
	if !call.returns {
		return " error", "\treturn " + selection + ".Run(ctx)\n"
	}
	of := call.signature.Results().At(0).Type()
	returned := g.typeName(of)
	results = " " + returned
	if call.fails {
		results = " (" + returned + ", error)"
	}
	end := ""
	if call.fails {
		end = ", nil"
	}
	kind := function.Returns.required()
	switch {
	case kind.kind == "object" || kind.kind == "interface":
		value := g.objectFrom(of, selection)
		return results, "\treturn " + value + end + "\n"
	case kind.kind == "list" && (kind.of.required().kind == "object" || kind.of.required().kind == "interface"):
		item := types.Unalias(of).(*types.Slice).Elem()
		api := kind.of.required().name
		if g.core[api] == "" {
			api = namespaced(g.name, api)
		}
		return results, fmt.Sprintf("\treturn dockwrightQuery.Objects(ctx, %s, %q, func(q *dockwrightQuery.Selection) %s {\n\t\treturn %s\n\t})\n",
			selection, api, g.typeName(item), g.objectFrom(item, "q"))
	}
	return results, fmt.Sprintf("\treturn dockwrightQuery.Get[%s](ctx, %s)\n", returned, selection)
}

// objectFrom is the expression for the object that a selection leads to.
func (g *generator) objectFrom(of types.Type, selection string) string {
	of = types.Unalias(of)
	pointer, isPointer := of.(*types.Pointer)
	if isPointer {
		of = types.Unalias(pointer.Elem())
	}
	named := of.(*types.Named)
	if _, isInterface := named.Underlying().(*types.Interface); isInterface {
		return fmt.Sprintf("&%s{query: %s}", clientName(named.Obj().Name()), selection)
	}
	value := fmt.Sprintf("(*%s)(nil).WithGraphQLQuery(%s)", g.typeName(named), selection)
	if !isPointer {
		value = "*" + value
	}
	return value
}

// reader writes how the state of an object with fields that are interfaces is read: json cannot make an interface.
func (g *generator) reader(object objectDef) {
	named := g.pkg.Scope().Lookup(object.Name).Type().(*types.Named)
	underlying, ok := named.Underlying().(*types.Struct)
	if !ok || g.methods[object.Name+".UnmarshalJSON"] != nil {
		return
	}
	var fields, assignments strings.Builder
	for i := range underlying.NumFields() {
		field := underlying.Field(i)
		key, _, _ := strings.Cut(reflect.StructTag(underlying.Tag(i)).Get("json"), ",")
		if !field.Exported() || key == "-" || !g.hasInterface(field.Type()) || !g.isDescribed(field.Type()) {
			continue
		}
		if key == "" {
			key = field.Name()
		}
		fmt.Fprintf(&fields, "\t\tField%d %s `json:%q`\n", i, g.clientType(field.Type()), key)
		fmt.Fprintf(&assignments, "\tr.%s = %s\n", field.Name(), g.asInterface(field.Type(), fmt.Sprintf("state.Field%d", i)))
	}
	if fields.Len() == 0 {
		return
	}
	g.usesJSON = true
	g.printf(`
// UnmarshalJSON reads the state, in which an object that satisfies an interface is an ID.
func (r *%s) UnmarshalJSON(data []byte) error {
	type fields %[1]s
	state := struct {
		*fields
%s	}{fields: (*fields)(r)}
	if err := json.Unmarshal(data, &state); err != nil {
		return err
	}
%s	return nil
}
`, object.Name, fields.String(), assignments.String())
}

// isDescribed tells whether the interface of a field, or of its items, has a client.
func (g *generator) isDescribed(of types.Type) bool {
	for {
		slice, ok := types.Unalias(of).(*types.Slice)
		if !ok {
			break
		}
		of = slice.Elem()
	}
	named, ok := types.Unalias(of).(*types.Named)
	return ok && g.seen[named.Obj().Name()]
}
