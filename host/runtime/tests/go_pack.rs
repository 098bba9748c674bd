//! Modules in Go, built by Go's own tools in this runtime. Needs `target/release/runtimes` with the Go toolchain pack
//! (`cargo xtask runtimes`), or another installation folder in `DOCKWRIGHT_TEST_INSTALL`. No Go is run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise, and say why when they are skipped"
)]

#[path = "go_pack/lab.rs"]
mod lab;
mod support;

use lab::Builder;
use serde_json::json;

const HELLO: &str = "package main\n\nimport \"strings\"\n\ntype Ci struct{}\n\nfunc (m *Ci) Hello(name string) string {\n\treturn strings.ToUpper(name)\n}\n";

fn module(files: &[(&str, &str)]) -> Option<Builder> {
    let builder = Builder::new()?;
    builder.write("go.mod", "module dagger/ci\n\ngo 1.24\n");
    for (path, text) in files {
        builder.write(path, text);
    }
    Some(builder)
}

/// One object with a function `Hello` whose result is that expression.
fn returning(imports: &str, expression: &str) -> String {
    format!(
        "package main\n\nimport (\n{imports})\n\ntype Ci struct{{}}\n\nfunc (m *Ci) Hello() string {{\n\treturn {expression}\n}}\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_module_is_built_and_called() {
    let Some(builder) = module(&[("main.go", HELLO)]) else {
        return;
    };
    let component = builder.build().await.unwrap();
    assert_eq!(builder.call(&component, &[("name", json!("ada"))]).await, json!("ADA"));
    let again = builder.build().await.unwrap();
    assert_eq!(component, again, "the same source gives the same bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn packages_below_and_embedded_files_belong_to_it() {
    let main = returning("\t\"dagger/ci/internal/text\"\n", "text.Greeting()");
    let text = "package text\n\nimport (\n\t\"embed\"\n\t_ \"embed\"\n)\n\n//go:embed greeting.txt\nvar greeting string\n\n//go:embed all:more\nvar more embed.FS\n\nfunc Greeting() string {\n\tbytes, err := more.ReadFile(\"more/_x.txt\")\n\tif err != nil {\n\t\treturn err.Error()\n\t}\n\treturn greeting + string(bytes) + name\n}\n";
    let files = [
        ("main.go", main.as_str()),
        ("internal/text/text.go", text),
        (
            "internal/text/name_wasip1.go",
            "package text\n\nconst name = \"wasip1\"\n",
        ),
        (
            "internal/text/name_linux.go",
            "package text\n\nconst name = \"linux\"\n",
        ),
        (
            "internal/text/old.go",
            "/* A licence. */\n\n// +build !wasm\n\npackage text\n\nconst name = \"old\"\n",
        ),
        ("internal/text/greeting.txt", "hello "),
        ("internal/text/more/_x.txt", "world "),
    ];
    let Some(builder) = module(&files) else { return };
    let component = builder.build().await.unwrap();
    assert_eq!(builder.call(&component, &[]).await, json!("hello world wasip1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_as_go_tells_it() {
    let broken = "package main\n\nimport (\n\t\"github.com/nobody/nothing\"\n\t\"no/such/package\"\n\t\"internal/abi\"\n)\n\ntype Ci struct{}\n\nfunc (m *Ci) Hello() string { return nothing.X + package.Y + abi.Z }\n"
        .replace("package.Y", "\"\"");
    let cases = [
        (
            vec![("main.go", returning("", "42"))],
            "main.go:9:9: cannot use 42 (untyped int constant) as string value in return statement",
        ),
        (
            vec![("main.go", broken)],
            "main.go:4:2: no required module provides package github.com/nobody/nothing; to add it:\n\tgo get github.com/nobody/nothing\nmain.go:5:2: package no/such/package is not in std\nmain.go:6:2: use of internal package internal/abi not allowed",
        ),
        (
            vec![
                ("main.go", returning("\t\"dagger/ci/low\"\n", "low.X")),
                ("low/low.go", "package low\n\nvar X string = 1\n".to_owned()),
            ],
            "low/low.go:3:16: cannot use 1 (untyped int constant) as string value in variable declaration",
        ),
        (
            vec![
                ("main.go", returning("\t\"dagger/ci/low\"\n", "low.X")),
                ("low/low.go", "package low\n\nimport \"C\"\n\nconst X = \"\"\n".to_owned()),
            ],
            "low/low.go:3:8: import \"C\": package dagger/ci/low needs cgo, and a module runs as WebAssembly, where there is none",
        ),
        (
            vec![
                ("main.go", returning("\t\"dagger/ci/a\"\n", "a.X")),
                ("a/a.go", "package a\n\nimport \"dagger/ci/b\"\n\nvar X = b.X\n".to_owned()),
                ("b/b.go", "package b\n\nimport \"dagger/ci/a\"\n\nvar X = a.X\n".to_owned()),
            ],
            "b/b.go:3:8: import cycle not allowed: it leads back to package dagger/ci/a",
        ),
        (
            vec![(
                "main.go",
                "package main\n\nimport _ \"embed\"\n\n//go:embed missing.txt\nvar text string\n\ntype Ci struct{}\n\nfunc (m *Ci) Hello() string { return text }\n".to_owned(),
            )],
            "main.go:5:12: pattern missing.txt: no matching files found",
        ),
    ];
    let Some(builder) = Builder::new() else { return };
    for (files, told) in cases {
        let builder = builder.another();
        builder.write("go.mod", "module dagger/ci\n\ngo 1.24\n");
        for (path, text) in &files {
            builder.write(path, text);
        }
        assert_eq!(builder.build().await.unwrap_err(), told);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_language_is_refused() {
    let Some(builder) = module(&[("main.go", HELLO), ("go.mod", "module dagger/ci\n\ngo 1.99\n")]) else {
        return;
    };
    let told = builder.build().await.unwrap_err();
    assert!(
        told.starts_with("go: go.mod requires go >= 1.99 (running go 1."),
        "{told}"
    );
}

const GREET: &str = "package greet\n\nfunc Text() string { return \"from another module\" }\n";

#[tokio::test(flavor = "multi_thread")]
async fn vendored_packages_are_used() {
    let main = returning("\t\"example.com/greet\"\n", "greet.Text()");
    let files = [
        ("main.go", main.as_str()),
        (
            "go.mod",
            "module dagger/ci\n\ngo 1.24\n\nrequire example.com/greet v1.0.0\n",
        ),
        (
            "vendor/modules.txt",
            "# example.com/greet v1.0.0\n## explicit; go 1.21\nexample.com/greet\n",
        ),
        ("vendor/example.com/greet/greet.go", GREET),
    ];
    let Some(builder) = module(&files) else { return };
    let component = builder.build().await.unwrap();
    assert_eq!(builder.call(&component, &[]).await, json!("from another module"));
    builder.write(
        "go.mod",
        "module dagger/ci\n\ngo 1.24\n\nrequire example.com/greet v1.1.0\n",
    );
    let told = builder.build().await.unwrap_err();
    assert!(
        told.starts_with("go: inconsistent vendoring:\n\texample.com/greet@v1.0.0: is marked as explicit"),
        "{told}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_stands_in_for_a_module() {
    let main = returning("\t\"example.com/greet\"\n", "greet.Text()");
    let go_mod = |folder: &str| {
        format!(
            "module dagger/ci\n\ngo 1.24\n\nrequire example.com/greet v1.0.0\n\nreplace example.com/greet => {folder}\n"
        )
    };
    let files = [
        ("main.go", main.as_str()),
        ("go.mod", &go_mod("../greet")),
        ("../greet/go.mod", "module example.com/greet\n\ngo 1.21\n"),
        ("../greet/greet.go", GREET),
    ];
    let Some(builder) = module(&files) else { return };
    let component = builder.build().await.unwrap();
    assert_eq!(builder.call(&component, &[]).await, json!("from another module"));
    builder.write("../greet/greet.go", "package greet\n\nfunc Text() int { return 1 }\n");
    assert_eq!(
        builder.build().await.unwrap_err(),
        "main.go:10:9: cannot use greet.Text() (value of type int) as string value in return statement"
    );
    builder.write(
        "../greet/greet.go",
        "package greet\n\nfunc Text() string { return x }\n",
    );
    assert_eq!(
        builder.build().await.unwrap_err(),
        "../greet/greet.go:3:29: undefined: x"
    );
    builder.write("go.mod", &go_mod("/usr"));
    let told = builder.build().await.unwrap_err();
    assert!(told.contains("(replaced by /usr): it lies outside of"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_go_sum_lacks_is_not_fetched() {
    let main = returning("\t\"example.com/greet\"\n", "greet.Text()");
    let files = [
        ("main.go", main.as_str()),
        (
            "go.mod",
            "module dagger/ci\n\ngo 1.24\n\nrequire example.com/greet v1.0.0\n",
        ),
    ];
    let Some(builder) = module(&files) else { return };
    assert_eq!(
        builder.build().await.unwrap_err(),
        "main.go:4:2: missing go.sum entry for module providing package example.com/greet (imported by dagger/ci); to add:\n\tgo get dagger/ci"
    );
    builder.write("go.sum", "example.com/greet v1.0.0 h1:x=\n");
    let told = builder.build().await.unwrap_err();
    assert_eq!(
        told,
        "main.go:4:2: example.com/greet@v1.0.0: module lookup disabled by GOPROXY=off"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn assembly_is_assembled() {
    let main = returning(
        "\t\"dagger/ci/sum\"\n\t\"strconv\"\n",
        "strconv.FormatInt(sum.Sum(40, 2), 10)",
    );
    let assembly = "#include \"textflag.h\"\n\n// func Sum(a, b int64) int64\nTEXT \u{b7}Sum(SB), NOSPLIT, $0-24\n\tGet SP\n\tI64Load a+0(FP)\n\tI64Load b+8(FP)\n\tI64Add\n\tI64Store ret+16(FP)\n\tRET\n";
    let files = [
        ("main.go", main.as_str()),
        ("sum/sum.go", "package sum\n\nfunc Sum(a, b int64) int64\n"),
        ("sum/sum_wasm.s", assembly),
        ("sum/sum_amd64.s", "not for this machine\n"),
    ];
    let Some(builder) = module(&files) else { return };
    let component = builder.build().await.unwrap();
    assert_eq!(builder.call(&component, &[]).await, json!("42"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_names_the_modules_own_file() {
    let main = HELLO.replace("return strings.ToUpper(name)", "panic(strings.ToUpper(name))");
    let Some(builder) = module(&[("main.go", &main)]) else {
        return;
    };
    let component = builder.build().await.unwrap();
    let failure = builder.fail(&component, &[("name", json!("no"))]).await;
    assert_eq!(failure.message, "NO");
    let place = failure.location.unwrap();
    assert_eq!((place.file.as_str(), place.line), ("main.go", 8));
}
