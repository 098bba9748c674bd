package main

import "dagger/test/internal/dagger"

type Ci struct{}

type Dir = dagger.Directory

type Names = []string

func (m *Ci) A(d *Dir, n Names) *Dir { return d }
