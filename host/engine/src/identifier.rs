//! Random identifiers for sessions, builds and containers. Nothing that must be stable from run to run may use them.

/// 25 characters of base 32, from the operating system's randomness: the form BuildKit's own clients use.
pub(crate) fn random() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz012345";
    let mut bytes = [0u8; 25];
    if getrandom::fill(&mut bytes).is_err() {
        // Without a source of randomness the time and the process still tell two builds apart.
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| d.as_nanos());
        let seed = now ^ (u128::from(std::process::id()) << 96);
        for (slot, byte) in bytes.iter_mut().zip(seed.to_le_bytes().into_iter().cycle()) {
            *slot = byte;
        }
    }
    bytes
        .iter()
        .filter_map(|b| ALPHABET.get(usize::from(b & 31)))
        .map(|b| char::from(*b))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::random;

    #[test]
    fn two_are_different_and_of_one_form() {
        let (a, b) = (random(), random());
        assert_ne!(a, b);
        assert_eq!(a.len(), 25);
        assert!(a.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    }
}
