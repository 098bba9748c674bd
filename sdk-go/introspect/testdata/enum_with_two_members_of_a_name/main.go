package main

type Ci struct{}

type S string

const (
	SA S = "a"
	SB S = "b"
)

func (m *Ci) F(s S) {}
