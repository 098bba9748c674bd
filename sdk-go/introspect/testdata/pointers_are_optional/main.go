package main

import "dagger/test/internal/dagger"

// Ci is the main object.
type Ci struct{}

func (m *Ci) F(a *string, b *int, c *dagger.Platform, d *dagger.NetworkProtocol, e *dagger.Directory) *bool {
	return nil
}
