//! The TypeScript runtime of the installation: what module code can and cannot do in it. Needs
//! `target/release/runtimes/typescript.wasm` (`cargo xtask runtimes`), or another installation folder in
//! `DOCKWRIGHT_TEST_INSTALL`. Most bundles are written out here; those that need the front end are built by it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise, and say why when they are skipped"
)]

#[path = "typescript/faults.rs"]
mod faults;
#[path = "typescript/globals.rs"]
mod globals;
#[path = "typescript/hardness.rs"]
mod hardness;
#[path = "typescript/loading.rs"]
mod loading;
#[path = "typescript/requests.rs"]
mod requests;
mod support;
#[path = "typescript/timing.rs"]
mod timing;

use camino::{Utf8Path, Utf8PathBuf};
use dockwright_runtime::{CallError, Language, Limits, LoadedModule, ModuleSource};
use dockwright_schema::{Execute, Failure, Principal};
use dockwright_telemetry::Stream;
use serde_json::{Value, json};
use std::sync::Arc;
use support::{Lab, call, root};
use tempfile::TempDir;

/// The installation that has a TypeScript runtime; none, with the reason printed, when there is none.
fn install() -> Option<Utf8PathBuf> {
    let chosen = std::env::var("DOCKWRIGHT_TEST_INSTALL").ok().map(Utf8PathBuf::from);
    let install = chosen.unwrap_or_else(|| root().join("target/release"));
    if install.join("runtimes/typescript.wasm").exists() {
        return Some(install);
    }
    eprintln!("SKIPPED: there is no {install}/runtimes/typescript.wasm; make it with `cargo xtask runtimes`");
    None
}

/// A module whose object `Probe` has functions that return text.
struct Module {
    lab: Lab,
    loaded: LoadedModule,
    _source: TempDir,
}

impl Module {
    /// From files as (id, kind, code); the first is the entry. Every relative import leads where it seems to.
    async fn of(limits: Limits, files: &[(&str, &str, &str)], functions: &[&str]) -> Option<Module> {
        let all: serde_json::Map<String, Value> = files
            .iter()
            .map(|(id, kind, code)| {
                (
                    (*id).to_owned(),
                    json!({"kind": kind, "code": code, "exports": ["named"]}),
                )
            })
            .collect();
        let targets: serde_json::Map<String, Value> = files
            .iter()
            .map(|(id, ..)| (format!("./{}", id.rsplit('/').next().unwrap()), json!(id)))
            .collect();
        let resolve: serde_json::Map<String, Value> = files
            .iter()
            .map(|(id, ..)| ((*id).to_owned(), json!(targets)))
            .collect();
        let string = json!({"kind": "string"});
        let functions: serde_json::Map<String, Value> = functions
            .iter()
            .map(|name| {
                (
                    (*name).to_owned(),
                    json!({"method": name, "arguments": [], "returns": string}),
                )
            })
            .collect();
        let types = json!({
            "objects": {"Probe": {"class": "Probe", "properties": {}, "functions": functions, "constructor": {"arguments": []}}},
            "enums": {}, "interfaces": {},
        });
        let bundle = json!({"format": 1, "entries": [files[0].0], "files": all, "resolve": resolve, "types": types});
        Module::load(limits, &bundle.to_string(), "{}").await
    }

    /// One file with a body of the class `Probe`; `functions` are its methods.
    async fn probe(limits: Limits, top: &str, body: &str, functions: &[&str]) -> Option<Module> {
        Module::of(limits, &[("src/index.ts", "esm", &probe(top, body))], functions).await
    }

    /// A function `f` with this body, and its result.
    async fn run_body(body: &str) -> Option<Result<Value, Failure>> {
        let module = Module::probe(Limits::default(), "", &format!("async f() {{ {body} }}"), &["f"]).await?;
        Some(module.run("f").await)
    }

    /// From TypeScript, by the front end.
    async fn built(limits: Limits, source: &str) -> Option<Module> {
        install()?;
        let dir = tempfile::tempdir().unwrap();
        fs_err::create_dir(dir.path().join("src")).unwrap();
        fs_err::write(dir.path().join("src/index.ts"), source).unwrap();
        fs_err::write(dir.path().join("package.json"), r#"{"type":"module"}"#).unwrap();
        let options = dockwright_typescript::BuildOptions {
            source: Utf8Path::from_path(dir.path()).unwrap(),
            module: "probe",
            packages: None,
            dependencies: None,
        };
        let built = dockwright_typescript::build(&options).unwrap();
        let bundle = serde_json::to_string(&built.bundle).unwrap();
        Module::load(limits, &bundle, &serde_json::to_string(&built.maps).unwrap()).await
    }

    async fn load(limits: Limits, bundle: &str, maps: &str) -> Option<Module> {
        let install = install()?;
        let source = tempfile::tempdir().unwrap();
        let dir = Utf8Path::from_path(source.path()).unwrap();
        fs_err::write(dir.join("bundle.json"), bundle).unwrap();
        fs_err::write(dir.join("maps.json"), maps).unwrap();
        let language = Language::TypeScript {
            bundle: dir.join("bundle.json"),
            maps: dir.join("maps.json"),
        };
        let lab = Lab::with_install(limits, Some(install));
        let module = ModuleSource {
            name: "probe".into(),
            digest: "d0".into(),
            language,
        };
        let loaded = lab.runtime.load(&module).await.unwrap();
        Some(Module {
            lab,
            loaded,
            _source: source,
        })
    }

    async fn run(&self, name: &str) -> Result<Value, Failure> {
        self.lab
            .call(&self.loaded, call("Probe", name, vec![]))
            .await
            .map_err(Failure::from)
    }

    async fn run_with(&self, name: &str, execute: Arc<dyn Execute>) -> Result<Value, CallError> {
        let stack = dockwright_schema::CallStack::default().push(1);
        let call = call("Probe", name, vec![]);
        self.lab
            .runtime
            .invoke(&self.loaded, call, execute, Principal::CommandLine, stack, 42)
            .await
    }

    async fn fails(&self, name: &str) -> Failure {
        match self.run(name).await {
            Ok(value) => panic!("{name} does not fail: {value}"),
            Err(failure) => failure,
        }
    }

    /// What the call prints, by stream.
    async fn prints(&self, name: &str) -> (String, String) {
        let mut events = self.lab.telemetry.subscribe();
        self.run(name).await.unwrap();
        let printed = self.lab.printed(&mut events);
        let of = |wanted| {
            printed
                .iter()
                .filter(|(stream, _)| *stream == wanted)
                .map(|(_, text)| text.as_str())
                .collect()
        };
        (of(Stream::Stdout), of(Stream::Stderr))
    }
}

/// A file with the class `Probe`.
fn probe(top: &str, body: &str) -> String {
    format!(
        "import {{ object, dag }} from \"@dagger.io/dagger\";\n{top}\nclass Probe {{\n{body}\n}}\nobject()(Probe);\nexport {{ Probe }};\n"
    )
}

#[tokio::test]
async fn it_runs_a_module_from_its_source() {
    let source = r#"import { object, func } from "@dagger.io/dagger";

@object()
export class Probe {
  @func()
  greet(name: string, times = 1): string {
    console.log("hello from stdout");
    console.error("hello from stderr");
    return `hi ${name}`.repeat(times);
  }
}
"#;
    let Some(module) = Module::built(Limits::default(), source).await else {
        return;
    };
    let mut events = module.lab.telemetry.subscribe();
    let mut greet = call("Probe", "greet", vec![]);
    greet.arguments = vec![("name".into(), "you".into())];
    assert_eq!(module.lab.call(&module.loaded, greet).await.unwrap(), "hi you");
    let printed = module.lab.printed(&mut events);
    assert_eq!(
        printed,
        [
            (Stream::Stdout, "hello from stdout\n".to_owned()),
            (Stream::Stderr, "hello from stderr\n".to_owned())
        ]
    );
}

#[tokio::test]
async fn it_is_not_asked_what_a_module_offers() {
    let Some(module) = Module::probe(Limits::default(), "", "f() { return ''; }", &["f"]).await else {
        return;
    };
    let failure = Failure::from(module.lab.runtime.describe(&module.loaded).await.unwrap_err());
    assert!(failure.message.contains("described from its source"), "{failure:?}");
}

#[tokio::test]
async fn nothing_survives_a_call_and_calls_do_not_meet() {
    let body = "async f() { globalThis.count = (globalThis.count ?? 0) + 1; await new Promise((r) => setTimeout(r, 50)); return String(globalThis.count); }";
    let Some(module) = Module::probe(Limits::default(), "", body, &["f"]).await else {
        return;
    };
    let (one, two) = tokio::join!(module.run("f"), module.run("f"));
    assert_eq!((one.unwrap(), two.unwrap()), (json!("1"), json!("1")));
    assert_eq!(module.run("f").await.unwrap(), "1");
}

#[tokio::test]
async fn it_imports_nothing_but_the_world() {
    let Some(install) = install() else { return };
    let bytes = fs_err::read(install.join("runtimes/typescript.wasm")).unwrap();
    let engine = wasmtime::Engine::default();
    let component = wasmtime::component::Component::new(&engine, bytes).unwrap();
    let imports: Vec<String> = component
        .component_type()
        .imports(&engine)
        .map(|(name, _)| name.to_owned())
        .collect();
    assert!(
        imports.iter().all(|name| name.starts_with("dockwright:module/")),
        "{imports:?}"
    );
}
