package main

type Ci struct{ Build string }

func (m *Ci) Build() {}
