//! Git: repositories elsewhere, fetched by the engine, and those that lie in a directory.
//!
//! `repository` and `reference` are the two types of the API; `remote` is how a repository elsewhere is reached, `advertised` what its server
//! says it has, `local` a repository of a directory, `version` which tag is the latest, `uncommitted` what a working tree has besides.

mod advertised;
mod local;
mod over_ssh;
mod reference;
mod remote;
mod repository;
mod submodules;
mod uncommitted;
mod version;

pub(crate) use reference::GitRef;
pub(crate) use remote::fetch;
pub(crate) use repository::GitRepository;
