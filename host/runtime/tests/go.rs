//! Modules in Go in both engines: the quick one that they are compiled for while they are worked on, and the one whose code is
//! kept. Needs Go, and `target/release/runtimes/go-introspect.wasm` and `go-shim.wasm` (`cargo xtask runtimes`) or another
//! installation folder in `DOCKWRIGHT_TEST_INSTALL`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise, and say why when they are skipped"
)]

mod support;

use async_trait::async_trait;
use camino::{Utf8Path, Utf8PathBuf};
use dockwright_go::{Introspected, introspection, sdk_files, wrap};
use dockwright_runtime::{CallError, Language, Limits, LoadedModule, ModuleSource};
use dockwright_schema::{CallStack, Execute, Failure, FunctionCall, ModuleId, Principal, Request};
use serde_json::{Value, json};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::{Lab, root};
use tempfile::TempDir;

const SOURCE: &str = include_str!("go/module.go");

/// The installation with Go's part; none, with the reason printed, when something is missing.
fn install() -> Option<Utf8PathBuf> {
    let chosen = std::env::var("DOCKWRIGHT_TEST_INSTALL").ok().map(Utf8PathBuf::from);
    let install = chosen.unwrap_or_else(|| root().join("target/release"));
    if !install.join("runtimes/go-introspect.wasm").exists() {
        eprintln!("SKIPPED: there is no {install}/runtimes/go-introspect.wasm; make it with `cargo xtask runtimes`");
        return None;
    }
    if Command::new("go").arg("version").output().is_err() {
        eprintln!("SKIPPED: there is no `go` on PATH");
        return None;
    }
    Some(install)
}

/// Answers every request with the same data, after 200 ms.
struct Slow;

#[async_trait]
impl Execute for Slow {
    async fn execute(&self, _: Request) -> String {
        tokio::time::sleep(Duration::from_millis(200)).await;
        r#"{"data":{"container":{"stdout":"out"}}}"#.to_owned()
    }
}

struct Probe {
    lab: Lab,
    component: Utf8PathBuf,
    _folder: TempDir,
}

impl Probe {
    async fn build(limits: Limits) -> Option<Probe> {
        let install = install()?;
        let lab = Lab::with_install(limits, Some(install.clone()));
        let folder = tempfile::tempdir().unwrap();
        let source = Utf8Path::from_path(folder.path()).unwrap().join("probe");
        let write = |path: &str, text: &str| {
            let path = source.join(path);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, text).unwrap();
        };
        write("main.go", SOURCE);
        write("go.mod", "module dagger/probe\n\ngo 1.24\n");
        let request = introspection::request("probe", source.as_std_path()).unwrap();
        let begin = Instant::now();
        let answer = lab
            .runtime
            .run_tool(introspection::PROGRAM, request.clone(), 0)
            .await
            .unwrap();
        println!(
            "described the first time: {:.2} ms",
            begin.elapsed().as_secs_f64() * 1000.0
        );
        let begin = Instant::now();
        lab.runtime.run_tool(introspection::PROGRAM, request, 0).await.unwrap();
        println!("described again: {:.2} ms", begin.elapsed().as_secs_f64() * 1000.0);
        let introspected = Introspected::parse(answer).unwrap();
        for (path, text) in &introspected.generated {
            write(path, text);
        }
        for file in sdk_files(introspected.client().unwrap()) {
            write(&format!("internal/dagger/{}", file.path), &file.text);
        }
        let module = source.join("module.wasm");
        let output = Command::new("go")
            .args([
                "build",
                "-trimpath",
                "-buildvcs=false",
                "-buildmode=c-shared",
                "-ldflags=-w",
            ])
            .args(["-o", module.as_str(), "."])
            .current_dir(&source)
            .envs([
                ("GOOS", "wasip1"),
                ("GOARCH", "wasm"),
                ("CGO_ENABLED", "0"),
                ("GOWORK", "off"),
                ("GOFLAGS", ""),
            ])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let shim = fs_err::read(install.join("runtimes/go-shim.wasm")).unwrap();
        let component = source.join("component.wasm");
        fs_err::write(&component, wrap(&shim, &fs_err::read(&module).unwrap()).unwrap()).unwrap();
        Some(Probe {
            lab,
            component,
            _folder: folder,
        })
    }

    async fn load(&self, quick: bool) -> LoadedModule {
        let path = self.component.clone();
        let source = ModuleSource {
            name: "probe".into(),
            digest: "d0".into(),
            language: if quick {
                Language::Built { path }
            } else {
                Language::Component { path }
            },
        };
        self.lab.runtime.load(&source).await.unwrap()
    }

    async fn call(&self, module: &LoadedModule, name: &str, arguments: &Value) -> Result<Value, CallError> {
        let call = FunctionCall {
            parent_type: "Probe".into(),
            parent: json!({}),
            name: name.into(),
            arguments: arguments.as_object().unwrap().clone().into_iter().collect(),
        };
        let principal = Principal::Module(ModuleId("d0".into()));
        let stack = CallStack::default().push(1);
        self.lab
            .runtime
            .invoke(module, call, Arc::new(Slow), principal, stack, 0)
            .await
    }

    /// The failure as users read it: kind, message, place, the function of the trace's first line.
    async fn fails(&self, module: &LoadedModule, name: &str, arguments: &Value) -> String {
        let failure = Failure::from(self.call(module, name, arguments).await.unwrap_err());
        let at = failure.location.map(|at| format!(" at {}:{}", at.file, at.line));
        let trace = failure.trace.unwrap_or_default();
        let first = trace.lines().next().unwrap_or_default();
        format!(
            "{name}: {}: {}{} in {first}",
            failure.kind,
            failure.message,
            at.unwrap_or_default()
        )
    }
}

/// Compiled code of the module, by the engine that made it.
fn compiled(lab: &Lab) -> usize {
    let engines = fs_err::read_dir(lab.cache.join("native")).unwrap();
    let folders = engines
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("verified"));
    folders
        .filter(|folder| {
            let mut files = fs_err::read_dir(folder).unwrap();
            files.any(|file| {
                file.unwrap()
                    .path()
                    .extension()
                    .is_some_and(|extension| extension == "cwasm")
            })
        })
        .count()
}

async fn behaves(probe: &Probe, module: &LoadedModule, which: &str) {
    let call = async |name: &str, arguments: Value| probe.call(module, name, &arguments).await.unwrap();
    let hello = json!({"name": "Go"});
    assert_eq!(call("hello", hello.clone()).await, "Hello, Go!");
    let mut times = Vec::new();
    for _ in 0..50 {
        let begin = Instant::now();
        call("hello", hello.clone()).await;
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    println!("{which}: hello: {:.2} ms median", times[times.len() / 2]);

    let begin = Instant::now();
    assert_eq!(call("together", json!({})).await, "out,out,out");
    println!("{which}: three requests of 200 ms: {} ms", begin.elapsed().as_millis());
    assert!(
        begin.elapsed() < Duration::from_millis(550),
        "they ran one after the other"
    );
    assert_eq!(call("cancelled", json!({})).await, "context deadline exceeded");
    let ticks = call("timers", json!({})).await.as_u64().unwrap();
    assert!((3..=20).contains(&ticks), "{ticks}");
    let begin = Instant::now();
    assert_eq!(call("primes", json!({"below": 20_000_000})).await, 1_270_607);
    println!("{which}: primes below 20,000,000: {} ms", begin.elapsed().as_millis());
    assert_eq!(call("collects", json!({})).await, 100);
}

const FAULTS: [&str; 9] = [
    "grows", "deep", "loop", "panics", "nil", "divides", "waits", "exits", "missing",
];

async fn faults(probe: &Probe, module: &LoadedModule) -> String {
    let mut told = String::new();
    for name in FAULTS {
        let arguments = if name == "divides" { json!({"by": 0}) } else { json!({}) };
        told += &probe.fails(module, name, &arguments).await;
        told.push('\n');
    }
    assert_eq!(
        probe.call(module, "hello", &json!({"name": "on"})).await.unwrap(),
        "Hello, on!"
    );
    told
}

#[tokio::test]
async fn a_module_behaves_the_same_in_both_engines() {
    let Some(probe) = Probe::build(Limits::default()).await else {
        return;
    };
    let begin = Instant::now();
    let quick = probe.load(true).await;
    println!("compiled quickly: {} ms", begin.elapsed().as_millis());
    assert_eq!(compiled(&probe.lab), 1, "one engine compiled it");
    behaves(&probe, &quick, "quick").await;
    // Another process, which does not have it in memory.
    let lab = Lab::sharing(&probe.lab, install());
    let full = Probe {
        lab,
        component: probe.component.clone(),
        _folder: tempfile::tempdir().unwrap(),
    };
    let begin = Instant::now();
    let loaded = full.load(false).await;
    println!("compiled fully: {} ms", begin.elapsed().as_millis());
    assert_eq!(compiled(&probe.lab), if cfg!(target_arch = "x86_64") { 2 } else { 1 });
    behaves(&full, &loaded, "full").await;
}

#[tokio::test]
async fn failures_are_told_with_their_places_in_both_engines() {
    let limits = Limits {
        memory: 64 << 20,
        guest_time: Duration::from_secs(3),
        ..Limits::default()
    };
    let Some(probe) = Probe::build(limits.clone()).await else {
        return;
    };
    let quick = faults(&probe, &probe.load(true).await).await;
    insta::assert_snapshot!(quick);
    let full = Probe {
        lab: Lab::with_install(limits, install()),
        component: probe.component.clone(),
        _folder: tempfile::tempdir().unwrap(),
    };
    assert_eq!(faults(&full, &full.load(false).await).await, quick);
}
