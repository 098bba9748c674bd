//! The emitting side: `Telemetry` is a cheap handle to the stream, `Span` an open piece of work.
