//! Sources of modules for the API: found, read and loaded in this session the way commands do it.

use crate::error::CliError;
use crate::loaded::{self, Need};
use crate::session::Session;
use async_trait::async_trait;
use dockwright_module::{InitOptions, LockedModule, ModuleError, Resolver};
use dockwright_schema::{
    FoundSource, ModuleId, ModuleSources, SourceAt, SourceError, SourceFiles, SourcePlace, VisibleModule,
};
use std::path::Path;
use std::sync::{Arc, Weak};

/// The session's sources.
pub(crate) struct SessionSources(pub Weak<Session>);

impl SessionSources {
    fn session(&self) -> Result<Arc<Session>, SourceError> {
        let session = self.0.upgrade();
        session.ok_or_else(|| SourceError("the session has ended".to_owned()))
    }

    async fn resolving<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Resolver) -> Result<T, ModuleError> + Send + 'static,
    ) -> Result<T, SourceError> {
        self.session()?.with_resolver(work).await.map_err(told)
    }

    async fn locked(&self, source: &SourceAt) -> Result<LockedModule, SourceError> {
        let source = source.clone();
        let resolution = self.resolving(move |resolver| resolver.resolve_source(&source)).await?;
        Ok(resolution.module)
    }
}

fn told(error: CliError) -> SourceError {
    SourceError(error.to_string())
}

fn io(error: std::io::Error) -> SourceError {
    SourceError(error.to_string())
}

#[async_trait]
impl ModuleSources for SessionSources {
    async fn find(&self, place: &SourcePlace) -> Result<FoundSource, SourceError> {
        let place = place.clone();
        self.resolving(move |resolver| resolver.find_source(&place)).await
    }

    async fn digest(&self, source: &SourceAt) -> Result<String, SourceError> {
        Ok(self.locked(source).await?.digest)
    }

    async fn files(&self, source: &SourceAt) -> Result<SourceFiles, SourceError> {
        let source = source.clone();
        self.resolving(move |resolver| resolver.source_files(&source)).await
    }

    async fn load(&self, source: &SourceAt) -> Result<ModuleId, SourceError> {
        let session = self.session()?;
        let locked = Arc::new(self.locked(source).await?);
        let served = loaded::load_locked(&session, &locked, Need::Code).await.map_err(told)?;
        let id = served.id().clone();
        session.keep(served).map_err(told)?;
        Ok(id)
    }

    async fn dependencies(&self, source: &SourceAt) -> Result<Vec<VisibleModule>, SourceError> {
        let session = self.session()?;
        let locked = self.locked(source).await?;
        loaded::dependencies(&session, &locked).await.map_err(told)
    }

    async fn generate(&self, source: &SourceAt, into: &Path) -> Result<(), SourceError> {
        let found = self.find(&source.place).await?;
        let target = into.join(&found.root);
        fs_err::create_dir_all(&target).map_err(io)?;
        let is_new = found.manifest.is_none();
        if is_new {
            scaffold(source, &target)?;
        }
        let Some(manifest) = source.manifest.as_ref().or(found.manifest.as_ref()) else {
            return Ok(());
        };
        if source.manifest.is_some() || is_new {
            let text = serde_json::to_string_pretty(manifest).map_err(|error| io(error.into()))?;
            fs_err::write(target.join("dagger.json"), text + "\n").map_err(io)?;
        }
        if is_new || manifest.get("sdk").or_else(|| manifest.get("runtime")).is_none() {
            return Ok(());
        }
        let asked = source.clone();
        let resolution = self.resolving(move |resolver| resolver.resolve_source(&asked)).await?;
        if !resolution.lock.is_empty() {
            fs_err::write(target.join("dockwright.lock"), resolution.lock.to_text()).map_err(io)?;
        }
        let session = self.session()?;
        loaded::write_for_editors_at(&session, &resolution.module, &target)
            .await
            .map_err(told)
    }

    async fn current_pin(&self, of: &SourcePlace, source: &str) -> Result<Option<String>, SourceError> {
        let (of, source) = (of.clone(), source.to_owned());
        self.resolving(move |resolver| resolver.current_pin(&of, &source)).await
    }
}

/// Writes the files of a new module, when its manifest names an SDK that has such.
fn scaffold(source: &SourceAt, target: &Path) -> Result<(), SourceError> {
    let text = |pointer: &str| {
        let fields = source.manifest.as_ref()?;
        let mut names = pointer.split('/');
        let first = fields.get(names.next()?)?;
        names
            .try_fold(first, |value, name| value.get(name))?
            .as_str()
            .map(str::to_owned)
    };
    let Some(sdk) = text("sdk/source") else { return Ok(()) };
    let options = InitOptions {
        directory: target.to_owned(),
        name: text("name"),
        sdk,
        source: text("source").unwrap_or_else(|| ".".to_owned()),
    };
    dockwright_module::init(&options).map_err(|error| SourceError(error.to_string()))?;
    Ok(())
}
