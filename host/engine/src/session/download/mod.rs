//! Downloads: an engine sends an export to this machine.
//!
//! One method of the protocol carries two kinds of messages: a directory (the packets of an upload, the other way round) or one file in pieces. What arrives
//! is not trusted: nothing is written outside the destination, nor through a symbolic link in it.

mod destination;
mod directory;
mod part_file;
mod raw_codec;
mod safe_path;
mod service;
mod tree;

pub(crate) use destination::Destination;
pub(crate) use part_file::PartFile;
pub(super) use service::DownloadService;
