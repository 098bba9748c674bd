package main

import "dagger/test/internal/dagger"

// Ci is the main object.
type Ci struct{}

// Test tests.
//
// In two parts.
// +check
// +cache="never"
func (m *Ci) Test() error { return nil }

// +generate
func (m *Ci) Gen() *dagger.Changeset { return nil }

// +up
// +cache=10m
func (m *Ci) Serve() *dagger.Service { return nil }

// Old is old.
// +deprecated="use Test"
func (m *Ci) Old(
	// +deprecated
	name string,
) {
}
