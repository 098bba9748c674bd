//! Runs the engine until a promise is settled: jobs first, then one due timer, then whatever request ends next.
//!
//! Requests run in the host from the moment they are made. What is still open when the promise is settled is dropped: the
//! instance ends with the call.

use crate::engine::{self, Hooks};
use crate::world::functions::Failure;
use crate::{failure, rejections, requests, timers};
use rquickjs::promise::PromiseState;
use rquickjs::{CatchResultExt, Persistent, Promise};

/// Runs what `start` begins. The hooks' promises resolve to outcomes as JSON (`js/outcome.js`) and reject only when even
/// that fails. `stuck` says what it means when nothing can happen any more.
pub(crate) fn run(
    start: impl for<'js> FnOnce(&Hooks<'js>) -> rquickjs::Result<Promise<'js>>,
    stuck: impl FnOnce() -> Failure,
) -> Result<String, Failure> {
    let promise = engine::with(|hooks| {
        let promise = start(&hooks)
            .catch(hooks.ctx())
            .map_err(|error| failure::uncaught(&error))?;
        Ok::<_, Failure>(Persistent::save(hooks.ctx(), promise))
    })?;
    loop {
        if let Some(outcome) = engine::with(|hooks| settled(&hooks, &promise)) {
            return outcome;
        }
        let timeout = match timers::next() {
            Some(timers::Next::Due(timer)) => {
                call(|hooks| hooks.fire(timer))?;
                if !requests::any() {
                    continue;
                }
                Some(0)
            }
            Some(timers::Next::In(nanoseconds)) => Some(nanoseconds),
            None if requests::any() => None,
            None => return Err(stuck()),
        };
        if let Some(completion) = requests::wait(timeout) {
            call(|hooks| hooks.complete(completion.id, &completion.outcome))?;
        }
    }
}

/// Tells JavaScript that something happened. What a timer's function throws is logged there and does not come here.
fn call(tell: impl for<'js> FnOnce(&Hooks<'js>) -> rquickjs::Result<()>) -> Result<(), Failure> {
    engine::with(|hooks| {
        tell(&hooks)
            .catch(hooks.ctx())
            .map_err(|error| failure::uncaught(&error))
    })
}

/// The outcome, when there is one. Runs all jobs.
fn settled(hooks: &Hooks<'_>, promise: &Persistent<Promise<'static>>) -> Option<Result<String, Failure>> {
    hooks.run_jobs();
    let promise = match promise.clone().restore(hooks.ctx()).catch(hooks.ctx()) {
        Ok(promise) => promise,
        Err(error) => return Some(Err(failure::uncaught(&error))),
    };
    rejections::tell(hooks);
    if promise.state() == PromiseState::Pending {
        return None;
    }
    Some(match promise.finish::<String>().catch(hooks.ctx()) {
        Ok(outcome) => failure::outcome(&outcome),
        Err(error) => Err(failure::uncaught(&error)),
    })
}
