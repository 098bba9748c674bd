//! Bounds how many instances run guest code at the same time. An instance that waits for the API gives its slot away, so
//! that the calls it waits for can run.

use crate::ticker::{Ticker, Ticking};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wasmtime::Engine;

/// The slots of a runtime.
#[derive(Clone)]
pub(crate) struct Slots {
    permits: Arc<Semaphore>,
    ticker: Ticker,
}

/// The right to run guest code; the epoch advances while it is held.
pub(crate) struct Slot {
    _permit: OwnedSemaphorePermit,
    _ticking: Ticking,
}

/// No slot can be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SlotError {
    /// There is no thread to enforce the time limit with.
    #[error("cannot start the thread that bounds the time of guest code: {0}")]
    Thread(#[from] std::io::Error),
    /// The runtime goes away.
    #[error("the runtime is shutting down")]
    Closed(#[from] tokio::sync::AcquireError),
}

impl Slots {
    pub(crate) fn new(running: usize, ticker: Ticker) -> Self {
        let permits = running.clamp(1, Semaphore::MAX_PERMITS);
        Slots {
            permits: Arc::new(Semaphore::new(permits)),
            ticker,
        }
    }

    /// Instances of another engine run in these slots too.
    pub(crate) fn add(&self, engine: &Engine) {
        self.ticker.add(engine);
    }

    /// Waits until one is free.
    pub(crate) async fn acquire(&self) -> Result<Slot, SlotError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await?;
        Ok(Slot {
            _permit: permit,
            _ticking: self.ticker.start()?,
        })
    }
}
