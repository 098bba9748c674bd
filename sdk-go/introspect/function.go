package main

import (
	"encoding/json"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// function describes a function by its signature; syntax and doc are those of its declaration.
func (m *module) function(
	goName string, signature *types.Signature, syntax *ast.FuncType, doc string, at token.Pos,
) (functionDef, *callable) {
	parsed := parseComment(doc)
	described := functionDef{
		Name:        lowerCamel(goName),
		Description: parsed.text,
		Arguments:   []argumentDef{},
		Location:    m.location(at),
		Annotations: annotations{},
	}
	parsed.deprecated(described.Annotations)
	if policy, ok := parsed.textOf("cache"); ok {
		described.Annotations["cache"] = policy
	}
	for _, name := range []string{"check", "generate", "up"} {
		if parsed.has(name) {
			described.Annotations[name] = true
		}
	}
	call := &callable{goName: goName, signature: signature}
	if signature.TypeParams().Len() > 0 {
		m.complain(at, "%s has type parameters, which the API cannot have", goName)
	}
	described.Arguments = m.arguments(call, syntax)
	described.Returns = m.results(call, syntax, at)
	call.arguments = described.Arguments
	return described, call
}

func (m *module) arguments(call *callable, syntax *ast.FuncType) []argumentDef {
	found := []argumentDef{}
	fields := flatten(syntax.Params)
	parameters := call.signature.Params()
	for i := range parameters.Len() {
		parameter := parameters.At(i)
		if i == 0 && isContext(parameter.Type()) {
			call.ctx = true
			continue
		}
		if options, ok := parameter.Type().(*types.Struct); ok {
			found = append(found, m.options(options, fields[i])...)
			continue
		}
		if parameter.Name() == "" || parameter.Name() == "_" {
			m.complain(fields[i].Pos(), "the parameter of %s needs a name: it is the argument's in the API", call.goName)
			continue
		}
		before := syntax.Params.Opening
		if i > 0 {
			before = fields[i-1].End()
			if fields[i-1] == fields[i] {
				before = fields[i].Pos()
			}
		}
		after := syntax.Params.Closing
		for _, next := range fields[i+1:] {
			if next != fields[i] {
				after = next.Pos()
				break
			}
		}
		argument := m.argument(parameter, fields[i].Type, m.commentAround(fields[i], before, after), parameter.Pos())
		if call.signature.Variadic() && i == parameters.Len()-1 {
			argument.Type = optional(argument.Type)
		}
		found = append(found, argument)
	}
	kept := found[:0]
	seen := map[string]bool{}
	for _, argument := range found {
		if argument.Type == nil {
			continue
		}
		if seen[argument.Name] {
			m.complain(syntax.Pos(), "%s has two arguments that are called %s in the API", call.goName, argument.Name)
		}
		seen[argument.Name] = true
		kept = append(kept, argument)
	}
	return kept
}

// options are the fields of a parameter that is a struct without a name: an argument each.
func (m *module) options(options *types.Struct, syntax *ast.Field) []argumentDef {
	declared, ok := syntax.Type.(*ast.StructType)
	if !ok {
		m.complain(syntax.Pos(), "options must be written as a struct in the parameter list")
		return nil
	}
	var found []argumentDef
	fields := flatten(declared.Fields)
	for i := range options.NumFields() {
		field := options.Field(i)
		if !field.Exported() {
			m.complain(field.Pos(), "the option %s is not exported; its name must begin with a capital", field.Name())
			continue
		}
		doc := parseComment(fields[i].Doc.Text() + "\n" + fields[i].Comment.Text())
		found = append(found, m.argument(field, fields[i].Type, doc, field.Pos()))
	}
	return found
}

// commentAround is the comment of a parameter: the lines above it, and what follows on its line. The parser does not give
// comments to parameters.
func (m *module) commentAround(field *ast.Field, before, after token.Pos) comment {
	line := func(at token.Pos) int { return m.fset.Position(at).Line }
	var text []string
	for _, group := range m.byName[m.fset.Position(field.Pos()).Filename].Comments {
		above := group.Pos() > before && group.End() <= field.Pos() && line(group.Pos()) != line(before)
		behind := group.Pos() >= field.End() && group.Pos() < after && line(group.Pos()) == line(field.End())
		if above || behind || (group.Pos() > before && group.End() <= field.Pos() && line(before) == line(field.Pos())) {
			text = append(text, group.Text())
		}
	}
	return parseComment(strings.Join(text, "\n"))
}

func (m *module) argument(of *types.Var, syntax ast.Expr, doc comment, at token.Pos) argumentDef {
	if ellipsis, ok := syntax.(*ast.Ellipsis); ok {
		syntax = ellipsis.Elt
	}
	argument := argumentDef{
		Name:        lowerCamel(of.Name()),
		Description: doc.text,
		Type:        m.typeOf(of.Type(), syntax),
		Annotations: annotations{},
	}
	if argument.Type == nil {
		return argument
	}
	if doc.has("optional") {
		if _, hasDefault := doc.pragmas["default"]; !hasDefault {
			argument.Type = optional(argument.Type)
		}
	}
	doc.deprecated(argument.Annotations)
	if value, ok := doc.pragmas["default"]; ok {
		argument.DefaultValue = m.defaultValue(of.Name(), argument.Type.required(), value, at)
	}
	m.contextual(&argument, doc, at)
	return argument
}

// contextual adds where the host takes the argument from when it is not given.
func (m *module) contextual(argument *argumentDef, doc comment, at token.Pos) {
	of := argument.Type.required().name
	if path, ok := doc.textOf("defaultPath"); ok {
		switch of {
		case "Directory", "File", "GitRepository", "GitRef":
			argument.Annotations["defaultPath"] = path
		default:
			m.complain(at, "+defaultPath is for a Directory, File, GitRepository or GitRef, and %s is none", argument.Name)
		}
	}
	if address, ok := doc.textOf("defaultAddress"); ok {
		if of != "Container" {
			m.complain(at, "+defaultAddress is for a Container, and %s is none", argument.Name)
		}
		argument.Annotations["defaultAddress"] = address
	}
	if value, ok := doc.pragmas["ignore"]; ok {
		var patterns []string
		switch err := json.Unmarshal([]byte(value), &patterns); {
		case err != nil:
			m.complain(at, "+ignore of %s needs a list of patterns, such as [\"bin\", \"**/*.log\"], not %s", argument.Name, value)
		case of != "Directory":
			m.complain(at, "+ignore is for a Directory, and %s is none", argument.Name)
		default:
			argument.Annotations["ignore"] = patterns
		}
	}
}

// defaultValue is the JSON of a default. Text needs no quotes.
func (m *module) defaultValue(name string, of *typeRef, text string, at token.Pos) json.RawMessage {
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		value = text
	}
	wrong := func(wanted string) json.RawMessage {
		m.complain(at, "the default of %s is %s, but it must be %s", name, text, wanted)
		return nil
	}
	switch of.kind {
	case "string", "scalar":
		if _, ok := value.(string); !ok && value != nil {
			value = text
		}
	case "integer":
		if number, ok := value.(float64); !ok || number != float64(int64(number)) {
			return wrong("a whole number")
		}
		return json.RawMessage(text)
	case "float":
		if _, ok := value.(float64); !ok {
			return wrong("a number")
		}
		return json.RawMessage(text)
	case "boolean":
		if _, ok := value.(bool); !ok {
			return wrong("true or false")
		}
	case "list":
		if _, ok := value.([]any); !ok {
			return wrong("a list")
		}
		return json.RawMessage(text)
	case "enum":
		given, _ := value.(string)
		for _, member := range m.members[of.name] {
			if given == member.Name || given == member.Value || given == member.constant {
				value = member.Name
			}
		}
		if known := m.memberNames(of.name); !contains(known, value) {
			return wrong("a member of " + of.name + ": " + strings.Join(known, ", "))
		}
	default:
		return wrong("left out: an object has no default of this kind; use +defaultPath or +defaultAddress")
	}
	// Marshalling a string, a boolean or nil does not fail.
	encoded, _ := json.Marshal(value)
	return encoded
}

func (m *module) memberNames(enum string) []string {
	if names, ok := m.enums[enum]; ok {
		return names
	}
	var names []string
	for _, member := range m.members[enum] {
		names = append(names, member.Name)
	}
	return names
}

func contains(names []string, value any) bool {
	for _, name := range names {
		if name == value {
			return true
		}
	}
	return false
}

func (m *module) results(call *callable, syntax *ast.FuncType, at token.Pos) *typeRef {
	void := &typeRef{kind: "void"}
	results := call.signature.Results()
	count := results.Len()
	if count > 0 && isError(results.At(count-1).Type()) {
		call.fails = true
		count--
	}
	switch {
	case count == 0:
		return void
	case count > 1:
		m.complain(at, "%s returns too much: a function returns a value, an error, or a value and an error", call.goName)
		return void
	}
	call.returns = true
	if returned := m.answerOf(results.At(0).Type(), flatten(syntax.Results)[0].Type); returned != nil {
		return returned
	}
	return void
}
