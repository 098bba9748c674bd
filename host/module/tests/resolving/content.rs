//! What is in a commit, and what must not be.

use crate::repository::{Fixture, write_module};
use std::os::unix::fs::{PermissionsExt, symlink};

#[test]
fn relative_dependencies_stay_in_the_repository() {
    let fixture = Fixture::new();
    write_module(&fixture.remote().join("lint"), "lint", r#""../shared""#);
    write_module(&fixture.remote().join("shared"), "shared", "");
    fixture.commit("shared");
    let lint = fixture.resolve(&fixture.reference("/lint")).unwrap();
    let shared = &lint.dependencies[0].module;
    assert_eq!(shared.origin.version(), lint.origin.version());
    assert!(shared.root.ends_with("shared") && shared.context == lint.context);
    // A module beside the checkout in the cache, and one of the user's.
    for outside in ["../../../../../own", fixture.own().to_str().unwrap()] {
        write_module(&fixture.remote().join("lint"), "lint", &format!("{outside:?}"));
        fixture.commit("outside");
        let told = fixture.told(fixture.resolve(&fixture.reference("/lint")));
        assert!(
            told.ends_with("a module from git can name only paths in its own repository"),
            "{told}"
        );
    }
}

#[test]
fn places_without_a_module() {
    let fixture = Fixture::new();
    std::fs::create_dir(fixture.remote().join("empty")).unwrap();
    std::fs::write(fixture.remote().join("empty/file"), "").unwrap();
    symlink("/", fixture.remote().join("out")).unwrap();
    let commit = fixture.commit("more");
    let told = |rest: &str| {
        let told = fixture.told(fixture.resolve(&fixture.reference(rest)));
        told.replace(&commit[..12], "COMMIT")
    };
    insta::assert_snapshot!(told("/empty"), @"module `file://…/remote.git/empty`: there is no dagger.json in `empty` in the repository at commit COMMIT");
    insta::assert_snapshot!(told("/nope/deep"), @"module `file://…/remote.git/nope/deep`: there is no directory `nope/deep` in the repository at commit COMMIT");
    insta::assert_snapshot!(told("/out"), @"module `file://…/remote.git/out`: `out` in the repository leads out of the repository");
    insta::assert_snapshot!(told("/empty/file"), @"module `file://…/remote.git/empty/file`: there is no directory `empty/file` in the repository at commit COMMIT");
}

#[test]
fn links_out_of_the_repository_are_refused_where_the_module_has_them() {
    let fixture = Fixture::new();
    symlink(
        "../../../../../../../../etc/passwd",
        fixture.remote().join("lint/dagger/src/data"),
    )
    .unwrap();
    symlink("../dagger.json", fixture.remote().join("lint/stays")).unwrap();
    write_module(&fixture.remote().join("clean"), "clean", "");
    symlink("../lint/dagger.json", fixture.remote().join("clean/stays")).unwrap();
    fixture.commit("links");
    let told = fixture.told(fixture.resolve(&fixture.reference("/lint")));
    insta::assert_snapshot!(told, @"module `file://…/remote.git/lint`: the symbolic link lint/dagger/src/data leads out of the repository; a module from git must not have such links");
    fixture.resolve(&fixture.reference("/clean")).unwrap();
}

#[test]
fn a_repository_of_this_machine_may_name_another_one() {
    let fixture = Fixture::new();
    let own = format!("{:?}", fixture.reference("/lint"));
    write_module(&fixture.remote().join("caller"), "caller", &own);
    fixture.commit("caller");
    fixture.resolve(&fixture.reference("/caller")).unwrap();
}

#[test]
fn checkouts_are_exact_and_read_only() {
    let fixture = Fixture::new();
    let file = fixture.remote().join("lint/dagger/script.sh");
    std::fs::write(&file, "one\r\ntwo\n").unwrap();
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::write(fixture.remote().join(".gitattributes"), "*.bin filter=lfs\n").unwrap();
    std::fs::write(fixture.remote().join("x.bin"), "pointer").unwrap();
    fixture.commit("files");
    let module = fixture.resolve(&fixture.reference("/lint")).unwrap();
    let path = module.source.join("script.sh");
    assert_eq!(std::fs::read(&path).unwrap(), b"one\r\ntwo\n");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o555);
    assert_eq!(std::fs::read(module.context.join("x.bin")).unwrap(), b"pointer");
    assert!(!module.context.join(".git").exists());
    // The cache can be deleted like any other.
    std::fs::remove_dir_all(fixture.cache()).unwrap();
}

#[test]
fn a_checkout_without_its_record_is_made_anew() {
    let fixture = Fixture::new();
    let reference = fixture.reference("/lint");
    let module = fixture.resolve(&reference).unwrap();
    let record = module.context.parent().unwrap().join("record.json");
    std::fs::write(&record, "{").unwrap();
    std::fs::remove_dir_all(module.context.join("lint")).unwrap();
    assert_eq!(fixture.resolve(&reference).unwrap().digest, module.digest);
}

#[test]
fn many_at_once_fetch_once() {
    let fixture = Fixture::new();
    let reference = fixture.reference("/lint");
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| fixture.resolve(&reference).unwrap().digest))
            .collect();
        let digests: std::collections::HashSet<String> = runs.into_iter().map(|run| run.join().unwrap()).collect();
        assert_eq!(digests.len(), 1);
    });
}
