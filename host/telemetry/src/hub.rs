//! Where all handles meet: takes an event, replaces secrets in it, hands it to everyone who listens.
//!
//! One lock orders the stream, so every subscriber sees the same sequence. Nothing here blocks on a consumer.

use crate::{
    backlog::Backlog,
    event::{Event, EventKind, Outcome, SpanId, Stream},
    redact::{Redactor, StreamScrubber},
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::SystemTime,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub(crate) struct Hub {
    pub(crate) redactor: Redactor,
    last_span: AtomicU64,
    /// True once there was a subscriber and none is left: events need not even be made.
    deaf: AtomicBool,
    state: Mutex<State>,
}

struct State {
    /// `Some` until the first subscription.
    backlog: Option<Backlog>,
    listeners: Vec<UnboundedSender<Arc<Event>>>,
    /// Output streams that hold text back, because it may be the beginning of a secret.
    held: HashMap<(SpanId, Stream), StreamScrubber>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        let state = State {
            backlog: Some(Backlog::default()),
            listeners: Vec::new(),
            held: HashMap::new(),
        };
        Self {
            redactor: Redactor::default(),
            last_span: AtomicU64::new(0),
            deaf: AtomicBool::new(false),
            state: Mutex::new(state),
        }
    }

    pub(crate) fn next_span_id(&self) -> SpanId {
        SpanId(self.last_span.fetch_add(1, Ordering::Relaxed) + 1)
    }

    pub(crate) fn is_deaf(&self) -> bool {
        self.deaf.load(Ordering::Relaxed)
    }

    pub(crate) fn emit(&self, at: SystemTime, kind: EventKind) {
        if self.is_deaf() {
            return;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match kind {
            EventKind::Output { span, stream, data } => {
                let mut scrubber = state.held.remove(&(span, stream)).unwrap_or_default();
                let data = scrubber.push(&self.redactor, &data);
                if !scrubber.is_idle() {
                    state.held.insert((span, stream), scrubber);
                }
                state.send_output(at, span, stream, data);
            }
            EventKind::SpanEnded { span, outcome } => {
                for stream in [Stream::Stdout, Stream::Stderr] {
                    if let Some(scrubber) = state.held.remove(&(span, stream)) {
                        let data = scrubber.finish(&self.redactor);
                        state.send_output(at, span, stream, data);
                    }
                }
                let outcome = match outcome {
                    Outcome::Failed(message) => Outcome::Failed(self.clean(message)),
                    other => other,
                };
                state.send(at, EventKind::SpanEnded { span, outcome });
            }
            EventKind::SpanStarted {
                span,
                parent,
                name,
                kind,
            } => {
                let name = self.clean(name);
                let started = EventKind::SpanStarted {
                    span,
                    parent,
                    name,
                    kind,
                };
                state.send(at, started);
            }
            EventKind::Message { level, text } => {
                let text = self.clean(text);
                state.send(at, EventKind::Message { level, text });
            }
            EventKind::Progress {
                span,
                current,
                total,
                unit,
            } => {
                let unit = self.clean(unit);
                let progress = EventKind::Progress {
                    span,
                    current,
                    total,
                    unit,
                };
                state.send(at, progress);
            }
        }
        let deaf = state.backlog.is_none() && state.listeners.is_empty();
        if deaf {
            state.held.clear();
        }
        self.deaf.store(deaf, Ordering::Relaxed);
    }

    pub(crate) fn subscribe(&self) -> UnboundedReceiver<Arc<Event>> {
        let (sender, receiver) = unbounded_channel();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.listeners.push(sender);
        for event in state.backlog.take().into_iter().flat_map(Backlog::into_events) {
            state.deliver(&event);
        }
        self.deaf.store(false, Ordering::Relaxed);
        receiver
    }

    fn clean(&self, text: String) -> String {
        match self.redactor.scrub(&text) {
            std::borrow::Cow::Borrowed(_) => text,
            std::borrow::Cow::Owned(clean) => clean,
        }
    }
}

impl State {
    fn send_output(&mut self, at: SystemTime, span: SpanId, stream: Stream, data: String) {
        if !data.is_empty() {
            self.send(at, EventKind::Output { span, stream, data });
        }
    }

    fn send(&mut self, at: SystemTime, kind: EventKind) {
        let event = Arc::new(Event { at, kind });
        self.deliver(&event);
        if let Some(backlog) = &mut self.backlog {
            backlog.push(event);
        }
    }

    fn deliver(&mut self, event: &Arc<Event>) {
        self.listeners
            .retain(|listener| listener.send(Arc::clone(event)).is_ok());
    }
}
