//! The forms in which a secret shows up in output.
//!
//! Buffers are allocated at their full size, since growing one would leave a copy of the plaintext behind.

use base64::{
    Engine as _,
    engine::{
        GeneralPurpose,
        general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD},
    },
};
use zeroize::Zeroizing;

pub(super) type Plaintext = Zeroizing<String>;

/// Single lines and fragments of an encoding below this are too common to replace.
const MIN_PART: usize = 6;

/// All forms of `secret`, itself first; may hold duplicates.
pub(super) fn of(secret: &str) -> Vec<Plaintext> {
    let mut forms = vec![copy(secret)];
    let trimmed = secret.trim();
    if trimmed.len() >= super::Redactor::MIN_LENGTH {
        forms.push(copy(trimmed));
        forms.extend(encoded(trimmed));
    }
    if trimmed != secret {
        forms.extend(encoded(secret));
    }
    let lines = secret.lines().map(str::trim);
    forms.extend(lines.filter(|line| line.len() >= MIN_PART).map(copy));
    forms
}

fn copy(text: &str) -> Plaintext {
    Zeroizing::new(text.to_owned())
}

fn encoded(text: &str) -> Vec<Plaintext> {
    let mut forms = vec![json(text), percent(text)];
    for engine in [STANDARD, URL_SAFE] {
        forms.push(Zeroizing::new(engine.encode(text)));
    }
    for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        forms.extend((0..3).filter_map(|offset| base64_inside(text, offset, &engine)));
    }
    forms
}

/// The characters of a Base64 text that `secret` alone decides when `offset` bytes (modulo 3) come before it.
fn base64_inside(secret: &str, offset: usize, engine: &GeneralPurpose) -> Option<Plaintext> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(offset + secret.len()));
    bytes.resize(offset, 0);
    bytes.extend_from_slice(secret.as_bytes());
    let whole = Zeroizing::new(engine.encode(bytes.as_slice()));
    let first = (offset * 8).div_ceil(6);
    let end = bytes.len() * 8 / 6;
    let inside = whole.get(first..end)?;
    (inside.len() >= MIN_PART).then(|| copy(inside))
}

fn json(text: &str) -> Plaintext {
    let mut quoted = Zeroizing::new(Vec::with_capacity(text.len() * 6 + 2));
    // Writing a string to memory has nothing that can fail; the plain form is among the forms anyway.
    if serde_json::to_writer(&mut *quoted, text).is_err() {
        return copy(text);
    }
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    copy(std::str::from_utf8(inner).unwrap_or(text))
}

/// Percent-encoding of all but the unreserved characters (RFC 3986, section 2.3), as in the password of a URL.
fn percent(text: &str) -> Plaintext {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let digit = |value: u8| HEX.get(usize::from(value)).copied().unwrap_or_default();
    let mut form = Zeroizing::new(String::with_capacity(text.len() * 3));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            form.push(char::from(byte));
        } else {
            form.push('%');
            form.push(digit(byte >> 4));
            form.push(digit(byte & 15));
        }
    }
    form
}
