package main

import "dagger/test/internal/dagger"

// Ci is the main object.
type Ci struct{}

func (m *Ci) F(
	// +defaultPath="/"
	// +ignore=[
	//   "*",
	//   "!src"
	// ]
	source *dagger.Directory,
	// +defaultPath=go.mod
	file *dagger.File,
	// +defaultPath="."
	repository *dagger.GitRepository,
	// +defaultAddress="alpine:3"
	base *dagger.Container,
) {
}
