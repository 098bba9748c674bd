package main

import "dagger/test/internal/dagger"

type Ci struct {
	// The name
	Name    string
	Title   string `json:"heading,omitempty"`
	Skipped string `json:"-"`
	// +private
	SecretMap map[string]string
	hidden    chan int
	URL       string // where
	// +deprecated="no"
	Old   int
	Dirs  []*dagger.Directory
	A, B  bool
	Parts []Part
}

type Part struct{ N int }
