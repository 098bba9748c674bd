//! Vanity paths: references whose host says by Go's rule which repository they mean, perhaps one on another host.

use super::Git;
use crate::git_reference::{Candidate, GitRef};
use std::sync::PoisonError;

impl Git {
    /// The repository that the reference's host names for it. With `ask` the host is asked, once; else what it said last counts. A host that does
    /// not answer names none.
    pub(super) fn imported(&self, reference: &GitRef, ask: bool) -> Option<Candidate> {
        let (scheme, path) = reference.import_path()?;
        let known = || self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(said) = known().get(&path) {
            return reference.imported(&said.0, &said.1);
        }
        let name = format!("{scheme}://{path}?go-get=1");
        let said = match ask {
            false => self.store.remembered(&name).map(|[prefix, url]| (prefix, url))?,
            true => {
                self.route.require(&format!("{scheme}://{path}")).ok()?;
                let import = dockwright_go::go_import(self.route.proxies(), scheme, &path)
                    .ok()
                    .flatten()?;
                // Where that cannot be written, the host is asked again.
                drop(self.store.remember(&name, &import.prefix, &import.url));
                let said = (import.prefix, import.url);
                known().insert(path, said.clone());
                said
            }
        };
        reference.imported(&said.0, &said.1)
    }
}
