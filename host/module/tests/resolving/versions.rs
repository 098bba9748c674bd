//! Which commit a version is.

use crate::repository::{Fixture, write_module};
use dockwright_module::Origin;

#[test]
fn tags_branches_and_commits() {
    let fixture = Fixture::new();
    let first = fixture.git(&["rev-parse", "HEAD"]);
    fixture.git(&["tag", "-a", "-m", "annotated", "v1.0.0"]);
    fixture.git(&["tag", "lint/v2.0.0"]);
    let second = fixture.commit("second");
    fixture.git(&["branch", "feature/x"]);
    let third = fixture.commit("third");
    for (rest, commit, subpath) in [
        ("", &third, ""),
        ("@main", &third, ""),
        ("#main", &third, ""),
        ("/lint@feature/x", &second, "lint"),
        ("/lint@v1.0.0", &first, "lint"),
        ("/lint@v2.0.0", &first, "lint"),
        (&format!("@{second}"), &second, ""),
    ] {
        let module = fixture.resolve(&fixture.reference(rest)).unwrap();
        let expected = Origin::Git {
            url: fixture.reference(""),
            commit: commit.clone(),
            subpath: subpath.to_owned(),
        };
        assert_eq!(module.origin, expected, "{rest}");
        assert_eq!(module.manifest.name, if subpath.is_empty() { "root" } else { "lint" });
        assert!(module.context.starts_with(fixture.cache()) && module.root.starts_with(&module.context));
    }
}

#[test]
fn what_is_not_there() {
    let fixture = Fixture::new();
    fixture.git(&["tag", "v1.0.0"]);
    let told = |rest: &str| fixture.told(fixture.resolve(&fixture.reference(rest)));
    insta::assert_snapshot!(told("/lint@v1.0"), @"module version not found: `file://…/remote.git/lint@v1.0`: file://…/remote.git has neither a tag `lint/v1.0` nor a tag `v1.0`");
    insta::assert_snapshot!(told("@nope"), @"`file://…/remote.git@nope`: file://…/remote.git has no branch, tag or commit `nope`");
    let missing = "0123456789abcdef0123456789abcdef01234567";
    insta::assert_snapshot!(told(&format!("@{missing}")), @"`file://…/remote.git@0123456789abcdef0123456789abcdef01234567`: commit 0123456789abcdef0123456789abcdef01234567 is not in file://…/remote.git any more");
    insta::assert_snapshot!(fixture.told(fixture.resolve("file:///nonexistent/x.git")), @"`file:///nonexistent/x.git` cannot be fetched: no git repository found; tried file:///nonexistent/x.git");
    insta::assert_snapshot!(fixture.told(fixture.resolve("https://me:secret@example.com/x")), @"module `https://me:…@example.com/x`: a git reference must not hold a password: it would end in files and logs; use git's credential helper");
    let told = fixture.told(fixture.resolve("http://127.0.0.1:1/acme/ci.git"));
    let start = "`http://127.0.0.1:1/acme/ci.git` cannot be fetched: http://127.0.0.1:1/acme/ci.git cannot be reached: Failed to connect";
    assert!(told.starts_with(start), "{told}");
}

#[test]
fn a_repository_without_git_in_its_name_is_looked_for() {
    let fixture = Fixture::new();
    std::fs::rename(fixture.remote(), fixture.path("plain")).unwrap();
    let reference = format!("file://{}/lint@main", fixture.path("plain").display());
    assert_eq!(fixture.resolve(&reference).unwrap().manifest.name, "lint");
}

#[test]
fn what_is_fetched_and_named_by_its_commit_needs_no_remote() {
    let fixture = Fixture::new();
    let commit = fixture.git(&["rev-parse", "HEAD"]);
    let reference = fixture.reference(&format!("/lint@{commit}"));
    fixture.resolve(&reference).unwrap();
    assert_eq!(fixture.fetched.lock().unwrap().len(), 1);
    std::fs::remove_dir_all(fixture.remote()).unwrap();
    // The address is known by its `.git`, not by looking.
    fixture.resolve(&reference).unwrap();
    assert_eq!(fixture.fetched.lock().unwrap().len(), 1, "it was not asked for again");
    let told = fixture.told(fixture.resolve(&fixture.reference("/lint@main")));
    insta::assert_snapshot!(told, @"`file://…/remote.git/lint@main` cannot be fetched: no git repository found; tried file://…/remote.git");
}

#[test]
fn a_commit_behind_a_rewritten_branch_is_still_had_while_the_host_keeps_it() {
    let fixture = Fixture::new();
    let first = fixture.commit("to be forgotten");
    write_module(&fixture.remote().join("other"), "other", "");
    fixture.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    fixture.resolve(&fixture.reference(&format!("@{first}"))).unwrap();
}
