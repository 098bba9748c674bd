//! `Secret`: a value that only the session's memory and the engine's session ever hold.
//!
//! A secret is known by its provider's URI (or its name) and never by its value; the value is read when something first needs it and the redactor
//! learns it before anybody else can.

use crate::access::{HostView, require_host};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::recipe::Call;
use crate::secret_program::SecretProgram;
use dockwright_engine::SecretBytes;
use dockwright_schema::{Principal, Request, Resolved};
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// State of a secret.
#[derive(Debug)]
pub(crate) struct Secret {
    /// Its name: what a module called it, or the provider's URI.
    name: String,
    /// The provider's URI; empty for a secret made from plaintext.
    uri: String,
    /// Stands for the value in cache keys, when given.
    cache_key: Option<String>,
    provider: Provider,
    plaintext: OnceCell<SecretBytes>,
}

/// Where the value comes from.
#[derive(Debug)]
enum Provider {
    Environment(String),
    File(std::path::PathBuf),
    Command(String),
    Program(SecretProgram),
    Memory(SecretBytes),
}

impl Secret {
    /// A secret whose plaintext is known.
    pub(crate) fn in_memory(name: &str, plaintext: SecretBytes) -> Secret {
        Secret {
            name: name.to_owned(),
            uri: String::new(),
            cache_key: None,
            provider: Provider::Memory(plaintext),
            plaintext: OnceCell::new(),
        }
    }

    /// A secret named by URI: `env://NAME`, `file://PATH`, `cmd://COMMAND`, or the same with a single colon.
    fn from_uri(api: &Api, uri: &str, cache_key: Option<&str>, principal: &Principal) -> Result<Secret, ApiError> {
        require_host(
            principal,
            format!("the secret `{}`", without_query(uri)),
            "take a Secret argument and let the caller choose where it comes from",
        )?;
        let (uri, own_key) = without_cache_key(uri);
        let uri = uri.as_str();
        let cache_key = own_key.as_deref().or(cache_key);
        let (scheme, rest) = uri
            .split_once("://")
            .or_else(|| uri.split_once(':'))
            .unwrap_or(("env", uri));
        let provider = match scheme {
            "env" => Provider::Environment(rest.to_owned()),
            "file" => match api.host_view(principal)? {
                view @ HostView::Whole { .. } => Provider::File(view.resolve(rest)?),
                HostView::Sandbox { .. } => return Err(ApiError::other("a module has no secret files")),
            },
            "cmd" => Provider::Command(rest.to_owned()),
            other => match SecretProgram::new(other, rest, std::env::var("VAULT_PATH_PREFIX").ok()) {
                Some(program) => Provider::Program(program?),
                None => {
                    return Err(ApiError::other(format!(
                        "nothing keeps secrets under `{other}://`; use env://, file://, cmd://, op://, vault://, libsecret://, aws+sm://, aws+ps:// or gcp://"
                    )));
                }
            },
        };
        let cache_key = cache_key.map(str::to_owned);
        Ok(Secret {
            name: uri.to_owned(),
            uri: uri.to_owned(),
            cache_key,
            provider,
            plaintext: OnceCell::new(),
        })
    }

    /// What it is called: what a client or a module named it, or its URI.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The value, read once.
    pub(crate) async fn plaintext(&self, api: &Api) -> Result<SecretBytes, ApiError> {
        let read = || async {
            let value = self.read().await?;
            if let Ok(text) = std::str::from_utf8(value.expose()) {
                api.telemetry().redactor().add(text);
            }
            Ok(value)
        };
        self.plaintext.get_or_try_init(read).await.cloned()
    }

    /// Makes the engine able to ask for the value; returns the name it asks by. The name is part of BuildKit's cache keys: a new value must
    /// change it and the same value must not, without telling the value.
    pub(crate) async fn register(&self, api: &Api) -> Result<String, ApiError> {
        let value = self.plaintext(api).await?;
        let mut hasher = api.store().key().hasher();
        match &self.cache_key {
            Some(key) => hasher.update(b"cache key").update(key.as_bytes()),
            None => hasher.update(b"plaintext").update(value.expose()),
        };
        let id = format!(
            "dockwright-{}",
            hasher.finalize().to_hex().as_str().get(..32).unwrap_or_default()
        );
        api.engine().await?.add_secret(&id, value);
        Ok(id)
    }

    async fn read(&self) -> Result<SecretBytes, ApiError> {
        match &self.provider {
            Provider::Memory(value) => Ok(value.clone()),
            Provider::Program(program) => program.read(&self.name).await,
            Provider::Environment(name) => match std::env::var_os(name) {
                Some(value) => Ok(SecretBytes::new(value.into_encoded_bytes())),
                None => Err(ApiError::other(format!(
                    "secret `{}`: the environment variable {name} is not set",
                    self.name
                ))),
            },
            Provider::File(path) => match fs_err::read(path) {
                Ok(value) => Ok(SecretBytes::new(value)),
                Err(error) => Err(ApiError::other(format!("secret `{}`: {error}", self.name))),
            },
            Provider::Command(command) => {
                let output = tokio::process::Command::new("sh")
                    .arg("-c")
                    .arg(command)
                    .stdin(std::process::Stdio::null())
                    .kill_on_drop(true)
                    .output()
                    .await;
                let output = output
                    .map_err(|error| ApiError::other(format!("secret `{}`: cannot run sh: {error}", self.name)))?;
                if !output.status.success() {
                    return Err(ApiError::other(format!(
                        "secret `{}`: the command ended with {}",
                        self.name, output.status
                    )));
                }
                let mut value = output.stdout;
                if value.ends_with(b"\n") {
                    value.pop();
                }
                Ok(SecretBytes::new(value))
            }
        }
    }
}

/// The URI without its parameter `cacheKey`, and that.
fn without_cache_key(uri: &str) -> (String, Option<String>) {
    let Some(start) = uri.find("?cacheKey=").or_else(|| uri.find("&cacheKey=")) else {
        return (uri.to_owned(), None);
    };
    let (before, rest) = uri.split_at(start);
    let key = rest.get("?cacheKey=".len()..).unwrap_or_default();
    let (key, after) = key.split_once('&').unwrap_or((key, ""));
    let separator = rest.get(..1).filter(|_| !after.is_empty()).unwrap_or_default();
    (format!("{before}{separator}{after}"), Some(key.to_owned()))
}

fn without_query(uri: &str) -> &str {
    uri.split('?').next().unwrap_or(uri)
}

impl CoreObject for Secret {
    const TYPE: &'static str = "Secret";
    const VALUES: &'static [&'static str] = &["name", "uri", "plaintext"];
    const SOURCES: &'static [(&'static str, &'static str)] =
        &[("Query", "secret"), ("Query", "setSecret"), ("Address", "secret")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        let principal = call.principal.as_ref().unwrap_or(&request.principal);
        match (&*call.parent_type, &*call.field) {
            ("Query", "secret") => Secret::from_uri(
                api,
                arguments.text("uri")?,
                arguments.non_empty_text("cacheKey"),
                principal,
            ),
            ("Address", "secret") => {
                let address = api.parent_state::<crate::address::Address>(call, request).await?;
                Secret::from_uri(api, &address.value, None, &address.principal)
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        let text = match field.name {
            "name" => self.name.clone(),
            "uri" => self.uri.clone(),
            "plaintext" => {
                let value = self.plaintext(field.api).await?;
                String::from_utf8(value.expose().to_vec())
                    .map_err(|_| ApiError::other(format!("secret `{}` is not UTF-8 text", self.name)))?
            }
            _ => return field.unsupported(Self::TYPE),
        };
        Ok(Resolved::Value(Value::String(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::without_cache_key;

    #[test]
    fn the_cache_key_is_no_part_of_the_name() {
        let parts = |uri| {
            let (uri, key) = without_cache_key(uri);
            format!("{uri} {}", key.unwrap_or_default())
        };
        assert_eq!(parts("env://X?cacheKey=k"), "env://X k");
        assert_eq!(parts("aws+sm://n?field=f&cacheKey=k"), "aws+sm://n?field=f k");
        assert_eq!(parts("aws+sm://n?cacheKey=k&field=f"), "aws+sm://n?field=f k");
        assert_eq!(parts("cmd://echo a?b&c"), "cmd://echo a?b&c ");
    }
}
