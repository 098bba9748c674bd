package main

// Ci is the main object.
type Ci struct{}

func (m *Ci) First() *First { return nil }

// First leads on.
type First struct{}

func (f First) Second() []*Second { return nil }

type Second struct{ Back *First }

type Unused struct{}

func (u *Unused) F() {}
