//! Plaintext of a secret in memory: overwritten when dropped, never printed.

use std::fmt;
use zeroize::Zeroizing;

/// Plaintext that is zeroed when it is dropped and never shows in debug output.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Takes the plaintext over.
    pub fn new(plaintext: impl Into<Vec<u8>>) -> Self {
        Self(Zeroizing::new(plaintext.into()))
    }

    /// The plaintext. Name the call site with care: nothing that is shown or stored may come from here.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBytes(***)")
    }
}

impl From<Vec<u8>> for SecretBytes {
    fn from(plaintext: Vec<u8>) -> Self {
        Self::new(plaintext)
    }
}

impl From<&str> for SecretBytes {
    fn from(plaintext: &str) -> Self {
        Self::new(plaintext.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::SecretBytes;

    #[test]
    fn debug_output_hides_the_plaintext() {
        assert_eq!(format!("{:?}", SecretBytes::from("hunter2")), "SecretBytes(***)");
    }
}
