package main

type Ci struct{}

type Mode string

const Fast Mode = "fast"

func (m *Ci) F(
	// +default="x"
	count int,
	// +default=1
	ok bool,
	// +default="quick"
	mode Mode,
	// +default=1
	names []string,
	// +default="x"
	ratio float64,
) {
}
