//! The first PEM block of a text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// Label and content of the first block; none when there is no whole one.
pub(super) fn first_block(text: &str) -> Option<(&str, Zeroizing<Vec<u8>>)> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let body: Zeroizing<String> = Zeroizing::new(body.split_ascii_whitespace().collect());
    Some((label, Zeroizing::new(STANDARD.decode(body.as_bytes()).ok()?)))
}

/// A block.
pub(super) fn block(label: &str, content: &[u8]) -> String {
    let body = STANDARD.encode(content);
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = body.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_back() {
        let text = block("PUBLIC KEY", &[7; 91]);
        assert!(text.lines().all(|line| line.len() <= 64), "{text}");
        let with_more = format!("about this key\n{text}trailing");
        assert_eq!(first_block(&with_more).unwrap().1.as_slice(), &[7; 91]);
        for broken in [
            "",
            "-----BEGIN X-----\nAAAA\n",
            "-----BEGIN X-----\n!\n-----END X-----\n",
        ] {
            assert!(first_block(broken).is_none(), "{broken}");
        }
    }
}
