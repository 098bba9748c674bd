package main

// Ci is the main object.
type Ci struct{}

func (m *Ci) F(
	// both
	a, b string,
	c string, // the third
) {
}

func (m *Ci) G(x, y int) int { return x + y }
