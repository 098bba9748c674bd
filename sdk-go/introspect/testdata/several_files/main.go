// Package doc of the first file.
package main

type Ci struct{}

func (m *Ci) A() *Thing { return nil }
