// Build, test and check programs in Go, in containers.
//
// Downloaded modules and compiled packages are kept in cache volumes. go.mod and go.sum go in before the rest, so an edit of the
// code downloads nothing.
package main

import (
	"path"

	"dagger/go/internal/dagger"
)

// A Go module or workspace and how to work on it. Functions that begin with `with` return a changed copy.
type Go struct {
	// +private
	Source *dagger.Directory
	// +private
	Version string
	// +private
	Base *dagger.Container
	// +private
	Path string
	// +private
	Cgo bool
	// +private
	Tags []string
	// +private
	Variables []Variable
	// +private
	Private []string
	// +private
	Netrc *dagger.Secret
}

// Variable is one of the environment.
type Variable struct {
	// +private
	Name string
	// +private
	Value string
}

func New(
	// Directory with go.mod or go.work
	source *dagger.Directory,
	// Version of Go: the tag of the image `golang`, without its variant
	// +default="1.26"
	version string,
	// Image to work in, in place of `golang`; it must have Go on its PATH
	// +optional
	base *dagger.Container,
	// Folder of the source to work in, for repositories with several modules
	// +default="."
	path string,
) *Go {
	return &Go{Source: source, Version: version, Base: base, Path: path}
}

// Compile C too. The image is then Debian's variant, which has a C compiler.
func (m *Go) WithCgo() *Go {
	changed := *m
	changed.Cgo = true
	return &changed
}

// Build with tags.
func (m *Go) WithTags(
	// Build tags, such as `integration`
	tags []string,
) *Go {
	changed := *m
	changed.Tags = append(append([]string{}, m.Tags...), tags...)
	return &changed
}

// Set a variable of the environment for every command.
func (m *Go) WithEnvVariable(
	// Name, such as `GOEXPERIMENT`
	name string,
	// Its value
	value string,
) *Go {
	changed := *m
	changed.Variables = append(append([]Variable{}, m.Variables...), Variable{Name: name, Value: value})
	return &changed
}

// Fetch modules of private hosts directly, with credentials.
func (m *Go) WithPrivate(
	// Patterns of module paths, as in GOPRIVATE: `github.com/acme/*`
	patterns []string,
	// A .netrc with the credentials of their hosts; only the download sees it
	// +optional
	netrc *dagger.Secret,
) *Go {
	changed := *m
	changed.Private = append(append([]string{}, m.Private...), patterns...)
	if netrc != nil {
		changed.Netrc = netrc
	}
	return &changed
}

// Return the container that every function works in: Go, caches, downloaded modules, source.
func (m *Go) Container() *dagger.Container {
	manifests := dagger.ContainerWithDirectoryOpts{Include: []string{"**/go.mod", "**/go.sum", "go.work", "go.work.sum"}}
	download := m.toolchain().
		WithDirectory("/src", m.Source, manifests).
		WithWorkdir(path.Join("/src", m.Path))
	if m.Netrc != nil {
		download = download.WithMountedSecret("/root/.netrc", m.Netrc)
	}
	download = download.WithExec([]string{"go", "mod", "download"})
	if m.Netrc != nil {
		download = download.WithoutMount("/root/.netrc")
	}
	return download.WithDirectory("/src", m.Source)
}

// Run a go command and return the container after it.
func (m *Go) Run(
	// Its arguments: `generate,./...`
	args []string,
) *dagger.Container {
	return m.Container().WithExec(append([]string{"go"}, args...))
}

// toolchain is an image with Go and its caches, and nothing of the source.
func (m *Go) toolchain() *dagger.Container {
	cgo := "0"
	if m.Cgo {
		cgo = "1"
	}
	container := m.image().
		WithMountedCache("/cache/mod", dag.CacheVolume("go-mod")).
		WithMountedCache("/cache/build", dag.CacheVolume("go-build")).
		WithEnvVariable("GOMODCACHE", "/cache/mod").
		WithEnvVariable("GOCACHE", "/cache/build").
		WithEnvVariable("CGO_ENABLED", cgo)
	if len(m.Private) > 0 {
		container = container.WithEnvVariable("GOPRIVATE", commas(m.Private))
	}
	if len(m.Tags) > 0 {
		container = container.WithEnvVariable("GOFLAGS", "-tags="+commas(m.Tags))
	}
	for _, variable := range m.Variables {
		container = container.WithEnvVariable(variable.Name, variable.Value)
	}
	return container
}

func (m *Go) image() *dagger.Container {
	switch {
	case m.Base != nil:
		return m.Base
	case m.Cgo:
		return dag.Container().From("golang:" + m.Version)
	default:
		return dag.Container().From("golang:" + m.Version + "-alpine")
	}
}
