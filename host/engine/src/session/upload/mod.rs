//! Uploads: an engine asks for a directory of this machine, and gets what changed since it last had it.
//!
//! The protocol is that of the `fsutil` project (`send.go` there): the client tells all files in order; the engine asks for the content of those
//! it does not have; the client sends it in chunks. Nothing of the directory is changed, and only registered directories are served.

mod changes;
mod git_ignore;
mod identity;
mod listing;
mod record;
mod sender;
mod service;
mod stat;
mod walk;

pub(crate) use changes::changes;
pub(crate) use identity::identity;
pub(crate) use listing::Listing;
pub(crate) use record::{Earlier, Record};
pub(super) use service::UploadService;
pub(crate) use stat::go_mode;
