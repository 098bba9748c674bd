//! Notices what a guest asks of the host that the host would answer otherwise the next time: clocks and random numbers.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use wasmtime_wasi::clocks::{MonotonicClock, WallClock};
use wasmtime_wasi::{HostMonotonicClock, HostWallClock, Rng, WasiCtxBuilder, thread_rng};

/// Counts such questions. Clones count together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch(Arc<AtomicU64>);

impl Watch {
    /// Takes note of one.
    pub(crate) fn note(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// How many there were.
    pub(crate) fn noted(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Takes note of those that go to WASI.
    pub(crate) fn over(&self, builder: &mut WasiCtxBuilder) {
        let random = || Watched {
            source: thread_rng(),
            watch: self.clone(),
        };
        builder
            .secure_random(random())
            .insecure_random(random())
            .wall_clock(WatchedWall(WallClock, self.clone()))
            .monotonic_clock(WatchedMonotonic(MonotonicClock::default(), self.clone()));
    }
}

/// Random numbers. Every way to them leads through [`DerefMut`].
struct Watched {
    source: Box<dyn Rng + Send>,
    watch: Watch,
}

impl Deref for Watched {
    type Target = dyn Rng + Send;

    fn deref(&self) -> &Self::Target {
        &*self.source
    }
}

impl DerefMut for Watched {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.watch.note();
        &mut *self.source
    }
}

struct WatchedWall(WallClock, Watch);

impl HostWallClock for WatchedWall {
    fn resolution(&self) -> Duration {
        self.0.resolution()
    }

    fn now(&self) -> Duration {
        self.1.note();
        self.0.now()
    }
}

struct WatchedMonotonic(MonotonicClock, Watch);

impl HostMonotonicClock for WatchedMonotonic {
    fn resolution(&self) -> u64 {
        self.0.resolution()
    }

    fn now(&self) -> u64 {
        self.1.note();
        self.0.now()
    }
}
