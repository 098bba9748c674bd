//! Bytes of an output stream as they come: whole characters for display, and the end of it for error messages.

use crate::error::KEPT_OUTPUT;
use std::collections::VecDeque;

/// One output stream of an operation.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// The beginning of a character whose rest has not come yet; at most 3 bytes.
    partial: Vec<u8>,
    kept: VecDeque<u8>,
}

impl Tail {
    /// Takes a chunk; the text that is complete now.
    pub(super) fn push(&mut self, chunk: &[u8]) -> String {
        self.kept.extend(chunk);
        let excess = self.kept.len().saturating_sub(KEPT_OUTPUT);
        self.kept.drain(..excess);
        let mut bytes = std::mem::take(&mut self.partial);
        bytes.extend_from_slice(chunk);
        let complete = bytes.len() - incomplete_end(&bytes);
        self.partial = bytes.split_off(complete);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The last bytes of all that came.
    pub(super) fn kept(&self) -> Vec<u8> {
        self.kept.iter().copied().collect()
    }
}

/// How many bytes at the end begin a character that is not complete.
fn incomplete_end(bytes: &[u8]) -> usize {
    for (back, byte) in bytes.iter().rev().take(3).enumerate() {
        let length = match byte {
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf7 => 4,
            0x80..=0xbf => continue,
            _ => 0,
        };
        return if length > back + 1 { back + 1 } else { 0 };
    }
    0
}

#[cfg(test)]
mod tests {
    use super::Tail;

    #[test]
    fn characters_are_not_torn() {
        let mut tail = Tail::default();
        let text = "aé€😀z";
        let shown: String = text.as_bytes().iter().map(|byte| tail.push(&[*byte])).collect();
        assert_eq!(shown, text);
        assert_eq!(tail.kept(), text.as_bytes());
    }

    #[test]
    fn what_is_no_text_is_shown_as_such_and_does_not_wait() {
        let mut tail = Tail::default();
        assert_eq!(tail.push(&[0xff, b'a', 0x80]), "\u{fffd}a\u{fffd}");
        assert_eq!(tail.push(b"b"), "b");
    }

    #[test]
    fn only_the_end_is_kept() {
        let mut tail = Tail::default();
        for _ in 0..40 {
            tail.push(&[b'x'; 8192]);
        }
        tail.push(b"end");
        assert_eq!(tail.kept().len(), crate::error::KEPT_OUTPUT);
        assert!(tail.kept().ends_with(b"xend"));
    }
}
