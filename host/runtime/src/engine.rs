//! The wasmtime configurations and their fingerprints.
//!
//! There is one that everything can run in, and one whose code is made in a quarter of the time (`quick`). Everything that decides what native code looks like is here, so that code compiled when a release is built is accepted
//! on the user's machine. Limits that do not change the code are in `limits.rs`.

use std::hash::{Hash, Hasher};
use std::time::Duration;
use wasmtime::{Config, Engine, Strategy};

/// How often running guest code is looked at: the resolution of its time limit, and the longest time that it holds a thread.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// Stack of guest code in bytes. Interpreters recurse deeply on behalf of the user's code. Only what is used costs memory.
const GUEST_STACK: usize = 32 << 20;

/// Stack that a call runs on: the guest's, and room for the host functions that it calls.
const CALL_STACK: usize = 34 << 20;

/// Memories up to this size start as copy-on-write mappings of the native code file.
const MAPPED_IMAGE: u64 = 1 << 30;

/// The engine that all components run in.
///
/// # Errors
/// wasmtime's own text when this machine cannot run its code.
pub(crate) fn new() -> Result<Engine, String> {
    for_platform(baseline())
}

/// As [`new`], but for another platform, by its triple: such an engine compiles and runs nothing.
///
/// # Errors
/// wasmtime's own text when it knows no such platform.
pub(crate) fn for_platform(triple: Option<&str>) -> Result<Engine, String> {
    let mut config = config();
    if let Some(triple) = triple {
        config.target(triple).map_err(|error| format!("{error:#}"))?;
    }
    Engine::new(&config).map_err(|error| format!("{error:#}"))
}

/// The engine of components that change often: Winch compiles them in one pass. Its code is for this machine, never shipped.
/// None where wasmtime has no complete Winch. It takes less of WebAssembly than [`new`]'s, and compiling says so.
///
/// # Errors
/// wasmtime's own text when this machine cannot run its code.
pub(crate) fn quick() -> Result<Option<Engine>, String> {
    if !cfg!(target_arch = "x86_64") {
        return Ok(None);
    }
    let mut config = config();
    config.strategy(Strategy::Winch);
    Engine::new(&config).map(Some).map_err(|error| format!("{error:#}"))
}

/// As [`new`], taking the same code, but an instance that is stopped can be looked at.
///
/// # Errors
/// As [`new`].
pub(crate) fn observed() -> Result<Engine, String> {
    let mut config = config();
    if let Some(triple) = baseline() {
        config.target(triple).map_err(|error| format!("{error:#}"))?;
    }
    config.coredump_on_trap(true);
    Engine::new(&config).map_err(|error| format!("{error:#}"))
}

/// What all engines have in common.
fn config() -> Config {
    let mut config = Config::new();
    config
        .epoch_interruption(true)
        .max_wasm_stack(GUEST_STACK)
        .async_stack_size(CALL_STACK)
        .memory_guaranteed_dense_image_size(MAPPED_IMAGE);
    config
}

/// This platform's triple. Naming it turns off the detection of the CPU's features: the code then is the same on, and for,
/// every machine of the platform. On platforms that no release is built for, code is made for the machine.
fn baseline() -> Option<&'static str> {
    if cfg!(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu")) {
        Some("x86_64-unknown-linux-gnu")
    } else if cfg!(all(target_os = "linux", target_arch = "x86_64", target_env = "musl")) {
        Some("x86_64-unknown-linux-musl")
    } else if cfg!(all(target_os = "linux", target_arch = "aarch64", target_env = "gnu")) {
        Some("aarch64-unknown-linux-gnu")
    } else if cfg!(all(target_os = "linux", target_arch = "aarch64", target_env = "musl")) {
        Some("aarch64-unknown-linux-musl")
    } else if cfg!(all(target_os = "macos", target_arch = "x86_64")) {
        Some("x86_64-apple-darwin")
    } else if cfg!(all(target_os = "macos", target_arch = "aarch64")) {
        Some("aarch64-apple-darwin")
    } else {
        None
    }
}

/// Identifies the native code that this engine makes and takes: wasmtime's version, the platform, and every setting that
/// matters to code. 64 hex digits, the same in every process.
pub(crate) fn fingerprint(engine: &Engine) -> String {
    let mut digest = Digest(blake3::Hasher::new());
    engine.precompile_compatibility_hash().hash(&mut digest);
    digest.0.finalize().to_hex().to_string()
}

/// Feeds what wasmtime hashes to a cryptographic hash: 64 bits would be few for a key that decides what code runs.
struct Digest(blake3::Hasher);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let hash = self.0.finalize();
        hash.as_bytes()
            .iter()
            .take(8)
            .fold(0, |value, byte| (value << 8) | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    #[test]
    fn the_fingerprint_is_stable_and_depends_on_the_configuration() {
        let fingerprint = fingerprint(&new().unwrap());
        assert_eq!(fingerprint.len(), 64);
        assert_eq!(fingerprint, super::fingerprint(&new().unwrap()));
        assert_eq!(fingerprint, super::fingerprint(&observed().unwrap()));
        let other = Engine::new(Config::new().epoch_interruption(false)).unwrap();
        assert_ne!(fingerprint, super::fingerprint(&other));
        if let Some(quick) = quick().unwrap() {
            assert_ne!(fingerprint, super::fingerprint(&quick));
        }
    }
}
