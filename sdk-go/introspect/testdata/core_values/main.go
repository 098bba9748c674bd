package main

import "dagger/test/internal/dagger"

// Ci is the main object.
type Ci struct{}

func (m *Ci) A(s *dagger.Secret, p dagger.JSON, f dagger.PortForward, fs []dagger.File, id dagger.ContainerID, x dagger.ID) (dagger.Container, error) {
	return dagger.Container{}, nil
}
