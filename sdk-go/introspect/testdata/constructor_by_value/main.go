package main

import "context"

type Ci struct{ Name string }

func New(ctx context.Context) Ci { return Ci{Name: "x"} }
