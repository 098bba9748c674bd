package main

import (
	"context"

	"dagger/test/internal/dagger"
)

type Ci struct {
	// +private
	D Duck
}

// Duck quacks.
type Duck interface {
	DaggerObject

	// Quack says.
	Quack(ctx context.Context, times int, opts struct {
		// +optional
		Loud bool
	}) (string, error)
	Mate() Duck
	Pond(ctx context.Context) (*dagger.Directory, error)
	Eggs(ctx context.Context) ([]*dagger.File, error)
	Friends(ctx context.Context) ([]Duck, error)
	Swim(ctx context.Context, ducks ...Duck) error
	Mood(ctx context.Context, mood *Mood) (Mood, error)
}

type Mood string

const MoodGood Mood = "good"

func (m *Ci) Listen(duck Duck, ducks []Duck, groups [][]Duck, maybe ...Duck) Duck { return duck }
