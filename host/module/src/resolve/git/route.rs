//! The way to a repository where a `trust.toml` lists repositories: every address on it must be listed, those that a server redirects to and
//! those of submodules too. Git is told not to follow redirections then; they are followed here.

use super::program::{Complaint, Failure};
use crate::trust::Trust;
use dockwright_http::{Proxies, redirection};
use std::sync::Arc;

/// Redirections that are followed.
const REDIRECTIONS: usize = 5;
/// What git asks a web server for first, below the repository's address.
const QUESTION: &str = "/info/refs?service=git-upload-pack";

/// Who decides where a way may lead, and how web servers are asked.
#[derive(Clone, Default)]
pub(super) struct Route {
    trust: Arc<Trust>,
    proxies: Proxies,
}

impl Route {
    pub(super) fn new(trust: Arc<Trust>, proxies: Proxies) -> Route {
        Route { trust, proxies }
    }

    pub(super) fn trust(&self) -> &Trust {
        &self.trust
    }

    pub(super) fn proxies(&self) -> &Proxies {
        &self.proxies
    }

    /// Whether there are lists.
    pub(super) fn is_limited(&self) -> bool {
        self.trust.limits_git()
    }

    /// Refuses an address that is not listed. Repositories of this machine need not be.
    pub(super) fn require(&self, url: &str) -> Result<(), Failure> {
        let file = self.trust.unlisted_git(url).filter(|_| !url.starts_with("file://"));
        match file {
            Some(file) => Err(unlisted(format!(
                "{url} is not among the repositories that {} lists",
                file.display()
            ))),
            None => Ok(()),
        }
    }

    /// Where the way from the address ends. Without lists that is git's to find out.
    pub(super) fn end(&self, url: &str) -> Result<String, Failure> {
        self.require(url)?;
        let mut at = url.trim_end_matches('/').to_owned();
        if !self.is_limited() || !(url.starts_with("http://") || url.starts_with("https://")) {
            return Ok(url.to_owned());
        }
        for _ in 0..REDIRECTIONS {
            // A server that cannot be asked is git's to complain about.
            let Ok(Some(next)) = redirection(&self.proxies, &format!("{at}{QUESTION}")) else {
                return Ok(if at == url.trim_end_matches('/') {
                    url.to_owned()
                } else {
                    at
                });
            };
            let base = next.strip_suffix(QUESTION).map(str::to_owned);
            let base = base.ok_or_else(|| unlisted(format!("{at} redirects to {next}, which is no repository")))?;
            if at.starts_with("https://") && !base.starts_with("https://") {
                return Err(unlisted(format!("{at} redirects to {base}, which is not encrypted")));
            }
            self.require(&base).map_err(|failure| Failure {
                message: format!("{url} redirects: {}", failure.message),
                ..failure
            })?;
            at = base;
        }
        Err(unlisted(format!("{url} is redirected again and again")))
    }
}

fn unlisted(message: String) -> Failure {
    Failure {
        complaint: Complaint::Unlisted,
        message,
    }
}
