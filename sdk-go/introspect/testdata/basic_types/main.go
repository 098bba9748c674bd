package main

// Ci is the main object.
type Ci struct{}

func (m *Ci) F(a string, b int, c int64, d float64, e bool, f []string, g [][]int, h uint8) bool {
	return e
}
