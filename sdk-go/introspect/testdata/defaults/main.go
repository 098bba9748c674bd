package main

import "dagger/test/internal/dagger"

type Ci struct{}

type Mode string

const (
	Fast Mode = "fast"
	Slow Mode = "slow"
)

func (m *Ci) F(
	// +default="golang:1.26"
	image string,
	// +default=alpine:latest
	other string,
	// +default=3.12
	version string,
	// +optional
	// +default=4
	count int,
	// +default=1.5
	ratio float64,
	// +default=true
	ok bool,
	// +default=["a", "b"]
	names []string,
	// +default="fast"
	mode Mode,
	// +default="UDP"
	protocol dagger.NetworkProtocol,
	// +default="linux/amd64"
	platform dagger.Platform,
) {
}
