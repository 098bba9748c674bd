package main

import (
	"context"
	"time"
)

// Ci is the main object.
type Ci struct{}

func (m *Ci) A(x map[string]int) {}

func (m *Ci) B(x chan int) {}

func (m *Ci) C(x func()) {}

func (m *Ci) D(x time.Duration) {}

func (m *Ci) E(x any) {}

func (m *Ci) F(x [2]int) {}

func (m *Ci) G(x []byte) {}

func (m *Ci) H(x error) {}

func (m *Ci) I(x int, ctx context.Context) {}

func (m *Ci) J() struct{ N int } { panic(0) }

func (m *Ci) K(x complex128) {}

func (m *Ci) L(x **int, y *[]int) {}

func (m *Ci) M(int, _ string) {}
