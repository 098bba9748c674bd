//! Whether a module's code calls the module itself: said in the manifest, where Dagger says it.

use super::list::DependencyList;
use super::{Subject, files::Files};
use crate::error::ModuleError;
use std::path::{Path, PathBuf};

/// Says it, or that it does not, in the manifest of the module of the user's that the reference names; gives the manifest's path when that
/// changed it.
///
/// # Errors
/// The module is not a directory of the user's, has no code, or the manifest cannot be written.
pub fn set_self_calls(reference: &str, workdir: &Path, calls: bool) -> Result<Option<PathBuf>, ModuleError> {
    let mut subject = Subject::open(reference, workdir, DependencyList::Dependencies)?;
    let path = subject.text.path().to_owned();
    if subject.manifest.calls_itself() == calls {
        return Ok(None);
    }
    if subject.manifest.sdk.is_none() {
        return Err(ModuleError::Invalid {
            path,
            message: "the module has no code that could call it".to_owned(),
        });
    }
    subject.text.set_self_calls(calls)?;
    let mut files = Files::default();
    files.replace(&path, Some(subject.text.to_text()))?;
    files.write()?;
    Ok(Some(path))
}
