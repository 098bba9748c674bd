//! The consuming side of the stream.

use crate::event::Event;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedReceiver;

/// Receives every event, in order, until all [`crate::Telemetry`] handles and open spans are gone.
///
/// Events queue without bound, so a slow consumer costs memory but never slows the work. Dropping it unsubscribes.
#[derive(Debug)]
pub struct Subscription {
    events: UnboundedReceiver<Arc<Event>>,
}

impl Subscription {
    pub(crate) fn new(events: UnboundedReceiver<Arc<Event>>) -> Self {
        Self { events }
    }

    /// Waits for the next event; `None` at the end of the stream. Cancel-safe.
    pub async fn recv(&mut self) -> Option<Arc<Event>> {
        self.events.recv().await
    }

    /// Like [`recv`](Self::recv) for a thread outside of an async runtime.
    ///
    /// # Panics
    /// When called from an async task.
    pub fn blocking_recv(&mut self) -> Option<Arc<Event>> {
        self.events.blocking_recv()
    }

    /// The next event if one is queued already; `None` says nothing about the end of the stream.
    pub fn try_recv(&mut self) -> Option<Arc<Event>> {
        self.events.try_recv().ok()
    }
}
