//! The session's token: who has it may use the session, and with it the user's files and engine.

use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// A secret that is made anew for each session.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A random token, in the form of a version 4 UUID: digits and dashes read the same in every alphabet of Base64 that clients use.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn random() -> Result<Token, getrandom::Error> {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes)?;
        let number = u128::from_be_bytes(bytes) & !(0xf000 << 64 | 0xc000 << 48) | 0x4000 << 64 | 0x8000 << 48;
        let digits = format!("{number:032x}");
        let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| digits.get(range).unwrap_or_default());
        Ok(Token(groups.join("-")))
    }

    /// A token that somebody chose.
    pub fn new(text: impl Into<String>) -> Token {
        Token(text.into())
    }

    /// The token itself, for those who start clients.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether the header is HTTP's Basic authentication with the token as the user's name.
    pub(crate) fn admits(&self, header: Option<&HeaderValue>) -> bool {
        let user = || {
            let (scheme, credentials) = header?.to_str().ok()?.trim().split_once(' ')?;
            let credentials = credentials.trim();
            let decoded = STANDARD
                .decode(credentials)
                .or_else(|_| URL_SAFE.decode(credentials))
                .ok()?;
            let (user, _) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
            scheme.eq_ignore_ascii_case("basic").then(|| user.to_owned())
        };
        user().is_some_and(|user| same(user.as_bytes(), self.0.as_bytes()))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Compares in a time that tells nothing about where the texts differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (x, y)| differs | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn a_random_token_looks_like_a_uuid_and_is_new_each_time() {
        let (a, b) = (Token::random().unwrap(), Token::random().unwrap());
        assert_ne!(a.text(), b.text());
        let shape: String = a
            .text()
            .chars()
            .map(|c| if c.is_ascii_hexdigit() { 'x' } else { c })
            .collect();
        assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
        assert_eq!(a.text().as_bytes()[14], b'4');
    }

    #[test]
    fn only_basic_authentication_with_the_token_is_admitted() {
        let token = Token::new("secret-1");
        let admits = |text: &str| token.admits(Some(&HeaderValue::from_str(text).unwrap()));
        let basic = |text: &str| format!("Basic {}", STANDARD.encode(text));
        assert!(admits(&basic("secret-1:")));
        assert!(admits(&basic("secret-1:anything")));
        assert!(admits(&basic("secret-1:").replace("Basic", "basic")));
        for wrong in ["secret-1", "secret-2:", "secret-11:", ":secret-1", ":"] {
            assert!(!admits(&basic(wrong)), "{wrong}");
        }
        assert!(!admits("Bearer secret-1"));
        assert!(!admits("Basic !!!"));
        assert!(!token.admits(None));
    }
}
