//! Docker's `config.json`: where `docker login` put credentials, or which helper program knows them.

use super::state::Credentials;
use crate::SecretBytes;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt;

/// The name under which Docker keeps credentials for its hub.
const HUB_KEY: &str = "https://index.docker.io/v1/";
/// Names of the hub that engines ask with.
const HUB_HOSTS: [&str; 3] = ["docker.io", "registry-1.docker.io", "index.docker.io"];
/// A user name that says: the secret is an identity token.
const TOKEN_USER: &str = "<token>";
/// A helper that asks its user something may take a while, but not forever.
const HELPER_TIMEOUT: Duration = Duration::from_secs(60);

/// The part of the file that is about credentials.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct DockerConfig {
    auths: HashMap<String, AuthEntry>,
    creds_store: Option<String>,
    cred_helpers: HashMap<String, String>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct AuthEntry {
    /// Base 64 of `user:password`.
    auth: Option<String>,
    username: Option<String>,
    password: Option<String>,
    #[serde(rename = "identitytoken")]
    identity_token: Option<String>,
}

impl std::fmt::Debug for AuthEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuthEntry(***)")
    }
}

/// What a helper prints.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HelperAnswer {
    username: String,
    secret: String,
}

/// The file is there but cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot read Docker's credentials in {path}: {message}")]
pub(crate) struct DockerConfigError {
    path: String,
    message: String,
}

impl DockerConfig {
    /// Reads `config.json` in the directory; without that file there are no credentials.
    pub(crate) fn load(directory: &Path) -> Result<Self, DockerConfigError> {
        let path = directory.join("config.json");
        let error = |message: String| DockerConfigError {
            path: path.display().to_string(),
            message,
        };
        match fs_err::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|e| error(e.to_string())),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(error(e.to_string())),
        }
    }

    /// Credentials for a registry's host; none is anonymous.
    pub(crate) async fn credentials(&self, host: &str) -> Result<Option<Credentials>, String> {
        let keys = keys_of(host);
        for key in &keys {
            if let Some(helper) = self.cred_helpers.get(key) {
                return ask_helper(helper, key).await;
            }
        }
        if let Some(helper) = self.creds_store.as_deref().filter(|helper| !helper.is_empty()) {
            for key in &keys {
                if let Some(found) = ask_helper(helper, key).await? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(keys
            .iter()
            .find_map(|key| self.auths.get(key))
            .and_then(AuthEntry::credentials))
    }
}

impl AuthEntry {
    fn credentials(&self) -> Option<Credentials> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        if let Some(token) = given(&self.identity_token) {
            return Some(Credentials {
                user: String::new(),
                secret: token.into_bytes().into(),
            });
        }
        if let (Some(user), Some(password)) = (given(&self.username), given(&self.password)) {
            return Some(Credentials {
                user,
                secret: password.into_bytes().into(),
            });
        }
        let encoded = given(&self.auth)?;
        let encoded = encoded.trim();
        let decoded = STANDARD
            .decode(encoded)
            .or_else(|_| STANDARD_NO_PAD.decode(encoded))
            .ok()?;
        let decoded = String::from_utf8(decoded).ok()?;
        let (user, password) = decoded.split_once(':')?;
        Some(Credentials {
            user: user.to_owned(),
            secret: SecretBytes::from(password.trim_end_matches('\0')),
        })
    }
}

/// The names under which credentials for a host may be kept, likeliest first.
fn keys_of(host: &str) -> Vec<String> {
    let mut keys = Vec::new();
    if HUB_HOSTS.contains(&host) {
        keys.push(HUB_KEY.to_owned());
        keys.extend(HUB_HOSTS.iter().map(|host| (*host).to_owned()));
    }
    keys.extend([
        host.to_owned(),
        format!("https://{host}"),
        format!("http://{host}"),
        format!("https://{host}/v1/"),
        format!("https://{host}/v2/"),
    ]);
    keys
}

/// Runs `docker-credential-HELPER get`, the protocol of the `docker-credential-helpers` project.
async fn ask_helper(helper: &str, key: &str) -> Result<Option<Credentials>, String> {
    if !helper
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    {
        return Err(format!(
            "Docker's configuration names the credential helper `{helper}`, which is no program name"
        ));
    }
    let program = format!("docker-credential-{helper}");
    let failed = |message: String| format!("the credential helper {program} failed for {key}: {message}");
    let run = async {
        let mut child = tokio::process::Command::new(&program)
            .arg("get")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(key.as_bytes()).await?;
        }
        child.wait_with_output().await
    };
    let output = tokio::time::timeout(HELPER_TIMEOUT, run).await;
    let output = output
        .map_err(|_| failed("no answer within a minute".to_owned()))?
        .map_err(|e| failed(e.to_string()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        // The helper prints its errors to stdout; this one means that it knows no credentials.
        let unknown = text.contains("credentials not found");
        return if unknown {
            Ok(None)
        } else {
            Err(failed(format!(
                "{}{}",
                text.trim(),
                String::from_utf8_lossy(&output.stderr).trim()
            )))
        };
    }
    let answer: HelperAnswer = serde_json::from_slice(&output.stdout)
        .map_err(|_| failed("its answer is not what Docker expects".to_owned()))?;
    let user = if answer.username == TOKEN_USER {
        String::new()
    } else {
        answer.username
    };
    Ok(Some(Credentials {
        user,
        secret: answer.secret.into_bytes().into(),
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{DockerConfig, keys_of};
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    fn config(json: serde_json::Value) -> DockerConfig {
        serde_json::from_value(json).unwrap()
    }

    async fn pair(config: &DockerConfig, host: &str) -> Option<(String, String)> {
        let found = config.credentials(host).await.unwrap()?;
        Some((found.user, String::from_utf8(found.secret.expose().to_vec()).unwrap()))
    }

    #[tokio::test]
    async fn the_forms_of_entries_are_understood() {
        let config = config(serde_json::json!({
            "auths": {
                "https://index.docker.io/v1/": {"auth": STANDARD.encode("hub:p:w")},
                "ghcr.io": {"username": "u", "password": "p"},
                "https://quay.io": {"identitytoken": "t"},
                "empty.example.com": {}
            },
            "HttpHeaders": {"x": "y"}
        }));
        let owned = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(pair(&config, "registry-1.docker.io").await, owned("hub", "p:w"));
        assert_eq!(pair(&config, "docker.io").await, owned("hub", "p:w"));
        assert_eq!(pair(&config, "ghcr.io").await, owned("u", "p"));
        assert_eq!(pair(&config, "quay.io").await, owned("", "t"));
        assert_eq!(pair(&config, "empty.example.com").await, None);
        assert_eq!(pair(&config, "other.example.com").await, None);
        assert!(!format!("{config:?}").contains("p:w"));
    }

    #[tokio::test]
    async fn no_file_is_no_credentials_and_a_broken_one_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        let none = DockerConfig::load(directory.path()).unwrap();
        assert_eq!(pair(&none, "ghcr.io").await, None);
        std::fs::write(directory.path().join("config.json"), "{").unwrap();
        assert!(
            DockerConfig::load(directory.path())
                .unwrap_err()
                .to_string()
                .contains("config.json")
        );
    }

    #[tokio::test]
    async fn helpers_that_are_no_program_names_are_not_run() {
        let config = config(serde_json::json!({"credHelpers": {"ghcr.io": "../evil; x"}}));
        assert!(
            config
                .credentials("ghcr.io")
                .await
                .unwrap_err()
                .contains("no program name")
        );
        let missing = super::DockerConfig {
            creds_store: Some("nosuchhelper".into()),
            ..DockerConfig::default()
        };
        assert!(
            missing
                .credentials("ghcr.io")
                .await
                .unwrap_err()
                .contains("docker-credential-nosuchhelper")
        );
    }

    #[test]
    fn the_hub_has_many_names() {
        assert_eq!(keys_of("docker.io").first().unwrap(), "https://index.docker.io/v1/");
        assert_eq!(keys_of("ghcr.io").first().unwrap(), "ghcr.io");
    }
}
