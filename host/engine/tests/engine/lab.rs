//! The engine that tests use, and small things they share.

use dockwright_engine::llb::{self, ExecSpec, Output};
use dockwright_engine::shim::{ExecOutputs, Expect, wrap};
use dockwright_engine::{Engine, EngineOptions, Platform};
use dockwright_telemetry::Telemetry;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where the lab keeps its things.
pub(crate) fn directory() -> PathBuf {
    let cache = || {
        std::env::var_os("XDG_CACHE_HOME").map_or_else(
            || PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache"),
            PathBuf::from,
        )
    };
    std::env::var_os("DOCKWRIGHT_LAB").map_or_else(|| cache().join("dockwright/lab"), PathBuf::from)
}

/// The engine's address, if there is an engine.
pub(crate) fn address() -> Option<String> {
    if let Ok(address) = std::env::var("DOCKWRIGHT_TEST_ENGINE") {
        return Some(address);
    }
    let socket = directory().join("engine/buildkitd.sock");
    if std::os::unix::net::UnixStream::connect(&socket).is_ok() {
        return Some(format!("unix://{}", socket.display()));
    }
    println!(
        "skipped: no engine; start the lab with tests/lab/up.sh --engine, or set DOCKWRIGHT_TEST_ENGINE to an engine's address"
    );
    None
}

pub(crate) fn options(address: String) -> EngineOptions {
    EngineOptions {
        address: Some(address),
        client_id: "dockwright-test".into(),
        ..EngineOptions::managed(std::env::temp_dir())
    }
}

/// An engine that is connected, or none after saying so.
pub(crate) async fn engine() -> Option<Engine> {
    engine_with(Telemetry::new()).await
}

pub(crate) async fn engine_with(telemetry: Telemetry) -> Option<Engine> {
    Some(Engine::connect(options(address()?), telemetry, None).await.unwrap())
}

/// A text that no test had before.
pub(crate) fn nonce() -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_nanos();
    format!(
        "{now}-{}-{}",
        std::process::id(),
        COUNTER.fetch_add(1, Ordering::Relaxed)
    )
}

pub(crate) fn busybox(engine: &Engine) -> Output {
    llb::source::image("docker.io/library/busybox:latest", engine.default_platform())
}

pub(crate) fn shell(engine: &Engine, script: &str) -> ExecSpec {
    let mut spec = ExecSpec::new(busybox(engine), ["sh", "-c", script]);
    spec.set_env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    spec
}

pub(crate) fn wrapped(engine: &Engine, spec: &ExecSpec, expect: Expect) -> ExecOutputs {
    wrap(spec, engine.default_platform(), expect, None).unwrap()
}

pub(crate) fn amd64() -> Platform {
    Platform::linux("amd64")
}
