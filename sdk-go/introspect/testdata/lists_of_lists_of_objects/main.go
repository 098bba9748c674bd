package main

import "dagger/test/internal/dagger"

type Ci struct {
	Dirs  [][]*dagger.Directory
	Names [][]string
}

func (m *Ci) F(dirs [][]*dagger.Directory) [][]*dagger.Directory { return dirs }
