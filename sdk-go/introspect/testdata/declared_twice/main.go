package main

type Ci struct{}

type Ci struct{}

func (m *Ci) A() {}

func (m *Ci) A() {}

var dag = 1
