//! How a time looks in JSON: whole microseconds since 1970-01-01 UTC, which every JSON reader holds exactly.
//!
//! For `#[serde(with)]` on [`crate::Event`]; times before 1970 are written as 0.

use serde::{Deserialize, Deserializer, Serializer};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) fn serialize<S: Serializer>(at: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    serializer.serialize_u64(u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SystemTime, D::Error> {
    let micros = u64::deserialize(deserializer)?;
    UNIX_EPOCH
        .checked_add(Duration::from_micros(micros))
        .ok_or_else(|| serde::de::Error::custom("the time is out of range"))
}
