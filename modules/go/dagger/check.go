package main

import (
	"context"
	"errors"
	"strings"

	"dagger/go/internal/dagger"
)

// Report suspicious code with go vet.
func (m *Go) Vet(
	ctx context.Context,
	// Packages to check
	// +default=["./..."]
	packages []string,
) (string, error) {
	return m.Run(append([]string{"vet"}, packages...)).WithExec([]string{"echo", "go vet: no problems"}).Stdout(ctx)
}

// Fail, with the differences, when files are not formatted as gofmt does.
func (m *Go) CheckFormat(ctx context.Context) (string, error) {
	return m.formatter().
		WithExec([]string{"sh", "-c", `test -z "$(gofmt -l .)" || { gofmt -d . >&2; exit 1; }`}).
		WithExec([]string{"echo", "gofmt: no problems"}).
		Stdout(ctx)
}

// Format the source with gofmt and return what changes.
func (m *Go) Format() *dagger.Changeset {
	formatted := m.formatter().WithExec([]string{"gofmt", "-w", "."}).Directory("/src")
	return formatted.Changes(m.Source)
}

// Fail, with the differences, when go.mod and go.sum do not say what the code imports.
func (m *Go) CheckTidy(ctx context.Context) (string, error) {
	return m.Run([]string{"mod", "tidy", "-diff"}).WithExec([]string{"echo", "go mod tidy: no problems"}).Stdout(ctx)
}

// Check with go vet and gofmt at once.
func (m *Go) Lint(ctx context.Context) (string, error) {
	return together(
		func() (string, error) { return m.Vet(ctx, everything) },
		func() (string, error) { return m.CheckFormat(ctx) },
	)
}

// Check with staticcheck, which go downloads and compiles the first time.
func (m *Go) Staticcheck(
	ctx context.Context,
	// Version of its Go module
	// +default="v0.8.2"
	version string,
	// Packages to check
	// +default=["./..."]
	packages []string,
) (string, error) {
	tool := []string{"run", "honnef.co/go/tools/cmd/staticcheck@" + version}
	return m.Run(append(tool, packages...)).WithExec([]string{"echo", "staticcheck: no problems"}).Stdout(ctx)
}

// Lint and test at once.
// +check
func (m *Go) Check(ctx context.Context) (string, error) {
	return together(
		func() (string, error) { return m.Lint(ctx) },
		func() (string, error) { return m.Test(ctx, everything, "", false, false, 1) },
	)
}

var everything = []string{"./..."}

// formatter is Go with the source, without what it depends on.
func (m *Go) formatter() *dagger.Container {
	return m.image().WithDirectory("/src", m.Source).WithWorkdir("/src/" + m.Path)
}

// together runs all steps at once and joins what they print; it fails when one does, after all have ended.
func together(steps ...func() (string, error)) (string, error) {
	type outcome struct {
		output string
		err    error
	}
	outcomes := make([]chan outcome, len(steps))
	for i, step := range steps {
		outcomes[i] = make(chan outcome, 1)
		go func() {
			output, err := step()
			outcomes[i] <- outcome{output, err}
		}()
	}
	var outputs []string
	var errs []error
	for _, each := range outcomes {
		result := <-each
		outputs, errs = append(outputs, strings.TrimSuffix(result.output, "\n")), append(errs, result.err)
	}
	for _, err := range errs {
		var failed *dagger.ExecError
		if errors.As(err, &failed) {
			return "", failed
		}
	}
	return strings.Join(outputs, "\n") + "\n", errors.Join(errs...)
}

func commas(values []string) string { return strings.Join(values, ",") }
