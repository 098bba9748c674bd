//! Advances the engines' epoch while guest code runs, so that it can be interrupted. No thread exists while none runs.

use crate::engine::TICK;
use std::sync::{Arc, Mutex, PoisonError};
use wasmtime::{Engine, EngineWeak};

/// Owns the ticking thread of a runtime's engines.
#[derive(Clone)]
pub(crate) struct Ticker {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
}

struct State {
    engines: Vec<EngineWeak>,
    /// Guards that are alive.
    guards: usize,
    /// Whether the thread exists; it goes at the first tick that finds no guard.
    ticking: bool,
}

/// While one of these lives, the epoch advances every [`TICK`].
pub(crate) struct Ticking {
    shared: Arc<Shared>,
}

impl Ticker {
    pub(crate) fn new(engine: &Engine) -> Self {
        Ticker {
            shared: Arc::new(Shared {
                state: Mutex::new(State {
                    engines: vec![engine.weak()],
                    guards: 0,
                    ticking: false,
                }),
            }),
        }
    }

    /// Advances another engine's epoch too.
    pub(crate) fn add(&self, engine: &Engine) {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.engines.push(engine.weak());
    }

    /// # Errors
    /// When the operating system gives no thread: without it nothing would stop an endless loop.
    pub(crate) fn start(&self) -> std::io::Result<Ticking> {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.ticking {
            let shared = Arc::clone(&self.shared);
            std::thread::Builder::new()
                .name("guest-ticker".into())
                .stack_size(64 << 10)
                .spawn(move || tick(&shared))?;
            state.ticking = true;
        }
        state.guards += 1;
        Ok(Ticking {
            shared: Arc::clone(&self.shared),
        })
    }
}

impl Drop for Ticking {
    fn drop(&mut self) {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.guards = state.guards.saturating_sub(1);
    }
}

fn tick(shared: &Shared) {
    loop {
        std::thread::sleep(TICK);
        let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.engines.retain(|engine| engine.upgrade().is_some());
        if state.guards == 0 || state.engines.is_empty() {
            state.ticking = false;
            return;
        }
        for engine in state.engines.iter().filter_map(EngineWeak::upgrade) {
            engine.increment_epoch();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn the_thread_lives_only_while_something_runs() {
        let engine = crate::engine::new().unwrap();
        let ticker = Ticker::new(&engine);
        let ticking = || ticker.shared.state.lock().unwrap().ticking;
        assert!(!ticking());
        let (one, two) = (ticker.start().unwrap(), ticker.start().unwrap());
        drop(one);
        std::thread::sleep(TICK * 5);
        assert!(ticking());
        drop(two);
        let begin = Instant::now();
        while ticking() {
            assert!(begin.elapsed() < Duration::from_secs(10), "the thread stays");
            std::thread::sleep(TICK);
        }
        let _again = ticker.start().unwrap();
        assert!(ticking());
    }
}
