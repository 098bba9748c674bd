// Calls modules of this repository, in Python and TypeScript, from Go.
package main

import (
	"context"

	"dagger/uses/internal/dagger"
)

// Functions for tests.
type Uses struct{}

// Tested runs the tests of a Python project with a package that it does not name.
func (m *Uses) Tested(ctx context.Context, source *dagger.Directory) (string, error) {
	return dag.Python(source, dagger.PythonOpts{Version: "3.12"}).
		WithPackages([]string{"iniconfig"}).
		Test(ctx, dagger.PythonTestOpts{Args: []string{"-q"}})
}

// Versions runs the tests of a Node project and tells which versions passed.
func (m *Uses) Versions(ctx context.Context, source *dagger.Directory) ([]string, error) {
	results, err := dag.Nodejs(source).TestVersions(ctx, []string{"20", "22"})
	if err != nil {
		return nil, err
	}
	var passed []string
	for _, result := range results {
		version, err := result.Version(ctx)
		if err != nil {
			return nil, err
		}
		ok, err := result.Passed(ctx)
		if err != nil {
			return nil, err
		}
		if ok {
			passed = append(passed, version)
		}
	}
	return passed, nil
}
