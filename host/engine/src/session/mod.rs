//! The session: what an engine may ask of its client while it works for it.
//!
//! BuildKit's sessions turn the client into a gRPC server: over one bidirectional stream the engine asks for secrets, credentials, files and sockets, and
//! sends exports (`session/` of BuildKit's tree). [`SessionState`] holds what may be asked for; [`Session`] is the open stream. Several
//! sessions may share a state: exports have one of their own, because each takes one destination.

mod auth;
mod docker_config;
mod download;
mod health;
mod local;
mod secrets;
mod socket;
mod state;
mod stream;
mod upload;

pub use local::LocalDirectory;

pub(crate) use docker_config::DockerConfig;
pub(crate) use download::{Destination, PartFile};
pub(crate) use state::SessionState;
pub(crate) use stream::Session;
pub(crate) use upload::{Earlier, Listing, Record, changes, go_mode, identity};

use std::pin::Pin;

/// What services answer with when they answer with a stream.
type ReplyStream<T> = Pin<Box<dyn futures::Stream<Item = Result<T, tonic::Status>> + Send>>;
