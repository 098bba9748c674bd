package main

import (
	"strings"

	"dagger/go/internal/dagger"
)

// Compile packages and return the directory with their programs.
func (m *Go) Build(
	// Packages to compile
	// +default=["./..."]
	packages []string,
	// Platform to compile for, such as `linux/arm64`, `darwin/arm64` or `windows/amd64`; by default the engine's
	// +optional
	platform string,
	// Flags of the linker, such as `-s -w` or `-X main.version=1.2.3`
	// +optional
	ldflags string,
) *dagger.Directory {
	args := []string{"go", "build", "-trimpath", "-ldflags=" + ldflags, "-o", "/out/"}
	return m.forPlatform(platform).
		WithDirectory("/out", dag.Directory()).
		WithExec(append(args, packages...)).
		Directory("/out")
}

// Compile one program and return it.
func (m *Go) Binary(
	// Package with the program
	// +default="."
	pkg string,
	// Platform to compile for, as in `build`
	// +optional
	platform string,
	// Flags of the linker, as in `build`
	// +optional
	ldflags string,
	// Name of the file
	// +default="app"
	name string,
) *dagger.File {
	out := "/out/" + name
	return m.forPlatform(platform).
		WithExec([]string{"go", "build", "-trimpath", "-ldflags=" + ldflags, "-o", out, pkg}).
		File(out)
}

// Compile packages for several platforms at once: a directory with a folder for each, such as `linux_arm64`.
func (m *Go) Matrix(
	// Platforms to compile for
	// +default=["linux/amd64","linux/arm64","darwin/arm64","windows/amd64"]
	platforms []string,
	// Packages to compile
	// +default=["./..."]
	packages []string,
	// Flags of the linker, as in `build`
	// +optional
	ldflags string,
) *dagger.Directory {
	all := dag.Directory()
	for _, platform := range platforms {
		all = all.WithDirectory(strings.ReplaceAll(platform, "/", "_"), m.Build(packages, platform, ldflags))
	}
	return all
}

// Compile one program and return an image that runs it.
func (m *Go) Image(
	// Package with the program
	// +default="."
	pkg string,
	// Image to put it into; by default one with nothing else, which suits programs without cgo
	// +optional
	base *dagger.Container,
	// Platform of the image, as in `build`
	// +optional
	platform dagger.Platform,
	// Flags of the linker, as in `build`
	// +optional
	ldflags string,
) *dagger.Container {
	if base == nil {
		base = dag.Container(dagger.ContainerOpts{Platform: platform})
	}
	return base.
		WithFile("/app", m.Binary(pkg, string(platform), ldflags, "app")).
		WithEntrypoint([]string{"/app"})
}

// forPlatform is the container with the variables that choose a platform.
func (m *Go) forPlatform(platform string) *dagger.Container {
	container := m.Container()
	parts := strings.Split(platform, "/")
	if len(parts) > 1 {
		container = container.WithEnvVariable("GOOS", parts[0]).WithEnvVariable("GOARCH", parts[1])
	}
	if len(parts) > 2 {
		container = container.WithEnvVariable("GOARM", strings.TrimPrefix(parts[2], "v"))
	}
	return container
}
