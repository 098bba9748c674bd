//! What is told while things run.

use crate::lab::{engine_with, nonce, shell, wrapped};
use dockwright_engine::shim::Expect;
use dockwright_telemetry::{EventKind, Outcome, SpanKind, Telemetry};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn execs_are_spans_in_the_call_that_asked() {
    let telemetry = Telemetry::new();
    let mut events = telemetry.subscribe();
    let Some(engine) = engine_with(telemetry.clone()).await else {
        return;
    };
    let call = telemetry.span("stdout", SpanKind::Api, None);
    let n = nonce();
    let mut good = shell(&engine, &format!("echo hello {n}; echo warn >&2"));
    good.parent = Some(call.id());
    good.name = Some(format!("exec good {n}"));
    let mut bad = shell(&engine, &format!("exit 3; : {n}"));
    bad.parent = Some(call.id());
    bad.name = Some(format!("exec bad {n}"));
    engine
        .exec_result(&wrapped(&engine, &good, Expect::Success))
        .await
        .unwrap();
    engine
        .exec_result(&wrapped(&engine, &bad, Expect::Success))
        .await
        .unwrap_err();
    let cached = {
        engine.close().await;
        let second = engine_with(telemetry.clone()).await.unwrap();
        let mut again = good.clone();
        again.name = Some(format!("exec again {n}"));
        second
            .exec_result(&wrapped(&second, &again, Expect::Success))
            .await
            .unwrap();
        second.close().await;
        format!("exec again {n}")
    };
    let id = call.id();
    call.finish(Outcome::Done);
    let (mut started, mut ended, mut output) = (Vec::new(), Vec::new(), String::new());
    while let Some(event) = events.try_recv() {
        match &event.kind {
            EventKind::SpanStarted {
                span,
                parent,
                name,
                kind: SpanKind::Vertex,
            } => started.push((*span, *parent, name.clone())),
            EventKind::SpanEnded { span, outcome } => ended.push((*span, outcome.clone())),
            EventKind::Output { data, .. } => output.push_str(data),
            _ => {}
        }
    }
    let outcome = |wanted: &str| {
        let spans: Vec<_> = started.iter().filter(|(_, _, name)| name == wanted).collect();
        assert_eq!(spans.len(), 1, "{wanted} in {started:?}");
        assert_eq!(spans[0].1, Some(id));
        ended
            .iter()
            .find(|(span, _)| *span == spans[0].0)
            .map(|(_, outcome)| outcome.clone())
            .unwrap()
    };
    assert_eq!(outcome(&format!("exec good {n}")), Outcome::Done);
    let Outcome::Failed(message) = outcome(&format!("exec bad {n}")) else {
        panic!("{ended:?}")
    };
    assert!(
        message.contains("exit code: 3") && !message.contains("dockwright"),
        "{message}"
    );
    assert_eq!(outcome(&cached), Outcome::Cached);
    assert!(
        output.contains(&format!("hello {n}\n")) && output.contains("warn\n"),
        "{output:?}"
    );
    assert!(
        !started
            .iter()
            .any(|(_, _, name)| name.contains("shim") || name.contains("[internal]")),
        "{started:?}"
    );
}
