//go:build ignore

package main

func (m *Ci) Ignored() {}
