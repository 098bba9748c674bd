//! How much a module's code may use, and the accounting of memory and tables while it runs.
//!
//! Time is accounted in `instance.rs` (by ticks), the number of running instances in `slots.rs`.

use std::time::Duration;
use wasmtime::ResourceLimiter;

/// What one call of a module may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all linear memories of a call together.
    pub memory: u64,
    /// Time that guest code may run in a call. Time spent waiting for the API does not count. Resolution is 10 ms.
    pub guest_time: Duration,
    /// Instances that run at the same time in this process; instances that wait for the API do not count. Further calls queue.
    pub running: usize,
    /// Bytes of output (both streams and the log together) that a call passes on; the rest is dropped with a note.
    pub output: u64,
    /// Requests to the API that a call may have open at the same time.
    pub requests: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            memory: 1 << 30,
            guest_time: Duration::from_secs(60),
            running: 64,
            output: 64 << 20,
            requests: 1 << 16,
        }
    }
}

/// Core instances, tables and memories that a component may consist of; CPython with its libraries has about 60.
const PARTS: usize = 1000;

/// Table elements (8 bytes each) of a call together.
const TABLE_ELEMENTS: usize = 4 << 20;

/// Accounts the memory of one call.
#[derive(Debug)]
pub(crate) struct Accountant {
    memory_limit: usize,
    memory: usize,
    elements: usize,
    denied: bool,
}

impl Accountant {
    pub(crate) fn new(limits: &Limits) -> Self {
        let memory_limit = usize::try_from(limits.memory).unwrap_or(usize::MAX);
        Accountant {
            memory_limit,
            memory: 0,
            elements: 0,
            denied: false,
        }
    }

    /// Whether the guest asked for more memory than it may have.
    pub(crate) fn denied(&self) -> bool {
        self.denied
    }
}

impl ResourceLimiter for Accountant {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        if maximum.is_some_and(|maximum| desired > maximum) {
            // wasmtime refuses this itself, whatever the answer is.
            return Ok(true);
        }
        let total = self.memory.saturating_add(desired.saturating_sub(current));
        if total > self.memory_limit {
            self.denied = true;
            return Ok(false);
        }
        self.memory = total;
        Ok(true)
    }

    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        if maximum.is_some_and(|maximum| desired > maximum) {
            return Ok(true);
        }
        let total = self.elements.saturating_add(desired.saturating_sub(current));
        if total > TABLE_ELEMENTS {
            self.denied = true;
            return Ok(false);
        }
        self.elements = total;
        Ok(true)
    }

    fn instances(&self) -> usize {
        PARTS
    }

    fn tables(&self) -> usize {
        PARTS
    }

    fn memories(&self) -> usize {
        PARTS
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    #[test]
    fn memories_count_together() {
        let mut accountant = Accountant::new(&Limits {
            memory: 100,
            ..Limits::default()
        });
        assert!(accountant.memory_growing(0, 60, None).unwrap());
        assert!(accountant.memory_growing(60, 70, Some(70)).unwrap());
        assert!(
            !accountant.memory_growing(0, 31, None).unwrap(),
            "70 + 31 is more than 100"
        );
        assert!(accountant.denied());
        assert!(
            accountant.memory_growing(0, 30, None).unwrap(),
            "what was refused does not count"
        );
    }

    #[test]
    fn what_the_guest_itself_forbids_does_not_count() {
        let mut accountant = Accountant::new(&Limits {
            memory: 100,
            ..Limits::default()
        });
        for _ in 0..10 {
            assert!(accountant.memory_growing(0, 60, Some(50)).unwrap());
        }
        assert!(!accountant.denied());
        assert!(accountant.memory_growing(0, 100, None).unwrap());
    }

    #[test]
    fn tables_are_bounded() {
        let mut accountant = Accountant::new(&Limits::default());
        assert!(accountant.table_growing(0, TABLE_ELEMENTS, None).unwrap());
        assert!(!accountant.table_growing(0, 1, None).unwrap());
    }
}
