//! What guest code prints, as telemetry: standard output and standard error through WASI, and the log of the world's
//! `system` interface. Chunks are passed on as they come; nothing of a guest reaches the process's own streams.

use bytes::Bytes;
use dockwright_telemetry::{EventKind, SpanId, Stream, Telemetry};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamResult};

/// What a guest may write at once; WASI's own bound.
const CHUNK: usize = 64 << 10;

/// The output of one call.
#[derive(Clone)]
pub(crate) struct Output {
    shared: Arc<Shared>,
}

struct Shared {
    telemetry: Telemetry,
    span: SpanId,
    limit: u64,
    state: Mutex<State>,
}

struct State {
    /// Bytes that may still be passed on.
    left: u64,
    /// Ends of chunks that stop within a character, for stdout and stderr.
    partial: [Vec<u8>; 2],
}

/// One of the two streams, for WASI.
#[derive(Clone)]
pub(crate) struct GuestStream {
    output: Output,
    stream: Stream,
}

impl Output {
    /// `limit` is in bytes.
    pub(crate) fn new(telemetry: Telemetry, span: SpanId, limit: u64) -> Self {
        let state = Mutex::new(State {
            left: limit,
            partial: Default::default(),
        });
        Output {
            shared: Arc::new(Shared {
                telemetry,
                span,
                limit,
                state,
            }),
        }
    }

    pub(crate) fn stream(&self, stream: Stream) -> GuestStream {
        GuestStream {
            output: self.clone(),
            stream,
        }
    }

    /// Passes on a chunk.
    pub(crate) fn write(&self, stream: Stream, bytes: &[u8]) {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        let text = state.text(stream, bytes);
        if let Some(text) = text.and_then(|text| state.charge(text)) {
            self.shared.emit(stream, text);
        }
    }

    /// Whether nothing was written.
    pub(crate) fn is_untouched(&self) -> bool {
        let state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.left == self.shared.limit && state.partial.iter().all(Vec::is_empty)
    }

    /// Passes on what is left of unfinished characters. To be called when the guest has ended.
    pub(crate) fn finish(&self) {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        for (stream, rest) in [Stream::Stdout, Stream::Stderr]
            .into_iter()
            .zip(std::mem::take(&mut state.partial))
        {
            if !rest.is_empty()
                && let Some(text) = state.charge(String::from_utf8_lossy(&rest).into_owned())
            {
                self.shared.emit(stream, text);
            }
        }
    }
}

impl Shared {
    fn emit(&self, stream: Stream, data: String) {
        self.telemetry.emit(EventKind::Output {
            span: self.span,
            stream,
            data,
        });
    }
}

impl State {
    /// The whole characters of what came before and `bytes`.
    fn text(&mut self, stream: Stream, bytes: &[u8]) -> Option<String> {
        let [stdout, stderr] = &mut self.partial;
        let partial = match stream {
            Stream::Stdout => stdout,
            Stream::Stderr => stderr,
        };
        partial.extend_from_slice(bytes);
        let keep = unfinished(partial);
        let rest = partial.split_off(partial.len() - keep);
        let text = String::from_utf8_lossy(&std::mem::replace(partial, rest)).into_owned();
        (!text.is_empty()).then_some(text)
    }

    /// As much of the text as may be passed on; the chunk that reaches the limit ends in a note.
    fn charge(&mut self, mut text: String) -> Option<String> {
        if self.left == 0 {
            return None;
        }
        self.left = match self.left.checked_sub(text.len() as u64) {
            Some(left) if left > 0 => left,
            _ => {
                let mut end = usize::try_from(self.left).unwrap_or(text.len()).min(text.len());
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                text.truncate(end);
                text.push_str("\n[the rest of this call's output is left out: it is too long]\n");
                0
            }
        };
        Some(text)
    }
}

/// How many bytes at the end are the beginning of a character that is not complete.
fn unfinished(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(3);
    for (index, byte) in bytes.iter().enumerate().skip(tail).rev() {
        let there = bytes.len() - index;
        let length = match byte {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            0x80..=0xBF => continue,
            _ => return 0,
        };
        return if length > there { there } else { 0 };
    }
    0
}

impl IsTerminal for GuestStream {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for GuestStream {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(self.clone())
    }

    /// Not the default, which writes from a task of its own: output would come late and out of order.
    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }
}

#[async_trait::async_trait]
impl Pollable for GuestStream {
    async fn ready(&mut self) {}
}

impl OutputStream for GuestStream {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.output.write(self.stream, &bytes);
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(CHUNK)
    }
}

impl AsyncWrite for GuestStream {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        self.output.write(self.stream, bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(left: u64) -> State {
        State {
            left,
            partial: Default::default(),
        }
    }

    #[test]
    fn characters_survive_any_chunking() {
        let text = "aé€😀\u{7f}z";
        for size in 1..=text.len() {
            let mut state = state(1 << 20);
            let got: String = text
                .as_bytes()
                .chunks(size)
                .filter_map(|chunk| state.text(Stream::Stdout, chunk))
                .collect();
            assert_eq!(got, text, "chunks of {size}");
        }
    }

    #[test]
    fn streams_do_not_mix_and_bad_bytes_do_not_stick() {
        let mut state = state(1 << 20);
        assert_eq!(state.text(Stream::Stdout, b"\xe2\x82"), None);
        assert_eq!(state.text(Stream::Stderr, b"x").as_deref(), Some("x"));
        assert_eq!(state.text(Stream::Stdout, b"\xac").as_deref(), Some("€"));
        assert_eq!(
            state.text(Stream::Stdout, b"\xff\xe2z").as_deref(),
            Some("\u{fffd}\u{fffd}z")
        );
    }

    #[test]
    fn output_is_bounded() {
        let mut state = state(6);
        assert_eq!(state.charge("abcd".into()).as_deref(), Some("abcd"));
        let last = state.charge("é€".into());
        assert_eq!(
            last.as_deref(),
            Some("é\n[the rest of this call's output is left out: it is too long]\n")
        );
        assert_eq!(state.charge("more".into()), None);
    }
}
