//! What the runtime needs to run a module. What takes work beyond the definition is done when the module is first called: of many modules that
//! a call could reach, it reaches few.

use crate::error::CliError;
use dockwright_runtime::ModuleSource;
use std::fmt;
use std::sync::{Arc, OnceLock};

type Make = dyn Fn() -> Result<ModuleSource, CliError> + Send + Sync;

/// A module's source for the runtime, made at most once when all goes well.
#[derive(Clone)]
pub(crate) struct Callable {
    made: Arc<OnceLock<ModuleSource>>,
    make: Arc<Make>,
}

impl Callable {
    /// One that is made when it is needed. Making it may read and write files; it must not take long.
    pub(crate) fn new(make: impl Fn() -> Result<ModuleSource, CliError> + Send + Sync + 'static) -> Callable {
        Callable {
            made: Arc::default(),
            make: Arc::new(make),
        }
    }

    /// One that is there.
    pub(crate) fn ready(source: ModuleSource) -> Callable {
        Callable::new(move || Ok(source.clone()))
    }

    /// The source.
    pub(crate) fn source(&self) -> Result<&ModuleSource, CliError> {
        if let Some(made) = self.made.get() {
            return Ok(made);
        }
        let made = (self.make)()?;
        Ok(self.made.get_or_init(|| made))
    }
}

impl fmt::Debug for Callable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Callable").field(&self.made).finish()
    }
}
