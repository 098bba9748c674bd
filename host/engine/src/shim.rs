//! Wraps a command so that its stdout, stderr and exit code become part of the result.
//!
//! The container's first process is then our shim (`shim/` beside `src/`), which is part of the build graph as a few literal KB. It keeps what the
//! command prints in a file system of its own, the "meta" mount. The wrapping must stay as it is: it is part of every exec's cache key.

use crate::Platform;
use crate::llb::{CopyOptions, ExecSpec, Mount, Output, file};

static SHIM_X86_64: &[u8] = include_bytes!("../shim/bin/shim-x86_64");
static SHIM_AARCH64: &[u8] = include_bytes!("../shim/bin/shim-aarch64");

const PROGRAM: &str = "/.dockwright/shim";
const META: &str = "/.dockwright/meta";
const STDIN: &str = "/.dockwright/stdin";
/// The directory of the meta file system that is mounted: one that every user may write to.
pub(crate) const META_DIRECTORY: &str = "/meta";

/// How the command shall end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expect {
    /// With 0; anything else is an error and is run again the next time.
    #[default]
    Success,
    /// Not with 0; 0 is an error.
    Failure,
    /// However it does.
    Any,
}

impl Expect {
    fn mode(self) -> &'static str {
        match self {
            Self::Success => "s",
            Self::Failure => "f",
            Self::Any => "a",
        }
    }
}

/// The results of a wrapped command.
#[derive(Clone, Debug)]
pub struct ExecOutputs {
    /// The root file system afterwards.
    pub root: Output,
    /// Where the shim wrote stdout, stderr and exit code; [`crate::Engine::exec_result`] reads it.
    pub meta: Output,
    /// What was written to each mount with an output: (destination, file system).
    pub mounts: Vec<(String, Output)>,
}

/// No shim was built for the processor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("commands for {platform} cannot run: only linux/amd64 and linux/arm64 are supported")]
pub struct UnsupportedPlatform {
    /// What was asked for.
    pub platform: Platform,
}

/// Makes the command part of a graph, with its output kept. `platform` is what the container runs as; `stdin` is what the command reads.
pub fn wrap(
    spec: &ExecSpec,
    platform: &Platform,
    expect: Expect,
    stdin: Option<&[u8]>,
) -> Result<ExecOutputs, UnsupportedPlatform> {
    let program = program_for(platform).ok_or_else(|| UnsupportedPlatform {
        platform: platform.clone(),
    })?;
    let mut wrapped = spec.clone();
    wrapped.name = Some(
        spec.name
            .clone()
            .unwrap_or_else(|| format!("exec {}", spec.args.join(" "))),
    );
    wrapped.platform = Some(platform.clone());

    let program = file::mkfile(&Output::scratch(), "/shim", 0o755, program.to_vec(), None).named("[internal] shim");
    let meta = file::mkdir(&Output::scratch(), META_DIRECTORY, 0o777, false, None).named("[internal] place for output");
    let mut command = vec![PROGRAM.to_owned(), META.to_owned(), expect.mode().to_owned()];
    // The shim's mounts come first: their numbers do not depend on the user's.
    let mut mounts = vec![Mount::readonly(PROGRAM, program, "/shim"), meta_mount(meta)];
    if let Some(content) = stdin {
        let content =
            file::mkfile(&Output::scratch(), "/stdin", 0o444, content.to_vec(), None).named("[internal] stdin");
        mounts.push(Mount::readonly(STDIN, content, "/stdin"));
        command.extend(["-i".to_owned(), STDIN.to_owned()]);
    }
    command.push("--".to_owned());
    command.append(&mut wrapped.args);
    mounts.append(&mut wrapped.mounts);
    wrapped.args = command;
    wrapped.mounts = mounts;

    let built = wrapped.build();
    let (mut own, others): (Vec<_>, Vec<_>) = built
        .mounts
        .into_iter()
        .partition(|(destination, _)| destination == META);
    let meta = own.pop().map_or_else(Output::scratch, |(_, output)| output);
    Ok(ExecOutputs {
        root: built.root,
        meta,
        mounts: others,
    })
}

impl ExecOutputs {
    /// `stdout`, `stderr` or `exitCode` as a file system with that one file at `/name`, for redirecting output into a container.
    pub fn stream_file(&self, stream: &str, name: &str) -> Output {
        file::copy(
            &Output::scratch(),
            &self.meta,
            &format!("{META_DIRECTORY}/{stream}"),
            name,
            &CopyOptions::default(),
        )
    }
}

fn meta_mount(source: Output) -> Mount {
    let mut mount = Mount::output(META, source);
    if let crate::llb::MountKind::Bind { selector, .. } = &mut mount.kind {
        META_DIRECTORY.clone_into(selector);
    }
    mount
}

fn program_for(platform: &Platform) -> Option<&'static [u8]> {
    match (platform.os.as_str(), platform.architecture.as_str()) {
        ("linux", "amd64") => Some(SHIM_X86_64),
        ("linux", "arm64") => Some(SHIM_AARCH64),
        _ => None,
    }
}

/// The user's command of an exec, without the shim's part.
pub(crate) fn user_command(args: &[String]) -> Vec<String> {
    match args {
        [program, rest @ ..] if program == PROGRAM => match rest.iter().position(|arg| arg == "--") {
            Some(end) => rest.get(end + 1..).unwrap_or_default().to_vec(),
            None => rest.to_vec(),
        },
        _ => args.to_vec(),
    }
}

/// Which mount of an exec is the meta mount, by the mounts' destinations.
pub(crate) fn meta_mount_number(destinations: &[String]) -> Option<usize> {
    destinations.iter().position(|destination| destination == META)
}

/// An engine's message about a failed command, without the shim's part of the command.
pub(crate) fn without_shim(message: &str) -> String {
    let Some((before, rest)) = message.split_once(&format!("{PROGRAM} {META} ")) else {
        return message.to_owned();
    };
    match rest.split_once("-- ") {
        Some((_, command)) => format!("{before}{command}"),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "tests stop at the first surprise"
    )]
    use super::{Expect, META, meta_mount_number, program_for, user_command, without_shim, wrap};
    use crate::Platform;
    use crate::llb::{ExecSpec, Mount, Output};
    use bollard_buildkit_proto::pb::{self, op::Op as OpKind};

    fn exec_of(output: &Output) -> pb::ExecOp {
        let OpKind::Exec(exec) = output.node().unwrap().op().unwrap().op.unwrap() else {
            unreachable!()
        };
        exec
    }

    #[test]
    fn the_user_sees_only_the_command() {
        let mut spec = ExecSpec::new(Output::scratch(), ["sh", "-c", "a -- b"]);
        spec.mounts.push(Mount::output("/out", Output::scratch()));
        let outputs = wrap(&spec, &Platform::linux("amd64"), Expect::Any, Some(b"in")).unwrap();
        let exec = exec_of(&outputs.meta);
        let args = &exec.meta.as_ref().unwrap().args;
        insta::assert_snapshot!(args.join(" "), @"/.dockwright/shim /.dockwright/meta a -i /.dockwright/stdin -- sh -c a -- b");
        assert_eq!(user_command(args), spec.args);
        let destinations: Vec<_> = exec.mounts.iter().map(|mount| mount.dest.clone()).collect();
        assert_eq!(destinations[meta_mount_number(&destinations).unwrap()], META);
        let message = format!("process \"{}\" failed", args.join(" "));
        assert_eq!(without_shim(&message), "process \"sh -c a -- b\" failed");
        assert_eq!(outputs.root.node().unwrap().name, "exec sh -c a -- b");
        assert_eq!(
            outputs.mounts.iter().map(|(d, _)| d.as_str()).collect::<Vec<_>>(),
            ["/out"]
        );
    }

    #[test]
    fn the_shims_are_for_their_processors() {
        // Machine field of the ELF header: 62 is x86-64, 183 is AArch64.
        let machine = |architecture| program_for(&Platform::linux(architecture)).unwrap()[18];
        assert_eq!((machine("amd64"), machine("arm64")), (62, 183));
        let error = wrap(
            &ExecSpec::new(Output::scratch(), ["true"]),
            &Platform::linux("s390x"),
            Expect::Success,
            None,
        )
        .unwrap_err();
        insta::assert_snapshot!(error, @"commands for linux/s390x cannot run: only linux/amd64 and linux/arm64 are supported");
    }
}
