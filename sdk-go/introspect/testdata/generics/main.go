package main

type Ci struct{}

type Box[T any] struct{ V T }

func (m *Ci) A() *Box[int] { return nil }
