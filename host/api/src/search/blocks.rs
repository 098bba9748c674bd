//! Which lines of a text match. Pure.

use regex::bytes::Regex;

/// A block of lines that matches.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// The file.
    pub path: String,
    /// Number of the first line, from 1.
    pub line: usize,
    /// Where the block begins in the file, in bytes.
    pub offset: usize,
    /// The lines.
    pub text: String,
    /// Start, end and text of each match, counted from the block's beginning.
    pub matches: Vec<(usize, usize, String)>,
}

/// Where lines that match begin and end, with the places of their matches.
struct Block {
    start: usize,
    end: usize,
    matches: Vec<(usize, usize)>,
}

/// The blocks of a file that match. Files that are no text have none.
pub(super) fn blocks(pattern: &Regex, across_lines: bool, path: &str, content: &[u8]) -> Vec<Found> {
    if content.contains(&0) {
        return Vec::new();
    }
    let mut blocks: Vec<Block> = Vec::new();
    let mut add = |start: usize, end: usize| {
        let before = content.get(..start).unwrap_or_default();
        let first = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let last = end.max(start + 1).min(content.len());
        let tail = content.get(last - usize::from(last > 0)..).unwrap_or_default();
        let stop = tail
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(content.len(), |at| last + at);
        match blocks.last_mut() {
            Some(block) if first < block.end => {
                block.end = stop.max(block.end);
                block.matches.push((start, end));
            }
            _ => blocks.push(Block {
                start: first,
                end: stop,
                matches: vec![(start, end)],
            }),
        }
    };
    if across_lines {
        for found in pattern.find_iter(content) {
            if found.start() < content.len() {
                add(found.start(), found.end());
            }
        }
    } else {
        let mut offset = 0;
        for line in content.split_inclusive(|byte| *byte == b'\n') {
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            for found in pattern.find_iter(text) {
                add(offset + found.start(), offset + found.end());
            }
            offset += line.len();
        }
    }
    let mut line = 1;
    let mut counted = 0;
    let mut result = Vec::new();
    for Block { start, end, matches } in blocks {
        let between = content.get(counted..start).unwrap_or_default();
        line += between.iter().filter(|byte| **byte == b'\n').count();
        counted = start;
        // What is not UTF-8 cannot be told in the API.
        let Some(text) = content
            .get(start..end)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
        else {
            continue;
        };
        let matches = matches
            .into_iter()
            .map(|(from, to)| {
                let (from, to) = (from - start, to - start);
                (from, to, text.get(from..to).unwrap_or_default().to_owned())
            })
            .collect();
        result.push(Found {
            path: path.to_owned(),
            line,
            offset: start,
            text: text.to_owned(),
            matches,
        });
    }
    result
}
