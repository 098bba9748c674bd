package main

import "dagger/test/internal/dagger"

// Ci is the main object.
type Ci struct{}

func (m *Ci) F(
	// +defaultPath="/"
	name string,
	// +defaultAddress="alpine"
	source *dagger.Directory,
	// +ignore=["a"]
	file *dagger.File,
	// +ignore=a
	dir *dagger.Directory,
) {
}
