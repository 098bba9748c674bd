package main

import "dagger/test/internal/dagger"

// Ci is the main object.
type Ci struct{}

func (m *Ci) A(s *dagger.Secret, c *dagger.CacheVolume, p dagger.JSON, f dagger.PortForward, id dagger.ContainerID) (*dagger.Service, error) {
	return nil, nil
}

func (m *Ci) B(x dagger.Node) {}
