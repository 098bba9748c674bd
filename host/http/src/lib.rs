//! Connections to servers elsewhere, made the same way by everyone who needs one: HTTPS with the system's certificates and through the user's
//! proxy, HTTP directly. It knows nothing of what is asked; the registry client and the fetcher of Go modules are built on it. It reads no
//! variable of the environment: the command line does.

mod connections;
mod location;
mod proxies;
mod redirection;
mod tunnel;

pub use connections::{Connections, causes};
pub use location::join;
pub use proxies::Proxies;
pub use redirection::redirection;
