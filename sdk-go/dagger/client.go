// Package dagger is the client of the core API, and what modules in Go are written with.
//
// dagger.gen.go is generated from the API's schema: a struct for each object type, whose methods add to a chain of fields,
// and ask the API only for values. A module has a copy of this package as its internal/dagger, with a file for each of its
// dependencies beside it.
package dagger

import (
	"context"
	"encoding/json"

	"dockwright.dev/go/dagger/internal/guest"
	"dockwright.dev/go/dagger/querybuilder"
)

// ID identifies an object of the API within the session.
type ID string

// DaggerObject is any object of the API. An interface of a module embeds it.
type DaggerObject interface {
	querybuilder.GraphQLMarshaller
	// ID identifies the object within the session.
	ID(ctx context.Context) (ID, error)
}

// Client is the API's root.
type Client struct {
	*Query
}

// Transport carries one request to the API.
type Transport = querybuilder.Transport

// Connect is the API as the module's code sees it: the host answers.
func Connect() *Client {
	return NewClient(guest.Transport{})
}

// NewClient is the API behind a transport, such as a test's.
func NewClient(transport Transport) *Client {
	return &Client{&Query{query: querybuilder.Root(transport)}}
}

// QueryBuilder is an empty chain, for fields that the client has no method for.
func (c *Client) QueryBuilder() *querybuilder.Selection {
	return c.query
}

// Close does nothing: a module's connection lasts as long as its call.
func (c *Client) Close() error {
	return nil
}

// Loadable is an object that can be made from a chain that leads to it.
type Loadable[T any] interface {
	// WithGraphQLQuery is the object that the chain leads to.
	WithGraphQLQuery(q *querybuilder.Selection) T
	// XXX_GraphQLType is the type's name in the API.
	XXX_GraphQLType() string
}

// Ref is the object of that ID. Nothing is asked.
func Ref[T Loadable[T]](c *Client, id ID) T {
	var none T
	return none.WithGraphQLQuery(c.query.Node(none.XXX_GraphQLType(), string(id)))
}

// Load is the object of that ID; it fails when there is none.
func Load[T Loadable[T]](ctx context.Context, c *Client, id ID) (T, error) {
	var none T
	q := c.query.Node(none.XXX_GraphQLType(), string(id))
	if err := q.Select("id").Run(ctx); err != nil {
		return none, err
	}
	return none.WithGraphQLQuery(q), nil
}

// Ptr is a pointer to a value.
func Ptr[T any](value T) *T {
	return &value
}

// connection is the client that objects in JSON belong to.
var connection = querybuilder.Root(guest.Transport{})

// marshalContext is what MarshalJSON asks for IDs with, since json gives it none.
var marshalContext = context.Background()

// SetMarshalContext sets what objects in JSON are asked for their IDs with.
func SetMarshalContext(ctx context.Context) {
	marshalContext = ctx
}

// SetMarshalTransport sets the transport of objects that are read from JSON, such as a test's.
func SetMarshalTransport(transport Transport) {
	connection = querybuilder.Root(transport)
}

func marshalID(q *querybuilder.Selection) ([]byte, error) {
	if q == nil {
		return []byte("null"), nil
	}
	id, err := q.ID(marshalContext)
	if err != nil {
		return nil, err
	}
	return json.Marshal(id)
}

func unmarshalID(data []byte, typeName string, q **querybuilder.Selection) error {
	var id *string
	if err := json.Unmarshal(data, &id); err != nil || id == nil {
		return err
	}
	*q = connection.Node(typeName, *id)
	return nil
}

// UnmarshalObject reads the ID of an object of a type that a module defines.
func UnmarshalObject(data []byte, typeName string, q **querybuilder.Selection) error {
	return unmarshalID(data, typeName, q)
}

// MarshalObject writes the ID of the object that a chain leads to.
func MarshalObject(q *querybuilder.Selection) ([]byte, error) {
	return marshalID(q)
}
