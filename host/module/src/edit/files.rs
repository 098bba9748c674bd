//! Files that are replaced together: all of them, or none.

use crate::error::ModuleError;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is to be written where.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    changes: Vec<Change>,
}

#[derive(Clone, Debug)]
struct Change {
    path: PathBuf,
    before: Option<String>,
    after: Option<String>,
}

impl Files {
    /// Plans new content of a file; none removes it. A file that has that content already is left alone.
    pub(super) fn replace(&mut self, path: &Path, after: Option<String>) -> Result<(), ModuleError> {
        let before = match fs_err::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        if before != after {
            // What a link leads to is replaced, not the link.
            let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            self.changes.push(Change { path, before, after });
        }
        Ok(())
    }

    /// Whether the file is among those that change.
    pub(super) fn changes(&self, path: &Path) -> bool {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.changes
            .iter()
            .any(|change| change.path == path || change.path == real)
    }

    /// Writes them. When one fails, those before it get their old content back.
    pub(super) fn write(&self) -> Result<(), ModuleError> {
        for (done, change) in self.changes.iter().enumerate() {
            if let Err(error) = put(&change.path, change.after.as_deref()) {
                let undone = self.changes.iter().take(done).rev();
                let failed: Vec<String> = undone
                    .filter_map(|change| put(&change.path, change.before.as_deref()).err())
                    .map(|error| error.to_string())
                    .collect();
                return Err(match failed.is_empty() {
                    true => error.into(),
                    false => std::io::Error::other(format!(
                        "{error}; and the old content could not be put back: {}",
                        failed.join(", ")
                    ))
                    .into(),
                });
            }
        }
        Ok(())
    }
}

fn put(path: &Path, content: Option<&str>) -> std::io::Result<()> {
    let Some(content) = content else {
        return fs_err::remove_file(path);
    };
    let directory = path.parent().unwrap_or(path);
    let named =
        |error: std::io::Error| std::io::Error::new(error.kind(), format!("cannot write {}: {error}", path.display()));
    let permissions = match std::fs::metadata(path) {
        Ok(present) => present.permissions(),
        Err(_) => std::os::unix::fs::PermissionsExt::from_mode(0o666),
    };
    let mut file = tempfile::Builder::new()
        .prefix(".dockwright-")
        .permissions(permissions)
        .tempfile_in(directory)
        .map_err(named)?;
    file.write_all(content.as_bytes()).map_err(named)?;
    file.persist(path).map_err(|error| named(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_none() {
        let root = tempfile::tempdir().unwrap();
        let (first, second) = (root.path().join("first"), root.path().join("second"));
        std::fs::write(&first, "1").unwrap();
        let mut files = Files::default();
        files.replace(&first, Some("2".to_owned())).unwrap();
        files.replace(&second, Some("2".to_owned())).unwrap();
        assert!(files.changes(&first) && files.changes(&second));
        // A folder with something in it cannot be replaced by a file.
        std::fs::create_dir_all(second.join("x")).unwrap();
        assert!(files.write().unwrap_err().to_string().contains("second"));
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "1");
        std::fs::remove_dir_all(&second).unwrap();
        files.write().unwrap();
        assert_eq!(
            (
                std::fs::read_to_string(&first).unwrap(),
                std::fs::read_to_string(&second).unwrap()
            ),
            ("2".to_owned(), "2".to_owned())
        );
        let mut removal = Files::default();
        removal.replace(&second, None).unwrap();
        removal.replace(&first, Some("2".to_owned())).unwrap();
        assert!(!removal.changes(&first));
        removal.write().unwrap();
        assert!(!second.exists());
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
