package main

import "dagger/test/internal/dagger"

type Ci struct {
	Image  string
	Source *dagger.Directory
}

// New makes it.
func New(
	// +defaultPath="/"
	source *dagger.Directory,
	// +default="alpine"
	image string,
) (*Ci, error) {
	if image == "" {
		image = "alpine"
	}
	return &Ci{Image: image, Source: source}, nil
}
