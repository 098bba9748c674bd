//! What a module needs of the host, each a name and a version, and whether a host has it.

use super::error::FormatError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The WIT package that the module's component, or the runtime that it was made for, speaks.
pub const WORLD: &str = "world";
/// The Python that packages were chosen for.
pub const PYTHON: &str = "python";
/// The form of TypeScript bundles.
pub const BUNDLE: &str = "bundle";

/// Names to versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Requirements(pub BTreeMap<String, String>);

impl Requirements {
    /// Checks that a host which has `offered` (each name with all its versions) can run the module.
    ///
    /// # Errors
    /// Something is needed in a version that there is not; the error tells which side is to be updated.
    pub fn check(&self, module: &str, offered: &[(&str, &[&str])]) -> Result<(), FormatError> {
        for (what, wanted) in &self.0 {
            let versions = offered
                .iter()
                .find(|(name, _)| name == what)
                .map(|(_, versions)| *versions);
            let versions = versions.unwrap_or_default();
            if versions.contains(&wanted.as_str()) {
                continue;
            }
            let known = match versions {
                [] => "none".to_owned(),
                versions => versions.join(", "),
            };
            let (module, what, wanted_text) = (module.to_owned(), for_people(what).to_owned(), wanted.clone());
            let newest = versions.iter().map(|version| parts(version)).max();
            return Err(if newest.is_none_or(|newest| parts(wanted) > newest) {
                FormatError::NeedsNewer {
                    module,
                    what,
                    wanted: wanted_text,
                    known,
                }
            } else {
                FormatError::NeedsOlder {
                    module,
                    what,
                    wanted: wanted_text,
                    known,
                }
            });
        }
        Ok(())
    }
}

/// A requirement as it is told.
pub fn for_people(what: &str) -> &str {
    match what {
        WORLD => "the module world",
        PYTHON => "Python",
        BUNDLE => "the form of TypeScript bundles",
        other => other,
    }
}

/// The numbers of a version, for comparing.
fn parts(version: &str) -> Vec<u64> {
    version
        .split(['.', '-', '+'])
        .map(|part| part.parse().unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    const OFFERED: &[(&str, &[&str])] = &[(WORLD, &["0.2.0", "0.10.0"]), (PYTHON, &["3.14"])];

    fn check(what: &str, version: &str) -> Result<(), FormatError> {
        Requirements([(what.to_owned(), version.to_owned())].into()).check("lint", OFFERED)
    }

    #[test]
    fn who_is_to_be_updated_is_said() {
        check(WORLD, "0.2.0").unwrap();
        check(PYTHON, "3.14").unwrap();
        let newer = check(WORLD, "0.11.0").unwrap_err();
        insta::assert_snapshot!(newer, @"module `lint` needs the module world 0.11.0; this version of dockwright has 0.2.0, 0.10.0");
        assert!(matches!(newer, FormatError::NeedsNewer { .. }));
        assert!(matches!(
            check(WORLD, "0.1.0").unwrap_err(),
            FormatError::NeedsOlder { .. }
        ));
        assert!(matches!(
            check(PYTHON, "3.9").unwrap_err(),
            FormatError::NeedsOlder { .. }
        ));
        let unknown = check("moon", "1").unwrap_err();
        insta::assert_snapshot!(unknown, @"module `lint` needs moon 1; this version of dockwright has none");
        assert!(matches!(unknown, FormatError::NeedsNewer { .. }));
    }
}
