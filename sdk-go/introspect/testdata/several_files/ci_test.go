package main

func (m *Ci) Tested() {}
