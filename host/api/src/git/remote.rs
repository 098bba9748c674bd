//! A repository elsewhere: how it is reached and with which credentials. The engine fetches it; this process never does.

use super::advertised::Advertised;
use super::over_ssh;
use super::submodules::{self, Held};
use crate::access::HostView;
use crate::address::GitAddress;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::http::at_address;
use crate::permissions::held_to_hosts;
use crate::secret::Secret;
use crate::service::Service;
use crate::socket::Socket;
use base64::Engine as _;
use dockwright_engine::SecretBytes;
use dockwright_engine::llb::Output;
use dockwright_engine::llb::source::{self, GitOptions, HttpOptions};
use dockwright_schema::{Principal, Request};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// The user that servers expect beside a token when none is given.
const TOKEN_USER: &str = "x-access-token";
const GIT_PORT: u16 = 9418;

/// A repository elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Remote {
    /// As it was written.
    pub written: String,
    /// Where the engine finds it.
    pub url: String,
    pub options: GitOptions,
    /// The SSH agent that opens it.
    agent: Option<PathBuf>,
    /// Who asked for it, when that is a module that may fetch from some hosts alone.
    held: Option<Held>,
}

impl Remote {
    /// The repository at the URL, as the caller reaches it when nothing more is said.
    pub(super) async fn new(api: &Arc<Api>, url: &str, principal: &Principal) -> Result<Remote, ApiError> {
        let is_scp = !url.contains("://") && url.split_once(':').is_some_and(|(host, _)| host.contains('@'));
        let schemes = ["https://", "http://", "ssh://", "git://"];
        let url = match schemes.iter().any(|scheme| url.starts_with(scheme)) || is_scp {
            true => url.to_owned(),
            false if url.contains("://") || url.starts_with(['/', '.', '-']) || url.is_empty() => {
                return Err(ApiError::other(format!(
                    "`{url}` is no git URL; write https://…, http://…, ssh://…, git://… or user@host:path"
                )));
            }
            false => format!("https://{url}"),
        };
        let (mut options, mut agent) = (GitOptions::default(), None);
        // The caller's own agent, as git itself would ask it.
        if (is_scp || url.starts_with("ssh://"))
            && let HostView::Whole { .. } = api.host_view(principal)?
            && let Some(path) = std::env::var_os("SSH_AUTH_SOCK").filter(|path| !path.is_empty())
        {
            let socket = Socket::at(path.into());
            options.ssh_socket = Some(socket.register(api).await?);
            agent = Some(socket.path().to_owned());
        }
        Ok(Remote {
            written: url.clone(),
            url,
            options,
            agent,
            held: held_to_hosts(api, principal),
        })
    }

    /// With what the arguments of `git` say.
    pub(super) async fn with(
        mut self,
        api: &Arc<Api>,
        arguments: Arguments<'_>,
        request: &Arc<Request>,
    ) -> Result<Remote, ApiError> {
        if let Some(id) = arguments.optional_object("sshAuthSocket", "Socket")? {
            let socket = api.state::<Socket>(&id, request).await?;
            self.options.ssh_socket = Some(socket.register(api).await?);
            self.agent = Some(socket.path().to_owned());
        }
        if let Some(hosts) = arguments.non_empty_text("sshKnownHosts") {
            hosts.clone_into(&mut self.options.known_hosts);
        }
        let token = arguments.optional_object("httpAuthToken", "Secret")?;
        let header = arguments.optional_object("httpAuthHeader", "Secret")?;
        self.options.auth_header = match (token, header) {
            (Some(_), Some(_)) => {
                return Err(ApiError::other(
                    "git takes `httpAuthToken` or `httpAuthHeader`, not both",
                ));
            }
            (None, Some(header)) => Some(api.state::<Secret>(&header, request).await?.register(api).await?),
            (Some(token), None) => {
                let token = api.state::<Secret>(&token, request).await?;
                let user = arguments.non_empty_text("httpAuthUsername").unwrap_or(TOKEN_USER);
                Some(basic(api, user, &token).await?)
            }
            (None, None) => None,
        };
        if let Some(id) = arguments.optional_object("experimentalServiceHost", "Service")? {
            let service = api.state::<Service>(&id, request).await?;
            let key = service.declare(api, request).await?;
            let running = api.engine().await?.start_service(&key).await?;
            self.url = at_address(&self.url, &running.address.to_string());
        }
        Ok(self)
    }

    /// The files of a commit, for whoever asked for the repository.
    pub(super) async fn files(
        &self,
        api: &Arc<Api>,
        reference: &str,
        commit: &str,
        keep_git_dir: bool,
    ) -> Result<Output, ApiError> {
        let Some(held) = &self.held else {
            return Ok(self.source(reference, commit, keep_git_dir));
        };
        submodules::checked(api, self, held, |with_submodules| {
            let options = GitOptions {
                keep_git_dir,
                commit: commit.to_owned(),
                skip_submodules: !with_submodules,
                ..self.options.clone()
            };
            source::git(&self.url, reference, &options)
        })
        .await
    }

    /// The file system at a reference.
    pub(super) fn source(&self, reference: &str, commit: &str, keep_git_dir: bool) -> Output {
        let options = GitOptions {
            keep_git_dir,
            commit: commit.to_owned(),
            ..self.options.clone()
        };
        source::git(&self.url, reference, &options)
    }

    /// Everything that its server says it has.
    pub(super) async fn advertised(&self, api: &Arc<Api>) -> Result<Advertised, ApiError> {
        let failed = |error: ApiError| ApiError::other(format!("git {}: {error}", self.written));
        let bytes = if self.url.starts_with("http") {
            self.over_http(api).await
        } else if let Some(rest) = self.url.strip_prefix("git://") {
            over_git(api, rest).await
        } else if let Some(agent) = &self.agent {
            over_ssh::ask(&self.url, agent, &self.options.known_hosts).await
        } else {
            Err(ApiError::other(
                "branches and tags are listed over SSH only with an agent: pass `sshAuthSocket`, or name the branch",
            ))
        };
        Advertised::parse(&bytes.map_err(failed)?).map_err(failed)
    }

    async fn over_http(&self, api: &Arc<Api>) -> Result<Vec<u8>, ApiError> {
        let url = format!("{}/info/refs?service=git-upload-pack", self.url.trim_end_matches('/'));
        let options = HttpOptions {
            auth_header: self.options.auth_header.clone(),
            ..HttpOptions::default()
        };
        let file = source::http(&url, "references", &options);
        Ok(api.engine().await?.read_file(&file, "/references").await?)
    }
}

/// A secret that is the header for a user and a token.
async fn basic(api: &Arc<Api>, user: &str, token: &Secret) -> Result<String, ApiError> {
    let token = token.plaintext(api).await?;
    let mut pair = zeroize::Zeroizing::new(format!("{user}:").into_bytes());
    pair.extend_from_slice(token.expose());
    let encoded = base64::engine::general_purpose::STANDARD.encode(&pair);
    api.telemetry().redactor().add(&encoded);
    let value = format!("basic {encoded}");
    let mut hasher = api.store().key().hasher();
    hasher.update(b"header").update(value.as_bytes());
    let digest = hasher.finalize().to_hex();
    let id = format!("dockwright-{}", digest.get(..32).unwrap_or(&digest));
    api.engine()
        .await?
        .add_secret(&id, SecretBytes::new(value.into_bytes()));
    Ok(id)
}

/// Asks a git daemon; `rest` is `host[:port]/path`.
async fn over_git(api: &Arc<Api>, rest: &str) -> Result<Vec<u8>, ApiError> {
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:{GIT_PORT}")
    };
    let found = tokio::net::lookup_host(&address)
        .await
        .map_err(|error| ApiError::other(format!("{address}: {error}")))?
        .find_map(|address| match address {
            SocketAddr::V4(address) => Some(address),
            SocketAddr::V6(_) => None,
        });
    let address = found.ok_or_else(|| ApiError::other(format!("{address} has no IPv4 address")))?;
    let ask = format!("git-upload-pack /{path}\0host={host}\0");
    // Nothing is wanted: the server ends the connection after it has said what there is.
    let message = format!("{:04x}{ask}0000", ask.len() + 4);
    Ok(api
        .engine()
        .await?
        .converse(*address.ip(), address.port(), message.as_bytes())
        .await?)
}

/// The files of a git URL that was written as an address.
pub(crate) async fn fetch(api: &Arc<Api>, address: &GitAddress<'_>, principal: &Principal) -> Result<Output, ApiError> {
    let remote = Remote::new(api, address.url, principal).await?;
    let resolved = api
        .engine()
        .await?
        .resolve_git(&remote.source(address.reference, "", false))
        .await?;
    Ok(remote.source(address.reference, &resolved.commit, false))
}
