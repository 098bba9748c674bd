package main

// Ci is the main object.
type Ci struct{}

func (m *Ci) A() (int, string) { return 1, "" }

func (m *Ci) B() (int, string, error) { return 1, "", nil }
