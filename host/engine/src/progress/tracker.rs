//! All operations of a run, however many builds report them.

use super::vertex::Live;
use crate::identifier;
use bollard_buildkit_proto::moby::buildkit::v1::{StatusResponse, Vertex};
use dockwright_telemetry::{SpanId, Telemetry};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// Turns reports into telemetry. Shared by all builds of a run, so that an operation is told once.
#[derive(Debug)]
pub(crate) struct Tracker {
    telemetry: Telemetry,
    /// Parent of operations that nobody claimed.
    root: Option<SpanId>,
    run: String,
    /// By the engine's digest.
    live: Mutex<HashMap<String, Live>>,
    /// Names of operations whose results were used, so that the engine must have reported their end or is about to.
    used: Mutex<HashSet<String>>,
    /// Told after each report.
    changed: Notify,
}

/// An operation that failed.
#[derive(Debug)]
pub(crate) struct Failed {
    /// As the graph has it.
    pub(crate) name: String,
    /// The engine's.
    pub(crate) digest: String,
    /// In the engine's words.
    pub(crate) message: String,
}

impl Tracker {
    pub(crate) fn new(telemetry: Telemetry, root: Option<SpanId>) -> Self {
        Self {
            telemetry,
            root,
            run: identifier::random(),
            live: Mutex::default(),
            used: Mutex::default(),
            changed: Notify::new(),
        }
    }

    pub(crate) fn telemetry(&self) -> &Telemetry {
        &self.telemetry
    }

    /// The span of the run that everything here is part of.
    pub(crate) fn root(&self) -> Option<SpanId> {
        self.root
    }

    /// Tells the parents of this run from those of others, see [`Output::definition`](crate::llb::Output::definition).
    pub(crate) fn run(&self) -> &str {
        &self.run
    }

    pub(crate) fn apply(&self, report: StatusResponse) {
        let mut live = self.lock();
        for vertex in &report.vertexes {
            let parent = self.parent_of(vertex).or(self.root);
            live.entry(vertex.digest.clone())
                .or_default()
                .update(vertex, parent, &self.telemetry);
        }
        for status in &report.statuses {
            live.entry(status.vertex.clone()).or_default().transfer(status);
        }
        for log in &report.logs {
            live.entry(log.vertex.clone()).or_default().output(log.stream, &log.msg);
        }
        drop(live);
        self.changed.notify_waiters();
    }

    /// Remembers that the result of the operation of this name was used.
    pub(crate) fn used(&self, name: &str) {
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned());
    }

    /// Resolves when every operation that began has ended, and among them are all whose results were used. Reports come beside the results, and
    /// may come a little later.
    pub(crate) async fn told_everything(&self) {
        loop {
            let changed = self.changed.notified();
            if self.is_complete() {
                return;
            }
            changed.await;
        }
    }

    fn is_complete(&self) -> bool {
        let live = self.lock();
        let ended: HashSet<&str> = live
            .values()
            .filter(|live| live.is_over())
            .map(Live::full_name)
            .collect();
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        live.values().all(|live| live.is_over() || !live.has_begun()) && used.iter().all(|name| ended.contains(&**name))
    }

    /// The span that the graph named, if it was a graph of this run.
    fn parent_of(&self, vertex: &Vertex) -> Option<SpanId> {
        let (run, span) = vertex.progress_group.as_ref()?.id.split_once('/')?;
        if run == self.run {
            span.parse().ok().map(SpanId)
        } else {
            None
        }
    }

    /// Resolves when one of the operations with these names has failed; the one that began last.
    pub(crate) async fn failure(&self, names: impl Fn(&str) -> bool) -> Failed {
        loop {
            let changed = self.changed.notified();
            if let Some(failed) = self.failed(&names) {
                return failed;
            }
            changed.await;
        }
    }

    fn failed(&self, names: impl Fn(&str) -> bool) -> Option<Failed> {
        let live = self.lock();
        let failures = live
            .iter()
            .filter(|(_, live)| names(live.full_name()))
            .filter_map(|(digest, live)| Some((live.failure()?, live.full_name(), digest)));
        let ((_, message), name, digest) = failures.max_by_key(|((started, _), ..)| *started)?;
        Some(Failed {
            name: name.to_owned(),
            digest: digest.clone(),
            message: message.to_owned(),
        })
    }

    /// What users know an operation by that the engine names by its digest.
    pub(crate) fn name(&self, digest: &str) -> Option<String> {
        self.lock()
            .get(digest)
            .map(|live| live.name().to_owned())
            .filter(|name| !name.is_empty())
    }

    /// Ends what has ended for a while; with `at_once` everything that has ended.
    pub(crate) fn settle(&self, at_once: bool) {
        self.lock().values_mut().for_each(|live| live.settle(at_once));
    }

    /// The end of what an operation printed, and whether it is over.
    pub(crate) fn kept_output(&self, digest: &str) -> Option<(Vec<u8>, Vec<u8>, bool)> {
        let all = self.lock();
        let live = all.get(digest)?;
        let (stdout, stderr) = live.kept();
        Some((stdout, stderr, live.has_ended()))
    }

    /// Drops all open spans: they count as cancelled.
    pub(crate) fn abandon(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Live>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Tracker;
    use bollard_buildkit_proto::google::protobuf::Timestamp;
    use bollard_buildkit_proto::moby::buildkit::v1::{StatusResponse, Vertex, VertexLog};
    use bollard_buildkit_proto::pb::ProgressGroup;
    use dockwright_telemetry::{EventKind, SpanId, Telemetry};

    fn vertex(digest: &str, name: &str, started: i64, completed: bool) -> Vertex {
        let at = |seconds| Some(Timestamp { seconds, nanos: 0 });
        Vertex {
            digest: digest.into(),
            name: name.into(),
            started: at(started),
            completed: if completed { at(started + 1) } else { None },
            inputs: vec!["sha256:00".into()],
            ..Vertex::default()
        }
    }

    async fn told(telemetry: Telemetry, act: impl FnOnce()) -> Vec<String> {
        let mut events = telemetry.subscribe();
        act();
        drop(telemetry);
        let mut lines = Vec::new();
        while let Ok(Some(event)) = tokio::time::timeout(std::time::Duration::from_millis(50), events.recv()).await {
            lines.push(match &event.kind {
                EventKind::SpanStarted { name, parent, .. } => format!("start {name} in {:?}", parent.map(|p| p.0)),
                EventKind::SpanEnded { outcome, .. } => format!("end {outcome:?}"),
                EventKind::Output { data, stream, .. } => format!("{stream:?} {data}"),
                other => format!("{other:?}"),
            });
        }
        lines
    }

    #[tokio::test]
    async fn an_exec_is_a_span_in_its_parent_and_is_told_once() {
        let telemetry = Telemetry::new();
        let tracker = Tracker::new(telemetry.clone(), Some(SpanId(1)));
        let group = |run: &str| {
            Some(ProgressGroup {
                id: format!("{run}/9"),
                ..ProgressGroup::default()
            })
        };
        let run = tracker.run().to_owned();
        let make = |completed| Vertex {
            progress_group: group(&run),
            ..vertex("m", "exec make", 5, completed)
        };
        let foreign = Vertex {
            progress_group: group("another-run"),
            ..vertex("f", "exec foreign", 5, true)
        };
        let lines = told(telemetry, || {
            tracker.apply(StatusResponse {
                vertexes: vec![make(false)],
                ..StatusResponse::default()
            });
            let log = VertexLog {
                vertex: "m".into(),
                stream: 2,
                msg: b"warning\n".to_vec(),
                ..VertexLog::default()
            };
            tracker.apply(StatusResponse {
                logs: vec![log],
                ..StatusResponse::default()
            });
            let internal = vertex("i", "[internal] copy", 1, true);
            tracker.apply(StatusResponse {
                vertexes: vec![make(true), internal, foreign],
                ..StatusResponse::default()
            });
            // Another build reports it once more.
            tracker.apply(StatusResponse {
                vertexes: vec![make(true)],
                ..StatusResponse::default()
            });
            drop(tracker);
        })
        .await;
        let expected = [
            "start exec make in Some(9)",
            "Stderr warning\n",
            "end Done",
            "start exec foreign in Some(1)",
            "end Done",
        ];
        assert_eq!(lines, expected);
    }

    #[tokio::test]
    async fn internal_work_shows_only_when_it_fails_and_cached_and_cancelled_are_told() {
        let telemetry = Telemetry::new();
        let tracker = Tracker::new(telemetry.clone(), None);
        let lines = told(telemetry, || {
            let failed = Vertex { error: "no such file".into(), ..vertex("a", "[internal] copy /x to /y", 1, true) };
            let cached = Vertex { cached: true, ..vertex("b", "exec b", 1, true) };
            let cancelled = Vertex { error: "context canceled: context canceled".into(), ..vertex("c", "exec c", 1, true) };
            let shimmed = r#"process "/.dockwright/shim /.dockwright/meta s -- false" did not complete successfully: exit code: 1"#;
            let exec = Vertex { error: shimmed.into(), ..vertex("d", "exec false", 1, true) };
            tracker.apply(StatusResponse { vertexes: vec![failed, cached, cancelled, exec], ..StatusResponse::default() });
            drop(tracker);
        })
        .await;
        insta::assert_debug_snapshot!(lines, @r##"
        [
            "start copy /x to /y in None",
            "end Failed(\"no such file\")",
            "start exec b in None",
            "end Cached",
            "start exec c in None",
            "end Cancelled",
            "start exec false in None",
            "end Failed(\"process \\\"false\\\" did not complete successfully: exit code: 1\")",
        ]
        "##);
    }

    #[tokio::test]
    async fn a_source_that_goes_on_is_one_span() {
        let telemetry = Telemetry::new();
        let tracker = Tracker::new(telemetry.clone(), None);
        let lines = told(telemetry, || {
            let source = |started, completed| Vertex {
                inputs: Vec::new(),
                ..vertex("s", "pull x", started, completed)
            };
            for (started, completed) in [(1, false), (1, true), (3, false), (3, true)] {
                tracker.apply(StatusResponse {
                    vertexes: vec![source(started, completed)],
                    ..StatusResponse::default()
                });
            }
            tracker.settle(true);
            drop(tracker);
        })
        .await;
        assert_eq!(lines, ["start pull x in None", "end Done"]);
    }

    #[tokio::test]
    async fn everything_is_told_when_what_began_and_what_was_used_has_ended() {
        let tracker = Tracker::new(Telemetry::new(), None);
        let complete = async || {
            let wait = std::time::Duration::from_millis(5);
            tokio::time::timeout(wait, tracker.told_everything()).await.is_ok()
        };
        let report = |vertexes| {
            tracker.apply(StatusResponse {
                vertexes,
                ..StatusResponse::default()
            });
        };
        assert!(complete().await, "nothing happened");
        report(vec![vertex("m", "exec make", 5, false)]);
        assert!(!complete().await, "make runs");
        report(vec![vertex("m", "exec make", 5, true)]);
        assert!(complete().await);
        tracker.used("exec test");
        assert!(!complete().await, "the report on what was used is on its way");
        tokio::join!(tracker.told_everything(), async {
            report(vec![vertex("t", "exec test", 6, true)]);
        });
    }
}
