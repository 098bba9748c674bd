package main

type Ci struct{}

// Severity is how bad.
type Severity string

const (
	// Unknown yet
	Unknown Severity = "UNKNOWN"
	Low     Severity = "LOW" // harmless
	// Bad
	// +deprecated="use Low"
	High  Severity = "HIGH"
	other Severity = "OTHER"
)

type Level int

const (
	LevelOne Level = iota + 1
	LevelTwo
)

func (m *Ci) F(s Severity, l []Level, p *Severity) Severity { return s }
