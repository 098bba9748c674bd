package main

type Ci struct{}

func main() {}

func ptr(x int) *int { return &x }

var invoke, context2, call, parent int

func (m *Ci) F(call string, err int, parent bool, ctx int) {}
