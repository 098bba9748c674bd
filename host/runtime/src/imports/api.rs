//! `api`: requests of one instance to the core API. Each runs as a task of its own; they end with the instance.

use crate::bindings::dockwright::module::api::{Completion, Host};
use crate::call_error::Stop;
use crate::instance::State;
use dockwright_schema::{CallStack, Execute, Principal, Request};
use futures::FutureExt;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{AbortHandle, JoinSet};

/// Told to code that calls the API while its module is described.
const WHILE_DESCRIBING: &str = "the API cannot be used while the module is loaded, only by a function that is called: \
                                move this call into a function";

/// Whom the instance asks, and in whose name.
#[derive(Clone)]
pub(crate) enum Door {
    /// The instance only tells what the module offers; requests are answered with a refusal.
    Closed,
    /// The instance runs a function.
    Open(Arc<Caller>),
}

/// In whose name requests are made.
pub(crate) struct Caller {
    pub(crate) execute: Arc<dyn Execute>,
    pub(crate) principal: Principal,
    pub(crate) stack: CallStack,
    pub(crate) span: u64,
}

/// The requests of one instance.
pub(crate) struct Requests {
    door: Door,
    limit: usize,
    last: u64,
    /// Requests whose completion the guest has not got. One that is cancelled is not in here, though its task may still end.
    open: HashMap<u64, AbortHandle>,
    /// Aborts what runs when it is dropped.
    tasks: JoinSet<Completion>,
}

impl Requests {
    pub(crate) fn new(door: Door, limit: usize) -> Self {
        Requests {
            door,
            limit,
            last: 0,
            open: HashMap::new(),
            tasks: JoinSet::new(),
        }
    }

    fn submit(&mut self, document: String, variables: Option<String>) -> Result<u64, Stop> {
        if self.open.len() >= self.limit {
            return Err(Stop::TooManyRequests { limit: self.limit });
        }
        self.last += 1;
        let id = self.last;
        let door = self.door.clone();
        let handle = self.tasks.spawn(async move {
            let outcome = match door {
                Door::Closed => Err(WHILE_DESCRIBING.to_owned()),
                Door::Open(caller) => caller.ask(document, variables).await,
            };
            Completion { id, outcome }
        });
        self.open.insert(id, handle);
        Ok(id)
    }

    /// Whether there has been one.
    pub(crate) fn any_sent(&self) -> bool {
        self.last > 0
    }

    fn cancel(&mut self, id: u64) {
        if let Some(handle) = self.open.remove(&id) {
            handle.abort();
        }
    }

    /// A completion that is there.
    fn ready(&mut self) -> Option<Completion> {
        while let Some(ended) = self.tasks.try_join_next() {
            if let Some(completion) = self.deliverable(ended) {
                return Some(completion);
            }
        }
        None
    }

    /// The next completion; none when no request is open.
    async fn next(&mut self) -> Option<Completion> {
        while let Some(ended) = self.tasks.join_next().await {
            if let Some(completion) = self.deliverable(ended) {
                return Some(completion);
            }
        }
        None
    }

    /// Tasks end in an error only when they are cancelled: panics are caught inside.
    fn deliverable(&mut self, ended: Result<Completion, tokio::task::JoinError>) -> Option<Completion> {
        ended
            .ok()
            .filter(|completion| self.open.remove(&completion.id).is_some())
    }
}

impl Caller {
    async fn ask(&self, document: String, variables: Option<String>) -> Result<String, String> {
        let request = Request {
            document,
            variables,
            operation_name: None,
            principal: self.principal.clone(),
            stack: self.stack.clone(),
            span: self.span,
        };
        AssertUnwindSafe(self.execute.execute(request))
            .catch_unwind()
            .await
            .map_err(|_| "the host failed while it ran this request; this is a bug in dockwright".to_owned())
    }
}

impl Host for State {
    fn submit(&mut self, document: String, variables: Option<String>) -> wasmtime::Result<u64> {
        Ok(self.requests.submit(document, variables)?)
    }

    async fn wait(&mut self, timeout_ns: Option<u64>) -> wasmtime::Result<Option<Completion>> {
        if let Some(completion) = self.requests.ready() {
            return Ok(Some(completion));
        }
        match timeout_ns {
            Some(0) => {
                // A guest that only looks would otherwise starve its own requests on a runtime with one thread.
                tokio::task::yield_now().await;
                return Ok(self.requests.ready());
            }
            None if self.requests.open.is_empty() => return Err(Stop::Deadlock.into()),
            _ => {}
        }
        self.pause();
        let completion = match timeout_ns {
            None => self.requests.next().await,
            Some(nanoseconds) => {
                let timeout = Duration::from_nanos(nanoseconds);
                let sleep = tokio::time::sleep(timeout);
                tokio::select! {
                    Some(completion) = self.requests.next() => Some(completion),
                    () = sleep => None,
                }
            }
        };
        self.resume().await?;
        Ok(completion)
    }

    fn cancel(&mut self, id: u64) -> wasmtime::Result<()> {
        self.requests.cancel(id);
        Ok(())
    }
}
