package main

type Ci struct{}

type Duck interface {
	DaggerObject
	Quack() string
	Home() *Home
}

type Home struct{}

func (m *Ci) F(d Duck) {}
