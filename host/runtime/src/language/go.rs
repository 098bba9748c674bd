//! Why a module in Go ended its program: the report that Go's runtime writes then, as an error.
//!
//! Such an end is a trap to wasmtime. Before it, the shim of Go modules (`sdk-go/runtime`) logs the report in pieces, or the
//! status and what was printed last. Reading the report depends on its form since Go 1.24: a reason, and for each goroutine its
//! stack.

use crate::call_error::CallError;
use crate::limits::Limits;
use dockwright_schema::Failure;
use dockwright_schema::module_def::SourceLocation;

/// How a piece of a report begins.
const REPORT: &str = "go: report ";

/// How the message of a program's end begins; the status follows, and on the next lines what was printed last.
const EXIT: &str = "go: exit status ";

/// Bytes of a report that are kept, from its beginning: the reason and the first goroutines.
const KEPT: usize = 256 << 10;

/// Folder of the client within a module, which is no code of the user.
const CLIENT: &str = "internal/dagger/";

/// The generated file of package main.
const GENERATED: &str = "dagger.gen.go";

/// What a module said before it aborted itself.
#[derive(Debug, Default)]
pub(crate) struct LastWords {
    /// Status and last output of a program that ended itself.
    exit: Option<String>,
    report: String,
}

impl LastWords {
    /// Takes a message of the log if it is one of these.
    pub(crate) fn take(&mut self, message: &str) -> bool {
        if let Some(piece) = message.strip_prefix(REPORT) {
            if self.report.len() < KEPT {
                self.report.push_str(piece);
            }
            return true;
        }
        if let Some(exit) = message.strip_prefix(EXIT) {
            self.exit = Some(exit.to_owned());
            return true;
        }
        false
    }

    /// What looked like a report of Go, but was printed by a module that went on.
    pub(crate) fn printed(&self) -> &str {
        &self.report
    }

    /// The error that they tell of, if there are any.
    pub(crate) fn error(&self, limits: &Limits) -> Option<CallError> {
        match &self.exit {
            Some(exit) => {
                let (status, said) = exit.split_once('\n').unwrap_or((exit, ""));
                Some(failure("exit", ended(status, said), Vec::new()))
            }
            None => Report::read(&self.report).map(|report| {
                let (kind, message) = report.told(limits);
                failure(kind, message, report.frames)
            }),
        }
    }
}

fn failure(kind: &str, message: String, frames: Vec<Frame>) -> CallError {
    let trace: String = frames
        .iter()
        .map(|frame| format!("{}\n\t{}:{}\n", frame.function, frame.file, frame.line))
        .collect();
    CallError::from(Failure {
        kind: kind.to_owned(),
        message,
        location: frames.first().map(|frame| SourceLocation {
            file: frame.file.clone(),
            line: frame.line,
            column: 1,
        }),
        trace: (!trace.is_empty()).then_some(trace),
        extensions: serde_json::Map::new(),
    })
}

/// The last line that was printed is most often the reason; all of them are in the log.
fn ended(status: &str, said: &str) -> String {
    let last = said.lines().rev().map(str::trim).find(|line| !line.is_empty());
    let after = last
        .map(|line| format!(" after it printed `{line}`"))
        .unwrap_or_default();
    format!(
        "the function ended its program with status {status}{after}; instead of os.Exit or log.Fatal, return an error"
    )
}

/// A report of Go's runtime.
#[derive(Debug, Default, PartialEq, Eq)]
struct Report {
    /// Why it gave up, with `panic: ` or `fatal error: ` before it.
    reason: String,
    /// What the goroutine of the frames waits for.
    waiting: Option<String>,
    /// It is so deep that Go has left out frames.
    deep: bool,
    /// The user's functions, the innermost first, of the first goroutine that has any.
    frames: Vec<Frame>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Frame {
    function: String,
    /// Path relative to the module's source.
    file: String,
    line: u32,
}

impl Report {
    /// Kind and message.
    fn told(&self, limits: &Limits) -> (&'static str, String) {
        if let Some(reason) = self.reason.strip_prefix("panic: ") {
            return ("panic", reason.to_owned());
        }
        let reason = self.reason.strip_prefix("fatal error: ").unwrap_or(&self.reason);
        if reason.ends_with("deadlock!") {
            let waiting = self.waiting.as_ref();
            let what = waiting.map(|what| format!(" ({what})")).unwrap_or_default();
            let why = format!("The function waits{what}, and nothing is running that it could wait for");
            return ("deadlock", format!("{reason} {why}"));
        }
        if reason.contains("stack overflow") || (reason.contains("out of memory") && self.deep) {
            return ("trap", CallError::StackOverflow { trace: None }.to_string());
        }
        if reason.contains("out of memory") {
            let limit = limits.memory;
            return ("memory", CallError::OutOfMemory { limit }.to_string());
        }
        ("trap", reason.to_owned())
    }

    fn read(text: &str) -> Option<Report> {
        let start = ["panic: ", "fatal error: "];
        let from = text
            .match_indices('\n')
            .map(|(at, _)| at + 1)
            .chain([0])
            .filter(|at| {
                text.get(*at..)
                    .is_some_and(|rest| start.iter().any(|start| rest.starts_with(start)))
            })
            .min()?;
        let text = text.get(from..)?;
        let mut sections = text.split("\n\n");
        let reason: Vec<&str> = sections
            .next()?
            .lines()
            .filter(|line| !line.starts_with("[signal "))
            .collect();
        let goroutines: Vec<Goroutine> = sections.filter_map(Goroutine::read).collect();
        let root = goroutines.iter().flat_map(|each| &each.frames).find_map(root);
        let mut report = Report {
            reason: reason.join("\n").trim_end().to_owned(),
            ..Report::default()
        };
        for goroutine in goroutines {
            let of_user = |frame: Frame| frame.of_user(root.as_deref()?);
            let mut frames: Vec<Frame> = goroutine.frames.into_iter().filter_map(of_user).collect();
            frames.dedup();
            if !frames.is_empty() {
                report.frames = frames;
                report.waiting = goroutine.waiting;
                report.deep = goroutine.deep;
                break;
            }
        }
        Some(report)
    }
}

/// A goroutine of a report, with paths as Go gives them.
struct Goroutine {
    waiting: Option<String>,
    deep: bool,
    frames: Vec<Frame>,
}

impl Goroutine {
    fn read(section: &str) -> Option<Goroutine> {
        let mut lines = section.lines().skip_while(|line| line.is_empty());
        let heading = lines.next()?.strip_prefix("goroutine ")?;
        let state = heading.split_once('[')?.1.split_once(']')?.0;
        let state = state.split(',').next().unwrap_or(state);
        let mut goroutine = Goroutine {
            waiting: (!matches!(state, "running" | "runnable")).then(|| state.to_owned()),
            deep: false,
            frames: Vec::new(),
        };
        let mut function = "";
        for line in lines {
            match line.strip_prefix('\t') {
                None => {
                    goroutine.deep |= line.starts_with("...") && line.contains("frames elided");
                    function = line;
                }
                Some(place) => goroutine.frames.extend(Frame::read(function, place)),
            }
        }
        Some(goroutine)
    }
}

impl Frame {
    /// `main.(*Ci).Test.func1(0x1, {…})` or `created by main.(*Ci).Test in goroutine 1`, then `dagger/ci/main.go:12 +0x2`.
    fn read(function: &str, place: &str) -> Option<Frame> {
        let function = match function.strip_prefix("created by ") {
            Some(creator) => creator.split(" in goroutine").next().unwrap_or(creator),
            None => function
                .rfind('(')
                .and_then(|end| function.get(..end))
                .unwrap_or(function),
        };
        let place = place.split(" +0x").next().unwrap_or(place);
        let (file, line) = place.rsplit_once(':')?;
        Some(Frame {
            function: function.to_owned(),
            file: file.to_owned(),
            line: line.parse().ok()?,
        })
    }

    /// The frame with its path relative to the module's folder, if it is the user's code.
    fn of_user(mut self, root: &str) -> Option<Frame> {
        let file = self.file.strip_prefix(root)?;
        if file.starts_with(CLIENT) || file == GENERATED {
            return None;
        }
        self.file = file.to_owned();
        Some(self)
    }
}

/// The module's folder in paths, if the frame is in it: package main is at its top.
fn root(frame: &Frame) -> Option<String> {
    frame.function.starts_with("main.").then_some(())?;
    let end = frame.file.rfind('/')? + 1;
    frame.file.get(..end).map(str::to_owned)
}

#[cfg(test)]
mod tests;
