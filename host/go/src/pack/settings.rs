//! What the user's variables say of fetching modules, as Go reads them.

use super::go_mod::Version;
use super::netrc::Logins;
use dockwright_http::Proxies;
use std::collections::HashMap;
use std::path::PathBuf;

/// Go's own default.
const PROXY: &str = "https://proxy.golang.org,direct";

/// Values of Go's variables; empty ones count as not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModuleSettings {
    /// `GOPROXY`.
    pub proxy: Option<String>,
    /// `GOPRIVATE`.
    pub private: Option<String>,
    /// `GONOPROXY`; `GOPRIVATE` when it is not set.
    pub no_proxy: Option<String>,
    /// `GOFLAGS`: `-mod=mod`, `-mod=readonly` and `-mod=vendor` are understood.
    pub flags: Option<String>,
    /// `GOMODCACHE`, or where Go keeps it by default: modules that are there need not be fetched.
    pub module_cache: Option<PathBuf>,
    /// The way to module proxies elsewhere.
    pub proxies: Proxies,
    /// What to show servers that ask who it is.
    pub logins: Logins,
}

/// What `go env -w` wrote: `NAME=value`, a line each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenSettings(HashMap<String, String>);

impl WrittenSettings {
    /// Reads the file's text. Lines of other forms are passed over, as Go does.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once('='));
        let named = lines.filter(|(name, _)| name.starts_with(|first: char| first.is_ascii_uppercase()));
        Self(named.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// The value of a variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

/// Where modules come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A module proxy, by its address.
    Proxy(String),
    /// Version control; that needs programs of its own.
    Direct,
    /// Nowhere.
    Off,
}

/// An origin, and when the next one is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) origin: Origin,
    /// After any failure, not only when it does not have the module.
    pub(crate) on_any_failure: bool,
}

impl ModuleSettings {
    /// Where to look for the module, in order.
    pub(crate) fn sources(&self, module: &Version) -> Vec<Source> {
        let no_proxy = self.no_proxy.as_deref().or(self.private.as_deref()).unwrap_or_default();
        if matches(no_proxy, &module.path) {
            return vec![Source {
                origin: Origin::Direct,
                on_any_failure: false,
            }];
        }
        let mut sources = Vec::new();
        let mut rest = self.proxy.as_deref().unwrap_or(PROXY);
        while !rest.is_empty() {
            let end = rest.find([',', '|']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let origin = match name.trim() {
                "" => None,
                "direct" => Some(Origin::Direct),
                "off" => Some(Origin::Off),
                address => Some(Origin::Proxy(address.trim_end_matches('/').to_owned())),
            };
            let last = matches!(origin, Some(Origin::Direct | Origin::Off));
            sources.extend(origin.map(|origin| Source {
                origin,
                on_any_failure: after.starts_with('|'),
            }));
            if last {
                break;
            }
            rest = after.get(1..).unwrap_or_default();
        }
        sources
    }

    /// The last `-mod=` of the flags.
    pub(crate) fn mode(&self) -> Option<&str> {
        let flags = self.flags.as_deref().unwrap_or_default();
        flags
            .split_whitespace()
            .filter_map(|flag| flag.trim_start_matches('-').strip_prefix("mod="))
            .next_back()
    }
}

/// Whether one of the patterns matches the path's beginning, element by element.
fn matches(patterns: &str, path: &str) -> bool {
    patterns
        .split(',')
        .map(str::trim)
        .filter(|pattern| !pattern.is_empty())
        .any(|pattern| {
            let pattern = pattern.trim_end_matches('/');
            let elements = pattern.split('/').count();
            let beginning: Vec<&str> = path.split('/').take(elements).collect();
            beginning.len() == elements
                && pattern
                    .split('/')
                    .zip(beginning)
                    .all(|(pattern, element)| super::glob::matches(pattern, element).unwrap_or(false))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module() -> Version {
        Version {
            path: "git.corp.example/team/x".into(),
            version: "v1.0.0".into(),
        }
    }

    fn sources(proxy: &str) -> Vec<Source> {
        let settings = ModuleSettings {
            proxy: Some(proxy.to_owned()),
            ..ModuleSettings::default()
        };
        settings.sources(&module())
    }

    #[test]
    fn proxies_are_tried_in_order() {
        let found = sources("https://a/,https://b|direct,https://never");
        let origins: Vec<_> = found
            .iter()
            .map(|each| (each.origin.clone(), each.on_any_failure))
            .collect();
        assert_eq!(
            origins,
            [
                (Origin::Proxy("https://a".into()), false),
                (Origin::Proxy("https://b".into()), true),
                (Origin::Direct, false),
            ]
        );
        assert_eq!(sources("off")[0].origin, Origin::Off);
        assert_eq!(ModuleSettings::default().sources(&module()).len(), 2);
    }

    #[test]
    fn private_modules_come_from_no_proxy() {
        let with = |private: &str, no_proxy: Option<&str>| {
            let settings = ModuleSettings {
                private: Some(private.to_owned()),
                no_proxy: no_proxy.map(str::to_owned),
                ..ModuleSettings::default()
            };
            settings.sources(&module()).first().map(|first| first.origin.clone()) == Some(Origin::Direct)
        };
        assert!(with("*.corp.example", None));
        assert!(with("other.org,git.corp.example/team", None));
        assert!(!with("corp.example", None));
        assert!(!with("git.corp.example/team/x/y", None));
        assert!(!with("*.corp.example", Some("none")));
    }

    #[test]
    fn the_last_mode_counts() {
        let settings = ModuleSettings {
            flags: Some("-buildvcs=false -mod=vendor --mod=mod".to_owned()),
            ..ModuleSettings::default()
        };
        assert_eq!(settings.mode(), Some("mod"));
        assert_eq!(ModuleSettings::default().mode(), None);
    }

    #[test]
    fn written_settings_are_read_as_go_reads_them() {
        let written =
            WrittenSettings::parse("# a comment=1\nGOPROXY=https://a/x?y=z,direct\nGOFLAGS=\nnothing\nGOPROXY=off\r\n");
        assert_eq!(written.get("GOPROXY"), Some("off"));
        assert_eq!(written.get("GOFLAGS"), None);
        assert_eq!(written.get("# a comment"), None);
    }
}
