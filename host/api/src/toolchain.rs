//! What a manifest says of the checks, generators and services of a toolchain of its module.

use crate::annotated::matches_pattern;
use crate::loaded_module::ServedModule;
use dockwright_engine::Forward;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which of them are left out, and where services are reached.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ToolchainRules {
    ignore_checks: Vec<String>,
    ignore_generators: Vec<String>,
    ignore_services: Vec<String>,
    port_mappings: BTreeMap<String, Vec<Mapping>>,
}

/// `3000:80`: a port of the caller's machine, and the service's that it leads to.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Mapping(Forward);

impl TryFrom<String> for Mapping {
    type Error = String;

    fn try_from(text: String) -> Result<Mapping, String> {
        let (front, back) = text.split_once(':').unwrap_or((&text, &text));
        let port = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0);
        match (port(front), port(back)) {
            (Some(frontend), Some(backend)) => Ok(Mapping(Forward { frontend, backend })),
            _ => Err(format!(
                "`portMappings`: `{text}` is no pair of ports, such as `3000:80`"
            )),
        }
    }
}

/// A module whose functions are offered beside those of another one.
#[derive(Clone, Debug)]
pub(crate) struct Toolchain {
    /// The module.
    pub served: Arc<ServedModule>,
    /// What is said of it.
    pub rules: Arc<ToolchainRules>,
}

/// Whose functions are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ignored {
    Checks,
    Generators,
    Services,
}

impl ToolchainRules {
    /// Whether the function at the path is left out.
    pub(crate) fn ignore(&self, ignored: Ignored, path: &[String], toolchain: &str) -> bool {
        let patterns = match ignored {
            Ignored::Checks => &self.ignore_checks,
            Ignored::Generators => &self.ignore_generators,
            Ignored::Services => &self.ignore_services,
        };
        patterns.iter().any(|pattern| matches_pattern(pattern, path, toolchain))
    }

    /// Ports for the service at the path; none when they are its own.
    pub(crate) fn ports(&self, path: &[String], toolchain: &str) -> Vec<Forward> {
        let named = self
            .port_mappings
            .iter()
            .filter(|(name, _)| matches_pattern(name, path, toolchain));
        named
            .flat_map(|(_, mappings)| mappings.iter().map(|mapping| mapping.0))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use serde_json::json;

    #[test]
    fn what_manifests_say() {
        let rules: ToolchainRules = serde_json::from_value(json!({
            "ignoreChecks": ["lint", "backend:*"],
            "ignoreServices": ["tools:redis"],
            "portMappings": {"web": ["3000:80", "8080"]},
            "customizations": [],
        }))
        .unwrap();
        let path = |text: &str| text.split(':').map(str::to_owned).collect::<Vec<_>>();
        assert!(rules.ignore(Ignored::Checks, &path("lint"), "tools"));
        assert!(rules.ignore(Ignored::Checks, &path("backend:unitTests"), "tools"));
        assert!(!rules.ignore(Ignored::Generators, &path("lint"), "tools"));
        assert!(rules.ignore(Ignored::Services, &path("redis"), "tools"));
        let ports = rules.ports(&path("web"), "tools");
        let pairs: Vec<_> = ports.iter().map(|port| (port.frontend, port.backend)).collect();
        assert_eq!(pairs, [(3000, 80), (8080, 8080)]);
        assert!(rules.ports(&path("redis"), "tools").is_empty());
        for wrong in ["x", "0:80", "80:", "1:2:3", "70000"] {
            assert!(
                serde_json::from_value::<ToolchainRules>(json!({"portMappings": {"web": [wrong]}})).is_err(),
                "{wrong}"
            );
        }
    }
}
