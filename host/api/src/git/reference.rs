//! `GitRef`: a branch, tag or commit of a repository.

use super::repository::{GitRepository, Place};
use super::version::latest;
use crate::address::Address;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_engine::ResolvedGit;
use dockwright_schema::{Request, Resolved};
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// State of a reference.
#[derive(Clone, Debug)]
pub(crate) struct GitRef {
    repository: Arc<GitRepository>,
    /// As it was named; empty for the default branch.
    name: String,
    resolved: Arc<OnceCell<ResolvedGit>>,
}

impl GitRef {
    fn new(repository: Arc<GitRepository>, name: String) -> Result<GitRef, ApiError> {
        if name.starts_with('-')
            || name.contains(|c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\#".contains(c))
        {
            return Err(ApiError::other(format!(
                "`{name}` is no name of a branch, tag or commit"
            )));
        }
        Ok(GitRef {
            repository,
            name,
            resolved: Arc::default(),
        })
    }

    /// Its full name and its commit, looked up once: what it leads to stays the same within a session.
    async fn resolved(&self, api: &Arc<Api>) -> Result<&ResolvedGit, ApiError> {
        let look_up = || async {
            match &self.repository.place {
                Place::Remote(remote) => {
                    let source = remote.source(&self.name, "", false);
                    Ok::<_, ApiError>(api.engine().await?.resolve_git(&source).await?)
                }
                Place::Local(local) => {
                    let name = if self.name.is_empty() { "HEAD" } else { &self.name };
                    let commit = local.commit(name).await?;
                    let advertised = self.repository.advertised(api).await?;
                    let named = |prefix: &str| {
                        let full = format!("{prefix}{name}");
                        advertised
                            .references
                            .iter()
                            .any(|(known, _)| *known == full)
                            .then_some(full)
                    };
                    let reference = match name {
                        "HEAD" => advertised.head.clone(),
                        _ => ["", "refs/", "refs/heads/", "refs/tags/"].into_iter().find_map(named),
                    };
                    Ok(ResolvedGit {
                        reference: reference.unwrap_or_else(|| commit.clone()),
                        commit,
                    })
                }
            }
        };
        self.resolved.get_or_try_init(look_up).await
    }

    /// Its files.
    pub(crate) async fn tree(
        &self,
        api: &Arc<Api>,
        arguments: Arguments<'_>,
        _request: &Arc<Request>,
    ) -> Result<Directory, ApiError> {
        let keep = self.repository.keep_git_dir && !arguments.flag("discardGitDir");
        let resolved = self.resolved(api).await?;
        let output = match &self.repository.place {
            Place::Remote(remote) => {
                let more = arguments.optional_integer("depth").is_some_and(|depth| depth != 1);
                if keep && (more || arguments.flag("includeTags")) {
                    return Err(ApiError::other(
                        "tree(depth, includeTags): more history than the one commit is not supported by this version of dockwright; \
                         pass `discardGitDir: true` if only the files matter",
                    ));
                }
                remote.files(api, &self.name, &resolved.commit, keep).await?
            }
            Place::Local(local) => local.tree(api, &resolved.commit, keep).await?,
        };
        Ok(Directory::root(output))
    }
}

impl CoreObject for GitRef {
    const TYPE: &'static str = "GitRef";
    const VALUES: &'static [&'static str] = &["commit", "ref"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("GitRepository", "head"),
        ("GitRepository", "ref"),
        ("GitRepository", "branch"),
        ("GitRepository", "tag"),
        ("GitRepository", "commit"),
        ("GitRepository", "latestVersion"),
        ("Address", "gitRef"),
        ("GitRef", "commonAncestor"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("GitRepository", field) => {
                let repository = api.parent_state::<GitRepository>(call, request).await?;
                let name = match field {
                    "head" => String::new(),
                    "ref" => arguments.text("name")?.to_owned(),
                    "branch" => full("refs/heads/", arguments.text("name")?),
                    "tag" => full("refs/tags/", arguments.text("name")?),
                    "commit" => commit(arguments.text("id")?)?.to_owned(),
                    "latestVersion" => {
                        let tags = repository.advertised(api).await?.names("refs/tags/", &[]);
                        let tag = latest(&tags).ok_or_else(|| {
                            ApiError::other("the repository has no tag that is a version, such as v1.2.3")
                        })?;
                        full("refs/tags/", tag)
                    }
                    _ => return unsupported_source(call),
                };
                GitRef::new(repository, name)
            }
            ("Address", "gitRef") => {
                let address = api.parent_state::<Address>(call, request).await?;
                let (repository, name) = GitRepository::of_address(api, &address).await?;
                GitRef::new(Arc::new(repository), name)
            }
            ("GitRef", "commonAncestor") => {
                let one = api.parent_state::<GitRef>(call, request).await?;
                let other = api
                    .state::<GitRef>(&arguments.object("other", Self::TYPE)?, request)
                    .await?;
                let Place::Local(local) = &one.repository.place else {
                    return Err(ApiError::other(
                        "commonAncestor needs the whole history, which is there only for a repository of a directory (asGit)",
                    ));
                };
                let commits = (&one.resolved(api).await?.commit, &other.resolved(api).await?.commit);
                GitRef::new(one.repository.clone(), local.merge_base(commits.0, commits.1).await?)
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        let resolved = self.resolved(field.api).await?;
        let text = match field.name {
            "commit" => resolved.commit.clone(),
            "ref" => resolved.reference.clone(),
            _ => return field.unsupported(Self::TYPE),
        };
        Ok(Resolved::Value(Value::String(text)))
    }
}

fn full(prefix: &str, name: &str) -> String {
    if name.starts_with(prefix) {
        name.to_owned()
    } else {
        format!("{prefix}{name}")
    }
}

/// A commit by its whole digest: only that says the same tomorrow.
fn commit(id: &str) -> Result<&str, ApiError> {
    if matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(id);
    }
    Err(ApiError::other(format!(
        "`{id}` is no commit: write the whole digest, 40 or 64 hexadecimal digits"
    )))
}
