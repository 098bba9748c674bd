//! Trying again: how often, and how long to wait between.

use super::error::ClientError;
use std::time::Duration;

/// How often a request is tried, and the pauses between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries in all.
    pub tries: u32,
    /// The first pause; each next one is twice as long.
    pub pause: Duration,
    /// The longest pause, also when the registry asks for more.
    pub longest: Duration,
}

impl Default for RetryPolicy {
    fn default() -> RetryPolicy {
        RetryPolicy {
            tries: 5,
            pause: Duration::from_millis(200),
            longest: Duration::from_secs(20),
        }
    }
}

/// Tries of one request.
pub(super) struct Tries {
    policy: RetryPolicy,
    failed: u32,
}

impl RetryPolicy {
    pub(super) fn start(self) -> Tries {
        Tries {
            policy: self,
            failed: 0,
        }
    }
}

impl Tries {
    /// Waits before the next try.
    ///
    /// # Errors
    /// The error itself, when another try makes no sense.
    pub(super) async fn after(&mut self, error: ClientError) -> Result<(), ClientError> {
        self.failed += 1;
        // Who is not there now is not there in a second; a user without a network does not want to wait for that.
        let tries = match error {
            ClientError::Unreachable { .. } => self.policy.tries.min(3),
            _ => self.policy.tries,
        };
        if !error.is_transient() || self.failed >= tries {
            return Err(error);
        }
        let asked = match &error {
            ClientError::RateLimited { retry_after, .. } => *retry_after,
            _ => None,
        };
        let doubled = self.policy.pause.saturating_mul(1 << (self.failed - 1).min(16));
        let pause = asked.unwrap_or(doubled).min(self.policy.longest);
        tracing::debug!(%error, ?pause, "trying again");
        tokio::time::sleep(pause).await;
        Ok(())
    }

    /// Something was received: what failed before does not count any more.
    pub(super) fn progressed(&mut self) {
        self.failed = 0;
    }
}
