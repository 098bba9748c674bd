//! What happened before anyone listened, up to a bound, for the first subscriber.
//!
//! When it is full the oldest events go: consumers cope with the end of a span whose start they never saw, but not with a span
//! that never ends.

use crate::event::{Event, EventKind};
use std::{collections::VecDeque, sync::Arc};

const MAX_EVENTS: usize = 8192;
const MAX_OUTPUT_BYTES: usize = 4 << 20;

/// Events in order, the oldest first.
#[derive(Default)]
pub(crate) struct Backlog {
    events: VecDeque<Arc<Event>>,
    output_bytes: usize,
}

impl Backlog {
    pub(crate) fn push(&mut self, event: Arc<Event>) {
        self.output_bytes += output_bytes(&event);
        self.events.push_back(event);
        while self.events.len() > MAX_EVENTS || self.output_bytes > MAX_OUTPUT_BYTES {
            let Some(oldest) = self.events.pop_front() else {
                break;
            };
            self.output_bytes -= output_bytes(&oldest);
        }
    }

    pub(crate) fn into_events(self) -> impl Iterator<Item = Arc<Event>> {
        self.events.into_iter()
    }
}

fn output_bytes(event: &Event) -> usize {
    match &event.kind {
        EventKind::Output { data, .. } => data.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{SpanId, Stream};
    use std::time::UNIX_EPOCH;

    fn output(data: String) -> Arc<Event> {
        let kind = EventKind::Output {
            span: SpanId(1),
            stream: Stream::Stdout,
            data,
        };
        Arc::new(Event { at: UNIX_EPOCH, kind })
    }

    #[test]
    fn drops_the_oldest_when_there_are_too_many() {
        let mut backlog = Backlog::default();
        for number in 0..MAX_EVENTS + 2 {
            backlog.push(output(number.to_string()));
        }
        let kept: Vec<_> = backlog.into_events().collect();
        assert_eq!(kept.len(), MAX_EVENTS);
        assert_eq!(kept.first(), Some(&output("2".into())));
    }

    #[test]
    fn drops_the_oldest_when_there_is_too_much_text() {
        let mut backlog = Backlog::default();
        backlog.push(output("first".into()));
        backlog.push(output("x".repeat(MAX_OUTPUT_BYTES)));
        backlog.push(output(String::new()));
        assert_eq!(backlog.into_events().count(), 2);
    }
}
