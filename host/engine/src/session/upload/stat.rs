//! Facts about a file in the protocol's form, which is Go's.

use bollard_buildkit_proto::fsutil::types::Stat;
use std::fs::Metadata;
use std::os::unix::fs::{FileTypeExt, MetadataExt};

/// Bits of Go's `io/fs.FileMode`.
pub(crate) mod go_mode {
    pub(crate) const DIRECTORY: u32 = 1 << 31;
    pub(crate) const SYMLINK: u32 = 1 << 27;
    pub(crate) const DEVICE: u32 = 1 << 26;
    pub(crate) const PIPE: u32 = 1 << 25;
    pub(crate) const SOCKET: u32 = 1 << 24;
    pub(crate) const SETUID: u32 = 1 << 23;
    pub(crate) const SETGID: u32 = 1 << 22;
    pub(crate) const CHARACTER_DEVICE: u32 = 1 << 21;
    pub(crate) const STICKY: u32 = 1 << 20;
    pub(crate) const IRREGULAR: u32 = 1 << 19;
    /// Everything that makes a file no regular one.
    pub(crate) const TYPE: u32 = DIRECTORY | SYMLINK | DEVICE | PIPE | SOCKET | CHARACTER_DEVICE | IRREGULAR;
}

/// Type and permissions in Go's form.
fn mode(metadata: &Metadata) -> u32 {
    let kind = metadata.file_type();
    let unix = metadata.mode();
    let bits = [
        (kind.is_dir(), go_mode::DIRECTORY),
        (kind.is_symlink(), go_mode::SYMLINK),
        (kind.is_fifo(), go_mode::PIPE),
        (kind.is_socket(), go_mode::SOCKET),
        (kind.is_block_device() || kind.is_char_device(), go_mode::DEVICE),
        (kind.is_char_device(), go_mode::CHARACTER_DEVICE),
        (unix & 0o4000 != 0, go_mode::SETUID),
        (unix & 0o2000 != 0, go_mode::SETGID),
        (unix & 0o1000 != 0, go_mode::STICKY),
    ];
    bits.iter()
        .filter(|(set, _)| *set)
        .fold(unix & 0o777, |mode, (_, bit)| mode | bit)
}

/// Facts without the owner: uploaded files belong to root, so that the same tree of two users is the same upload.
pub(super) fn stat(path: String, metadata: &Metadata, linkname: String) -> Stat {
    Stat {
        path,
        mode: mode(metadata),
        size: if metadata.is_dir() {
            0
        } else {
            i64::try_from(metadata.size()).unwrap_or(i64::MAX)
        },
        mod_time: metadata
            .mtime()
            .saturating_mul(1_000_000_000)
            .saturating_add(metadata.mtime_nsec()),
        linkname,
        ..Stat::default()
    }
}
