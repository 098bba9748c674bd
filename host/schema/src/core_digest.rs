//! What the core API amounts to, for cache keys.

/// Digest of the core API's schema, as hex. It changes with every release that changes the API.
pub fn core_digest() -> String {
    blake3::hash(include_bytes!("../core.graphql")).to_hex().to_string()
}
