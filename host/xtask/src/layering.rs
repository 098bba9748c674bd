//! Checks that dependencies between crates point one way, as `host/README.md` draws them.

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    /// What each crate may depend on. `cli` and `xtask` compose; nobody depends on them.
    const ALLOWED: &[(&str, &[&str])] = &[
        ("telemetry", &[]),
        ("schema", &[]),
        ("ui", &["telemetry"]),
        ("codegen", &["schema"]),
        ("typescript", &["schema"]),
        ("http", &[]),
        ("go", &["http", "schema"]),
        ("registry", &["http", "schema"]),
        ("rust", &[]),
        ("server", &["schema"]),
        ("module", &["schema", "go", "http", "registry", "rust", "typescript"]),
        ("runtime", &["go", "schema", "telemetry", "typescript"]),
        ("engine", &["telemetry"]),
        ("api", &["schema", "engine", "telemetry"]),
        (
            "cli",
            &[
                "api",
                "codegen",
                "engine",
                "go",
                "http",
                "module",
                "registry",
                "runtime",
                "rust",
                "schema",
                "server",
                "telemetry",
                "ui",
            ],
        ),
        ("xtask", &["codegen", "go", "runtime", "schema", "typescript"]),
    ];

    #[test]
    fn crates_depend_in_one_direction() {
        let host = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for (name, allowed) in ALLOWED {
            let manifest = fs_err::read_to_string(host.join(name).join("Cargo.toml")).unwrap();
            let found: BTreeSet<&str> = manifest
                .lines()
                .filter_map(|line| line.strip_prefix("dockwright-")?.split(['.', ' ', '=']).next())
                .collect();
            let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
            assert!(
                found.is_subset(&allowed),
                "{name} depends on {:?}",
                found.difference(&allowed)
            );
        }
        let crates = fs_err::read_dir(host)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().join("Cargo.toml").exists());
        assert_eq!(crates.count(), ALLOWED.len(), "a crate is missing from the table");
    }
}
