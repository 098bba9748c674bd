package main

import "dagger/test/internal/dagger"

// Ci is the main object.
type Ci struct{}

func (m *Ci) F(first string, rest ...string) []string { return rest }

func (m *Ci) G(sources ...*dagger.Directory) {}
