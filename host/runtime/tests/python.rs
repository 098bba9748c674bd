//! The Python runtime of the installation: what module code can and cannot do in it. Needs `target/release/runtimes/python.wasm`
//! (`cargo xtask runtimes`), or another installation folder in `DOCKWRIGHT_TEST_INSTALL`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise, and say why when they are skipped"
)]

mod support;

use camino::{Utf8Path, Utf8PathBuf};
use dockwright_runtime::{CallError, Language, Limits, LoadedModule, ModuleSource};
use dockwright_schema::Failure;
use dockwright_telemetry::Stream;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use support::{Lab, call, root};
use tempfile::TempDir;

const PROBE: &str = r#"
import os
import socket
import sys

import helper
from dagger import function, object_type


@object_type
class Probe:
    @function
    def greet(self, name: str) -> str:
        print("hello from stdout")
        print("hello from stderr", file=sys.stderr)
        return helper.greeting(name)

    @function
    def environ(self) -> list[str]:
        return sorted(f"{name}={value}" for name, value in os.environ.items())

    @function
    def look(self, path: str) -> list[str]:
        return sorted(os.listdir(path))

    @function
    def read(self, path: str) -> str:
        with open(path) as file:
            return file.read()

    @function
    def write(self, path: str) -> str:
        with open(path, "w") as file:
            file.write("was here")
        with open(path) as file:
            return file.read()

    @function
    def connect(self, port: int) -> str:
        socket.socket().connect(("127.0.0.1", port))
        return "connected"

    @function
    def resolve(self) -> str:
        return str(socket.getaddrinfo("localhost", 80))

    @function
    def endless(self) -> str:
        while True:
            pass

    @function
    def hungry(self) -> int:
        data = []
        try:
            while True:
                data.append(bytearray(1 << 20))
        except MemoryError:
            count = len(data)
            del data
            return count

    @function
    def deep(self) -> str:
        nested = ()
        for _ in range(200_000):
            nested = (nested,)
        return repr(nested)

    @function
    def abort(self) -> str:
        os.abort()

    @function
    def missing(self) -> str:
        return {}["missing"]
"#;

/// The installation that has a Python runtime; none, with the reason printed, when there is none.
fn install() -> Option<Utf8PathBuf> {
    let chosen = std::env::var("DOCKWRIGHT_TEST_INSTALL").ok().map(Utf8PathBuf::from);
    let install = chosen.unwrap_or_else(|| root().join("target/release"));
    if install.join("runtimes/python.wasm").exists() {
        return Some(install);
    }
    eprintln!("SKIPPED: there is no {install}/runtimes/python.wasm; make it with `cargo xtask runtimes`");
    None
}

struct Module {
    lab: Lab,
    loaded: LoadedModule,
    source: TempDir,
}

impl Module {
    async fn new(limits: Limits, main: &str) -> Option<Module> {
        let install = install()?;
        let source = tempfile::tempdir().unwrap();
        fs_err::write(source.path().join("main.py"), main).unwrap();
        fs_err::write(
            source.path().join("helper.py"),
            "def greeting(name):\n    return f'hi {name}'\n",
        )
        .unwrap();
        let root = Utf8Path::from_path(source.path()).unwrap().to_owned();
        let language = Language::Python {
            root: root.clone(),
            dependencies: None,
            generated: None,
        };
        // Native code is shared by the tests of one run, and by runs.
        let shared = support::root().join("target/tmp/python-tests");
        fs_err::create_dir_all(&shared).unwrap();
        let dir = Arc::new(tempfile::tempdir_in(&shared).unwrap());
        let cache = Utf8Path::from_path(dir.path()).unwrap().join("cache");
        let native = shared.join("native");
        support::private(&native);
        support::private(&cache);
        fs_err::os::unix::fs::symlink(&native, cache.join("native")).unwrap();
        let lab = Lab::over(dir, limits, Some(install));
        // Each test has a source of its own: what is kept of a module that was called often is for `kept.rs`.
        let source_digest = blake3::hash(root.as_str().as_bytes()).to_hex().to_string();
        let loaded = ModuleSource {
            name: "probe".into(),
            digest: source_digest,
            language,
        };
        let loaded = lab.runtime.load(&loaded).await.unwrap();
        Some(Module { lab, loaded, source })
    }

    async fn probe(limits: Limits) -> Option<Module> {
        Module::new(limits, PROBE).await
    }

    async fn run(&self, name: &str, arguments: &[(&str, &str)]) -> Result<Value, CallError> {
        let mut call = call("Probe", name, vec![]);
        call.arguments = arguments
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect();
        self.lab.call(&self.loaded, call).await
    }

    async fn fails(&self, name: &str, arguments: &[(&str, &str)]) -> Failure {
        match self.run(name, arguments).await {
            Ok(value) => panic!("{name} {arguments:?} does not fail: {value}"),
            Err(error) => error.into(),
        }
    }

    async fn is_well(&self) {
        assert_eq!(self.run("greet", &[("name", "you")]).await.unwrap(), "hi you");
    }
}

#[tokio::test]
async fn it_describes_and_runs() {
    let Some(module) = Module::probe(Limits::default()).await else {
        return;
    };
    let mut events = module.lab.telemetry.subscribe();
    let def = module.lab.runtime.describe(&module.loaded).await.unwrap();
    assert_eq!(def.main_object, "Probe");
    module.is_well().await;
    let printed = module.lab.printed(&mut events);
    let of = |wanted| {
        printed
            .iter()
            .filter(|(stream, _)| *stream == wanted)
            .map(|(_, text)| text.as_str())
            .collect::<String>()
    };
    assert_eq!(of(Stream::Stdout), "hello from stdout\n");
    assert_eq!(of(Stream::Stderr), "hello from stderr\n");
}

#[tokio::test]
async fn describing_keeps_bytecode_that_calls_can_only_read() {
    let Some(module) = Module::probe(Limits::default()).await else {
        return;
    };
    let pyc = module.lab.cache.join("pyc");
    module.is_well().await;
    assert!(!pyc.exists(), "a call makes none");
    module.lab.runtime.describe(&module.loaded).await.unwrap();
    let dir = pyc.join(&module.loaded.source().digest);
    let written = walk(&dir);
    assert!(
        written.iter().any(|path| path.as_str().contains("helper.")),
        "{written:?}"
    );
    module.is_well().await;
    module.fails("write", &[("path", "/pyc/x")]).await;
    assert_eq!(walk(&dir), written);
}

#[tokio::test]
async fn it_sees_its_source_and_nothing_else() {
    let Some(module) = Module::probe(Limits::default()).await else {
        return;
    };
    assert_eq!(
        module.run("look", &[("path", "/src")]).await.unwrap(),
        serde_json::json!(["helper.py", "main.py"])
    );
    assert_eq!(
        module.run("environ", &[]).await.unwrap(),
        serde_json::json!(["DOCKWRIGHT_MODULE=probe"])
    );
    fs_err::os::unix::fs::symlink("/etc/passwd", module.source.path().join("link")).unwrap();
    fs_err::os::unix::fs::symlink("/etc", module.source.path().join("folder")).unwrap();
    for path in [
        "/etc/passwd",
        "/src/../../../../etc/passwd",
        "../etc/passwd",
        "/src/link",
        "/src/folder/passwd",
        "/proc/self/environ",
        "/dev/null",
    ] {
        let failure = module.fails("read", &[("path", path)]).await;
        assert!(
            ["FileNotFoundError", "PermissionError"].contains(&failure.kind.as_str()),
            "{path}: {failure:?}"
        );
    }
    for path in ["/", "/home", "/root", "/src/.."] {
        let failure = module.fails("look", &[("path", path)]).await;
        assert!(
            ["FileNotFoundError", "PermissionError", "OSError"].contains(&failure.kind.as_str()),
            "{path}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn it_writes_to_its_own_tmp_only() {
    let Some(module) = Module::probe(Limits::default()).await else {
        return;
    };
    for path in ["/src/new", "/src/main.py", "/new", "/pyc/x", "/src/../x"] {
        module.fails("write", &[("path", path)]).await;
    }
    assert_eq!(module.source.path().read_dir().unwrap().count(), 2);
    assert_eq!(
        fs_err::read_to_string(module.source.path().join("main.py")).unwrap(),
        PROBE
    );
    assert_eq!(module.run("write", &[("path", "/tmp/x")]).await.unwrap(), "was here");
    assert_eq!(
        module.run("look", &[("path", "/tmp")]).await.unwrap(),
        serde_json::json!([]),
        "the next call has another"
    );
}

#[tokio::test]
async fn it_has_no_network() {
    let Some(module) = Module::probe(Limits::default()).await else {
        return;
    };
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    let mut connect = call("Probe", "connect", vec![]);
    connect.arguments = vec![("port".into(), port.into())];
    let connect = module
        .lab
        .call(&module.loaded, connect)
        .await
        .map_err(Failure::from)
        .unwrap_err();
    let resolve = module.fails("resolve", &[]).await;
    for failure in [connect, resolve] {
        assert!(
            ["PermissionError", "gaierror", "OSError"].contains(&failure.kind.as_str()),
            "{failure:?}"
        );
    }
}

#[tokio::test]
async fn its_time_is_bounded() {
    let limits = Limits {
        guest_time: Duration::from_secs(1),
        ..Limits::default()
    };
    let Some(module) = Module::probe(limits).await else {
        return;
    };
    assert_eq!(module.fails("endless", &[]).await.kind, "timeout");
    module.is_well().await;
}

#[tokio::test]
async fn its_memory_is_bounded() {
    let limits = Limits {
        memory: 256 << 20,
        ..Limits::default()
    };
    let Some(module) = Module::probe(limits).await else {
        return;
    };
    let got = module.run("hungry", &[]).await.unwrap().as_u64().unwrap();
    assert!(
        (20..256).contains(&got),
        "{got} MiB were given, and Python went on after its MemoryError"
    );
}

#[tokio::test]
async fn crashes_of_the_interpreter_are_told() {
    let Some(module) = Module::probe(Limits::default()).await else {
        return;
    };
    for name in ["deep", "abort"] {
        let failure = module.fails(name, &[]).await;
        assert!(
            failure.kind == "trap" || failure.kind == "RecursionError",
            "{name}: {failure:?}"
        );
    }
    module.is_well().await;
}

#[tokio::test]
async fn places_are_told_as_the_user_knows_them() {
    let Some(module) = Module::probe(Limits::default()).await else {
        return;
    };
    let failure = module.fails("missing", &[]).await;
    assert_eq!(failure.kind, "KeyError");
    let line = PROBE.lines().position(|line| line.contains("{}[\"missing\"]")).unwrap() + 1;
    let location = failure.location.unwrap();
    assert_eq!(
        (location.file.as_str(), location.line),
        ("main.py", u32::try_from(line).unwrap())
    );
    let trace = failure.trace.unwrap();
    assert!(
        trace.contains(&format!("File \"main.py\", line {line}")) && !trace.contains("/src/"),
        "{trace}"
    );
}

#[tokio::test]
async fn a_module_that_cannot_be_imported_says_where() {
    let Some(module) = Module::new(Limits::default(), "import nowhere\n").await else {
        return;
    };
    let failure = Failure::from(module.lab.runtime.describe(&module.loaded).await.unwrap_err());
    assert_eq!(failure.kind, "ModuleNotFoundError");
    assert_eq!(failure.location.map(|at| at.file).as_deref(), Some("main.py"));
}

fn walk(dir: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    for entry in dir.read_dir_utf8().unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(walk(entry.path()));
        } else {
            found.push(entry.into_path());
        }
    }
    found.sort();
    found
}
