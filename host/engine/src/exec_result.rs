//! What a wrapped command printed and how it ended.

use crate::error::{KEPT_OUTPUT, kept};
use crate::shim::{ExecOutputs, META_DIRECTORY};
use crate::{Engine, ReadError, SolveError, identifier};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::{
    FileRange, NewContainerRequest, ReadFileRequest, ReleaseContainerRequest, StatFileRequest,
};
use bollard_buildkit_proto::pb;

/// How a command ended and all it printed; what is not UTF-8 in it is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecResult {
    /// 128 + number for a signal.
    pub exit_code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Engine {
    /// Runs the command if its result is not known, and reads how it went.
    ///
    /// # Errors
    /// [`SolveError::Exec`] when it ended otherwise than expected, or a command it depends on did.
    pub async fn exec_result(&self, exec: &ExecOutputs) -> Result<ExecResult, SolveError> {
        let paths = ["exitCode", "stdout", "stderr"].map(|name| format!("{META_DIRECTORY}/{name}"));
        let [code, stdout, stderr] = &paths;
        let read = |path| self.read_file(&exec.meta, path);
        let (code, stdout, stderr) =
            tokio::try_join!(read(code), read(stdout), read(stderr)).map_err(|error| match error {
                ReadError::Solve(error) => error,
                other => SolveError::Failed {
                    operation: None,
                    message: format!("the command's output is not there: {other}"),
                },
            })?;
        let exit_code = parse_code(&code).ok_or_else(|| SolveError::Failed {
            operation: None,
            message: "the command's exit code is not there".to_owned(),
        })?;
        Ok(ExecResult {
            exit_code,
            stdout: String::from_utf8_lossy(&stdout).into_owned(),
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
        })
    }

    /// Runs the command if its result is not known, and gives stdout and stderr as one text, in the order in which they were written. Writes to
    /// both streams within the same instant may change places.
    ///
    /// # Errors
    /// As those of [`Engine::exec_result`].
    pub async fn combined_output(&self, exec: &ExecOutputs) -> Result<String, SolveError> {
        let paths = ["stdout", "stderr", "order"].map(|name| format!("{META_DIRECTORY}/{name}"));
        let [stdout, stderr, order] = &paths;
        let read = |path| self.read_file(&exec.meta, path);
        let (stdout, stderr, order) =
            tokio::try_join!(read(stdout), read(stderr), read(order)).map_err(|error| match error {
                ReadError::Solve(error) => error,
                other => SolveError::Failed {
                    operation: None,
                    message: format!("the command's output is not there: {other}"),
                },
            })?;
        Ok(String::from_utf8_lossy(&interleave(&stdout, &stderr, &order)).into_owned())
    }

    /// Reads what a failed command left in its meta mount: the engine keeps the mounts of a failed exec until the build ends. None when it cannot be read.
    pub(crate) async fn read_failed_meta(&self, mount: &str) -> Option<ExecResult> {
        let container = identifier::random();
        let mut bridge = self.inner.build.bridge();
        let root = pb::Mount {
            dest: "/".to_owned(),
            result_id: mount.to_owned(),
            ..pb::Mount::default()
        };
        let request = NewContainerRequest {
            container_id: container.clone(),
            mounts: vec![root],
            ..NewContainerRequest::default()
        };
        bridge.new_container(request).await.ok()?;
        let (code, stdout, stderr) = tokio::join!(
            self.read_end(&container, "exitCode"),
            self.read_end(&container, "stdout"),
            self.read_end(&container, "stderr")
        );
        // It never ran anything, so nothing can be wrong with letting it go.
        bridge
            .release_container(ReleaseContainerRequest {
                container_id: container,
            })
            .await
            .ok();
        Some(ExecResult {
            exit_code: parse_code(&code?)?,
            stdout: kept(&stdout?),
            stderr: kept(&stderr?),
        })
    }

    /// The last bytes of a file of the meta mount in a container.
    async fn read_end(&self, container: &str, name: &str) -> Option<Vec<u8>> {
        let mut bridge = self.inner.build.bridge();
        let path = format!("{META_DIRECTORY}/{name}");
        let stat = StatFileRequest {
            r#ref: container.to_owned(),
            path: path.clone(),
            mount_index: 0,
        };
        let size = bridge.stat_file_container(stat).await.ok()?.into_inner().stat?.size;
        let length = i64::try_from(KEPT_OUTPUT).unwrap_or(i64::MAX);
        let range = FileRange {
            offset: (size - length).max(0),
            length,
        };
        let request = ReadFileRequest {
            r#ref: container.to_owned(),
            file_path: path,
            range: Some(range),
            mount_index: 0,
        };
        Some(bridge.read_file_container(request).await.ok()?.into_inner().data)
    }
}

/// The two streams as one, as the shim's file `order` says: words of 32 bits, each a number of bytes, the highest bit set for stderr.
fn interleave(stdout: &[u8], stderr: &[u8], order: &[u8]) -> Vec<u8> {
    let mut rest = [stdout, stderr];
    let mut combined = Vec::with_capacity(stdout.len() + stderr.len());
    for word in order.as_chunks::<4>().0 {
        let word = u32::from_le_bytes(*word);
        let stream = usize::from(word >> 31 == 1);
        let count = usize::try_from(word & 0x7fff_ffff).unwrap_or(usize::MAX);
        if let Some(left) = rest.get_mut(stream) {
            let (part, after) = left.split_at(count.min(left.len()));
            combined.extend_from_slice(part);
            *left = after;
        }
    }
    combined
}

fn parse_code(text: &[u8]) -> Option<i32> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::interleave;

    #[test]
    fn streams_are_put_together_as_they_were_written() {
        let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        let order = words(&[2, 1 << 31 | 3, 1]);
        assert_eq!(interleave(b"abc", b"xyz", &order), b"abxyzc");
        assert_eq!(interleave(b"a", b"", &words(&[9])), b"a");
        assert_eq!(interleave(b"a", b"b", b"123"), b"");
    }
}
