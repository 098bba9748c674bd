//! Finds any of many strings in a text.
//!
//! A set of the first two bytes of all patterns dismisses nearly every position at once; the rest is a binary search.

use super::{Redactor, forms::Plaintext};
use std::ops::Range;

/// All forms of all secrets.
pub(super) struct Patterns {
    /// Sorted by bytes, each at least [`Redactor::MIN_LENGTH`] long.
    sorted: Vec<Plaintext>,
    /// A bit for each pair of bytes, set if a pattern begins with it.
    beginnings: Vec<u64>,
    /// Length in bytes of the longest.
    longest: usize,
    marker: String,
}

impl Default for Patterns {
    fn default() -> Self {
        Self {
            sorted: Vec::new(),
            beginnings: Vec::new(),
            longest: 0,
            marker: "***".to_owned(),
        }
    }
}

impl Patterns {
    pub(super) fn add(&mut self, forms: Vec<Plaintext>) {
        self.beginnings.resize(1 << 10, 0);
        for form in forms {
            let &[first, second, ..] = form.as_bytes() else {
                continue;
            };
            if form.len() < Redactor::MIN_LENGTH {
                continue;
            }
            let (word, bit) = place(first, second);
            if let Some(bits) = self.beginnings.get_mut(word) {
                *bits |= bit;
            }
            if let Err(at) = self
                .sorted
                .binary_search_by(|other| other.as_bytes().cmp(form.as_bytes()))
            {
                self.longest = self.longest.max(form.len());
                self.sorted.insert(at, form);
            }
        }
        let unused = ['*', '#', '•']
            .into_iter()
            .chain('\u{2580}'..)
            .find(|mark| !self.sorted.iter().any(|form| form.contains(*mark)));
        if let Some(mark) = unused {
            self.marker = std::iter::repeat_n(mark, 3).collect();
        }
    }

    /// What stands for a secret: three times a character that is in no pattern.
    pub(super) fn marker(&self) -> &str {
        &self.marker
    }

    /// Where patterns are in `text`, in order; overlapping occurrences are one range.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        if self.sorted.is_empty() {
            return found;
        }
        let bytes = text.as_bytes();
        for (start, pair) in bytes.windows(2).enumerate() {
            if !self.may_begin(pair) {
                continue;
            }
            let rest = bytes.get(start..).unwrap_or_default();
            let Some(length) = self.longest_at(rest) else {
                continue;
            };
            let end = start + length;
            match found.last_mut() {
                Some(last) if start < last.end => last.end = last.end.max(end),
                _ => found.push(start..end),
            }
        }
        found
    }

    /// Where the longest end of `text` begins that is a beginning of a pattern; the length of `text` if there is none.
    pub(super) fn open_end(&self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let from = bytes.len().saturating_sub(self.longest.saturating_sub(1));
        (from..bytes.len())
            .find(|start| {
                let rest = bytes.get(*start..).unwrap_or_default();
                let begins = rest.get(..2).is_none_or(|pair| self.may_begin(pair));
                begins && self.continues(rest)
            })
            .unwrap_or(bytes.len())
    }

    fn may_begin(&self, pair: &[u8]) -> bool {
        let &[first, second] = pair else {
            return false;
        };
        let (word, bit) = place(first, second);
        self.beginnings.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Length of the longest pattern at the beginning of `text`.
    fn longest_at(&self, text: &[u8]) -> Option<usize> {
        let key = text.get(..Redactor::MIN_LENGTH)?;
        self.beginning_with(key)
            .filter(|pattern| text.starts_with(pattern.as_bytes()))
            .map(|pattern| pattern.len())
            .max()
    }

    /// Whether a pattern begins with `text` and goes on.
    fn continues(&self, text: &[u8]) -> bool {
        self.beginning_with(text).any(|pattern| pattern.len() > text.len())
    }

    fn beginning_with(&self, key: &[u8]) -> impl Iterator<Item = &Plaintext> {
        let first = self.sorted.partition_point(|pattern| pattern.as_bytes() < key);
        let from = self.sorted.get(first..).unwrap_or_default();
        from.iter()
            .take_while(move |pattern| pattern.as_bytes().starts_with(key))
    }
}

/// Where the bit for a pair of bytes is.
fn place(first: u8, second: u8) -> (usize, u64) {
    let pair = usize::from(first) << 8 | usize::from(second);
    (pair >> 6, 1 << (pair & 63))
}
