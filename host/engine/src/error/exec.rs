//! A command that ran and failed.

/// Most bytes that are kept of each stream: the end of it, where the reason is.
pub(crate) const KEPT_OUTPUT: usize = 128 << 10;

/// The command as the user gave it, how it ended and what it printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("process \"{}\" did not complete successfully: exit code: {exit_code}", command.join(" "))]
pub struct ExecError {
    /// Program and arguments.
    pub command: Vec<String>,
    /// 128 + number for a signal.
    pub exit_code: i32,
    /// What it printed to stdout; of much output the last 128 KiB.
    pub stdout: String,
    /// What it printed to stderr; of much output the last 128 KiB.
    pub stderr: String,
}

/// The last [`KEPT_OUTPUT`] bytes as text, from the beginning of a character.
pub(crate) fn kept(bytes: &[u8]) -> String {
    let mut start = bytes.len().saturating_sub(KEPT_OUTPUT);
    while start > 0 && bytes.get(start).is_some_and(|byte| byte & 0xc0 == 0x80) {
        start += 1;
    }
    String::from_utf8_lossy(bytes.get(start..).unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{ExecError, KEPT_OUTPUT, kept};

    #[test]
    fn the_message_is_the_one_that_users_of_buildkit_know() {
        let command = ["sh", "-c", "exit 3"].map(str::to_owned).to_vec();
        let error = ExecError {
            command,
            exit_code: 3,
            stdout: String::new(),
            stderr: String::new(),
        };
        insta::assert_snapshot!(error, @r#"process "sh -c exit 3" did not complete successfully: exit code: 3"#);
    }

    #[test]
    fn the_end_of_long_output_is_kept_whole_characters_only() {
        let long = "é".repeat(KEPT_OUTPUT);
        let text = kept(&long.as_bytes().iter().copied().chain(*b"x").collect::<Vec<u8>>());
        assert!(text.len() <= KEPT_OUTPUT && text.ends_with("éx") && text.starts_with('é'));
        assert_eq!(kept(b"short"), "short");
    }
}
