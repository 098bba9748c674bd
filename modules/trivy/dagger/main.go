// Look for vulnerabilities, secrets and misconfigurations with Trivy, and fail from a severity on.
//
// Trivy's database is kept in a cache volume.
package main

import (
	"context"
	"slices"
	"strings"

	"dagger/trivy/internal/dagger"
)

// Severity is how bad a finding is.
type Severity string

const (
	// Not rated yet
	SeverityUnknown Severity = "UNKNOWN"
	// Hardly matters
	SeverityLow Severity = "LOW"
	// Matters in some settings
	SeverityMedium Severity = "MEDIUM"
	// Should be repaired soon
	SeverityHigh Severity = "HIGH"
	// Must be repaired
	SeverityCritical Severity = "CRITICAL"
)

var severities = []Severity{SeverityUnknown, SeverityLow, SeverityMedium, SeverityHigh, SeverityCritical}

// Scanner is something that Trivy looks for.
type Scanner string

const (
	// Packages with known vulnerabilities
	ScannerVuln Scanner = "VULN"
	// Keys and passwords in files
	ScannerSecret Scanner = "SECRET"
	// Dockerfiles, Kubernetes and Terraform files that are not safe
	ScannerMisconfig Scanner = "MISCONFIG"
	// Licences of packages
	ScannerLicense Scanner = "LICENSE"
)

// Trivy and how strict it is. Functions that begin with `with` return a changed copy.
type Trivy struct {
	// +private
	Version string
	// +private
	Base *dagger.Container
	// +private
	Severity Severity
	// +private
	Scanners []Scanner
	// +private
	IgnoreUnfixed bool
	// +private
	IgnoreFile *dagger.File
	// +private
	Database string
}

func New(
	// Tag of the image `aquasec/trivy`
	// +default="0.67.2"
	version string,
	// Image with trivy, in place of that one
	// +optional
	base *dagger.Container,
	// Findings from this severity on fail a check; reports have those alone
	// +default="HIGH"
	severity Severity,
	// What to look for
	// +default=["VULN","SECRET"]
	scanners []Scanner,
	// Leave out vulnerabilities that no newer version repairs
	// +optional
	ignoreUnfixed bool,
) *Trivy {
	return &Trivy{Version: version, Base: base, Severity: severity, Scanners: scanners, IgnoreUnfixed: ignoreUnfixed}
}

// Leave out the findings that a file names.
func (m *Trivy) WithIgnoreFile(
	// A .trivyignore: one identifier a line
	file *dagger.File,
) *Trivy {
	changed := *m
	changed.IgnoreFile = file
	return &changed
}

// Fetch the database of vulnerabilities from a mirror.
func (m *Trivy) WithDatabase(
	// Its repository, such as `registry.example.com/mirror/trivy-db`
	repository string,
) *Trivy {
	changed := *m
	changed.Database = repository
	return &changed
}

// Scan a directory: lock files of package managers, secrets in all files.
func (m *Trivy) Directory(
	// The directory
	source *dagger.Directory,
) *Scan {
	return &Scan{Trivy: m, Command: []string{"fs", "/scan"}, Source: source}
}

// Scan a container's image: packages of its distribution and of applications in it.
func (m *Trivy) Container(
	// The container
	container *dagger.Container,
) *Scan {
	source := dag.Directory().WithFile("image.tar", container.AsTarball())
	return &Scan{Trivy: m, Command: []string{"image", "--input", "/scan/image.tar"}, Source: source}
}

// Scan an image in a registry.
func (m *Trivy) Image(
	// Its address
	address string,
) *Scan {
	return m.Container(dag.Container().From(address))
}

// Fail when a container's image has findings. With this function the module is a scanner for `docker-build`.
func (m *Trivy) CheckContainer(
	ctx context.Context,
	// The container
	container *dagger.Container,
) (string, error) {
	return m.Container(container).Check(ctx)
}

// trivy is the program with its cache.
func (m *Trivy) trivy() *dagger.Container {
	container := m.Base
	if container == nil {
		container = dag.Container().From("aquasec/trivy:" + m.Version)
	}
	locked := dagger.ContainerWithMountedCacheOpts{Sharing: dagger.CacheSharingModeLocked}
	container = container.WithMountedCache("/root/.cache/trivy", dag.CacheVolume("trivy"), locked)
	if m.IgnoreFile != nil {
		container = container.WithMountedFile("/trivyignore", m.IgnoreFile)
	}
	return container
}

func (m *Trivy) flags() []string {
	var wanted, scanners []string
	for _, each := range severities[slices.Index(severities, m.Severity):] {
		wanted = append(wanted, string(each))
	}
	for _, each := range m.Scanners {
		scanners = append(scanners, strings.ToLower(string(each)))
	}
	flags := []string{"--severity=" + strings.Join(wanted, ","), "--scanners=" + strings.Join(scanners, ","), "--no-progress"}
	if m.IgnoreUnfixed {
		flags = append(flags, "--ignore-unfixed")
	}
	if m.IgnoreFile != nil {
		flags = append(flags, "--ignorefile=/trivyignore")
	}
	if m.Database != "" {
		flags = append(flags, "--db-repository="+m.Database)
	}
	return flags
}
