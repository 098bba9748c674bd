package main

import "context"

// Ci is the main object.
type Ci struct{}

func (m *Ci) Nothing() {}

func (m *Ci) Fails(ctx context.Context) error { return nil }

func (m *Ci) Both() (int, error) { return 1, nil }
