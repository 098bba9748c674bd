package main

type Ci struct{}

type hidden struct{}

type duck interface{}

type mode string

const Fast mode = "fast"

func (m *Ci) A() *hidden { return nil }

func (m *Ci) B(x duck) {}

func (m *Ci) C(x mode) {}
