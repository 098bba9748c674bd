package main

import "dagger/test/internal/dagger"

type Ci struct {
	Image string `json:"image"`
	// +private
	Source *dagger.Directory
}

func New(source *dagger.Directory, image string) *Ci {
	return &Ci{Image: image, Source: source}
}
