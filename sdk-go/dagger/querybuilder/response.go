package querybuilder

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Error is an error that the API answered with.
type Error struct {
	// Message tells what went wrong.
	Message string `json:"message"`
	// Path leads to the field that failed.
	Path []any `json:"path,omitempty"`
	// Values are the structured values, such as those of a failed command.
	Values map[string]any `json:"extensions,omitempty"`
}

// Error is the message.
func (e *Error) Error() string {
	return e.Message
}

// Extensions are the structured values, such as those of a failed command.
func (e *Error) Extensions() map[string]any {
	return e.Values
}

// ErrorHook may turn an error of the API into one of another type. It is set before the first request.
var ErrorHook func(*Error) error

// pick gives the answer of the last field of the chain out of a response. What is null on the way makes the answer null.
func pick(response []byte, chain []*Selection) (json.RawMessage, error) {
	var data, failures json.RawMessage
	err := members(response, func(name string, value json.RawMessage) {
		switch name {
		case "data":
			data = value
		case "errors":
			failures = value
		}
	})
	if err != nil {
		return nil, fmt.Errorf("the API's response cannot be read: %w", err)
	}
	if err := firstError(failures); err != nil {
		return nil, err
	}
	for _, field := range chain {
		if string(data) == "null" {
			return data, nil
		}
		var inner json.RawMessage
		err := members(data, func(name string, value json.RawMessage) {
			if name == field.name {
				inner = value
			}
		})
		if err != nil {
			return nil, fmt.Errorf("the API's response cannot be read at %s: %w", field.path(), err)
		}
		if inner == nil {
			return nil, fmt.Errorf("the API's response has no %s", field.path())
		}
		data = inner
	}
	return data, nil
}

func firstError(failures json.RawMessage) error {
	if len(failures) == 0 || string(failures) == "null" || string(failures) == "[]" {
		return nil
	}
	var errs []*Error
	if err := json.Unmarshal(failures, &errs); err != nil {
		return fmt.Errorf("the API's errors cannot be read: %w", err)
	}
	if len(errs) == 0 {
		return nil
	}
	if ErrorHook != nil {
		return ErrorHook(errs[0])
	}
	return errs[0]
}

var errSyntax = errors.New("it is no JSON object")

// members calls f for each member of a JSON object. Values are found by their brackets and quotes alone: whoever reads
// one checks it, so that a large answer is not read again at every level.
func members(object []byte, f func(name string, value json.RawMessage)) error {
	at := space(object, 0)
	if at >= len(object) || object[at] != '{' {
		return errSyntax
	}
	at = space(object, at+1)
	for at < len(object) && object[at] != '}' {
		end := value(object, at)
		if end <= at || object[at] != '"' {
			return errSyntax
		}
		var name string
		if err := json.Unmarshal(object[at:end], &name); err != nil {
			return err
		}
		at = space(object, end)
		if at >= len(object) || object[at] != ':' {
			return errSyntax
		}
		at = space(object, at+1)
		end = value(object, at)
		if end <= at {
			return errSyntax
		}
		f(name, object[at:end])
		at = space(object, end)
		if at < len(object) && object[at] == ',' {
			at = space(object, at+1)
		}
	}
	if at >= len(object) {
		return errSyntax
	}
	return nil
}

func space(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r') {
		at++
	}
	return at
}

// value is where the JSON value that starts at a place ends.
func value(text []byte, at int) int {
	depth := 0
	for at < len(text) {
		switch text[at] {
		case '"':
			at++
			for at < len(text) && text[at] != '"' {
				if text[at] == '\\' {
					at++
				}
				at++
			}
			if at >= len(text) {
				return -1
			}
			at++
		case '{', '[':
			depth++
			at++
			continue
		case '}', ']':
			if depth == 0 {
				return at
			}
			depth--
			at++
		case ',', ':', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return at
			}
			at++
			continue
		default:
			at++
			continue
		}
		if depth == 0 {
			return at
		}
	}
	if depth > 0 {
		return -1
	}
	return at
}
