//! Replaces the plaintext of secrets in text, before anyone outside of this crate sees it.
//!
//! Plaintexts are held in memory only and zeroed when the run ends. A general multi-pattern library would keep copies in its
//! automaton that are never zeroed, so the search is our own. `forms` says what a secret may look like, `patterns` finds it,
//! `stream` does so over chunks.

mod forms;
mod patterns;
mod stream;

use patterns::Patterns;
use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

pub(crate) use stream::StreamScrubber;

/// The secrets of a run; clones share them.
#[derive(Clone, Default)]
pub struct Redactor {
    patterns: Arc<RwLock<Patterns>>,
}

impl Redactor {
    /// Shorter values (in bytes) are ignored: replacing every `a` would ruin the output and hide nothing.
    pub const MIN_LENGTH: usize = 3;

    /// From now on `plaintext` is replaced by `***`, and so are the forms in which it commonly shows up: without surrounding
    /// white space, each line of 6 bytes or more, Base64 (also as a part of something longer), JSON-escaped, percent-encoded.
    ///
    /// If a secret contains `*`, another character takes its place in the marker, since the marker could complete a secret.
    pub fn add(&self, plaintext: &str) {
        if plaintext.len() < Self::MIN_LENGTH {
            return;
        }
        let forms = forms::of(plaintext);
        let mut patterns = self.patterns.write().unwrap_or_else(PoisonError::into_inner);
        patterns.add(forms);
    }

    /// `text` with every occurrence replaced; overlapping occurrences become one marker.
    pub fn scrub<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let patterns = self.patterns.read().unwrap_or_else(PoisonError::into_inner);
        let found = patterns.find(text);
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut clean = String::with_capacity(text.len());
        let mut from = 0;
        for range in found {
            clean.push_str(text.get(from..range.start).unwrap_or_default());
            clean.push_str(patterns.marker());
            from = range.end;
        }
        clean.push_str(text.get(from..).unwrap_or_default());
        Cow::Owned(clean)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine as _, engine::general_purpose::STANDARD};

    fn scrubbed(secret: &str, text: &str) -> String {
        let redactor = Redactor::default();
        redactor.add(secret);
        redactor.scrub(text).into_owned()
    }

    #[test]
    fn replaces_every_occurrence() {
        assert_eq!(scrubbed("s3cret", "s3cret, s3cret!"), "***, ***!");
        assert_eq!(scrubbed("aba", "ababa"), "***");
    }

    #[test]
    fn too_short_to_hide() {
        assert_eq!(scrubbed("ab", "ab cab"), "ab cab");
        assert_eq!(scrubbed("abc", "abc"), "***");
        assert_eq!(scrubbed("", "text"), "text");
    }

    #[test]
    fn text_without_secrets_is_not_copied() {
        let redactor = Redactor::default();
        redactor.add("s3cret");
        assert!(matches!(redactor.scrub("nothing here"), Cow::Borrowed(_)));
    }

    #[test]
    fn the_newline_that_a_file_ends_with() {
        assert_eq!(scrubbed("s3cret\n", "token=s3cret;"), "token=***;");
    }

    #[test]
    fn lines_of_a_key() {
        let key = "-----BEGIN KEY-----\nMIIEpAIBAAKCAQEA\nshort\n-----END KEY-----\n";
        assert_eq!(scrubbed(key, "read MIIEpAIBAAKCAQEA, short"), "read ***, short");
    }

    #[test]
    fn base64_alone_and_inside() {
        let secret = "correct horse";
        assert_eq!(scrubbed(secret, &STANDARD.encode(secret)), "***");
        for user in ["", "a:", "ab:", "abc:"] {
            let header = STANDARD.encode(format!("{user}{secret}\n"));
            let shown = scrubbed(secret, &header);
            assert!(
                shown.contains("***") && shown.len() <= 3 + user.len() * 2 + 4,
                "{shown}"
            );
        }
    }

    #[test]
    fn escaped_in_json_and_in_a_url() {
        assert_eq!(scrubbed(r#"pa"ss\wd"#, r#"{"p":"pa\"ss\\wd"}"#), r#"{"p":"***"}"#);
        assert_eq!(
            scrubbed("p@ss/wörd", "https://me:p%40ss%2Fw%C3%B6rd@host"),
            "https://me:***@host"
        );
    }

    #[test]
    fn a_marker_that_cannot_complete_a_secret() {
        assert_eq!(scrubbed("*ab", "*ab*abab"), "######ab");
    }
}
