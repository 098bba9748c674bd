//! `GitRepository`: a repository elsewhere, or in a directory.

use super::advertised::Advertised;
use super::local::Local;
use super::remote::Remote;
use crate::address::{Address, git_address};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::host;
use crate::recipe::Call;
use dockwright_schema::{Request, Resolved};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::OnceCell;

/// State of a repository.
#[derive(Clone, Debug)]
pub(crate) struct GitRepository {
    pub(super) place: Place,
    /// Whether trees keep `.git` when nothing else is said.
    pub(super) keep_git_dir: bool,
    advertised: Arc<OnceCell<Advertised>>,
}

/// Where it is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Remote(Remote),
    Local(Local),
}

impl GitRepository {
    pub(super) fn new(place: Place, keep_git_dir: bool) -> GitRepository {
        GitRepository {
            place,
            keep_git_dir,
            advertised: Arc::default(),
        }
    }

    /// Everything that it has, asked once.
    pub(super) async fn advertised(&self, api: &Arc<Api>) -> Result<&Advertised, ApiError> {
        let ask = || async {
            match &self.place {
                Place::Remote(remote) => remote.advertised(api).await,
                Place::Local(local) => local.advertised().await,
            }
        };
        self.advertised.get_or_try_init(ask).await
    }

    /// The repository that an address names, and the reference after `#`.
    pub(super) async fn of_address(api: &Arc<Api>, address: &Address) -> Result<(GitRepository, String), ApiError> {
        if let Some(git) = git_address(&address.value) {
            if !git.path.is_empty() {
                return Err(ApiError::other(format!(
                    "`{}`: a path within a repository cannot be named here",
                    address.value
                )));
            }
            let remote = Remote::new(api, git.url, &address.principal).await?;
            return Ok((
                GitRepository::new(Place::Remote(remote), true),
                git.reference.to_owned(),
            ));
        }
        let text = address.value.strip_prefix("file://").unwrap_or(&address.value);
        let (path, reference) = text.split_once('#').unwrap_or((text, ""));
        let view = api.host_view(&address.principal)?;
        let empty = serde_json::Map::new();
        let directory = host::directory(api, &view, path, Arguments(&empty)).await?;
        let local = Local::new(api, &directory).await?;
        Ok((GitRepository::new(Place::Local(local), true), reference.to_owned()))
    }
}

impl CoreObject for GitRepository {
    const TYPE: &'static str = "GitRepository";
    const VALUES: &'static [&'static str] = &["url", "branches", "tags"];
    const SOURCES: &'static [(&'static str, &'static str)] =
        &[("Query", "git"), ("Address", "gitRepository"), ("Directory", "asGit")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Query", "git") => {
                let principal = call.principal.as_ref().unwrap_or(&request.principal);
                let remote = Remote::new(api, arguments.text("url")?, principal).await?;
                let remote = remote.with(api, arguments, request).await?;
                let keep = arguments.0.get("keepGitDir").and_then(Value::as_bool).unwrap_or(true);
                Ok(GitRepository::new(Place::Remote(remote), keep))
            }
            ("Address", "gitRepository") => {
                let address = api.parent_state::<Address>(call, request).await?;
                let (repository, reference) = GitRepository::of_address(api, &address).await?;
                if reference.is_empty() {
                    return Ok(repository);
                }
                Err(ApiError::other(format!(
                    "`{}` names a reference; a repository is named without `#`",
                    address.value
                )))
            }
            ("Directory", "asGit") => {
                let directory = api.parent_state::<Directory>(call, request).await?;
                Ok(GitRepository::new(
                    Place::Local(Local::new(api, &directory).await?),
                    true,
                ))
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        let patterns = field.arguments.texts("patterns");
        let value = match field.name {
            "url" => match &self.place {
                Place::Remote(remote) => Value::String(remote.written.clone()),
                Place::Local(_) => Value::Null,
            },
            "branches" => json!(self.advertised(field.api).await?.names("refs/heads/", &patterns)),
            "tags" => json!(self.advertised(field.api).await?.names("refs/tags/", &patterns)),
            _ => return field.unsupported(Self::TYPE),
        };
        Ok(Resolved::Value(value))
    }
}
