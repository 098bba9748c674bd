//! A new module in Go.

use dockwright_schema::names::{kebab_case, pascal_case};

/// Files relative to the module's source.
pub(super) fn files(name: &str) -> Vec<(&'static str, String)> {
    let fill = |text: &str| {
        text.replace("{path}", &format!("dagger/{}", kebab_case(name)))
            .replace("{type}", &pascal_case(name))
    };
    vec![
        ("go.mod", fill(MOD)),
        ("main.go", fill(MAIN)),
        (".gitignore", "/dagger.gen.go\n/internal/dagger\n".to_owned()),
    ]
}

const MOD: &str = "module {path}\n\ngo 1.24\n";

const MAIN: &str = r#"// A module of functions: build, test and ship from code.
package main

import (
	"context"

	"{path}/internal/dagger"
)

// Functions of this project's pipeline.
type {type} struct{}

// Greet someone. Runs without any container.
func (m *{type}) Hello(
	// Whom to greet
	// +default="world"
	name string,
) string {
	return "Hello, " + name + "!"
}

// A container that prints the text.
func (m *{type}) ContainerEcho(text string) *dagger.Container {
	return dag.Container().From("alpine:latest").WithExec([]string{"echo", text})
}

// Lines of the directory's files that match the pattern.
func (m *{type}) GrepDir(ctx context.Context, source *dagger.Directory, pattern string) (string, error) {
	return dag.Container().
		From("alpine:latest").
		WithMountedDirectory("/mnt", source).
		WithWorkdir("/mnt").
		WithExec([]string{"grep", "-R", pattern, "."}).
		Stdout(ctx)
}
"#;
