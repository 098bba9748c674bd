// Builds and tests a Go project.
//
// It is the sample of the SDK's tests.
package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"dagger/test/internal/dagger"
)

// Ci runs the pipelines.
type Ci struct {
	// Base image
	Base string
	// +private
	Source *dagger.Directory
	Tags   []string
}

// New makes a Ci.
func New(
	// The sources
	// +defaultPath="/"
	// +ignore=["bin", "**/*.log"]
	source *dagger.Directory,
	// base image
	// +default="golang:1.26"
	base string,
) *Ci {
	return &Ci{Base: base, Source: source}
}

// How bad something is.
type Severity string

const (
	// Not so bad
	SeverityLow Severity = "low"
	// Bad
	// +deprecated="use Low"
	SeverityHigh Severity = "high"
)

// A Duck quacks.
type Duck interface {
	DaggerObject

	// Quack says something.
	Quack(ctx context.Context, loud bool) (string, error)
	// Pond is where it lives.
	Pond() *dagger.Directory
}

// A Report tells of a run.
type Report struct {
	Name   string `json:"title"`
	Took   int
	Parts  []*Report
	Worst  Severity
	Duck   Duck
	Ducks  []Duck
	Output *dagger.File
}

// Lines counts.
func (r Report) Lines(ctx context.Context) (int, error) {
	text, err := r.Output.Contents(ctx)
	return strings.Count(text, "\n"), err
}

// Hello greets.
func (m *Ci) Hello(name string) string { return "hello " + name }

// Build builds the source.
func (m *Ci) Build(ctx context.Context, source *dagger.Directory) *dagger.Container {
	return dag.Container().From(m.Base).WithDirectory("/src", source).WithWorkdir("/src").
		WithExec([]string{"go", "build", "./..."}, dagger.ContainerWithExecOpts{Expect: dagger.ReturnTypeAny})
}

// Test runs the tests.
// +check
func (m *Ci) Test(ctx context.Context) error {
	_, err := m.Build(ctx, m.Source).WithExec([]string{"go", "test", "./..."}).Sync(ctx)
	var failed *dagger.ExecError
	if errors.As(err, &failed) {
		return fmt.Errorf("exit %d: %w", failed.ExitCode, err)
	}
	return err
}

// All runs n at once.
func (m *Ci) All(ctx context.Context, n int, opts struct {
	// How long to wait
	// +optional
	Seconds *int
	// +default=["a", "b"]
	Names []string
}) ([]string, error) {
	var group sync.WaitGroup
	found := make([]string, n)
	errs := make([]error, n)
	for i := range n {
		group.Add(1)
		go func() {
			defer group.Done()
			found[i], errs[i] = m.Build(ctx, m.Source).WithEnvVariable("N", fmt.Sprint(i)).Stdout(ctx)
		}()
	}
	group.Wait()
	time.Sleep(time.Millisecond)
	return found, errors.Join(errs...)
}

// Listen asks ducks.
func (m *Ci) Listen(ctx context.Context, duck Duck, ducks []Duck, worst Severity) (*Report, error) {
	_, err := duck.Quack(ctx, true)
	return &Report{Name: "listen", Duck: duck, Ducks: ducks, Worst: worst, Output: duck.Pond().File("x")}, err
}

// Boom panics.
func (m *Ci) Boom() string {
	var none *Ci
	return none.Base
}

// Tell is told of tags.
func (m *Ci) Tell(tags ...string) []Severity { return nil }
