package main

import "dagger/test/internal/dagger"

// Ci is the main object.
type Ci struct{}

func (m *Ci) A(x Missing, y []*Missing) {}

func (m *Ci) B() *dagger.Missing { return nil }
