//! Replaces secrets in a text that comes in chunks.
//!
//! The end of what has come is held back while it may be the beginning of a secret: at most the length of the longest secret.

use super::Redactor;
use std::sync::PoisonError;
use zeroize::Zeroizing;

/// State of one output stream between two chunks.
#[derive(Default)]
pub(crate) struct StreamScrubber {
    held: Zeroizing<String>,
    /// So many bytes of `held` belong to a secret whose marker is out already.
    covered: usize,
}

impl StreamScrubber {
    /// Takes a chunk and returns what may be shown.
    pub(crate) fn push(&mut self, redactor: &Redactor, chunk: &str) -> String {
        self.advance(redactor, chunk, false)
    }

    /// Returns what is still held, at the end of the stream.
    pub(crate) fn finish(mut self, redactor: &Redactor) -> String {
        self.advance(redactor, "", true)
    }

    /// Whether nothing is held, so that the state can be forgotten.
    pub(crate) fn is_idle(&self) -> bool {
        self.held.is_empty()
    }

    fn advance(&mut self, redactor: &Redactor, chunk: &str, last: bool) -> String {
        let patterns = redactor.patterns.read().unwrap_or_else(PoisonError::into_inner);
        let mut text = Zeroizing::new(String::with_capacity(self.held.len() + chunk.len()));
        text.push_str(&self.held);
        text.push_str(chunk);
        let keep_from = if last { text.len() } else { patterns.open_end(&text) };

        let mut clean = String::with_capacity(keep_from);
        let mut from = self.covered;
        for range in patterns.find(&text) {
            if range.start >= keep_from {
                break;
            }
            if range.start >= from {
                clean.push_str(text.get(from..range.start).unwrap_or_default());
                clean.push_str(patterns.marker());
            }
            from = from.max(range.end);
        }
        clean.push_str(text.get(from..keep_from).unwrap_or_default());
        self.covered = from.saturating_sub(keep_from);
        self.held = Zeroizing::new(text.get(keep_from..).unwrap_or_default().to_owned());
        clean
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "a failing test may panic")]

    use super::*;
    use proptest::prelude::*;

    fn in_chunks(redactor: &Redactor, chunks: &[&str]) -> String {
        let mut scrubber = StreamScrubber::default();
        let mut out: String = chunks.iter().map(|chunk| scrubber.push(redactor, chunk)).collect();
        out += &scrubber.finish(redactor);
        out
    }

    fn knowing(secrets: &[&str]) -> Redactor {
        let redactor = Redactor::default();
        for secret in secrets {
            redactor.add(secret);
        }
        redactor
    }

    #[test]
    fn a_secret_in_two_chunks() {
        let redactor = knowing(&["hunter2"]);
        assert_eq!(in_chunks(&redactor, &["pass: hun", "ter2\n"]), "pass: ***\n");
        assert_eq!(in_chunks(&redactor, &["pass: hun", "gry\n"]), "pass: hungry\n");
        assert_eq!(in_chunks(&redactor, &["pass: hun"]), "pass: hun");
    }

    #[test]
    fn shows_at_once_what_cannot_begin_a_secret() {
        let redactor = knowing(&["hunter2"]);
        let mut scrubber = StreamScrubber::default();
        assert_eq!(scrubber.push(&redactor, "line\nh"), "line\n");
        assert!(!scrubber.is_idle());
        assert_eq!(scrubber.push(&redactor, "i\n"), "hi\n");
        assert!(scrubber.is_idle());
    }

    #[test]
    fn what_is_held_of_a_secret_already_shown_as_a_marker_stays_hidden() {
        let redactor = knowing(&["xabcab", "abq"]);
        assert_eq!(in_chunks(&redactor, &["xabcab", "z"]), "***z");
        assert_eq!(in_chunks(&redactor, &["xabcab", "q!"]), "***!");
    }

    /// Few letters, so that secrets overlap themselves and each other; `*` and `é` for the marker and for wide characters.
    const TEXT: &str = "[ab*é\n]{0,12}";

    proptest! {
        #[test]
        fn no_chunking_lets_a_secret_through(
            secrets in prop::collection::vec("[ab*é\n]{3,6}", 1..4),
            pieces in prop::collection::vec((TEXT, any::<prop::sample::Index>()), 1..8),
        ) {
            let borrowed: Vec<&str> = secrets.iter().map(String::as_str).collect();
            let redactor = knowing(&borrowed);
            let mut whole = String::new();
            for (text, pick) in &pieces {
                whole += text;
                whole += pick.get(&secrets);
            }
            let chunks: Vec<String> = whole.chars().map(String::from).collect();
            let by_character: Vec<&str> = chunks.iter().map(String::as_str).collect();
            let by_piece: Vec<&str> = pieces
                .iter()
                .flat_map(|(text, pick)| [text.as_str(), pick.get(&secrets)])
                .collect();

            let scrubbed = redactor.scrub(&whole).into_owned();
            for secret in &secrets {
                prop_assert!(!scrubbed.contains(secret.as_str()), "{secret:?} in {scrubbed:?}");
            }
            prop_assert_eq!(&in_chunks(&redactor, &by_character), &scrubbed);
            prop_assert_eq!(&in_chunks(&redactor, &by_piece), &scrubbed);
        }

        #[test]
        fn any_secret_and_any_cut(
            secret in ".{3,40}", before in ".{0,40}", after in ".{0,40}",
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            prop_assume!(secret.len() >= Redactor::MIN_LENGTH);
            let redactor = knowing(&[&secret]);
            let whole = format!("{before}{secret}{after}");
            let characters: Vec<char> = whole.chars().collect();
            let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(characters.len() + 1)).collect();
            places.extend([0, characters.len()]);
            places.sort_unstable();
            let chunks: Vec<String> =
                places.windows(2).map(|pair| characters[pair[0]..pair[1]].iter().collect()).collect();
            let borrowed: Vec<&str> = chunks.iter().map(String::as_str).collect();
            let out = in_chunks(&redactor, &borrowed);
            prop_assert!(!out.contains(&secret), "{secret:?} in {out:?}");
        }
    }
}
