package querybuilder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Get asks for the value that the chain leads to. Null becomes the zero value.
func Get[T any](ctx context.Context, s *Selection) (T, error) {
	var value T
	raw, err := s.execute(ctx)
	if err != nil {
		return value, err
	}
	if err := json.Unmarshal(raw, &value); err != nil {
		return value, fmt.Errorf("cannot read the answer of %s: %w", s.path(), err)
	}
	return value, nil
}

// Run asks for the value that the chain leads to and drops it.
func (s *Selection) Run(ctx context.Context) error {
	_, err := s.execute(ctx)
	return err
}

// Sync runs the chain, whose last field answers with an ID, and gives the object of that ID.
func (s *Selection) Sync(ctx context.Context, typeName string) (*Selection, error) {
	id, err := Get[string](ctx, s)
	if err != nil {
		return nil, err
	}
	return s.Node(typeName, id), nil
}

// Objects asks for a list of objects; make turns each one's chain into the object.
func Objects[T any](ctx context.Context, s *Selection, typeName string, make func(*Selection) T) ([]T, error) {
	raw, err := s.Select("id").executeFor(ctx, s)
	if err != nil {
		return nil, err
	}
	var items []struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, fmt.Errorf("cannot read the answer of %s: %w", s.path(), err)
	}
	objects := []T{}
	for _, item := range items {
		objects = append(objects, make(s.Node(typeName, item.ID)))
	}
	return objects, nil
}

// Document is the request as GraphQL text.
func (s *Selection) Document(ctx context.Context) (string, error) {
	chain := s.chain()
	var b document
	b.WriteString("query")
	closing := 0
	for _, field := range chain {
		b.WriteByte('{')
		closing++
		b.WriteString(field.name)
		for i, argument := range field.arguments {
			if i == 0 {
				b.WriteByte('(')
			} else {
				b.WriteByte(',')
			}
			b.WriteString(argument.name)
			b.WriteByte(':')
			if err := b.value(reflect.ValueOf(argument.value)); err != nil {
				return "", fmt.Errorf("the argument %q of %s: %w", argument.name, field.path(), err)
			}
		}
		if len(field.arguments) > 0 {
			b.WriteByte(')')
		}
		if field.onType != "" {
			b.WriteString("{... on ")
			b.WriteString(field.onType)
			closing++
		}
	}
	for range closing {
		b.WriteByte('}')
	}
	return b.filled(ctx)
}

func (s *Selection) execute(ctx context.Context) (json.RawMessage, error) {
	return s.executeFor(ctx, s)
}

// executeFor runs the request and gives the answer of one of its chain's fields.
func (s *Selection) executeFor(ctx context.Context, answer *Selection) (json.RawMessage, error) {
	if s.transport == nil {
		return nil, errors.New("this object belongs to no client")
	}
	document, err := s.Document(ctx)
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	response, err := s.transport.Execute(ctx, document)
	if err != nil {
		return nil, err
	}
	return pick(response, answer.chain())
}

// path names the fields for messages, such as container.from.
func (s *Selection) path() string {
	names := []string{}
	for _, field := range s.chain() {
		names = append(names, field.name)
	}
	return strings.Join(names, ".")
}
