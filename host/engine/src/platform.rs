//! Operating system and processor that a container is for, in the spelling of the OCI image specification.

use bollard_buildkit_proto::pb;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Operating system, architecture and its variant, as in `linux/arm64` or `linux/arm/v7`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Platform {
    /// Operating system in Go's spelling: `linux`.
    pub os: String,
    /// Processor in Go's spelling: `amd64`, `arm64`.
    pub architecture: String,
    /// Variant of the processor: `v7`; none is the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

/// A text that names no platform.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a platform: write os/architecture[/variant], such as linux/arm64")]
pub struct PlatformError {
    /// What was given.
    pub text: String,
}

impl Platform {
    /// A Linux platform of the given architecture (Go's or the kernel's spelling).
    pub fn linux(architecture: &str) -> Self {
        Self::normalised("linux", architecture, None)
    }

    /// Linux on the processor this program was built for.
    pub fn host() -> Self {
        Self::linux(std::env::consts::ARCH)
    }

    fn normalised(os: &str, architecture: &str, variant: Option<&str>) -> Self {
        let os = os.to_ascii_lowercase();
        let architecture = architecture.to_ascii_lowercase();
        let (architecture, implied) = match architecture.as_str() {
            "x86_64" | "x86-64" => ("amd64".to_owned(), None),
            "aarch64" => ("arm64".to_owned(), None),
            "i386" | "i686" | "x86" => ("386".to_owned(), None),
            "armhf" | "arm" => ("arm".to_owned(), Some("v7")),
            "armel" => ("arm".to_owned(), Some("v6")),
            _ => (architecture, None),
        };
        let variant = variant.or(implied).map(str::to_ascii_lowercase);
        // The base variants are what the architecture means without one.
        let variant = variant.filter(|v| {
            !(v.is_empty()
                || (architecture == "arm64" && (v == "v8" || v == "8"))
                || (architecture == "amd64" && v == "v1"))
        });
        Self {
            os,
            architecture,
            variant,
        }
    }

    pub(crate) fn from_proto(platform: &pb::Platform) -> Self {
        Self::normalised(&platform.os, &platform.architecture, Some(&platform.variant))
    }

    pub(crate) fn to_proto(&self) -> pb::Platform {
        pb::Platform {
            os: self.os.clone(),
            architecture: self.architecture.clone(),
            variant: self.variant.clone().unwrap_or_default(),
            ..pb::Platform::default()
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        if let Some(variant) = &self.variant {
            write!(f, "/{variant}")?;
        }
        Ok(())
    }
}

impl FromStr for Platform {
    type Err = PlatformError;

    fn from_str(text: &str) -> Result<Self, PlatformError> {
        let error = || PlatformError { text: text.to_owned() };
        let parts: Vec<&str> = text.split('/').collect();
        let well_formed = |part: &&str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-' || b == b'.')
        };
        if !parts.iter().all(well_formed) {
            return Err(error());
        }
        match parts.as_slice() {
            [os, architecture] => Ok(Self::normalised(os, architecture, None)),
            [os, architecture, variant] => Ok(Self::normalised(os, architecture, Some(variant))),
            _ => Err(error()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::Platform;

    #[test]
    fn spellings_become_one() {
        let parse = |text: &str| text.parse::<Platform>().map(|p| p.to_string());
        assert_eq!(parse("linux/x86_64").unwrap(), "linux/amd64");
        assert_eq!(parse("linux/arm64/v8").unwrap(), "linux/arm64");
        assert_eq!(parse("linux/arm").unwrap(), "linux/arm/v7");
        assert_eq!(parse("Linux/ARM/v6").unwrap(), "linux/arm/v6");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "linux", "linux/", "a/b/c/d", "lin ux/amd64"] {
            let error = text.parse::<Platform>().unwrap_err();
            assert!(error.to_string().contains("os/architecture"), "{error}");
        }
    }
}
