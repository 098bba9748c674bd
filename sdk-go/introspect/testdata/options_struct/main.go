package main

import "context"

// Ci is the main object.
type Ci struct{}

func (m *Ci) F(ctx context.Context, name string, opts struct {
	// The tag
	// +optional
	Tag string
	// +default=3
	Count int // how often
	A, B  bool
}) {
}
