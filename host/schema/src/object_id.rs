//! IDs of objects: the type's name and the digest of the object's recipe, printed as `Container@3f…`.
//!
//! The digest is keyed (see `ObjectKey`), so an ID is a handle that module code can hold and pass on but cannot make up.

use std::{fmt, str::FromStr, sync::Arc};

/// Identity of an object within a session.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ObjectId {
    type_name: Arc<str>,
    digest: [u8; 32],
}

impl ObjectId {
    /// The ID of an object of that type whose recipe has that digest.
    pub fn new(type_name: impl Into<Arc<str>>, digest: [u8; 32]) -> ObjectId {
        ObjectId {
            type_name: type_name.into(),
            digest,
        }
    }

    /// API name of the object's type.
    pub fn type_name(&self) -> &Arc<str> {
        &self.type_name
    }

    /// Digest of the recipe.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The first eight bytes of the digest, as hex: enough to tell objects apart when printed.
    pub fn short(&self) -> String {
        let mut text = hex::encode(self.digest);
        text.truncate(16);
        text
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.type_name, hex::encode(self.digest))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.type_name, self.short())
    }
}

/// The text is not an ID.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an object ID; expected `Type@` and 64 hexadecimal digits")]
pub struct InvalidId(pub String);

impl FromStr for ObjectId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidId(text.chars().take(80).collect());
        let (type_name, digest) = text.split_once('@').ok_or_else(invalid)?;
        let digest = hex::decode(digest)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(invalid)?;
        if type_name.is_empty() {
            return Err(invalid());
        }
        Ok(ObjectId::new(type_name, digest))
    }
}

/// The key of this user's digests: 32 random bytes kept in the state directory.
#[derive(Clone)]
pub struct ObjectKey([u8; 32]);

impl ObjectKey {
    /// The key with those bytes.
    pub fn new(bytes: [u8; 32]) -> ObjectKey {
        ObjectKey(bytes)
    }

    /// A keyed hasher.
    pub fn hasher(&self) -> blake3::Hasher {
        blake3::Hasher::new_keyed(&self.0)
    }
}

impl fmt::Debug for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ObjectKey(…)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_id_survives_its_text_form() {
        let id = ObjectId::new("Container", [7; 32]);
        assert_eq!(id.to_string().parse::<ObjectId>().unwrap(), id);
    }

    #[test]
    fn anything_else_is_refused_with_what_was_given() {
        for text in [
            "",
            "Container",
            "Container@12",
            "@0707",
            &format!("@{}", "07".repeat(32)),
        ] {
            assert_eq!(text.parse::<ObjectId>(), Err(InvalidId(text.to_owned())));
        }
    }
}
