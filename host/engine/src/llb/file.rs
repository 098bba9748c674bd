//! File operations: the engine does them itself, without a container.

use super::{Node, Output, node::INTERNAL, output::Inputs};
use bollard_buildkit_proto::pb::{self, file_action::Action, op::Op as OpKind};

/// A user or group, by number or by the name it has in the file system that is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChownId {
    /// By number.
    Id(u32),
    /// By name, looked up in the changed file system's `/etc/passwd` or `/etc/group`.
    Name(String),
}

/// Who files shall belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The user.
    pub user: ChownId,
    /// The group; none is the user's own for a name, 0 for a number.
    pub group: Option<ChownId>,
}

impl Owner {
    /// Reads `user`, `user:group`, `1000` or `1000:1000`; none for an empty text.
    pub fn parse(text: &str) -> Option<Self> {
        let id = |text: &str| match text.parse() {
            Ok(number) => ChownId::Id(number),
            Err(_) => ChownId::Name(text.to_owned()),
        };
        let (user, group) = text
            .split_once(':')
            .map_or((text, None), |(user, group)| (user, Some(group)));
        if user.is_empty() {
            return None;
        }
        Some(Self {
            user: id(user),
            group: group.filter(|g| !g.is_empty()).map(id),
        })
    }

    /// `input` is the number of the file system whose account files know the names.
    fn to_proto(&self, input: i64) -> pb::ChownOpt {
        let option = |id: &ChownId| pb::UserOpt {
            user: Some(match id {
                ChownId::Id(id) => pb::user_opt::User::ById(*id),
                ChownId::Name(name) => pb::user_opt::User::ByName(pb::NamedUserOpt {
                    name: name.clone(),
                    input,
                }),
            }),
        };
        pb::ChownOpt {
            user: Some(option(&self.user)),
            group: self.group.as_ref().map(option),
        }
    }
}

/// How [`copy`] copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyOptions {
    /// Copy only what matches one of these (Docker's ignore-file patterns); empty is everything.
    pub include: Vec<String>,
    /// Leave out what matches one of these; `!` takes back.
    pub exclude: Vec<String>,
    /// Who the copies shall belong to; none leaves them.
    pub owner: Option<Owner>,
    /// Permission bits of the copies; none leaves them.
    pub mode: Option<u32>,
    /// Follow a symbolic link that the source path itself is.
    pub follow_symlink: bool,
    /// Of a directory, copy what is in it rather than itself. With false the directory lands in `destination` under its name.
    pub directory_itself: bool,
    /// Let `*`, `?` and `[…]` in the source path match.
    pub wildcard: bool,
    /// A source that matches nothing is no error; only with `wildcard`.
    pub allow_missing: bool,
    /// Replace what is in the way even if it is of another kind (a file where a directory shall be).
    pub replace: bool,
    /// Modification time of the copies in nanoseconds since 1970-01-01 UTC; none leaves it.
    pub timestamp: Option<i64>,
    /// A source that is a tar archive, compressed or not, is unpacked into `destination`.
    pub unpack: bool,
}

fn action(base: &Output, secondary: Option<&Output>, make: impl FnOnce(i64) -> Action, name: String) -> Output {
    let mut inputs = Inputs::default();
    let input = inputs.number(base);
    let secondary_input = secondary.map_or(-1, |output| inputs.number(output));
    let action = pb::FileAction {
        input,
        secondary_input,
        output: 0,
        action: Some(make(input)),
    };
    let op = OpKind::File(pb::FileOp { actions: vec![action] });
    Output::new(
        Node::new(op, inputs.into_outputs(), None, format!("{INTERNAL}{name}")),
        0,
    )
}

/// Permission bits in the signed form of the protocol, where -1 is "as it is".
fn mode_bits(mode: Option<u32>) -> i32 {
    mode.and_then(|mode| i32::try_from(mode & 0o7777).ok()).unwrap_or(-1)
}

/// `base` with a file of the given content; its directory must exist.
pub fn mkfile(base: &Output, path: &str, mode: u32, data: Vec<u8>, owner: Option<&Owner>) -> Output {
    let make = |input| {
        Action::Mkfile(pb::FileActionMkFile {
            path: path.to_owned(),
            mode: mode_bits(Some(mode)),
            data,
            owner: owner.map(|owner| owner.to_proto(input)),
            timestamp: -1,
        })
    };
    action(base, None, make, format!("write {path}"))
}

/// `base` with a directory; `parents` makes those above it too and takes one that is there.
pub fn mkdir(base: &Output, path: &str, mode: u32, parents: bool, owner: Option<&Owner>) -> Output {
    let make = |input| {
        Action::Mkdir(pb::FileActionMkDir {
            path: path.to_owned(),
            mode: mode_bits(Some(mode)),
            make_parents: parents,
            owner: owner.map(|owner| owner.to_proto(input)),
            timestamp: -1,
        })
    };
    action(base, None, make, format!("make directory {path}"))
}

/// `base` with a symbolic link at `path` that says `target`.
pub fn symlink(base: &Output, target: &str, path: &str, owner: Option<&Owner>) -> Output {
    let make = |input| {
        Action::Symlink(pb::FileActionSymlink {
            oldpath: target.to_owned(),
            newpath: path.to_owned(),
            owner: owner.map(|owner| owner.to_proto(input)),
            timestamp: -1,
        })
    };
    action(base, None, make, format!("link {path}"))
}

/// `base` without `path`, be it a file or a whole directory; `wildcard` lets `*` and `?` match in it.
pub fn rm(base: &Output, path: &str, allow_missing: bool, wildcard: bool) -> Output {
    let make = |_| {
        Action::Rm(pb::FileActionRm {
            path: path.to_owned(),
            allow_not_found: allow_missing,
            allow_wildcard: wildcard,
        })
    };
    action(base, None, make, format!("remove {path}"))
}

/// `base` with `source` of the file system `from` copied to `destination`, whose directories are made as needed.
pub fn copy(base: &Output, from: &Output, source: &str, destination: &str, options: &CopyOptions) -> Output {
    if from.is_scratch() {
        // The engine copies only from results; an empty directory is one.
        let empty = mkdir(from, "/", 0o755, true, None);
        return copy(base, &empty, source, destination, options);
    }
    let make = |input| {
        Action::Copy(pb::FileActionCopy {
            src: source.to_owned(),
            dest: destination.to_owned(),
            owner: options.owner.as_ref().map(|owner| owner.to_proto(input)),
            mode: mode_bits(options.mode),
            follow_symlink: options.follow_symlink,
            dir_copy_contents: !options.directory_itself,
            create_dest_path: true,
            allow_wildcard: options.wildcard,
            allow_empty_wildcard: options.wildcard && options.allow_missing,
            timestamp: options.timestamp.unwrap_or(-1),
            attempt_unpack_docker_compatibility: options.unpack,
            include_patterns: options.include.clone(),
            exclude_patterns: options.exclude.clone(),
            always_replace_existing_dest_paths: options.replace,
            ..pb::FileActionCopy::default()
        })
    };
    action(base, Some(from), make, format!("copy {source} to {destination}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{ChownId, CopyOptions, Owner, copy, mkfile};
    use crate::llb::Output;

    #[test]
    fn owners_are_read_as_chown_reads_them() {
        let owner = |text| Owner::parse(text);
        assert_eq!(
            owner("1000:10"),
            Some(Owner {
                user: ChownId::Id(1000),
                group: Some(ChownId::Id(10))
            })
        );
        assert_eq!(
            owner("www-data"),
            Some(Owner {
                user: ChownId::Name("www-data".into()),
                group: None
            })
        );
        assert_eq!(owner(""), None);
        assert_eq!(owner(":g"), None);
    }

    #[test]
    fn options_are_part_of_the_digest() {
        let file = mkfile(&Output::scratch(), "/f", 0o644, vec![1], None);
        let plain = copy(&Output::scratch(), &file, "/f", "/g", &CopyOptions::default());
        let with = |options: CopyOptions| copy(&Output::scratch(), &file, "/f", "/g", &options);
        for other in [
            CopyOptions {
                include: vec!["*.rs".into()],
                ..CopyOptions::default()
            },
            CopyOptions {
                exclude: vec!["*.rs".into()],
                ..CopyOptions::default()
            },
            CopyOptions {
                mode: Some(0o600),
                ..CopyOptions::default()
            },
            CopyOptions {
                owner: Owner::parse("1:1"),
                ..CopyOptions::default()
            },
        ] {
            assert_ne!(with(other), plain);
        }
        assert!(plain.node().unwrap().name.starts_with("[internal] "));
    }
}
