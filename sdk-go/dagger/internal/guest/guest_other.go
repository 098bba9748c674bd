//go:build !wasip1

package guest

import "context"

// Execute fails.
func (Transport) Execute(context.Context, string) ([]byte, error) {
	return nil, errNoHost
}

// Input panics.
func Input() []byte {
	panic(errNoHost)
}

// Output panics.
func Output([]byte, bool) {
	panic(errNoHost)
}
