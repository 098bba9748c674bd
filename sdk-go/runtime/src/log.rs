//! What Go prints, as lines of the log. A line that is not finished is kept until it is, or until the call ends.

use crate::world::system::{self, Level};
use std::cell::RefCell;

/// A line longer than this is passed on in parts.
const LONGEST: usize = 1 << 16;

thread_local!(static UNFINISHED: RefCell<[Vec<u8>; 2]> = const { RefCell::new([Vec::new(), Vec::new()]) });

/// Adds to standard output (0) or error (1), and passes on the lines that are whole.
pub(crate) fn write(stream: usize, bytes: &[u8]) {
    let ready = UNFINISHED.with_borrow_mut(|kept| {
        let kept = &mut kept[stream];
        kept.extend_from_slice(bytes);
        match kept.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => {
                let rest = kept.split_off(end + 1);
                std::mem::replace(kept, rest)
            }
            None if kept.len() > LONGEST => std::mem::take(kept),
            None => Vec::new(),
        }
    });
    say(stream, &ready);
}

/// Passes on what is not finished.
pub(crate) fn flush() {
    for stream in 0..2 {
        let rest = UNFINISHED.with_borrow_mut(|kept| std::mem::take(&mut kept[stream]));
        say(stream, &rest);
    }
}

fn say(stream: usize, text: &[u8]) {
    if text.is_empty() {
        return;
    }
    let level = if stream == 0 { Level::Info } else { Level::Warn };
    system::log(level, &String::from_utf8_lossy(text.strip_suffix(b"\n").unwrap_or(text)));
}
