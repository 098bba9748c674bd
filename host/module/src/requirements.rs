//! What this version offers to published modules, and what a module of a language asks for when it is published.

use crate::python::PYTHON_VERSION;
use dockwright_registry::{BUNDLE, Language, PYTHON, Requirements, WORLD};

/// Version of the WIT package that runtimes and components speak.
const WORLD_VERSION: &str = "0.1.0";
/// Version of the form of TypeScript bundles (`dockwright_typescript::Bundle::format`).
const BUNDLE_VERSION: &str = "1";

/// What a module asks for whose code calls itself by bindings that the host makes.
const SELF_CALLS: &str = "self-calls";
/// Version of that.
const SELF_CALLS_VERSION: &str = "1";

/// Everything that published modules may ask for, with all versions that this host has.
pub(crate) const OFFERED: &[(&str, &[&str])] = &[
    (WORLD, &[WORLD_VERSION]),
    (PYTHON, &[PYTHON_VERSION]),
    (BUNDLE, &[BUNDLE_VERSION]),
    (SELF_CALLS, &[SELF_CALLS_VERSION]),
];

/// Whether the module is given bindings of its own functions.
pub fn calls_itself(requirements: &Requirements) -> bool {
    requirements.0.contains_key(SELF_CALLS)
}

/// What a module in that language needs of its host. Those of other languages than Python bring the bindings by which they call themselves.
pub fn requirements(language: Language, calls_itself: bool) -> Requirements {
    let mut needed = vec![(WORLD, WORLD_VERSION)];
    if calls_itself && language == Language::Python {
        needed.push((SELF_CALLS, SELF_CALLS_VERSION));
    }
    match language {
        Language::Python => needed.push((PYTHON, PYTHON_VERSION)),
        Language::TypeScript => needed.push((BUNDLE, BUNDLE_VERSION)),
        Language::Component => {}
    }
    let texts = needed
        .into_iter()
        .map(|(name, version)| (name.to_owned(), version.to_owned()));
    Requirements(texts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_offered() {
        for language in [Language::Python, Language::TypeScript, Language::Component] {
            for calls in [false, true] {
                let needed = requirements(language, calls);
                needed.check("ci", OFFERED).unwrap();
                assert_eq!(calls_itself(&needed), calls && language == Language::Python);
            }
        }
        // Who raises it decides whether bundles of the form before can still be run, and says so here.
        assert_eq!(dockwright_typescript::FORMAT.to_string(), BUNDLE_VERSION);
    }
}
