//! Which commit a version means, by what the repository advertises.

use std::collections::BTreeMap;

/// What `git ls-remote` lists: names to commits, tags already peeled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refs {
    names: BTreeMap<String, String>,
}

/// A commit, with the ref that led to it if one did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The commit, in hex.
    pub commit: String,
    /// `HEAD`, `refs/tags/…` or `refs/heads/…`.
    pub name: Option<String>,
}

/// Why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoTarget {
    /// A version, which must be one of these tags. The other list has the versions that there are.
    Tags(Vec<String>, Vec<String>),
    /// A branch, tag or commit.
    Revision,
}

impl Refs {
    /// Reads the output of `git ls-remote`.
    pub(super) fn parse(text: &str) -> Refs {
        let mut names = BTreeMap::new();
        for (id, name) in text.lines().filter_map(|line| line.split_once('\t')) {
            // `name^{}` is the commit of an annotated tag, and follows it.
            names.insert(name.trim_end_matches("^{}").to_owned(), id.to_owned());
        }
        Refs { names }
    }

    /// The commit of a version of the module at `subpath`; without a version, of the default branch.
    ///
    /// A version in the form of a release (`v1`, `v1.2.3-rc.1`) is a tag and nothing else: `subpath/version`, else `version`.
    /// Anything else is a tag, a branch or a commit.
    pub(super) fn choose(&self, version: Option<&str>, subpath: &str) -> Result<Target, NoTarget> {
        let Some(version) = version else {
            return self.named("HEAD").ok_or(NoTarget::Revision);
        };
        let mut tags = vec![version.to_owned()];
        if !subpath.is_empty() {
            tags.insert(0, format!("{subpath}/{version}"));
        }
        let tag = tags.iter().find_map(|tag| self.named(&format!("refs/tags/{tag}")));
        if is_release(version) {
            return tag.ok_or_else(|| NoTarget::Tags(tags, self.releases(subpath)));
        }
        tag.or_else(|| self.named(&format!("refs/heads/{version}")))
            .or_else(|| version.starts_with("refs/").then(|| self.named(version)).flatten())
            .or_else(|| {
                is_commit(version).then(|| Target {
                    commit: version.to_owned(),
                    name: None,
                })
            })
            .or_else(|| self.abbreviated(version))
            .ok_or(NoTarget::Revision)
    }

    fn named(&self, name: &str) -> Option<Target> {
        Some(Target {
            commit: self.names.get(name)?.clone(),
            name: Some(name.to_owned()),
        })
    }

    /// A commit that something advertised points to, by its first digits.
    fn abbreviated(&self, digits: &str) -> Option<Target> {
        if digits.len() < 7 || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            return None;
        }
        let mut commits: Vec<&String> = self.names.values().filter(|id| id.starts_with(digits)).collect();
        commits.dedup();
        match commits.as_slice() {
            [commit] => Some(Target {
                commit: (*commit).clone(),
                name: None,
            }),
            _ => None,
        }
    }

    /// The release tags of the module at `subpath`, or of the whole repository if it has none of its own; the newest first.
    fn releases(&self, subpath: &str) -> Vec<String> {
        let below = |prefix: &str| -> Vec<String> {
            let tags = self.names.keys().filter_map(|name| name.strip_prefix("refs/tags/"));
            let versions = tags.filter_map(|tag| tag.strip_prefix(prefix));
            let mut found: Vec<&str> = versions.filter(|version| is_release(version)).collect();
            found.sort_by_key(|version| std::cmp::Reverse(release_order(version)));
            found.into_iter().map(str::to_owned).collect()
        };
        let own = if subpath.is_empty() {
            Vec::new()
        } else {
            below(&format!("{subpath}/"))
        };
        if own.is_empty() { below("") } else { own }
    }
}

/// Whether the text is a whole commit id.
pub(super) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
}

/// Whether the text is a version as releases have it: `v1`, `v1.2`, `v1.2.3`, `v1.2.3-rc.1+build`.
fn is_release(text: &str) -> bool {
    release_order(text).is_some()
}

fn release_order(text: &str) -> Option<semver::Version> {
    let numbers = text.strip_prefix('v')?;
    let is_short = numbers.split('.').count() < 3 && numbers.split('.').all(|part| part.parse::<u64>().is_ok());
    let missing = if is_short { 3 - numbers.split('.').count() } else { 0 };
    semver::Version::parse(&format!("{numbers}{}", ".0".repeat(missing))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

    fn refs() -> Refs {
        Refs::parse(
            "1111111111111111111111111111111111111111\tHEAD\n\
             1111111111111111111111111111111111111111\trefs/heads/main\n\
             2222222222222222222222222222222222222222\trefs/heads/feature/x\n\
             3333333333333333333333333333333333333333\trefs/tags/v1.0.0\n\
             4444444444444444444444444444444444444444\trefs/tags/v1.0.0^{}\n\
             5555555555555555555555555555555555555555\trefs/tags/lint/v1.0.0\n\
             6666666666666666666666666666666666666666\trefs/tags/lint/v1.10.0\n\
             6666666666666666666666666666666666666666\trefs/tags/lint/v1.9.0\n\
             7777777777777777777777777777777777777777\trefs/heads/v2\n\
             8888888888888888888888888888888888888888\trefs/tags/nightly\n",
        )
    }

    fn chosen(version: Option<&str>, subpath: &str) -> String {
        match refs().choose(version, subpath) {
            Ok(target) => format!("{} {}", &target.commit[..1], target.name.unwrap_or_default()),
            Err(NoTarget::Revision) => "no".to_owned(),
            Err(NoTarget::Tags(tags, known)) => format!("no tag {tags:?}, known {known:?}"),
        }
    }

    #[test]
    fn versions() {
        assert_eq!(chosen(None, ""), "1 HEAD");
        assert_eq!(chosen(Some("main"), "lint"), "1 refs/heads/main");
        assert_eq!(chosen(Some("feature/x"), ""), "2 refs/heads/feature/x");
        assert_eq!(
            chosen(Some("v1.0.0"), ""),
            "4 refs/tags/v1.0.0",
            "an annotated tag is its commit"
        );
        assert_eq!(chosen(Some("v1.0.0"), "lint"), "5 refs/tags/lint/v1.0.0");
        assert_eq!(chosen(Some("v1.0.0"), "other"), "4 refs/tags/v1.0.0");
        assert_eq!(chosen(Some("lint/v1.9.0"), "other"), "6 refs/tags/lint/v1.9.0");
        assert_eq!(chosen(Some("nightly"), ""), "8 refs/tags/nightly");
        assert_eq!(chosen(Some("refs/heads/main"), ""), "1 refs/heads/main");
        assert_eq!(chosen(Some(COMMIT), ""), "0 ");
        assert_eq!(chosen(Some("7777777"), ""), "7 ");
    }

    #[test]
    fn what_is_not_there() {
        assert_eq!(
            chosen(Some("v2"), ""),
            r#"no tag ["v2"], known ["v1.0.0"]"#,
            "a branch is no version"
        );
        assert_eq!(
            chosen(Some("v1"), "lint"),
            r#"no tag ["lint/v1", "v1"], known ["v1.10.0", "v1.9.0", "v1.0.0"]"#
        );
        assert_eq!(chosen(Some("gone"), ""), "no");
        assert_eq!(chosen(Some("abcdef0"), ""), "no");
        assert_eq!(Refs::default().choose(None, ""), Err(NoTarget::Revision));
    }

    #[test]
    fn releases_are_told_from_names() {
        for release in ["v1", "v1.2", "v0.0.1", "v1.2.3-rc.1", "v1.2.3+b"] {
            assert!(is_release(release), "{release}");
        }
        for name in ["1.2.3", "v", "vx", "v1.2.3.4", "version1", "v1.", "v01"] {
            assert!(!is_release(name), "{name}");
        }
    }
}
