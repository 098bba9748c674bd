package dispatch

import (
	"encoding/json"
	"fmt"
)

// Member is a member of an enum of the module: its name in the API, and the constant.
type Member[T comparable] struct {
	// Name travels.
	Name string
	// Value is what the module's code sees.
	Value T
}

// MemberName is the name of the member with that value, empty when there is none.
func MemberName[T comparable](members []Member[T], value T) string {
	for _, member := range members {
		if member.Value == value {
			return member.Name
		}
	}
	return ""
}

// MarshalMember writes a member's name. The zero value is written as no name.
func MarshalMember[T comparable](members []Member[T], value T) ([]byte, error) {
	var zero T
	name := MemberName(members, value)
	if name == "" && value != zero {
		return nil, fmt.Errorf("%v is no member of %T", value, value)
	}
	return json.Marshal(name)
}

// UnmarshalMember reads a member by its name.
func UnmarshalMember[T comparable](members []Member[T], data []byte, into *T) error {
	var name *string
	if err := json.Unmarshal(data, &name); err != nil || name == nil {
		return err
	}
	for _, member := range members {
		if member.Name == *name {
			*into = member.Value
			return nil
		}
	}
	var zero T
	if *name != "" {
		return fmt.Errorf("%q is no member of %T", *name, zero)
	}
	*into = zero
	return nil
}
