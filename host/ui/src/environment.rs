//! What the user's environment says about terminals. The only place of this crate that reads environment variables.

use std::env;

/// Whether colours are welcome on a terminal (`NO_COLOR` absent or empty, <https://no-color.org>).
pub(crate) fn wants_color() -> bool {
    env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Whether the terminal can move its cursor.
pub(crate) fn can_redraw() -> bool {
    env::var_os("TERM").is_none_or(|value| value != "dumb")
}
