package main

import "dagger/test/internal/dagger"

type Ci struct {
	*dagger.Container
}
