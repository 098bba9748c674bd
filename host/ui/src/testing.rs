//! What tests of several views need.

use crate::frontend::Frontend;
use dockwright_telemetry::Event;
use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// A writer whose content can be read while a view has it.
#[derive(Clone, Default)]
pub(crate) struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    pub(crate) fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Plays `events` with ten frames a second.
pub(crate) fn play(frontend: &mut dyn Frontend, events: &[Event]) -> io::Result<()> {
    let mut frame = events.first().map(|event| event.at);
    for event in events {
        while let Some(now) = frame.filter(|frame| *frame <= event.at) {
            frontend.tick(now)?;
            frame = Some(now + Duration::from_millis(100));
        }
        frontend.event(event)?;
    }
    Ok(())
}
