//! Where user names and passwords come from. Reading Docker's configuration is another crate's work; the command line connects the two.

use async_trait::async_trait;
use zeroize::Zeroizing;

/// User name and password of a registry.
#[derive(Clone)]
pub struct Credentials {
    /// Empty when the secret is an identity token.
    pub user: String,
    /// The password or token.
    pub secret: Zeroizing<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// Knows credentials.
#[async_trait]
pub trait CredentialSource: Send + Sync {
    /// Those of a registry, by its host and port; none is anonymous. The error is for the user.
    async fn credentials(&self, host: &str) -> Result<Option<Credentials>, String>;
}

/// Knows none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anonymous;

#[async_trait]
impl CredentialSource for Anonymous {
    async fn credentials(&self, _host: &str) -> Result<Option<Credentials>, String> {
        Ok(None)
    }
}
