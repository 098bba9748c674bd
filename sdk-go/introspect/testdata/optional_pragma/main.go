package main

import "dagger/test/internal/dagger"

// Ci is the main object.
type Ci struct{}

func (m *Ci) F(
	// The name
	// +optional
	name string,
	// +optional
	source *dagger.Directory,
	//+optional
	tags []string,
	last int, // the last one +1
) {
}
