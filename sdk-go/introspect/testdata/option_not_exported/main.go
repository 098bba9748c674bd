package main

// Ci is the main object.
type Ci struct{}

func (m *Ci) F(opts struct{ tag string }) {}
