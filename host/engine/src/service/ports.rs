//! Ports of services where all containers share one network: no two services of a run may have the same.
//!
//! That a port accepts connections says nothing there about who accepts them, so who may listen must be settled before.

use crate::ServiceError;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The ports that services of the run have.
pub(super) type Taken = Arc<Mutex<BTreeSet<u16>>>;

/// Ports that are one service's as long as this lives.
#[derive(Debug, Default)]
pub(super) struct Claim {
    taken: Taken,
    ports: Vec<u16>,
}

impl Claim {
    /// All of the ports, or none when one of them is another's.
    pub(super) fn new(taken: &Taken, ports: &[u16], name: &str) -> Result<Self, ServiceError> {
        let mut all = taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(port) = ports.iter().find(|port| all.contains(port)) {
            return Err(ServiceError::PortTaken {
                name: name.to_owned(),
                port: port.to_string(),
            });
        }
        all.extend(ports);
        Ok(Self {
            taken: Arc::clone(taken),
            ports: ports.to_vec(),
        })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|port| !self.ports.contains(port));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{Claim, Taken};

    #[test]
    fn a_port_is_one_services_until_it_ends() {
        let taken = Taken::default();
        let first = Claim::new(&taken, &[1, 2], "first").unwrap();
        let refused = Claim::new(&taken, &[3, 2], "second").unwrap_err().to_string();
        assert!(refused.starts_with("service second cannot have port 2: "), "{refused}");
        let third = Claim::new(&taken, &[3], "third").unwrap();
        drop(first);
        assert!(Claim::new(&taken, &[1, 2], "fourth").is_ok());
        assert!(Claim::new(&taken, &[3], "fifth").is_err());
        drop(third);
    }
}
