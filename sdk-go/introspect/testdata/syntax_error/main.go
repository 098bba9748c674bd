package main

type Ci struct{}

func (m *Ci) A( {

func (m *Ci) B() string { return "x }
