package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

func TestVisitsAreCounted(t *testing.T) {
	handler := newServer()
	answer(handler, "/greet?name=Ada")
	if got := answer(handler, "/greet?name=Ada"); got != `{"text":"Hello, Ada!","visits":2}` {
		t.Error(got)
	}
	if got := answer(handler, "/greet?name=Bob"); got != `{"text":"Hello, Bob!","visits":1}` {
		t.Error(got)
	}
}

func TestANameIsNeeded(t *testing.T) {
	if got := answer(newServer(), "/greet?name=+"); got != "name is missing" {
		t.Error(got)
	}
}

func TestHealth(t *testing.T) {
	if got := answer(newServer(), "/health"); got != "ok" {
		t.Error(got)
	}
}

func TestReleasesAreSigned(t *testing.T) {
	program := filepath.Join(t.TempDir(), "server")
	if err := os.WriteFile(program, []byte("program"), 0o600); err != nil {
		t.Fatal(err)
	}
	signed, err := signRelease(program, "token")
	if err != nil || !regexp.MustCompile(`^release [0-9a-f]{12} signed [0-9a-f]{12}$`).MatchString(signed) {
		t.Error(signed, err)
	}
	if _, err := signRelease(program, ""); err == nil {
		t.Error("there must be a token")
	}
}
