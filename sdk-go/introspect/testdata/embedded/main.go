package main

type Ci struct {
	Base
	*Shared
}

type Base struct {
	// From the base
	Name string
}

// Hello is promoted.
func (b *Base) Hello() string { return b.Name }

type Shared struct {
	Count int `json:"n"`
}

func (s *Shared) Next() int { return s.Count + 1 }

func (m *Ci) Own() {}
