//! `system`: log, clocks and random numbers.

use crate::bindings::dockwright::module::system::{Host, Level};
use crate::instance::State;
use dockwright_telemetry::Stream;
use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Zero of the monotonic clock: some moment in the life of this process.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Host for State {
    /// Runtimes without standard streams print through this, so a line belongs to the call's output. Only what a module in Go
    /// says at its end is the reason of its failure.
    fn log(&mut self, level: Level, mut message: String) -> wasmtime::Result<()> {
        if level == Level::Error && self.last_words.take(&message) {
            return Ok(());
        }
        let stream = match level {
            Level::Debug | Level::Info => Stream::Stdout,
            Level::Warn | Level::Error => Stream::Stderr,
        };
        message.push('\n');
        self.output.write(stream, message.as_bytes());
        Ok(())
    }

    fn wall_clock(&mut self) -> wasmtime::Result<u64> {
        self.asked_for_the_moment();
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
    }

    fn monotonic_clock(&mut self) -> wasmtime::Result<u64> {
        self.asked_for_the_moment();
        Ok(u64::try_from(START.elapsed().as_nanos()).unwrap_or(u64::MAX))
    }

    fn random(&mut self) -> wasmtime::Result<u64> {
        self.asked_for_the_moment();
        getrandom::u64()
            .map_err(|error| wasmtime::Error::msg(format!("the operating system gives no random numbers: {error}")))
    }
}
