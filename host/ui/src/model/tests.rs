//! The reducer, event by event.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::*;
use crate::recorded;
use dockwright_telemetry::Stream;

fn at(millis: u64, kind: EventKind) -> Event {
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
    Event { at, kind }
}

fn started(span: u64, parent: Option<u64>) -> EventKind {
    EventKind::SpanStarted {
        span: SpanId(span),
        parent: parent.map(SpanId),
        name: format!("span\n{span}"),
        kind: SpanKind::Function,
    }
}

fn ended(span: u64, outcome: Outcome) -> EventKind {
    EventKind::SpanEnded {
        span: SpanId(span),
        outcome,
    }
}

fn failed(span: u64) -> EventKind {
    ended(span, Outcome::Failed(format!("{span} failed")))
}

fn after(kinds: impl IntoIterator<Item = EventKind>) -> Model {
    let mut model = Model::default();
    for (kind, millis) in kinds.into_iter().zip((0..).step_by(10)) {
        model.apply(&at(millis, kind));
    }
    model
}

fn causes(model: &Model) -> Vec<u64> {
    model.failures().iter().map(|node| node.id.0).collect()
}

#[test]
fn durations_come_from_events() {
    let model = after([started(1, None), started(2, Some(1)), ended(2, Outcome::Done)]);
    let child = model.node(SpanId(2)).unwrap();
    assert_eq!(child.duration(), Duration::from_millis(10));
    assert_eq!(child.name, "span 2");
    assert_eq!(model.elapsed(), Duration::from_millis(20));
    let parent = model.node(SpanId(1)).unwrap();
    assert_eq!(parent.children, [SpanId(2)]);
    assert_eq!(
        parent.duration_at(SystemTime::UNIX_EPOCH + Duration::from_secs(1)),
        Duration::from_secs(1)
    );
}

#[test]
fn output_becomes_lines() {
    let mut model = after([started(1, None)]);
    let mut print = |data: &str| {
        model.apply(&at(
            1,
            EventKind::Output {
                span: SpanId(1),
                stream: Stream::Stdout,
                data: data.to_owned(),
            },
        ))
    };
    assert_eq!(
        print("one\ntwo\nth"),
        Change::Printed(SpanId(1), vec!["one".into(), "two".into()])
    );
    assert_eq!(print("ree"), Change::Printed(SpanId(1), vec![]));
    let node = model.node(SpanId(1)).unwrap();
    assert_eq!(node.last_lines(2), ["two", "three"]);
    let end = model.apply(&at(2, ended(1, Outcome::Done)));
    assert_eq!(end, Change::Ended(SpanId(1), vec!["three".into()]));
}

#[test]
fn events_of_unknown_spans_are_ignored_and_their_children_are_roots() {
    let mut model = Model::default();
    assert_eq!(model.apply(&at(0, ended(7, Outcome::Done))), Change::Nothing);
    model.apply(&at(1, started(2, Some(7))));
    model.apply(&at(2, started(3, Some(3))));
    assert_eq!(model.roots(), [SpanId(2), SpanId(3)]);
}

#[test]
fn spans_begin_and_end_once() {
    let mut model = after([started(1, None), started(2, Some(1)), ended(2, Outcome::Cached)]);
    assert_eq!(model.apply(&at(9, started(1, Some(2)))), Change::Nothing);
    assert_eq!(model.apply(&at(9, failed(2))), Change::Nothing);
    assert_eq!(model.ancestry(SpanId(2)).count(), 2);
    assert_eq!(model.node(SpanId(2)).unwrap().state, State::Cached);
}

#[test]
fn a_failure_is_where_it_began() {
    let model = after([
        started(1, None),
        started(2, Some(1)),
        started(3, Some(2)),
        failed(3),
        failed(2),
        failed(1),
    ]);
    assert_eq!(causes(&model), [3]);
}

#[test]
fn a_failure_that_was_handled_is_none() {
    let model = after([
        started(1, None),
        started(2, Some(1)),
        failed(2),
        ended(1, Outcome::Done),
    ]);
    assert!(causes(&model).is_empty());
}

#[test]
fn parallel_failures_in_order_of_time() {
    let model = after([
        started(1, None),
        started(2, Some(1)),
        started(3, Some(1)),
        failed(3),
        failed(2),
        failed(1),
    ]);
    assert_eq!(causes(&model), [3, 2]);
}

#[test]
fn the_tally_counts_steps() {
    let mut model = Model::default();
    for event in recorded::run("fail") {
        model.apply(&event);
    }
    let expected = Tally {
        steps: 5,
        cached: 3,
        failed: 1,
        ..Tally::default()
    };
    assert_eq!(model.tally(), expected);
}
