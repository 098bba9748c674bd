//! Where an engine listens, as users write it. Parsing only; `transport` dials.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// A place where a BuildKit daemon can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A unix socket on this machine.
    Unix(PathBuf),
    /// `host:port`, without encryption.
    Tcp(String),
    /// A container of the Docker daemon, reached by `buildctl dial-stdio` in it.
    DockerContainer(String),
}

/// A text that is no engine address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an engine address: use unix:///path, tcp://host:port or docker-container://name")]
pub struct AddressError {
    /// What was given.
    pub text: String,
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let error = || AddressError { text: text.to_owned() };
        let (scheme, rest) = text.split_once("://").ok_or_else(error)?;
        match scheme {
            "unix" if rest.starts_with('/') => Ok(Self::Unix(PathBuf::from(rest))),
            "tcp" => {
                let (host, port) = rest.rsplit_once(':').ok_or_else(error)?;
                if host.is_empty() || port.parse::<u16>().is_err() {
                    return Err(error());
                }
                Ok(Self::Tcp(rest.to_owned()))
            }
            "docker-container" if !rest.is_empty() && !rest.contains('/') => Ok(Self::DockerContainer(rest.to_owned())),
            _ => Err(error()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
            Self::Tcp(authority) => write!(f, "tcp://{authority}"),
            Self::DockerContainer(name) => write!(f, "docker-container://{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::Address;

    #[test]
    fn addresses_survive_a_round_trip() {
        for text in [
            "unix:///run/buildkit/buildkitd.sock",
            "tcp://127.0.0.1:1234",
            "tcp://[::1]:1234",
            "docker-container://engine",
        ] {
            assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn others_are_refused_with_the_forms_that_work() {
        for text in [
            "",
            "engine",
            "unix://relative",
            "tcp://host",
            "tcp://:1",
            "tcp://h:99999",
            "docker-container://",
            "ssh://h",
        ] {
            let error = text.parse::<Address>().unwrap_err();
            assert!(error.to_string().contains("docker-container://name"), "{error}");
        }
    }
}
