package main

// Thing is elsewhere.
type Thing struct{ N int }

func (m *Ci) Z() {}
