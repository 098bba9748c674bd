//! Native code: made for an installation, found there or in the cache, made anew when anything about it is not right.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

mod support;

use camino::{Utf8Path, Utf8PathBuf};
use dockwright_runtime::{Language, Limits, LoadedModule, ModuleSource, RuntimeError, aot};
use dockwright_telemetry::{EventKind, Outcome};
use std::io::{Seek, SeekFrom, Write};
use support::{Lab, guest};
use tempfile::TempDir;

/// An installation whose Python runtime is a guest that needs no Python.
struct Install {
    dir: TempDir,
}

impl Install {
    fn new() -> Install {
        let install = Install {
            dir: tempfile::tempdir().unwrap(),
        };
        fs_err::create_dir(install.runtimes()).unwrap();
        fs_err::copy(guest("echo"), install.runtimes().join("python.wasm")).unwrap();
        install
    }

    fn prepared() -> Install {
        let install = Install::new();
        aot::prepare(&install.runtimes().join("python.wasm"), &install.runtimes()).unwrap();
        install
    }

    fn path(&self) -> Utf8PathBuf {
        Utf8Path::from_path(self.dir.path()).unwrap().to_owned()
    }

    fn runtimes(&self) -> Utf8PathBuf {
        self.path().join("runtimes")
    }

    /// A new process, as it were, with a cache of its own.
    fn lab(&self) -> Lab {
        Lab::with_install(Limits::default(), Some(self.path()))
    }
}

fn python(lab: &Lab) -> ModuleSource {
    let root = lab.cache.parent().unwrap().to_owned();
    ModuleSource {
        name: "m".into(),
        digest: "d0".into(),
        language: Language::Python {
            root,
            dependencies: None,
            generated: None,
        },
    }
}

/// Loads the Python runtime; says whether it was compiled for that.
async fn load(lab: &Lab) -> (Result<LoadedModule, RuntimeError>, bool) {
    let mut events = lab.telemetry.subscribe();
    let loaded = lab.runtime.load(&python(lab)).await;
    if let Ok(module) = &loaded {
        let said = lab.invoke(module, vec![1.into()]).await.unwrap();
        assert_eq!(said["arguments"]["a0"], 1, "it is the component that was asked for");
    }
    let (mut compiled, mut ended) = (false, Vec::new());
    while let Some(event) = events.try_recv() {
        match &event.kind {
            EventKind::SpanStarted { name, .. } => compiled |= name == "compile the Python runtime (only once)",
            EventKind::SpanEnded { outcome, .. } => ended.push(outcome.clone()),
            _ => {}
        }
    }
    assert!(
        loaded.is_err() || ended.iter().all(|outcome| *outcome == Outcome::Done),
        "{ended:?}"
    );
    (loaded, compiled)
}

fn native_files(lab: &Lab) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    for dir in lab.cache.join("native").read_dir_utf8().unwrap() {
        let files = dir.unwrap().path().read_dir_utf8().unwrap();
        found.extend(
            files
                .map(|file| file.unwrap().into_path())
                .filter(|path| path.extension() == Some("cwasm")),
        );
    }
    found
}

/// Changes one byte in the middle, in place, and leaves length and modification time as they were.
fn damage(path: &Utf8Path) {
    let mut file = fs_err::OpenOptions::new().read(true).write(true).open(path).unwrap();
    let metadata = file.metadata().unwrap();
    let middle = metadata.len() / 2;
    let byte = fs_err::read(path).unwrap()[usize::try_from(middle).unwrap()];
    file.seek(SeekFrom::Start(middle)).unwrap();
    file.write_all(&[!byte]).unwrap();
    file.file().set_modified(metadata.modified().unwrap()).unwrap();
}

#[test]
fn prepare_writes_code_record_and_digest_once() {
    let install = Install::new();
    let component = install.runtimes().join("python.wasm");
    let first = aot::prepare(&component, &install.runtimes()).unwrap();
    assert!(!first.kept);
    let mut names: Vec<_> = install
        .runtimes()
        .read_dir_utf8()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "python.cwasm",
            "python.fingerprint",
            "python.wasm",
            "python.wasm.digest"
        ]
    );
    let digest = blake3::hash(&fs_err::read(&component).unwrap()).to_hex().to_string();
    assert_eq!(first.digest, digest);
    assert_eq!(
        fs_err::read_to_string(install.runtimes().join("python.wasm.digest")).unwrap(),
        digest
    );

    assert!(
        aot::prepare(&component, &install.runtimes()).unwrap().kept,
        "nothing changed"
    );
    damage(&install.runtimes().join("python.cwasm"));
    assert!(
        !aot::prepare(&component, &install.runtimes()).unwrap().kept,
        "the code changed"
    );
    fs_err::copy(guest("query"), &component).unwrap();
    assert!(
        !aot::prepare(&component, &install.runtimes()).unwrap().kept,
        "the component changed"
    );
}

#[tokio::test]
async fn an_installations_code_is_used_as_it_is() {
    let install = Install::prepared();
    let lab = install.lab();
    let (loaded, compiled) = load(&lab).await;
    assert!(!compiled);
    assert_eq!(native_files(&lab), Vec::<Utf8PathBuf>::new());
    let digest = fs_err::read_to_string(install.runtimes().join("python.wasm.digest")).unwrap();
    assert_eq!(loaded.unwrap().runtime_digest(), digest);
    assert_eq!(lab.runtime.runtime_digest(&python(&lab).language).unwrap(), digest);
}

#[tokio::test]
async fn without_code_it_is_compiled_once_for_all_processes() {
    let install = Install::new();
    let lab = install.lab();
    assert!(load(&lab).await.1);
    assert!(!load(&lab).await.1, "the same process");
    assert_eq!(native_files(&lab).len(), 1);
    let other = Lab::sharing(&lab, Some(install.path()));
    assert!(!load(&other).await.1, "another process");
}

#[tokio::test]
async fn damaged_code_of_an_installation_is_not_used() {
    let install = Install::prepared();
    damage(&install.runtimes().join("python.cwasm"));
    let lab = install.lab();
    let (loaded, compiled) = load(&lab).await;
    assert!(loaded.is_ok() && compiled);
}

#[tokio::test]
async fn damage_after_the_first_verification_is_found() {
    let install = Install::prepared();
    let lab = install.lab();
    assert!(!load(&lab).await.1);
    // The mapping of the first process must not see the damage, so it happens to a copy that takes the file's place.
    let code = install.runtimes().join("python.cwasm");
    let copy = install.runtimes().join("copy");
    fs_err::copy(&code, &copy).unwrap();
    damage(&copy);
    fs_err::rename(&copy, &code).unwrap();
    let other = Lab::sharing(&lab, Some(install.path()));
    let (loaded, compiled) = load(&other).await;
    assert!(loaded.is_ok() && compiled);
}

#[tokio::test]
async fn damaged_and_cut_code_in_the_cache_is_made_anew() {
    let install = Install::new();
    let cuts: [fn(&Utf8Path); 3] = [
        damage,
        |path| fs_err::write(path, b"").unwrap(),
        |path| fs_err::write(path.with_extension("fingerprint"), b"{}").unwrap(),
    ];
    for cut in cuts {
        let lab = install.lab();
        assert!(load(&lab).await.1);
        let file = native_files(&lab).remove(0);
        let dir = lab.close();
        cut(&file);
        let other = Lab::over(dir, Limits::default(), Some(install.path()));
        let (loaded, compiled) = load(&other).await;
        assert!(loaded.is_ok() && compiled);
    }
}

#[tokio::test]
async fn code_for_another_engine_or_component_is_not_used() {
    for field in ["fingerprint", "component"] {
        let install = Install::prepared();
        let record = install.runtimes().join("python.fingerprint");
        let mut json: serde_json::Value = serde_json::from_slice(&fs_err::read(&record).unwrap()).unwrap();
        json[field] = "0".repeat(64).into();
        fs_err::write(&record, json.to_string()).unwrap();
        let lab = install.lab();
        let (loaded, compiled) = load(&lab).await;
        assert!(loaded.is_ok() && compiled, "{field}");
    }
}

#[tokio::test]
async fn code_beside_a_modules_own_component_is_ignored() {
    let dir = tempfile::tempdir().unwrap();
    let dir = Utf8Path::from_path(dir.path()).unwrap();
    let path = dir.join("module.wasm");
    fs_err::copy(guest("echo"), &path).unwrap();
    fs_err::copy(guest("panics"), dir.join("evil.wasm")).unwrap();
    let evil = aot::prepare(&dir.join("evil.wasm"), dir).unwrap();
    fs_err::rename(evil.code, dir.join("module.cwasm")).unwrap();
    fs_err::rename(dir.join("evil.fingerprint"), dir.join("module.fingerprint")).unwrap();
    fs_err::rename(dir.join("evil.wasm.digest"), dir.join("module.wasm.digest")).unwrap();
    let lab = Lab::new(Limits::default());
    let source = ModuleSource {
        name: "m".into(),
        digest: "d0".into(),
        language: Language::Component { path },
    };
    let module = lab.runtime.load(&source).await.unwrap();
    assert_eq!(lab.invoke(&module, vec![3.into()]).await.unwrap()["arguments"]["a0"], 3);
}

#[tokio::test]
async fn a_component_that_changed_is_another_component() {
    let dir = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(dir.path()).unwrap().join("module.wasm");
    let lab = Lab::new(Limits::default());
    let source = ModuleSource {
        name: "m".into(),
        digest: "d0".into(),
        language: Language::Component { path: path.clone() },
    };
    fs_err::copy(guest("echo"), &path).unwrap();
    let echo = lab.runtime.load(&source).await.unwrap();
    fs_err::copy(guest("garbled"), &path).unwrap();
    let garbled = lab.runtime.load(&source).await.unwrap();
    assert_ne!(echo.runtime_digest(), garbled.runtime_digest());
    assert!(lab.invoke(&echo, vec![]).await.is_ok());
    assert!(lab.invoke(&garbled, vec![]).await.is_err());
}

#[tokio::test]
async fn a_damaged_runtime_says_so() {
    let install = Install::new();
    fs_err::write(install.runtimes().join("python.wasm.digest"), "0".repeat(64)).unwrap();
    let error = load(&install.lab()).await.0.err().unwrap().to_string();
    let error = error.replace(install.path().as_str(), "[install]");
    let digest = blake3::hash(&fs_err::read(guest("echo")).unwrap()).to_hex().to_string();
    insta::assert_snapshot!(error.replace(&digest, "[digest]"), @"the component [install]/runtimes/python.wasm is damaged: its digest is [digest], but 0000000000000000000000000000000000000000000000000000000000000000 was recorded; install it again");
}

#[tokio::test]
async fn what_is_no_component_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(dir.path()).unwrap().join("module.wasm");
    let load = async |bytes: &[u8]| {
        fs_err::write(&path, bytes).unwrap();
        let language = Language::Component { path: path.clone() };
        let source = ModuleSource {
            name: "m".into(),
            digest: "d0".into(),
            language,
        };
        let error = Lab::new(Limits::default())
            .runtime
            .load(&source)
            .await
            .err()
            .unwrap()
            .to_string();
        error.replace(dir.path().to_str().unwrap(), "[dir]")
    };
    insta::assert_snapshot!(load(b"\0asm\x01\0\0\0").await, @"[dir]/module.wasm is a core WebAssembly module; a module must be a component of the world dockwright:module (make one with `wasm-tools component new`, or build for wasm32-wasip2)");
    let error = load(b"nothing").await;
    assert!(
        error.starts_with("cannot compile the component [dir]/module.wasm: "),
        "{error}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_cache_that_others_can_write_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let lab = Lab::new(Limits::default());
    let stamps = lab.cache.join("native/verified");
    fs_err::create_dir_all(&stamps).unwrap();
    fs_err::set_permissions(&stamps, std::fs::Permissions::from_mode(0o777)).unwrap();
    let source = ModuleSource {
        name: "m".into(),
        digest: "d0".into(),
        language: Language::Component { path: guest("echo") },
    };
    let error = lab.runtime.load(&source).await.err().unwrap().to_string();
    insta::assert_snapshot!(error.replace(lab.cache.as_str(), "[cache]"), @"the cache folder [cache]/native/verified can be written by other users, so native code in it cannot be trusted; run `chmod go-w [cache]/native/verified` or choose another cache folder");
}

#[cfg(unix)]
#[tokio::test]
async fn the_cache_belongs_to_the_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let lab = Lab::new(Limits::default());
    lab.load("echo").await;
    for dir in [
        lab.cache.clone(),
        lab.cache.join("native"),
        lab.cache.join("native/verified"),
    ] {
        assert_eq!(
            fs_err::metadata(&dir).unwrap().permissions().mode() & 0o777,
            0o700,
            "{dir}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_start_together_share_the_work() {
    let install = Install::new();
    let one = install.lab();
    let two = Lab::sharing(&one, Some(install.path()));
    let (first, second) = tokio::join!(load(&one), load(&two));
    assert!(first.0.is_ok() && second.0.is_ok());
    assert_eq!(native_files(&one).len(), 1);
}
