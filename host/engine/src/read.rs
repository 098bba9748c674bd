//! Reading from results without exporting them.

use crate::llb::Output;
use crate::{Engine, FileStat, ReadError};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::{
    FileRange, ReadDirRequest, ReadFileRequest, StatFileRequest,
};
use tonic::{Code, Status};

/// Bytes of one answer. The engine refuses files above 16 MiB in one piece.
const RANGE: i64 = 8 << 20;

impl Engine {
    /// The content of a file. What makes the file system runs first.
    ///
    /// # Errors
    /// [`ReadError::NotFound`] and [`ReadError::IsDirectory`] for the path, [`ReadError::Solve`] for what had to run.
    pub async fn read_file(&self, output: &Output, path: &str) -> Result<Vec<u8>, ReadError> {
        self.read_file_up_to(output, path, u64::MAX).await
    }

    /// The content of a file that is not larger than so many bytes.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`], before more than a piece of it was read, and those of [`Engine::read_file`].
    pub async fn read_file_up_to(&self, output: &Output, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let _needs = self.hold(output);
        let solved = self.solve(output).await?;
        let mut content = Vec::new();
        loop {
            let offset = i64::try_from(content.len()).unwrap_or(i64::MAX);
            let request = ReadFileRequest {
                r#ref: solved.reference.clone(),
                file_path: path.to_owned(),
                range: Some(FileRange { offset, length: RANGE }),
                ..ReadFileRequest::default()
            };
            let part = match self.inner.build.bridge().read_file(request).await {
                Ok(answer) => answer.into_inner().data,
                Err(status) => return Err(self.read_failure(status, output, path).await),
            };
            let complete = i64::try_from(part.len()).unwrap_or(i64::MAX) < RANGE;
            if content.is_empty() {
                if !complete {
                    self.refuse_large(output, path, limit).await?;
                }
                content = part;
            } else {
                content.extend_from_slice(&part);
            }
            if complete {
                self.used(output);
                return Ok(content);
            }
        }
    }

    /// What is in a directory, by name; only names that match `include` (`*`, `?`, `[…]`), if given.
    ///
    /// # Errors
    /// [`ReadError::NotFound`] and [`ReadError::NotADirectory`] for the path, [`ReadError::Solve`] for what had to run.
    pub async fn read_dir(
        &self,
        output: &Output,
        path: &str,
        include: Option<&str>,
    ) -> Result<Vec<FileStat>, ReadError> {
        let _needs = self.hold(output);
        let solved = self.solve(output).await?;
        let request = ReadDirRequest {
            r#ref: solved.reference,
            dir_path: path.to_owned(),
            include_pattern: include.unwrap_or_default().to_owned(),
            ..ReadDirRequest::default()
        };
        match self.inner.build.bridge().read_dir(request).await {
            Ok(answer) => Ok(answer
                .into_inner()
                .entries
                .into_iter()
                .map(FileStat::from_proto)
                .collect()),
            Err(status) => Err(self.read_failure(status, output, path).await),
        }
    }

    /// Facts about a path. A symbolic link at its end is followed, within the file system.
    ///
    /// # Errors
    /// [`ReadError::NotFound`] for the path, [`ReadError::Solve`] for what had to run.
    pub async fn stat(&self, output: &Output, path: &str) -> Result<FileStat, ReadError> {
        let _needs = self.hold(output);
        let solved = self.solve(output).await?;
        let request = StatFileRequest {
            r#ref: solved.reference,
            path: path.to_owned(),
            ..StatFileRequest::default()
        };
        let answer = match self.inner.build.bridge().stat_file(request).await {
            Ok(answer) => answer.into_inner(),
            Err(status) => return Err(self.read_failure(status, output, path).await),
        };
        answer
            .stat
            .map(FileStat::from_proto)
            .ok_or_else(|| ReadError::NotFound { path: path.to_owned() })
    }

    /// Facts about a path. A symbolic link at its end is not followed.
    ///
    /// # Errors
    /// As those of [`Engine::stat`].
    pub async fn stat_link(&self, output: &Output, path: &str) -> Result<FileStat, ReadError> {
        let trimmed = path.trim_end_matches('/');
        let (directory, name) = trimmed.rsplit_once('/').unwrap_or(("/", trimmed));
        if matches!(name, "" | "." | "..") {
            return self.stat(output, path).await;
        }
        // Only a listing tells of the link itself.
        let escaped: String = name
            .chars()
            .flat_map(|c| if "*?[]\\".contains(c) { vec!['\\', c] } else { vec![c] })
            .collect();
        let directory = if directory.is_empty() { "/" } else { directory };
        let found = match self.read_dir(output, directory, Some(&escaped)).await {
            Ok(found) => found,
            Err(ReadError::NotFound { .. }) => return Err(ReadError::NotFound { path: path.to_owned() }),
            Err(e) => return Err(e),
        };
        found
            .into_iter()
            .find(|stat| stat.name == name)
            .ok_or_else(|| ReadError::NotFound { path: path.to_owned() })
    }

    /// A file of which one piece is not all: its size decides before the rest comes.
    async fn refuse_large(&self, output: &Output, path: &str, limit: u64) -> Result<(), ReadError> {
        let bytes = self.stat(output, path).await?.size;
        if bytes <= limit {
            return Ok(());
        }
        Err(ReadError::TooLarge {
            path: path.to_owned(),
            bytes,
            limit,
        })
    }

    async fn read_failure(&self, status: Status, output: &Output, path: &str) -> ReadError {
        let solve = self.failure(status.clone(), output).await;
        // Only an error that no operation is to blame for is about the path.
        let crate::SolveError::Failed {
            operation: None,
            message,
        } = &solve
        else {
            return solve.into();
        };
        let path = path.to_owned();
        if status.code() == Code::NotFound || message.contains("no such file or directory") {
            ReadError::NotFound { path }
        } else if message.contains("is a directory") || message.ends_with("not a regular file") {
            ReadError::IsDirectory { path }
        } else if message.contains("not a directory") {
            ReadError::NotADirectory { path }
        } else {
            solve.into()
        }
    }
}
