//! `init --blueprint`: a module that has the functions of another one.

use super::install::source;
use super::list::DependencyList;
use super::{Subject, pin_of};
use crate::error::ModuleError;
use crate::resolve::{Refresh, Resolver};
use crate::scaffold::{Scaffolded, init_without_code};
use std::path::Path;

impl Resolver {
    /// Writes a manifest into the directory whose module has the functions of the one that the reference names, and the lock that belongs
    /// to it. Relative references start at `workdir`. Nothing stays when that module cannot be used.
    ///
    /// # Errors
    /// There is a module already, the other one is not usable, or files cannot be written.
    pub fn init_from_blueprint(
        &self,
        directory: &Path,
        name: Option<&str>,
        reference: &str,
        workdir: &Path,
    ) -> Result<Scaffolded, ModuleError> {
        let made = init_without_code(directory, name)?;
        let finished = self.set_blueprint(directory, reference, workdir);
        if finished.is_err() {
            for file in &made.files {
                fs_err::remove_file(directory.join(file))?;
            }
        }
        finished?;
        Ok(made)
    }

    fn set_blueprint(&self, directory: &Path, reference: &str, workdir: &Path) -> Result<(), ModuleError> {
        let directory = directory.canonicalize()?;
        let mut subject = Subject::open(".", &directory, DependencyList::Dependencies)?;
        let blueprint = self.resolve(reference, workdir)?;
        let source = source(&subject, reference, &blueprint, workdir)?;
        let name = &blueprint.manifest.name;
        subject
            .text
            .set_blueprint(name, &source, pin_of(&blueprint).as_deref())?;
        let resolution = self.resolve_as(&subject.root, subject.text.manifest()?, &Refresh::Nothing)?;
        subject.files(&resolution.lock)?.write()
    }
}
