package main

type Ci struct{}

type Tag string

type Tags []Tag

func (m *Ci) F(t Tag, ts Tags) Tag { return t }
