//! Runs a view on a thread of its own and lets the rest of the program talk to it.
//!
//! The thread owns the writer, so that a slow terminal never slows the work.

use crate::{environment, frontend, frontend::Frontend, progress::Progress};
use dockwright_telemetry::{Subscription, Telemetry};
use std::{
    io::{self, Write},
    sync::mpsc,
    thread::{self, JoinHandle},
    time::{Duration, SystemTime},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::MissedTickBehavior;

const FRAME: Duration = Duration::from_millis(100);

/// A view under way. Dropping it does what [`finish`](Self::finish) does, without telling of errors.
#[derive(Debug)]
pub struct Ui {
    commands: UnboundedSender<Command>,
    thread: Option<io::Result<JoinHandle<io::Result<()>>>>,
}

enum Command {
    /// Write nothing until as many `Resume` came; answer when the terminal is free.
    Suspend(mpsc::Sender<()>),
    Resume,
    Finish,
}

/// Starts the view `progress` of all events of `telemetry`. `verbosity`: each `-v` counts 1, each `-q` counts -1.
///
/// `out` must be the user's stderr or act like it, `is_terminal` says whether it is one. Colours are used on a terminal unless
/// `NO_COLOR` is set.
pub fn start(
    progress: Progress,
    verbosity: i8,
    telemetry: &Telemetry,
    out: impl Write + Send + 'static,
    is_terminal: bool,
) -> Ui {
    let progress = progress.resolve(is_terminal && environment::can_redraw());
    let color = is_terminal && environment::wants_color();
    let (commands, received) = unbounded_channel();
    let thread = frontend::new(progress, verbosity, Box::new(out), color).map(|frontend| {
        let driver = Driver {
            events: telemetry.subscribe(),
            commands: received,
            frontend,
            result: Ok(()),
        };
        thread::Builder::new().name("ui".to_owned()).spawn(move || driver.run())
    });
    Ui { commands, thread }
}

impl Ui {
    /// Runs `work` while the terminal is its own, for prompts and for programs that draw themselves. Everything that was told
    /// before is shown before; what is told meanwhile is shown afterwards.
    pub fn suspend<T>(&self, work: impl FnOnce() -> T) -> T {
        let (answer, free) = mpsc::channel();
        if self.commands.send(Command::Suspend(answer)).is_err() || free.recv().is_err() {
            // Nobody draws: no view was asked for, or it ended.
            return work();
        }
        let _resume = Resume(&self.commands);
        work()
    }

    /// Shows everything that was told so far, writes the final summary and waits until it is out.
    ///
    /// # Errors
    /// The first error of the writer, after which nothing was written any more.
    pub fn finish(mut self) -> io::Result<()> {
        self.end()
    }

    fn end(&mut self) -> io::Result<()> {
        let Some(thread) = self.thread.take() else {
            return Ok(());
        };
        // If the thread has ended already, joining it says why.
        self.commands.send(Command::Finish).ok();
        thread?
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the progress view panicked")))
    }
}

impl Drop for Ui {
    fn drop(&mut self) {
        // Whoever wants to know calls `finish`.
        self.end().ok();
    }
}

/// Ends a suspension, also when the work panics.
struct Resume<'a>(&'a UnboundedSender<Command>);

impl Drop for Resume<'_> {
    fn drop(&mut self) {
        // A view that has ended needs no resuming.
        self.0.send(Command::Resume).ok();
    }
}

struct Driver {
    events: Subscription,
    commands: UnboundedReceiver<Command>,
    frontend: Box<dyn Frontend>,
    /// The first error of the writer.
    result: io::Result<()>,
}

impl Driver {
    fn run(mut self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        runtime.block_on(self.watch());
        self.result
    }

    async fn watch(&mut self) {
        let mut frames = tokio::time::interval(FRAME);
        frames.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut suspensions = 0_usize;
        let mut more = true;
        loop {
            tokio::select! {
                event = self.events.recv(), if more && suspensions == 0 => match event {
                    Some(event) => self.write(|frontend| frontend.event(&event)),
                    None => more = false,
                },
                command = self.commands.recv() => match command {
                    Some(Command::Suspend(answer)) => {
                        if suspensions == 0 {
                            self.drain();
                            self.write(|frontend| frontend.pause());
                        }
                        suspensions += 1;
                        if answer.send(()).is_err() {
                            suspensions -= 1;
                        }
                    }
                    Some(Command::Resume) => suspensions = suspensions.saturating_sub(1),
                    Some(Command::Finish) | None => break,
                },
                _ = frames.tick(), if suspensions == 0 => {
                    self.write(|frontend| frontend.tick(SystemTime::now()));
                }
            }
        }
        self.drain();
        self.write(|frontend| frontend.finish());
    }

    fn drain(&mut self) {
        while let Some(event) = self.events.try_recv() {
            self.write(|frontend| frontend.event(&event));
        }
    }

    /// After the first error events are only thrown away, so that they don't pile up.
    fn write(&mut self, write: impl FnOnce(&mut dyn Frontend) -> io::Result<()>) {
        if self.result.is_ok() {
            self.result = write(self.frontend.as_mut());
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;
    use crate::testing::Shared;
    use dockwright_telemetry::{Level, Outcome, SpanKind};

    struct Broken;

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn finish_waits_for_everything() {
        let out = Shared::default();
        let telemetry = Telemetry::new();
        let ui = start(Progress::Plain, 0, &telemetry, out.clone(), false);
        for number in 0..1000 {
            let span = telemetry.span(format!("step {number}"), SpanKind::Vertex, None);
            span.finish(Outcome::Cached);
        }
        ui.finish().unwrap();
        let text = out.text();
        assert_eq!(text.matches("CACHED").count(), 1000);
        assert!(text.trim_end().ends_with("1000 steps, 1000 cached"), "{text}");
    }

    #[test]
    fn dropping_shows_the_summary_too() {
        let out = Shared::default();
        let telemetry = Telemetry::new();
        let ui = start(Progress::Report, 0, &telemetry, out.clone(), false);
        telemetry
            .span("pull", SpanKind::Transfer, None)
            .finish(Outcome::Failed("no route".into()));
        drop(ui);
        assert!(out.text().ends_with("  no route\n"), "{}", out.text());
    }

    #[test]
    fn nothing_is_written_while_suspended() {
        let out = Shared::default();
        let telemetry = Telemetry::new();
        let ui = start(Progress::Plain, 0, &telemetry, out.clone(), false);
        telemetry.message(Level::Info, "before");
        let seen = ui.suspend(|| {
            let before = out.text();
            telemetry.message(Level::Info, "meanwhile");
            ui.suspend(|| thread::sleep(Duration::from_millis(50)));
            thread::sleep(Duration::from_millis(150));
            assert_eq!(out.text(), before);
            before
        });
        assert_eq!(seen, "before\n");
        ui.finish().unwrap();
        assert_eq!(out.text(), "before\nmeanwhile\n");
    }

    #[test]
    fn none_writes_nothing_and_can_be_suspended() {
        let out = Shared::default();
        let telemetry = Telemetry::new();
        let ui = start(Progress::None, 3, &telemetry, out.clone(), true);
        telemetry.message(Level::Error, "lost");
        assert_eq!(ui.suspend(|| 7), 7);
        ui.finish().unwrap();
        assert_eq!(out.text(), "");
    }

    #[test]
    fn a_broken_writer_is_told_at_the_end() {
        let telemetry = Telemetry::new();
        let ui = start(Progress::Plain, 0, &telemetry, Broken, false);
        telemetry.message(Level::Info, "nobody reads this");
        assert_eq!(ui.suspend(|| 7), 7);
        assert_eq!(ui.finish().unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
