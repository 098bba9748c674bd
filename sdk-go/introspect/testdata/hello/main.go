package main

// Ci is the main object.
type Ci struct{}

// Hello greets.
func (m *Ci) Hello(name string) string { return "hello " + name }
