//! Python: CPython with the SDK as one component that comes with the installation, the user's source as read-only files.

use super::{Grants, ModuleSource, Preopen, Purpose};
use crate::aot::private_dir;
use crate::error::RuntimeError;
use camino::{Utf8Path, Utf8PathBuf};
use dockwright_schema::Failure;

/// Where the module's source is for the guest.
const SOURCE: &str = "/src";

/// Name of the module, for the SDK to find its package.
const MODULE: &str = "DOCKWRIGHT_MODULE";

/// `read` or `write` when `/pyc` is there.
const BYTECODE: &str = "DOCKWRIGHT_PYC";

pub(super) fn grants(
    module: &ModuleSource,
    root: &Utf8Path,
    dependencies: Option<&Utf8Path>,
    generated: Option<&Utf8Path>,
    purpose: Purpose,
    cache_dir: &Utf8Path,
) -> Result<Grants, RuntimeError> {
    let mut grants = Grants {
        private_tmp: true,
        ..Grants::default()
    };
    grants.environment.push((MODULE, module.name.clone()));
    let mut read_only = |host: &Utf8Path, guest| {
        grants.preopens.push(Preopen {
            host: host.to_owned(),
            guest,
            writable: false,
        });
    };
    read_only(root, SOURCE);
    if let Some(host) = dependencies {
        read_only(host, "/deps");
    }
    if let Some(host) = generated {
        read_only(host, "/gen");
    }
    if let Some((host, writable)) = bytecode(module, purpose, cache_dir)? {
        grants
            .environment
            .push((BYTECODE, if writable { "write" } else { "read" }.to_owned()));
        grants.preopens.push(Preopen {
            host,
            guest: "/pyc",
            writable,
        });
    }
    Ok(grants)
}

/// The folder of compiled bytecode of exactly this source. Describing fills it, calls read it: code that runs on a user's
/// arguments cannot change what later calls execute.
fn bytecode(
    module: &ModuleSource,
    purpose: Purpose,
    cache_dir: &Utf8Path,
) -> Result<Option<(Utf8PathBuf, bool)>, RuntimeError> {
    if module.digest.is_empty()
        || !module
            .digest
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(&byte))
    {
        return Err(RuntimeError::Digest {
            module: module.name.clone(),
            digest: module.digest.clone(),
        });
    }
    let dir = cache_dir.join("pyc").join(module.digest.replace(':', "-"));
    match purpose {
        Purpose::Describe => {
            let made = private_dir(&dir).inspect_err(|error| tracing::debug!(%dir, %error, "bytecode cannot be kept"));
            Ok(made.is_ok().then_some((dir, true)))
        }
        Purpose::Invoke => Ok(dir.is_dir().then_some((dir, false))),
    }
}

/// Places of the failure, relative to the source.
pub(super) fn localize(failure: &mut Failure) {
    if let Some(location) = &mut failure.location {
        location.file = relative_path(&location.file).to_owned();
    }
    failure.trace = failure.trace.as_deref().map(relative_trace);
}

pub(super) fn relative_path(path: &str) -> &str {
    path.strip_prefix(SOURCE)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(path)
}

/// Python writes `File "/src/ci/main.py", line 3`.
fn relative_trace(trace: &str) -> String {
    trace.replace("\"/src/", "\"")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::aot::Digests;
    use crate::language::Language;

    fn module(digest: &str) -> ModuleSource {
        let language = Language::Python {
            root: "/m".into(),
            dependencies: Some("/d".into()),
            generated: None,
        };
        ModuleSource {
            name: "ci".into(),
            digest: digest.into(),
            language,
        }
    }

    #[test]
    fn bytecode_is_written_by_describe_only() {
        let cache = tempfile::tempdir().unwrap();
        let cache = Utf8Path::from_path(cache.path()).unwrap();
        let module = module("abc1");
        let before = module.grants(Purpose::Invoke, cache).unwrap();
        assert_eq!(before.environment, [(MODULE, "ci".to_owned())]);
        let describe = module.grants(Purpose::Describe, cache).unwrap();
        let pyc = |writable| Preopen {
            host: cache.join("pyc/abc1"),
            guest: "/pyc",
            writable,
        };
        assert!(describe.preopens.contains(&pyc(true)));
        assert!(describe.environment.contains(&(BYTECODE, "write".to_owned())));
        let invoke = module.grants(Purpose::Invoke, cache).unwrap();
        assert!(invoke.preopens.contains(&pyc(false)));
        let writable: Vec<_> = invoke.preopens.iter().filter(|preopen| preopen.writable).collect();
        assert!(writable.is_empty(), "{writable:?}");
    }

    #[test]
    fn a_digest_cannot_leave_the_cache() {
        let error = module("../../etc")
            .grants(Purpose::Describe, Utf8Path::new("/nowhere"))
            .unwrap_err();
        insta::assert_snapshot!(error, @"module `ci` has no proper source digest (`../../etc`)");
    }

    #[test]
    fn places_are_told_relative_to_the_source() {
        assert_eq!(relative_path("/src/src/ci/main.py"), "src/ci/main.py");
        assert_eq!(relative_path("/srcs/x.py"), "/srcs/x.py");
        assert_eq!(
            relative_trace("  File \"/src/main.py\", line 3"),
            "  File \"main.py\", line 3"
        );
    }

    #[test]
    fn a_missing_runtime_says_where_it_was_looked_for() {
        let error = module("abc1")
            .language
            .component(Some(Utf8Path::new("/opt/dw")), &Digests::new(Utf8Path::new("/nowhere")))
            .unwrap_err();
        insta::assert_snapshot!(error, @"the Python runtime is not installed (looked for /opt/dw/runtimes/python.wasm); install dockwright again, or build it with `cargo xtask runtimes`");
    }
}
