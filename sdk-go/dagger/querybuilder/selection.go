// Package querybuilder writes GraphQL documents that select one leaf, and reads their answers.
//
// A Selection is immutable: it names its parent, so chains share their beginnings. Nothing is sent before Get, Run, Sync,
// Objects or ID asks for a value. How a document travels is the Transport's affair.
package querybuilder

import (
	"context"
	"sync/atomic"
)

// Transport carries one request. It must be safe for use by several goroutines.
type Transport interface {
	// Execute sends a document and gives the whole response, {"data":…,"errors":…}. The error says why there is none.
	Execute(ctx context.Context, document string) ([]byte, error)
}

// Selection is a chain of fields that starts at the API's root.
type Selection struct {
	parent    *Selection
	transport Transport
	name      string
	// onType is the object type of a node that is loaded by its ID.
	onType    string
	arguments []argument
	id        atomic.Pointer[string]
}

type argument struct {
	name  string
	value any
}

// Root is the API's root as the transport reaches it.
func Root(transport Transport) *Selection {
	return &Selection{transport: transport}
}

// Root is where the chain starts.
func (s *Selection) Root() *Selection {
	return &Selection{transport: s.transport}
}

// Select is the chain with one more field.
func (s *Selection) Select(name string) *Selection {
	return &Selection{parent: s, transport: s.transport, name: name}
}

// Node is the object of that type and ID, whatever the chain was.
func (s *Selection) Node(typeName, id string) *Selection {
	node := s.Root().Select("node").Arg("id", id)
	node.onType = typeName
	node.id.Store(&id)
	return node
}

// Arg is the chain with an argument for its last field. An argument of the same name is replaced.
func (s *Selection) Arg(name string, value any) *Selection {
	arguments := make([]argument, 0, len(s.arguments)+1)
	for _, each := range s.arguments {
		if each.name != name {
			arguments = append(arguments, each)
		}
	}
	arguments = append(arguments, argument{name, value})
	return &Selection{parent: s.parent, transport: s.transport, name: s.name, onType: s.onType, arguments: arguments}
}

// Opt is Arg for a value that stands for "not given" when it is zero or an empty list.
func (s *Selection) Opt(name string, value any) *Selection {
	if isZero(value) {
		return s
	}
	return s.Arg(name, value)
}

// chain lists the fields from the root on.
func (s *Selection) chain() []*Selection {
	depth := 0
	for each := s; each.parent != nil; each = each.parent {
		depth++
	}
	chain := make([]*Selection, depth)
	for each := s; each.parent != nil; each = each.parent {
		depth--
		chain[depth] = each
	}
	return chain
}
