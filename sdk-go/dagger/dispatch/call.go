// Package dispatch runs one function of a module: it reads the call, gives the generated code its arguments, and writes the
// result or the failure. It knows nothing of the module's types: the generated dagger.gen.go of package main does.
package dispatch

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"

	"dockwright.dev/go/dagger"
	"dockwright.dev/go/dagger/internal/guest"
)

// Call is what the host asks for.
type Call struct {
	// ParentType is the object's type, as described.
	ParentType string `json:"parentType"`
	// Parent is the object's state.
	Parent json.RawMessage `json:"parent"`
	// Name is the function's name in the API; empty for the constructor.
	Name string `json:"name"`
	// Arguments are the values by name.
	Arguments map[string]json.RawMessage `json:"arguments"`

	err error
}

// State reads the object that the function belongs to.
func State[T any](call *Call) *T {
	object := new(T)
	if len(call.Parent) > 0 && call.err == nil {
		if err := json.Unmarshal(call.Parent, object); err != nil {
			call.err = fmt.Errorf("the state of %s cannot be read: %w", call.ParentType, err)
		}
	}
	return object
}

// Argument reads an argument; one that is not given is the zero value. Err tells what went wrong.
func Argument[T any](call *Call, name string) T {
	var value T
	raw, given := call.Arguments[name]
	if given && call.err == nil {
		if err := json.Unmarshal(raw, &value); err != nil {
			call.err = fmt.Errorf("the argument %q of %s: %w", name, call.function(), err)
		}
	}
	return value
}

// Convert is the list with every item converted. A nil list stays nil.
func Convert[From, To any](list []From, convert func(From) To) []To {
	if list == nil {
		return nil
	}
	converted := make([]To, len(list))
	for i, item := range list {
		converted[i] = convert(item)
	}
	return converted
}

// Err is the first thing that could not be read.
func (c *Call) Err() error {
	return c.err
}

// Unknown is the error for a function that the module does not have.
func (c *Call) Unknown() error {
	return fmt.Errorf("the module has no %s", c.function())
}

func (c *Call) function() string {
	if c.Name == "" {
		return "constructor of " + c.ParentType
	}
	return c.ParentType + "." + c.Name
}

// Describe answers the host's question what the module offers: the definition that was generated from its source.
func Describe(definition string) {
	guest.Output([]byte(definition), false)
}

// Invoke runs the call that the host has for the module.
func Invoke(run func(ctx context.Context, call *Call) (any, error)) {
	// Where Go gives up it tells of every goroutine: the host finds the module's folder, and the user's code, among them.
	debug.SetTraceback("all")
	result, failed := answer(context.Background(), guest.Input(), run)
	guest.Output(result, failed)
}

// answer is the JSON text of the result, or of the failure.
func answer(ctx context.Context, input []byte, run func(context.Context, *Call) (any, error)) (text []byte, failed bool) {
	defer func() {
		if reason := recover(); reason != nil {
			text, failed = panicked(reason).json(), true
		}
	}()
	dagger.SetMarshalContext(ctx)
	call := &Call{}
	if err := json.Unmarshal(input, call); err != nil {
		return failure(fmt.Errorf("the call cannot be read: %w", err)).json(), true
	}
	result, err := run(ctx, call)
	if err != nil {
		return failure(err).json(), true
	}
	text, err = encode(ctx, result)
	if err != nil {
		return failure(fmt.Errorf("the result of %s: %w", call.function(), err)).json(), true
	}
	return text, false
}
