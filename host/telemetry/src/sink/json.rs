//! An event as one line of JSON, for programs that follow a run. [`crate::Event`] is the format; this only writes it.

use crate::event::Event;
use std::io::{self, Write};

/// Writes `event` as one JSON object and a newline, in one call to `out`, so that lines of several writers don't mix.
///
/// # Errors
/// What `out` fails with.
pub fn write_line(out: &mut (impl Write + ?Sized), event: &Event) -> io::Result<()> {
    let mut line = serde_json::to_vec(event)?;
    line.push(b'\n');
    out.write_all(&line)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;
    use crate::event::{EventKind, Level, Outcome, SpanId, SpanKind};
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn one_line_each_that_reads_back() {
        let at = UNIX_EPOCH + Duration::from_micros(1_700_000_000_000_001);
        let events = [
            EventKind::SpanStarted {
                span: SpanId(2),
                parent: Some(SpanId(1)),
                name: "a\nb".into(),
                kind: SpanKind::Vertex,
            },
            EventKind::SpanEnded {
                span: SpanId(2),
                outcome: Outcome::Failed("exit code: 3".into()),
            },
            EventKind::Message {
                level: Level::Warn,
                text: "careful".into(),
            },
        ]
        .map(|kind| Event { at, kind });
        let mut out = Vec::new();
        for event in &events {
            write_line(&mut out, event).unwrap();
        }
        let text = String::from_utf8(out).unwrap();
        insta::assert_snapshot!(text, @r#"
        {"at":1700000000000001,"event":"span-started","span":2,"parent":1,"name":"a\nb","kind":"vertex"}
        {"at":1700000000000001,"event":"span-ended","span":2,"outcome":{"status":"failed","message":"exit code: 3"}}
        {"at":1700000000000001,"event":"message","level":"warn","text":"careful"}
        "#);
        let back: Vec<Event> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(back, events);
    }
}
