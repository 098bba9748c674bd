//! Invented runs as lists of events, for the demo and for tests.

use dockwright_telemetry::{
    Event, EventKind, Level, Outcome, SpanId,
    SpanKind::{self, Api, Function, Phase, Transfer, Vertex},
    Stream,
};
use std::time::{Duration, UNIX_EPOCH};

/// Names of the runs.
pub(crate) const NAMES: [&str; 5] = ["ok", "fail", "cached", "nested", "secret"];

/// The run with that name.
pub(crate) fn run(name: &str) -> Vec<Event> {
    let mut script = Script::default();
    match name {
        "ok" => ok(&mut script),
        "fail" => fail(&mut script),
        "cached" => cached(&mut script),
        "nested" => nested(&mut script),
        "secret" => secret(&mut script),
        _ => {}
    }
    script.events
}

/// A small pipeline that succeeds.
fn ok(script: &mut Script) {
    script.start(1, 0, "load module ./ci", Phase).wait(400).done(1);
    script
        .start(2, 0, "test", Function)
        .start(3, 2, "Container.stdout", Api);
    script.start(4, 3, "upload .", Transfer).wait(200);
    script.progress(4, 1_200_000, 4_800_000).wait(300);
    script
        .start(5, 3, "FROM docker.io/library/python:3.12-slim", Vertex)
        .wait(10);
    script
        .end(5, Outcome::Cached)
        .progress(4, 4_800_000, 4_800_000)
        .wait(250)
        .done(4);
    script
        .start(6, 3, "[internal] load remote build context", Vertex)
        .wait(20)
        .done(6);
    script.start(7, 3, "pip install -r requirements.txt", Vertex).wait(300);
    for package in ["requests==2.32.3", "pytest==8.3.4", "httpx==0.28.1"] {
        script.out(7, &format!("Collecting {package}\n")).wait(400);
    }
    script.out(7, "Installing collected packages\n").wait(900).done(7);
    script.message(Level::Warn, "requirements.txt has no hashes");
    script.start(8, 3, "pytest -q", Vertex).wait(500);
    for percent in [20, 45, 70, 100] {
        script.out(8, &format!("........ [{percent:>3}%]\n")).wait(450);
    }
    script
        .out(8, "\u{1b}[32m32 passed\u{1b}[0m in 1.9s\n")
        .wait(100)
        .done(8);
    script.out(2, "all good, says the module\n").done(3).wait(20).done(2);
}

/// One of two parallel steps fails.
fn fail(script: &mut Script) {
    script.start(1, 0, "load module ./ci", Phase).wait(30).done(1);
    script
        .start(2, 0, "test", Function)
        .start(3, 2, "Container.stdout", Api);
    for (span, name) in [(4, "FROM python:3.12-slim"), (5, "COPY . /src"), (6, "pip install .")] {
        script.start(span, 3, name, Vertex).wait(5).end(span, Outcome::Cached);
    }
    script
        .start(7, 3, "ruff check", Vertex)
        .start(8, 3, "pytest -q", Vertex)
        .wait(600);
    script.out(7, "All checks passed!\n").done(7);
    for number in 1..=60 {
        script
            .out(8, &format!("tests/test_app.py::test_case_{number:02} PASSED\n"))
            .wait(30);
    }
    script.out(8, "tests/test_app.py::test_sum FAILED\n\n");
    script
        .out(
            8,
            "    def test_sum():\n>       assert add(1, 2) == 4\nE       assert 3 == 4\n",
        )
        .wait(200);
    script
        .out(8, "1 failed, 60 passed")
        .fail(8, "process \"pytest -q\" did not complete: exit code 1");
    script.fail(3, "exit code 1").fail(2, "exit code 1");
}

/// Everything was there already.
fn cached(script: &mut Script) {
    script.start(1, 0, "load module ./ci", Phase).wait(12).done(1);
    script.start(2, 0, "build", Function).start(3, 2, "File.export", Api);
    let steps = [
        "FROM golang:1.24",
        "COPY go.mod go.sum .",
        "go mod download",
        "COPY . .",
        "go build ./...",
    ];
    for (span, name) in (4..).zip(steps) {
        script.start(span, 3, name, Vertex).wait(3).end(span, Outcome::Cached);
    }
    script
        .start(9, 3, "export app", Transfer)
        .wait(180)
        .progress(9, 8_400_000, 8_400_000)
        .done(9);
    script.done(3).done(2);
}

/// Functions that call functions, many at once.
fn nested(script: &mut Script) {
    script.start(1, 0, "start engine", Phase).wait(900).done(1);
    script.start(2, 0, "ci", Function);
    let mut span = 10;
    for name in ["lint", "test", "build", "docs"] {
        script.start(span, 2, name, Function);
        for step in 1..=6 {
            script.start(
                span + step,
                span,
                &format!("{name}: step {step} of a rather long command line --with=many --flags=and --values"),
                Vertex,
            );
        }
        span += 10;
    }
    for step in 1..=6 {
        for function in [10, 20, 30, 40] {
            script
                .out(function + step, &format!("line one of {step}\nline two of {step}\n"))
                .wait(70);
            script.end(function + step, if step < 3 { Outcome::Cached } else { Outcome::Done });
        }
    }
    script.done(10).done(20).wait(400).done(30).done(40).done(2);
}

/// Output as telemetry passes it on when it has a secret in it.
fn secret(script: &mut Script) {
    script
        .start(1, 0, "publish", Function)
        .start(2, 1, "docker login -p ***", Vertex)
        .wait(150);
    script
        .out(2, "token=")
        .out(2, "***\n")
        .wait(100)
        .fail(2, "denied for ***")
        .fail(1, "denied for ***");
}

/// Builds a list of events; every method returns it for the next.
#[derive(Default)]
struct Script {
    clock: Duration,
    events: Vec<Event>,
}

impl Script {
    fn push(&mut self, kind: EventKind) -> &mut Self {
        let at = UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.clock;
        self.events.push(Event { at, kind });
        self
    }

    fn wait(&mut self, millis: u64) -> &mut Self {
        self.clock += Duration::from_millis(millis);
        self
    }

    /// `parent` 0 is none.
    fn start(&mut self, span: u64, parent: u64, name: &str, kind: SpanKind) -> &mut Self {
        self.push(EventKind::SpanStarted {
            span: SpanId(span),
            parent: (parent > 0).then_some(SpanId(parent)),
            name: name.to_owned(),
            kind,
        })
    }

    fn end(&mut self, span: u64, outcome: Outcome) -> &mut Self {
        self.push(EventKind::SpanEnded {
            span: SpanId(span),
            outcome,
        })
    }

    fn done(&mut self, span: u64) -> &mut Self {
        self.end(span, Outcome::Done)
    }

    fn fail(&mut self, span: u64, message: &str) -> &mut Self {
        self.end(span, Outcome::Failed(message.to_owned()))
    }

    fn out(&mut self, span: u64, data: &str) -> &mut Self {
        self.push(EventKind::Output {
            span: SpanId(span),
            stream: Stream::Stdout,
            data: data.to_owned(),
        })
    }

    fn progress(&mut self, span: u64, current: u64, total: u64) -> &mut Self {
        self.push(EventKind::Progress {
            span: SpanId(span),
            current,
            total: Some(total),
            unit: "B".to_owned(),
        })
    }

    fn message(&mut self, level: Level, text: &str) -> &mut Self {
        self.push(EventKind::Message {
            level,
            text: text.to_owned(),
        })
    }
}
