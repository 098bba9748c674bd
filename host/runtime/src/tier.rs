//! An engine, and the native code that it takes.

use crate::aot::{AotError, CodeCache, Digests, Snapshots, Source, Trusted};
use crate::engine;
use crate::error::RuntimeError;
use camino::Utf8Path;
use std::sync::Arc;
use wasmtime::Engine;
use wasmtime::component::Component;

/// Components whose code is kept when they change often: some 10 MB each.
const CHANGING: usize = 32;

/// An engine with its native code. Clones share everything.
#[derive(Clone)]
pub(crate) struct Tier {
    pub(crate) engine: Engine,
    code: CodeCache,
}

impl Tier {
    pub(crate) fn new(engine: Engine, cache_dir: &Utf8Path, digests: &Arc<Digests>) -> Self {
        let code = CodeCache::new(cache_dir, Arc::clone(digests), engine::fingerprint(&engine));
        Tier { engine, code }
    }

    /// For components that change: only the last of their code is kept.
    pub(crate) fn changing(engine: Engine, cache_dir: &Utf8Path, digests: &Arc<Digests>) -> Self {
        let Tier { engine, code } = Tier::new(engine, cache_dir, digests);
        Tier {
            engine,
            code: code.keeping(CHANGING),
        }
    }

    /// The component, if its native code exists.
    pub(crate) fn find(&self, source: &Source) -> Result<Option<Component>, RuntimeError> {
        let Some(code) = self.code.find(source)? else {
            return Ok(None);
        };
        match code.load(&self.engine) {
            Ok(component) => Ok(Some(component)),
            Err(message) => {
                tracing::warn!(component = %source.component, message, "native code is not accepted and is made anew");
                self.code.discard(source);
                Ok(None)
            }
        }
    }

    /// The component's native code as it is on disk, if it exists.
    pub(crate) fn code(&self, source: &Source) -> Result<Option<Trusted>, RuntimeError> {
        Ok(self.code.find(source)?)
    }

    /// Where snapshots of what runs in this engine are.
    pub(crate) fn snapshots(&self) -> Snapshots {
        self.code.snapshots()
    }

    /// Compiles the component.
    pub(crate) async fn compile(&self, source: &Source) -> Result<Component, RuntimeError> {
        let (tier, owned) = (self.clone(), source.clone());
        let made = tokio::task::spawn_blocking(move || tier.code.make(&tier.engine, &owned)).await;
        let code = made.map_err(AotError::from)??;
        code.load(&self.engine).map_err(|message| RuntimeError::NativeCode {
            component: source.component.clone(),
            message,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::language::{Language, ModuleSource};
    use crate::limits::Limits;
    use crate::runtime::{Runtime, RuntimeOptions};
    use dockwright_telemetry::Telemetry;

    /// A component that holds a core module with a tail call, and exports nothing.
    const TAIL_CALL: &[u8] = b"\0asm\x0d\0\x01\0\x01\x1a\
        \0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x06\x01\x04\0\x12\0\x0b";

    #[tokio::test]
    async fn what_the_quick_engine_does_not_take_is_compiled_fully() {
        let folder = tempfile::tempdir().unwrap();
        let dir = Utf8Path::from_path(folder.path()).unwrap();
        let path = dir.join("module.wasm");
        fs_err::write(&path, TAIL_CALL).unwrap();
        if let Some(engine) = engine::quick().unwrap() {
            let digests = Arc::new(Digests::new(&dir.join("alone")));
            let tier = Tier::changing(engine, &dir.join("alone"), &digests);
            let source = Source {
                digest: digests.of(&path).unwrap(),
                component: path.clone(),
                prebuilt: None,
            };
            assert!(tier.find(&source).unwrap().is_none());
            let refused = tier.compile(&source).await.err().unwrap();
            assert!(matches!(refused, RuntimeError::Aot(_)), "{refused}");
        }
        let options = RuntimeOptions {
            cache_dir: dir.join("cache"),
            install_dir: None,
            limits: Limits::default(),
            snapshots: true,
        };
        let source = ModuleSource {
            name: "tail".into(),
            digest: "d0".into(),
            language: Language::Built { path },
        };
        let runtime = Runtime::new(options, Telemetry::new()).unwrap();
        let loaded = runtime.load(&source).await.err().unwrap();
        assert!(
            matches!(loaded, RuntimeError::World { .. }),
            "compiled, but no module: {loaded}"
        );
    }
}
