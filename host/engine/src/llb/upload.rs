//! An upload that the engine has, with what changed since laid over it: the engine need not compare the whole directory again.
//!
//! The result is what an upload of the directory as it is now gives: same files, permissions, times and owner.

use super::node::INTERNAL;
use super::source::local_key;
use super::{Node, Output};
use bollard_buildkit_proto::pb::{self, file_action::Action, op::Op as OpKind};

/// One thing that is different now. Paths are relative to the directory, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is not there any more, be it a file or a whole directory.
    Remove(String),
    /// A file, whether there was one or not. No symbolic link may be in the way.
    File {
        path: String,
        /// The nine permission bits.
        mode: u32,
        /// Nanoseconds since 1970.
        modified: i64,
        data: Vec<u8>,
    },
    /// A directory where nothing is. Its time is that of the last file that is made in it.
    Directory {
        path: String,
        /// The nine permission bits.
        mode: u32,
        modified: i64,
    },
    /// A symbolic link where nothing is.
    Link {
        path: String,
        target: String,
        modified: i64,
    },
}

impl Change {
    fn action(self) -> Action {
        let absolute = |path: String| format!("/{path}");
        match self {
            Change::Remove(path) => Action::Rm(pb::FileActionRm {
                path: absolute(path),
                allow_not_found: true,
                allow_wildcard: false,
            }),
            Change::File {
                path,
                mode,
                modified,
                data,
            } => Action::Mkfile(pb::FileActionMkFile {
                path: absolute(path),
                mode: i32::try_from(mode & 0o777).unwrap_or_default(),
                data,
                owner: None,
                timestamp: modified,
            }),
            Change::Directory { path, mode, modified } => Action::Mkdir(pb::FileActionMkDir {
                path: absolute(path),
                mode: i32::try_from(mode & 0o777).unwrap_or_default(),
                make_parents: false,
                owner: None,
                timestamp: modified,
            }),
            Change::Link { path, target, modified } => Action::Symlink(pb::FileActionSymlink {
                oldpath: target,
                newpath: absolute(path),
                owner: None,
                timestamp: modified,
            }),
        }
    }
}

/// The upload that came through `session`. An engine that does not have it any more must not ask for it: nobody can serve what was there then.
pub(crate) fn earlier(name: &str, session: &str, hint: &str) -> Output {
    let key = local_key(name, hint);
    let attrs = [
        ("local.session".to_owned(), session.to_owned()),
        ("local.sharedkeyhint".to_owned(), format!("{hint}-earlier")),
    ];
    let op = OpKind::Source(pb::SourceOp {
        identifier: format!("local://{key}"),
        attrs: attrs.into(),
    });
    let name = format!("{INTERNAL}earlier upload of {name}");
    Output::new(Node::new(op, Vec::new(), None, name), 0)
}

/// The earlier upload as it is after the changes, which are made in their order.
pub(crate) fn changed(earlier: Output, changes: Vec<Change>, name: &str) -> Output {
    let name = format!("upload {name}");
    if changes.is_empty() {
        return earlier.named(name);
    }
    let last = changes.len().saturating_sub(1);
    let actions = changes.into_iter().enumerate().map(|(index, change)| pb::FileAction {
        // The only input is number 0, and the actions' own results are counted after it.
        input: i64::try_from(index).unwrap_or(i64::MAX),
        secondary_input: -1,
        output: if index == last { 0 } else { -1 },
        action: Some(change.action()),
    });
    let op = OpKind::File(pb::FileOp {
        actions: actions.collect(),
    });
    Output::new(Node::new(op, vec![earlier], None, name), 0)
}

/// The upload that the operation changes, if it does nothing but that and sets the times of what it makes.
pub(crate) fn beneath<'n>(node: &'n Node, op: &OpKind) -> Option<&'n Output> {
    let (OpKind::File(file), [below]) = (op, node.inputs.as_slice()) else {
        return None;
    };
    let keeps_times = |action: &pb::FileAction| match &action.action {
        Some(Action::Rm(_)) => true,
        Some(Action::Mkfile(made)) => made.timestamp >= 0,
        Some(Action::Mkdir(made)) => made.timestamp >= 0,
        Some(Action::Symlink(made)) => made.timestamp >= 0,
        _ => false,
    };
    let is_upload = below.node().is_some_and(|node| local_name(node).is_some());
    (is_upload && file.actions.iter().all(keeps_times)).then_some(below)
}

/// The name of a directory of the client, when the operation is its upload.
pub(crate) fn local_name(node: &Node) -> Option<String> {
    match node.op()?.op? {
        OpKind::Source(op) => op.identifier.strip_prefix("local://").map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{Change, changed, earlier};
    use crate::llb::{Output, file, source};

    #[test]
    fn changes_of_an_upload_are_an_upload() {
        let file = Change::File {
            path: "a".into(),
            mode: 0o644,
            modified: 5,
            data: b"x".to_vec(),
        };
        let changes = vec![Change::Remove("b".into()), file];
        let now = changed(earlier("src", "session", "hint"), changes, "src");
        assert!(now.is_upload());
        assert_eq!(now.node().unwrap().name, "upload src");
        assert_eq!(now.upload_name(), source::local("src", "session", "hint").upload_name());
        let written = file::mkfile(&now, "/c", 0o644, Vec::new(), None);
        assert!(!written.is_upload() && written.upload_name().is_none());
        let of_nothing = file::rm(&Output::scratch(), "/a", true, false);
        assert!(!of_nothing.is_upload());
    }
}
