package main

// Ci is the main object.
type Ci struct{}

type Point struct{ X, Y int }

func (m *Ci) F(at Point, way []*Point) *Point { return &at }
