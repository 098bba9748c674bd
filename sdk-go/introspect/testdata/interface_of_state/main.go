package main

import (
	"context"

	"dagger/test/internal/dagger"
)

type Ci struct {
	D Duck `json:"duck"`
	// +private
	Ds [][]Duck
}

type Duck interface {
	DaggerObject
	Quack(ctx context.Context) (string, error)
	Self(ctx context.Context, at *dagger.Directory) (*dagger.Container, error)
}
