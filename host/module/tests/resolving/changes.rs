//! Installing, uninstalling, updating: what is in `dagger.json` and `dockwright.lock` afterwards.

use crate::repository::{Fixture, write_module};
use dockwright_module::ModuleError;
use serde_json::json;
use std::collections::BTreeSet;

fn install(fixture: &Fixture, reference: &str, name: Option<&str>) -> Result<(), ModuleError> {
    fixture
        .resolver()
        .plan_install(".", reference, name, &BTreeSet::new(), &fixture.own())?
        .write()
}

fn update(fixture: &Fixture, names: &[&str]) -> Result<Vec<String>, ModuleError> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let plan = fixture.resolver().plan_update(".", &names, &fixture.own())?;
    plan.write()?;
    let told = |updated: &dockwright_module::Updated| {
        let short = |commit: &str| commit[..4].to_owned();
        let before = updated.before.as_deref().map_or("none".to_owned(), short);
        format!(
            "{} {before} {}",
            updated.name.as_deref().unwrap_or("-"),
            short(&updated.after)
        )
    };
    Ok(plan.updated.iter().map(told).collect())
}

#[test]
fn git_dependencies_are_pinned_and_locked() {
    let fixture = Fixture::new();
    let commit = fixture.git(&["rev-parse", "HEAD"]);
    fixture.git(&["tag", "lint/v1.0.0"]);
    let source = fixture.reference("/lint@v1.0.0");
    install(&fixture, &source, None).unwrap();
    assert_eq!(
        fixture.manifest()["dependencies"],
        json!([{"name": "lint", "source": source, "pin": commit}])
    );
    let lock = fixture.lock();
    let entry = &lock["git"][0];
    assert_eq!(
        (&entry["source"], &entry["commit"], &entry["pinned"]),
        (&json!(source), &json!(commit), &json!(true))
    );
    assert_eq!(entry["url"], fixture.reference(""));
    // The remote is not needed any more.
    std::fs::remove_dir_all(fixture.remote()).unwrap();
    assert_eq!(fixture.resolve(".").unwrap().dependencies[0].name, "lint");
    fixture
        .resolver()
        .plan_uninstall(".", "lint", &fixture.own())
        .unwrap()
        .write()
        .unwrap();
    assert_eq!(fixture.manifest().get("dependencies"), None);
    assert!(!fixture.own().join("dockwright.lock").exists());
}

#[test]
fn paths_are_written_from_the_manifest_and_not_locked() {
    let fixture = Fixture::new();
    write_module(&fixture.path("lib"), "lib", "");
    write_module(&fixture.own().join("sub.d"), "sub", "");
    install(&fixture, "../lib", Some("Base")).unwrap();
    install(&fixture, "./sub.d", None).unwrap();
    let expected = json!([{"name": "Base", "source": "../lib"}, {"name": "sub", "source": "./sub.d"}]);
    assert_eq!(fixture.manifest()["dependencies"], expected);
    assert!(!fixture.own().join("dockwright.lock").exists());
    assert_eq!(fixture.resolve(".").unwrap().dependencies.len(), 2);
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let fixture = Fixture::new();
    write_module(&fixture.path("lib"), "lib", "");
    write_module(&fixture.path("other"), "lib", "");
    write_module(&fixture.path("back"), "back", r#""../own""#);
    install(&fixture, "../lib", None).unwrap();
    let before = std::fs::read(fixture.own().join("dagger.json")).unwrap();
    let told = |reference: &str, name: Option<&str>| fixture.told(install(&fixture, reference, name));
    insta::assert_snapshot!(told("../other", None), @"…/own/dagger.json: there is a dependency `lib` already: ../lib; choose another name with `--name`, or remove that one with `dockwright uninstall lib`");
    insta::assert_snapshot!(told("../other", Some("Lib")), @"…/own/dagger.json: two dependencies are called `Lib`: …/other and …/lib; give one of them another `name`");
    insta::assert_snapshot!(told("../back", None), @"modules depend on each other in a circle: ci → back → ci");
    insta::assert_snapshot!(told(".", None), @"…/own/dagger.json: the module itself is called `ci`; choose another name with `--name`");
    insta::assert_snapshot!(told(".", Some("me")), @"modules depend on each other in a circle: ci → ci");
    insta::assert_snapshot!(told("../nope", None), @"module `../nope`: there is no directory …/own/../nope");
    insta::assert_snapshot!(told("../other", Some("1 a")), @"module `1 a`: this is no name for a dependency: it should begin with a letter, and be letters, digits, `-` and `_`");
    assert_eq!(std::fs::read(fixture.own().join("dagger.json")).unwrap(), before);
    assert_eq!(std::fs::read_dir(fixture.own()).unwrap().count(), 2);
}

#[test]
fn another_version_takes_the_place_of_the_one_before() {
    let fixture = Fixture::new();
    fixture.git(&["tag", "v1.0.0"]);
    install(&fixture, &fixture.reference("/lint@v1.0.0"), None).unwrap();
    let second = fixture.commit("second");
    fixture.git(&["tag", "v2.0.0"]);
    let plan = fixture
        .resolver()
        .plan_install(
            ".",
            &fixture.reference("/lint@v2.0.0"),
            None,
            &BTreeSet::new(),
            &fixture.own(),
        )
        .unwrap();
    assert_eq!(plan.replaces, Some(fixture.reference("/lint@v1.0.0")));
    plan.write().unwrap();
    assert_eq!(fixture.manifest()["dependencies"].as_array().unwrap().len(), 1);
    assert_eq!(fixture.manifest()["dependencies"][0]["pin"], second);
    assert_eq!(fixture.lock()["git"].as_array().unwrap().len(), 1);
}

#[test]
fn a_moved_branch_stays_where_it_was_until_it_is_updated() {
    let fixture = Fixture::new();
    let first = fixture.git(&["rev-parse", "HEAD"]);
    let source = fixture.reference("/lint@main");
    write_module(&fixture.own(), "ci", &format!("{source:?}"));
    fixture.resolver().lock(".", &fixture.own()).unwrap();
    assert_eq!(fixture.lock()["git"][0]["commit"], first);
    assert_eq!(fixture.lock()["git"][0].get("pinned"), None);
    let second = fixture.commit("second");
    let version = || {
        fixture.resolve(".").unwrap().dependencies[0]
            .module
            .origin
            .version()
            .unwrap()
    };
    assert_eq!(version(), first[..12]);
    let changed = update(&fixture, &[]).unwrap();
    assert_eq!(changed, [format!("lint {} {}", &first[..4], &second[..4])]);
    assert_eq!(version(), second[..12]);
    assert_eq!(
        fixture.manifest()["dependencies"],
        json!([{"name": "lint", "source": source, "pin": second}])
    );
    assert_eq!(
        update(&fixture, &["lint"]).unwrap(),
        [format!("lint {} {}", &second[..4], &second[..4])]
    );
    fixture.git(&["tag", "v1.0.0", &first]);
    update(&fixture, &["lint@v1.0.0"]).unwrap();
    assert_eq!(version(), first[..12]);
    assert_eq!(
        fixture.manifest()["dependencies"][0]["source"],
        fixture.reference("/lint@v1.0.0")
    );
}

#[test]
fn the_pin_counts_where_the_lock_disagrees() {
    let fixture = Fixture::new();
    let first = fixture.git(&["rev-parse", "HEAD"]);
    let source = fixture.reference("/lint@main");
    install(&fixture, &source, None).unwrap();
    let second = fixture.commit("second");
    // As when Dagger, which knows no lock of ours, has updated the pin.
    write_module(
        &fixture.own(),
        "ci",
        &json!({"name": "lint", "source": source, "pin": second}).to_string(),
    );
    assert_eq!(fixture.lock()["git"][0]["commit"], first);
    assert_eq!(
        fixture.resolve(".").unwrap().dependencies[0]
            .module
            .origin
            .version()
            .unwrap(),
        second[..12]
    );
    let (_, written) = fixture.resolver().lock(".", &fixture.own()).unwrap();
    assert_eq!(written, Some(fixture.own().join("dockwright.lock")));
    assert_eq!(fixture.lock()["git"][0]["commit"], second);
    assert_eq!(fixture.resolver().lock(".", &fixture.own()).unwrap().1, None);
}

#[test]
fn content_that_the_lock_does_not_know_is_refused() {
    let fixture = Fixture::new();
    install(&fixture, &fixture.reference("/lint@main"), None).unwrap();
    let path = fixture.own().join("dockwright.lock");
    let text = std::fs::read_to_string(&path).unwrap();
    let digest = fixture.lock()["git"][0]["digest"].as_str().unwrap().to_owned();
    std::fs::write(&path, text.replace(&digest, "blake3:00")).unwrap();
    let told = fixture.told(fixture.resolve("."));
    assert!(
        told.contains("is not what dockwright.lock says: content blake3:") && told.ends_with("locked blake3:00"),
        "{told}"
    );
    let told = fixture.told(fixture.resolver().lock(".", &fixture.own()));
    assert!(told.contains("is not what dockwright.lock says"), "{told}");
    update(&fixture, &["lint"]).unwrap();
    fixture.resolve(".").unwrap();
}

#[test]
fn the_lock_covers_what_dependencies_call() {
    let fixture = Fixture::new();
    let inner = fixture.reference("/lint@main");
    write_module(&fixture.path("lib"), "lib", &format!("{inner:?}"));
    install(&fixture, "../lib", None).unwrap();
    let first = fixture.lock()["git"][0]["commit"].clone();
    let second = fixture.commit("second");
    fixture.resolver().lock(".", &fixture.own()).unwrap();
    assert_eq!(fixture.lock()["git"][0]["commit"], first);
    let first = first.as_str().unwrap();
    assert_eq!(
        update(&fixture, &[]).unwrap(),
        [format!("- {} {}", &first[..4], &second[..4])]
    );
    assert_eq!(fixture.lock()["git"][0]["commit"], second);
}

#[test]
fn without_the_network_what_was_fetched_is_found_and_nothing_else() {
    let fixture = Fixture::new();
    let offline = || fixture.resolver().offline().resolve(".", &fixture.own());
    let source = fixture.reference("/lint@main");
    write_module(&fixture.own(), "ci", &format!("{source:?}"));
    insta::assert_snapshot!(fixture.told(offline()), @"`file://…/remote.git/lint@main` would have to be fetched, but `--offline` forbids it");
    let other = || {
        let resolver = fixture.resolver().offline();
        resolver.resolve(&fixture.reference("@main"), &fixture.own())
    };
    fixture.resolver().lock(".", &fixture.own()).unwrap();
    offline().unwrap();
    // A version that is in no lock is what it was when it was last looked up.
    assert!(fixture.told(other()).contains("--offline"));
    let looked_up = fixture.resolve(&fixture.reference("@main")).unwrap();
    fixture.commit("later");
    assert_eq!(other().unwrap().origin, looked_up.origin);
}

#[test]
fn names_that_are_not_there() {
    let fixture = Fixture::new();
    write_module(&fixture.path("lib"), "lib", "");
    insta::assert_snapshot!(fixture.told(update(&fixture, &["x"])), @"…/own/dagger.json: there is no dependency `x`; the module has no dependencies");
    install(&fixture, "../lib", None).unwrap();
    let uninstall = |name: &str| fixture.resolver().plan_uninstall(".", name, &fixture.own());
    insta::assert_snapshot!(fixture.told(uninstall("x")), @"…/own/dagger.json: there is no dependency `x`; there are lib");
    insta::assert_snapshot!(fixture.told(update(&fixture, &["lib"])), @"…/own/dagger.json: `lib` is the path ../lib: its files are used as they are, there is nothing to update");
    let elsewhere =
        fixture
            .resolver()
            .plan_install(&fixture.reference(""), "../lib", None, &BTreeSet::new(), &fixture.own());
    insta::assert_snapshot!(fixture.told(elsewhere), @"module `file://…/remote.git`: only a module in a directory can be changed; clone it and name its directory");
    // A dependency that is broken can still be taken out, by its source too.
    std::fs::remove_dir_all(fixture.path("lib")).unwrap();
    uninstall("../lib").unwrap().write().unwrap();
    assert_eq!(fixture.manifest().get("dependencies"), None);
}
