//! Where modules may come from, when a file says it: repositories of git and of registries, and hosts that registries may lead to.

use super::git_name::git_name;
use super::pattern::Pattern;
use dockwright_registry::Reference;
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

/// What one file allows. What it does not speak of is allowed.
#[derive(Clone, Debug, Default)]
pub(super) struct Only {
    git: Option<Vec<Pattern>>,
    registries: Option<Vec<Pattern>>,
    redirects: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnlyText {
    git: Option<Vec<Spanned<String>>>,
    registries: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    redirects: Vec<String>,
}

impl Only {
    /// The error is a mistake with its place.
    pub(super) fn new(text: OnlyText) -> Result<Only, (Range<usize>, String)> {
        let all = |list: Option<Vec<Spanned<String>>>, parse: fn(&str) -> Result<Pattern, String>| {
            let parsed = list.map(|list| {
                let each = list
                    .iter()
                    .map(|text| parse(text.get_ref()).map_err(|message| (text.span(), message)));
                each.collect::<Result<Vec<_>, _>>()
            });
            parsed.transpose()
        };
        Ok(Only {
            git: all(text.git, Pattern::parse_git)?,
            registries: all(text.registries, Pattern::parse)?,
            redirects: text.redirects.iter().map(|host| host.to_ascii_lowercase()).collect(),
        })
    }

    /// Whether it says which repositories of git there may be.
    pub(super) fn limits_git(&self) -> bool {
        self.git.is_some()
    }

    pub(super) fn has_git(&self, url: &str) -> bool {
        let name = git_name(url);
        self.git
            .as_ref()
            .is_none_or(|list| list.iter().any(|pattern| pattern.matches(&name)))
    }

    pub(super) fn has_registry(&self, reference: &Reference) -> bool {
        let name = reference.canonical_name();
        let list = self.registries.as_ref();
        list.is_none_or(|list| list.iter().any(|pattern| pattern.matches(&name)))
    }

    /// Whether a registry may lead to the host: one that has listed repositories, or is listed itself.
    pub(super) fn has_redirect(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.registries
            .as_ref()
            .is_none_or(|list| self.redirects.contains(&host) || list.iter().any(|pattern| pattern.matches_host(&host)))
    }
}
