package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"

	"dagger/go/internal/dagger"
)

// What the tests said with one version of Go.
type VersionResult struct {
	// Version of Go
	Version string
	// Whether all tests passed
	Passed bool
	// The report of `go test`
	Report string
}

// Run the tests and return their report.
func (m *Go) Test(
	ctx context.Context,
	// Packages to test
	// +default=["./..."]
	packages []string,
	// Only tests whose names match this pattern
	// +optional
	run string,
	// Look for data races; needs `with-cgo`
	// +optional
	race bool,
	// Leave out long tests
	// +optional
	short bool,
	// How often to run each test
	// +default=1
	count int,
) (string, error) {
	return m.tested(packages, testFlags(run, race, short, count)).Stdout(ctx)
}

// Run the tests and return the coverage profile.
func (m *Go) Coverage(
	// Packages to test
	// +default=["./..."]
	packages []string,
) *dagger.File {
	return m.tested(packages, []string{"-coverprofile=/tmp/coverage.out", "-covermode=atomic"}).File("/tmp/coverage.out")
}

// Run the tests and return how much of the code they reach, in percent.
func (m *Go) CoveragePercent(
	ctx context.Context,
	// Packages to test
	// +default=["./..."]
	packages []string,
) (float64, error) {
	table, err := m.Container().
		WithMountedFile("/tmp/coverage.out", m.Coverage(packages)).
		WithExec([]string{"go", "tool", "cover", "-func=/tmp/coverage.out"}).
		Stdout(ctx)
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(table)
	if len(fields) == 0 {
		return 0, errors.New("`go tool cover` reported nothing")
	}
	return strconv.ParseFloat(strings.TrimSuffix(fields[len(fields)-1], "%"), 64)
}

// Run the tests with several versions of Go at once. Failures are in the results, not an error.
func (m *Go) TestVersions(
	ctx context.Context,
	// Versions of Go
	versions []string,
	// Packages to test
	// +default=["./..."]
	packages []string,
) ([]*VersionResult, error) {
	results, errs := make([]*VersionResult, len(versions)), make([]error, len(versions))
	var group sync.WaitGroup
	for i, version := range versions {
		group.Add(1)
		go func() {
			defer group.Done()
			with := *m
			with.Version = version
			results[i], errs[i] = with.result(ctx, packages)
		}()
	}
	group.Wait()
	return results, errors.Join(errs...)
}

func (m *Go) result(ctx context.Context, packages []string) (*VersionResult, error) {
	report, err := m.tested(packages, nil).Stdout(ctx)
	var failed *dagger.ExecError
	switch {
	case errors.As(err, &failed):
		return &VersionResult{Version: m.Version, Report: failed.Stdout + failed.Stderr}, nil
	case err != nil:
		return nil, err
	}
	return &VersionResult{Version: m.Version, Passed: true, Report: report}, nil
}

func (m *Go) tested(packages, flags []string) *dagger.Container {
	return m.Run(append(append([]string{"test"}, flags...), packages...))
}

func testFlags(run string, race, short bool, count int) []string {
	flags := []string{"-count=" + strconv.Itoa(count)}
	if run != "" {
		flags = append(flags, "-run="+run)
	}
	if race {
		flags = append(flags, "-race")
	}
	if short {
		flags = append(flags, "-short")
	}
	return flags
}
