//! One `trust.toml`.

use super::error::TrustError;
use super::git_key::GitKey;
use super::git_name::git_name;
use super::only::{Only, OnlyText};
use super::pattern::Pattern;
use dockwright_registry::PublicKey;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// Stands in messages for modules that no rule names.
const REST: &str = "modules that no rule names";

/// A file that was read.
#[derive(Clone, Debug)]
pub(super) struct TrustFile {
    path: PathBuf,
    keys: Vec<(String, PublicKey)>,
    rules: Vec<Rule>,
    /// Whether modules that no rule names must be signed too, by any of the keys.
    require: bool,
    git_keys: Vec<(String, GitKey)>,
    git_rules: Vec<Rule>,
    only: Only,
}

#[derive(Clone, Debug)]
struct Rule {
    pattern: Pattern,
    /// Names of the keys, one of which must have signed; none when no signature is needed.
    signed_by: Option<Vec<String>>,
}

/// A signature that a file demands.
#[derive(Clone, Debug)]
pub(crate) struct Demand<'f, K> {
    pub(crate) path: &'f Path,
    pub(crate) rule: &'f str,
    /// One of these must have signed.
    pub(crate) keys: Vec<(&'f str, &'f K)>,
}

impl<K> Demand<'_, K> {
    /// Whose signature would do, for people.
    pub(crate) fn wanted(&self) -> String {
        let names: Vec<String> = self.keys.iter().map(|(name, _)| format!("`{name}`")).collect();
        names.join(" or ")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Document {
    #[serde(default)]
    require: bool,
    #[serde(default)]
    keys: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    modules: Vec<Spanned<RuleText>>,
    #[serde(default)]
    git_keys: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    git: Vec<Spanned<RuleText>>,
    #[serde(default)]
    only: OnlyText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RuleText {
    r#match: Spanned<String>,
    signed_by: Option<Vec<Spanned<String>>>,
    require: Option<bool>,
}

impl TrustFile {
    /// Reads a file; none when it is not there.
    pub(super) fn read(path: &Path) -> Result<Option<TrustFile>, TrustError> {
        match fs_err::read_to_string(path) {
            Ok(text) => TrustFile::parse(path, &text).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<TrustFile, TrustError> {
        let document: Document = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            TrustError::malformed(path, text, span, error.message())
        })?;
        let mut keys = Vec::new();
        for (name, value) in document.keys {
            let wrong = |message: String| TrustError::malformed(path, text, value.span(), message);
            keys.push((name, key(path, value.get_ref()).map_err(wrong)?));
        }
        let mut git_keys = Vec::new();
        for (name, value) in document.git_keys {
            let wrong = |message: String| TrustError::malformed(path, text, value.span(), message);
            let key = GitKey::parse(path.parent().unwrap_or(path), value.get_ref()).map_err(wrong)?;
            git_keys.push((name, key));
        }
        let of_registries = Rules {
            table: "keys",
            names: keys.iter().map(|(name, _)| name.as_str()).collect(),
            pattern: Pattern::parse,
        };
        let of_git = Rules {
            table: "git-keys",
            names: git_keys.iter().map(|(name, _)| name.as_str()).collect(),
            pattern: Pattern::parse_git,
        };
        let all = |kind: &Rules<'_>, rules: Vec<Spanned<RuleText>>| -> Result<Vec<Rule>, TrustError> {
            rules.into_iter().map(|rule| kind.rule(path, text, rule)).collect()
        };
        let rules = all(&of_registries, document.modules)?;
        let git_rules = all(&of_git, document.git)?;
        let only = Only::new(document.only);
        let only = only.map_err(|(span, message)| TrustError::malformed(path, text, span, message))?;
        if document.require && keys.is_empty() {
            let message = "`require` wants signatures, and there is no key under `[keys]` to verify them with";
            return Err(TrustError::malformed(path, text, 0..0, message));
        }
        Ok(TrustFile {
            path: path.to_owned(),
            keys,
            rules,
            require: document.require,
            git_keys,
            git_rules,
            only,
        })
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, &PublicKey)> {
        self.keys.iter().map(|(name, key)| (name.as_str(), key))
    }

    /// What the file demands of the repository of that name. The first rule that matches counts.
    pub(super) fn demand(&self, name: &str) -> Option<Demand<'_, PublicKey>> {
        let rule = self.rules.iter().find(|rule| rule.pattern.matches(name));
        let (rule, keys) = match rule {
            Some(rule) => {
                let names = rule.signed_by.as_ref()?;
                let keys = self.keys().filter(|(key, _)| names.iter().any(|name| name == key));
                (rule.pattern.text(), keys.collect())
            }
            None if self.require => (REST, self.keys().collect()),
            None => return None,
        };
        Some(Demand {
            path: &self.path,
            rule,
            keys,
        })
    }

    /// What the file demands of commits of the repository at the address. The first rule that matches counts.
    pub(super) fn git_demand(&self, url: &str) -> Option<Demand<'_, GitKey>> {
        let name = git_name(url);
        let rule = self.git_rules.iter().find(|rule| rule.pattern.matches(&name))?;
        let names = rule.signed_by.as_ref()?;
        let keys = self.git_keys.iter().filter(|(key, _)| names.contains(key));
        Some(Demand {
            path: &self.path,
            rule: rule.pattern.text(),
            keys: keys.map(|(name, key)| (name.as_str(), key)).collect(),
        })
    }

    /// Where modules may come from.
    pub(super) fn only(&self) -> &Only {
        &self.only
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// What rules of one kind have in common.
struct Rules<'f> {
    /// The table with the keys.
    table: &'static str,
    /// Names of those keys.
    names: Vec<&'f str>,
    pattern: fn(&str) -> Result<Pattern, String>,
}

/// A key: its text, or the file that has it, relative to the `trust.toml`.
fn key(path: &Path, value: &str) -> Result<PublicKey, String> {
    if value.contains("-----BEGIN") {
        return PublicKey::parse(value, "the key").map_err(|error| error.to_string());
    }
    let file = path.parent().unwrap_or(path).join(value);
    let text = fs_err::read_to_string(&file).map_err(|error| error.to_string())?;
    PublicKey::parse(&text, value).map_err(|error| error.to_string())
}

impl Rules<'_> {
    fn rule(&self, path: &Path, text: &str, rule: Spanned<RuleText>) -> Result<Rule, TrustError> {
        let span = rule.span();
        let rule = rule.into_inner();
        let wrong = |span, message: String| TrustError::malformed(path, text, span, message);
        let pattern = (self.pattern)(rule.r#match.get_ref()).map_err(|message| wrong(rule.r#match.span(), message))?;
        for name in rule.signed_by.iter().flatten() {
            if !self.names.contains(&name.get_ref().as_str()) {
                let message = format!("there is no key `{}` under `[{}]`", name.get_ref(), self.table);
                return Err(wrong(name.span(), message));
            }
        }
        let all = || {
            self.names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<String>>()
        };
        let named = rule
            .signed_by
            .map(|names| names.into_iter().map(Spanned::into_inner).collect::<Vec<String>>());
        let signed_by = match (rule.require, named) {
            (Some(false), None) => None,
            (Some(false), Some(_)) => {
                let message = "a rule has `signed-by`, or `require = false` for no signature, not both";
                return Err(wrong(span, message.to_owned()));
            }
            (_, Some(names)) => Some(names),
            (_, None) => Some(all()),
        };
        if signed_by.as_ref().is_some_and(Vec::is_empty) {
            let message = "no key may sign what this rule names; write `require = false` if it needs no signature";
            return Err(wrong(span, message.to_owned()));
        }
        Ok(Rule { pattern, signed_by })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = include_str!("../../../registry/src/signing/fixtures/cosign.pub");

    fn parsed(text: &str) -> Result<TrustFile, String> {
        let text = text.replace("KEY", &format!("'''\n{KEY}'''"));
        TrustFile::parse(Path::new("trust.toml"), &text).map_err(|error| error.to_string())
    }

    fn demanded(file: &TrustFile, name: &str) -> String {
        let demand = file.demand(name);
        demand.map_or("nothing".to_owned(), |demand| {
            let names: Vec<&str> = demand.keys.iter().map(|(name, _)| *name).collect();
            format!("{} for {}", names.join(", "), demand.rule)
        })
    }

    #[test]
    fn the_first_rule_that_matches_counts() {
        let file = parsed(
            r#"
            require = true
            [keys]
            acme = KEY
            other = KEY
            [[modules]]
            match = "r.example/acme/lab-*"
            require = false
            [[modules]]
            match = "r.example/acme/**"
            signed-by = ["acme"]
            [[modules]]
            match = "r.example/any"
            "#,
        )
        .unwrap();
        assert_eq!(demanded(&file, "r.example/acme/lab-1"), "nothing");
        assert_eq!(demanded(&file, "r.example/acme/lint"), "acme for r.example/acme/**");
        assert_eq!(demanded(&file, "r.example/any"), "acme, other for r.example/any");
        assert_eq!(
            demanded(&file, "elsewhere.example/x"),
            "acme, other for modules that no rule names"
        );
        assert_eq!(demanded(&parsed("").unwrap(), "r.example/x"), "nothing");
    }

    #[test]
    fn rules_of_git_are_of_every_spelling() {
        let file = parsed(
            r#"
            [git-keys]
            ada = "ssh-ed25519 AAAA ada"
            bob = "ssh-ed25519 BBBB"
            [[git]]
            match = "github.com/acme/lab"
            require = false
            [[git]]
            match = "github.com/acme/**"
            signed-by = ["ada"]
            [only]
            git = ["github.com/acme/**"]
            registries = ["ghcr.io/acme/**"]
            redirects = ["CDN.example"]
            "#,
        )
        .unwrap();
        let wanted = |url: &str| file.git_demand(url).map(|demand| demand.wanted());
        assert_eq!(wanted("git@GitHub.com:acme/ci.git").as_deref(), Some("`ada`"));
        assert_eq!(wanted("https://github.com/acme/lab"), None);
        assert_eq!(wanted("https://elsewhere.example/acme/ci"), None);
        let only = file.only();
        assert!(only.has_git("ssh://git@github.com/acme/ci") && !only.has_git("https://github.com/other/ci"));
        assert!(only.has_redirect("ghcr.io") && only.has_redirect("cdn.example") && !only.has_redirect("evil.example"));
        let reference = |text: &str| text.parse().unwrap();
        assert!(only.has_registry(&reference("oci://ghcr.io/acme/lint:1")));
        assert!(!only.has_registry(&reference("oci://ghcr.io/other/lint:1")));
        assert!(!parsed("").unwrap().only().limits_git());
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let said = |text: &str| parsed(text).unwrap_err();
        insta::assert_snapshot!(said("require = \n"), @"trust.toml: line 1, column 11: string values must be quoted, expected literal string");
        insta::assert_snapshot!(said("\nrequired = true\n"), @"trust.toml: line 2, column 1: unknown field `required`, expected one of `require`, `keys`, `modules`, `git-keys`, `git`, `only`");
        insta::assert_snapshot!(said("require = true\n"), @"trust.toml: line 1, column 1: `require` wants signatures, and there is no key under `[keys]` to verify them with");
        insta::assert_snapshot!(said("[keys]\nacme = \"missing.pub\"\n"), @"trust.toml: line 2, column 8: failed to open file `missing.pub`: No such file or directory (os error 2)");
        insta::assert_snapshot!(said("[keys]\nacme = \"-----BEGIN\"\n"), @"trust.toml: line 2, column 8: the key: this is no key: it has no block that begins with `-----BEGIN`, or the block is damaged");
        insta::assert_snapshot!(said("[[modules]]\nmatch = \"r/x:1\"\n"), @"trust.toml: line 2, column 9: a pattern is of repositories, without tag or digest: a tag can be moved, and a digest needs no signature");
        insta::assert_snapshot!(said("[[modules]]\nmatch = \"r/x\"\nsigned-by = [\"acme\"]\n"), @"trust.toml: line 3, column 14: there is no key `acme` under `[keys]`");
        insta::assert_snapshot!(said("[[modules]]\nmatch = \"r/x\"\nsigned-by = []\n"), @"trust.toml: line 1, column 1: no key may sign what this rule names; write `require = false` if it needs no signature");
        insta::assert_snapshot!(said("[keys]\na = KEY\n[[modules]]\nmatch = \"r/x\"\nrequire = false\nsigned-by = [\"a\"]\n"), @"trust.toml: line 8, column 1: a rule has `signed-by`, or `require = false` for no signature, not both");
        insta::assert_snapshot!(said("[[git]]\nmatch = \"h/x\"\nsigned-by = [\"ada\"]\n"), @"trust.toml: line 3, column 14: there is no key `ada` under `[git-keys]`");
        insta::assert_snapshot!(said("[only]\ngit = [\"github.com\"]\n"), @"trust.toml: line 2, column 8: a pattern is HOST/PATH, such as `github.com/acme/**`; `**` alone is everything");
        insta::assert_snapshot!(said("[[modules]]\nmatch = \"r/x\"\n"), @"trust.toml: line 1, column 1: no key may sign what this rule names; write `require = false` if it needs no signature");
    }
}
