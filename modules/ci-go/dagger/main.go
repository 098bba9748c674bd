// A pipeline for a Go server: build, test, lint, deploy, publish.
//
// Every function takes the application's directory and works in containers. Steps whose inputs have not changed come from
// the engine's cache.
package main

import (
	"context"
	"strings"
	"sync"

	"dagger/ci/internal/dagger"
)

// Build, test, lint, deploy and publish a Go server.
type Ci struct {
	// +private
	GoVersion string
}

func New(
	// Version of Go to build and test with
	// +default="1.26"
	goVersion string,
) *Ci {
	return &Ci{GoVersion: goVersion}
}

// golang is the application in an image with Go. It is not exported: a shared beginning, no function of the module.
func (m *Ci) golang(source *dagger.Directory) *dagger.Container {
	return dag.Container().
		From("golang:"+m.GoVersion+"-alpine").
		WithEnvVariable("CGO_ENABLED", "0").
		WithDirectory("/src", source).
		WithWorkdir("/src")
}

// tested runs the tests. The race detector needs a C compiler, which the smaller image does not have.
const tested = `if command -v gcc >/dev/null; then CGO_ENABLED=1 go test -v -race ./...; else go test -v ./...; fi`

// compiled is golang after the server is built.
func (m *Ci) compiled(source *dagger.Directory) *dagger.Container {
	return m.golang(source).WithExec([]string{"go", "build", "-trimpath", "-o", "/out/server", "."})
}

// Compile the server and return its name and size.
func (m *Ci) Build(
	ctx context.Context,
	// The application's directory, with its go.mod
	source *dagger.Directory,
) (string, error) {
	return m.compiled(source).WithExec([]string{"wc", "-c", "/out/server"}).Stdout(ctx)
}

// Run the tests, with the race detector where the image can, and return their report.
func (m *Ci) Test(
	ctx context.Context,
	// The application's directory, with its go.mod
	source *dagger.Directory,
) (string, error) {
	return dag.Container().
		From("golang:"+m.GoVersion).
		WithDirectory("/src", source).
		WithWorkdir("/src").
		WithExec([]string{"sh", "-c", tested}).
		Stdout(ctx)
}

// Check the code with go vet and gofmt and return their findings.
func (m *Ci) Lint(
	ctx context.Context,
	// The application's directory, with its go.mod
	source *dagger.Directory,
) (string, error) {
	return m.golang(source).
		WithExec([]string{"go", "vet", "./..."}).
		WithExec([]string{"sh", "-c", `test -z "$(gofmt -l .)" || { gofmt -d .; exit 1; }`}).
		WithExec([]string{"echo", "No problems found"}).
		Stdout(ctx)
}

// Build, test and lint, one after the other; stop at the first that fails.
func (m *Ci) All(
	ctx context.Context,
	// The application's directory, with its go.mod
	source *dagger.Directory,
) (string, error) {
	outputs := []string{}
	for _, step := range m.steps() {
		output, err := step(ctx, source)
		if err != nil {
			return "", err
		}
		outputs = append(outputs, output)
	}
	return strings.Join(outputs, "\n"), nil
}

// Build, test and lint at the same time. What they have in common runs once.
func (m *Ci) AllParallel(
	ctx context.Context,
	// The application's directory, with its go.mod
	source *dagger.Directory,
) (string, error) {
	steps := m.steps()
	outputs, errs := make([]string, len(steps)), make([]error, len(steps))
	var group sync.WaitGroup
	for i, step := range steps {
		group.Add(1)
		go func() {
			defer group.Done()
			outputs[i], errs[i] = step(ctx, source)
		}()
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return "", err
		}
	}
	return strings.Join(outputs, "\n"), nil
}

func (m *Ci) steps() []func(context.Context, *dagger.Directory) (string, error) {
	return []func(context.Context, *dagger.Directory) (string, error){m.Build, m.Test, m.Lint}
}

// Build with Go's compiled packages kept in a cache volume, so that only what changed is compiled.
func (m *Ci) BuildWithCache(
	ctx context.Context,
	// The application's directory, with its go.mod
	source *dagger.Directory,
) (string, error) {
	return m.golang(source).
		WithMountedCache("/root/.cache/go-build", dag.CacheVolume("go-build")).
		WithExec([]string{"go", "build", "-trimpath", "-o", "/out/server", "."}).
		WithExec([]string{"wc", "-c", "/out/server"}).
		Stdout(ctx)
}

// Return the image that runs the server, to be exported, published or continued by the caller.
func (m *Ci) Container(
	// The application's directory, with its go.mod
	source *dagger.Directory,
) *dagger.Container {
	return dag.Container().
		From("alpine:latest").
		WithFile("/usr/local/bin/server", m.compiled(source).File("/out/server")).
		WithExposedPort(8080).
		WithEntrypoint([]string{"/usr/local/bin/server"})
}

// Sign a release with the token. It reaches the one command that needs it and no layer, log or cache.
func (m *Ci) Deploy(
	ctx context.Context,
	// The application's directory, with its go.mod
	source *dagger.Directory,
	// Credential of the deployment, such as env://DEPLOY_TOKEN
	token *dagger.Secret,
) (string, error) {
	return m.compiled(source).
		WithSecretVariable("DEPLOY_TOKEN", token).
		WithExec([]string{"/out/server", "-sign"}).
		Stdout(ctx)
}

// Push the server's image and return its address with the digest.
func (m *Ci) Publish(
	ctx context.Context,
	// The application's directory, with its go.mod
	source *dagger.Directory,
	// Repository to push to, such as registry.example.com/team/server
	registry string,
	// Tag of the image
	// +default="latest"
	tag string,
) (string, error) {
	return m.Container(source).Publish(ctx, registry+":"+tag)
}
