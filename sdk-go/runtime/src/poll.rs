//! `poll_oneoff`: all waiting of Go's scheduler. It waits for answers of the API and for a clock.
//!
//! Layout of subscriptions (48 bytes) and events (32 bytes): WASI preview 1.

use crate::preview1::{BAD_DESCRIPTOR, INVALID, SUCCESS};
use crate::world::{api, system};
use crate::{bridge, requests};

const SUBSCRIPTION: usize = 48;
const EVENT: usize = 32;
const CLOCK: u8 = 0;

struct Descriptor {
    user: u64,
    number: i32,
    kind: u8,
}

/// The clock that is due first, in monotonic time.
struct Clock {
    user: u64,
    due: u64,
}

struct Event {
    user: u64,
    kind: u8,
    error: i32,
}

#[unsafe(no_mangle)]
extern "C" fn poll_oneoff(subscriptions: u32, events: u32, count: u32, happened: u32) -> i32 {
    let bytes = bridge::bytes(subscriptions, count * SUBSCRIPTION as u32);
    let (descriptors, clock) = read(&bytes);
    let Some(found) = wait(&descriptors, clock.as_ref()) else {
        return INVALID;
    };
    let mut bytes = vec![0; found.len() * EVENT];
    for (event, found) in bytes.chunks_exact_mut(EVENT).zip(&found) {
        event[..8].copy_from_slice(&found.user.to_le_bytes());
        event[8..10].copy_from_slice(&(found.error as u16).to_le_bytes());
        event[10] = found.kind;
    }
    bridge::put(events, &bytes);
    bridge::put(happened, &(found.len() as u32).to_le_bytes());
    SUCCESS
}

fn read(bytes: &[u8]) -> (Vec<Descriptor>, Option<Clock>) {
    let (mut descriptors, mut clock) = (Vec::new(), None::<Clock>);
    for subscription in bytes.chunks_exact(SUBSCRIPTION) {
        let number = |at: usize| {
            subscription[at..at + 8]
                .iter()
                .rev()
                .fold(0, |value, byte| value << 8 | u64::from(*byte))
        };
        let user = number(0);
        let kind = subscription[8];
        if kind != CLOCK {
            descriptors.push(Descriptor {
                user,
                number: number(16) as u32 as i32,
                kind,
            });
            continue;
        }
        let (monotonic, absolute) = (subscription[16] != 0, subscription[40] & 1 != 0);
        let now = system::monotonic_clock();
        let left = match (absolute, monotonic) {
            (false, _) => number(24),
            (true, true) => number(24).saturating_sub(now),
            (true, false) => number(24).saturating_sub(system::wall_clock()),
        };
        let due = now.saturating_add(left);
        if clock.as_ref().is_none_or(|first| due < first.due) {
            clock = Some(Clock { user, due });
        }
    }
    (descriptors, clock)
}

/// What happened; none when nothing ever will.
fn wait(descriptors: &[Descriptor], clock: Option<&Clock>) -> Option<Vec<Event>> {
    let mut looked = false;
    loop {
        let ready: Vec<Event> = descriptors.iter().filter_map(event).collect();
        if !ready.is_empty() {
            return Some(ready);
        }
        let left = match clock {
            None => None,
            Some(clock) => {
                let left = clock.due.saturating_sub(system::monotonic_clock());
                if left == 0 && looked {
                    return Some(vec![Event {
                        user: clock.user,
                        kind: CLOCK,
                        error: SUCCESS,
                    }]);
                }
                Some(left)
            }
        };
        looked = true;
        match api::wait(left) {
            Some(completion) => requests::arrived(completion),
            None if clock.is_none() => return None,
            None => continue,
        }
        while requests::any_open() {
            match api::wait(Some(0)) {
                Some(completion) => requests::arrived(completion),
                None => break,
            }
        }
    }
}

fn event(descriptor: &Descriptor) -> Option<Event> {
    let error = match requests::is_answered(descriptor.number) {
        None => BAD_DESCRIPTOR,
        Some(true) => SUCCESS,
        Some(false) => return None,
    };
    Some(Event {
        user: descriptor.user,
        kind: descriptor.kind,
        error,
    })
}
