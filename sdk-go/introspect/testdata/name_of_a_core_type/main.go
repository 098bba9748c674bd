package main

// Ci is the main object.
type Ci struct{}

type Container struct{}

func (m *Ci) A() *Container { return nil }
