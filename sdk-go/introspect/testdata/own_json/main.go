package main

type Ci struct{}

type Level string

const LevelHigh Level = "high"

func (l Level) Name() string { return "x" }

func (l Level) String() string { return "y" }

func (m *Ci) MarshalJSON() ([]byte, error) { return []byte("{}"), nil }

func (m *Ci) UnmarshalJSON([]byte) error { return nil }

func (m *Ci) F(l Level) {}
