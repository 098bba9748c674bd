//! What a call used of the engine, kept for the next call like it: same folder, module and functions, whatever the arguments.
//!
//! A call without a forecast, which used no engine last time or was never made, does not go near the engine before it must. Forecasts can be
//! deleted at any time.

use crate::directories::private_directory;
use dockwright_api::Usage;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Changes when an older file must not be read.
const VERSION: u32 = 2;

/// The forecast of one kind of call.
#[derive(Debug)]
pub(crate) struct Forecast {
    file: PathBuf,
    usage: Option<Usage>,
}

#[derive(Serialize, Deserialize)]
struct Content {
    version: u32,
    usage: Usage,
}

impl Forecast {
    /// Reads the forecast of calls that these words tell from others.
    pub(crate) fn read<'w>(cache: &Path, words: impl IntoIterator<Item = &'w [u8]>) -> Forecast {
        let mut hash = blake3::Hasher::new();
        for word in words {
            hash.update(&word.len().to_le_bytes()).update(word);
        }
        let file = cache
            .join("forecasts")
            .join(format!("{}.json", hash.finalize().to_hex()));
        let content = std::fs::read(&file).ok();
        let usage = content
            .and_then(|bytes| serde_json::from_slice::<Content>(&bytes).ok())
            .filter(|content| content.version == VERSION)
            .map(|content| content.usage);
        Forecast { file, usage }
    }

    /// What the last such call used; none when it used no engine.
    pub(crate) fn usage(&self) -> Option<&Usage> {
        self.usage.as_ref()
    }

    /// Keeps what this call used. Where that is impossible the next call has no forecast.
    pub(crate) fn keep(&self, usage: Option<Usage>) {
        if usage == self.usage {
            return;
        }
        if let Err(error) = self.write(usage) {
            tracing::debug!(%error, "the forecast cannot be kept");
        }
    }

    fn write(&self, usage: Option<Usage>) -> std::io::Result<()> {
        let Some(usage) = usage else {
            return std::fs::remove_file(&self.file);
        };
        let directory = self.file.parent().unwrap_or(Path::new("."));
        private_directory(directory)?;
        let content = Content {
            version: VERSION,
            usage,
        };
        let mut file = tempfile::NamedTempFile::new_in(directory)?;
        serde_json::to_writer(&mut file, &content)?;
        file.persist(&self.file)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::Forecast;
    use dockwright_api::Usage;

    fn usage(directory: &str) -> Usage {
        Usage {
            directories: [directory.to_owned()].into(),
            ..Usage::default()
        }
    }

    #[test]
    fn a_call_finds_what_the_last_one_like_it_used() {
        let cache = tempfile::tempdir().unwrap();
        let read = |word: &str| Forecast::read(cache.path(), [word.as_bytes()]);
        assert_eq!(read("a").usage(), None);
        read("a").keep(Some(usage("x")));
        read("b").keep(Some(usage("y")));
        assert_eq!(read("a").usage(), Some(&usage("x")));
        read("a").keep(None);
        assert_eq!(read("a").usage(), None);
        assert_eq!(read("b").usage(), Some(&usage("y")));
    }

    #[test]
    fn words_do_not_run_into_each_other() {
        let cache = tempfile::tempdir().unwrap();
        Forecast::read(cache.path(), [b"ab".as_slice(), b"c"]).keep(Some(usage("x")));
        assert_eq!(Forecast::read(cache.path(), [b"a".as_slice(), b"bc"]).usage(), None);
    }

    #[test]
    fn what_cannot_be_read_is_no_forecast() {
        let cache = tempfile::tempdir().unwrap();
        let forecast = Forecast::read(cache.path(), [b"a".as_slice()]);
        forecast.keep(Some(usage("x")));
        std::fs::write(
            &forecast.file,
            r#"{"version":1,"usage":{"images":[],"directories":[],"compared":[]}}"#,
        )
        .unwrap();
        assert_eq!(Forecast::read(cache.path(), [b"a".as_slice()]).usage(), None);
        std::fs::write(&forecast.file, "{").unwrap();
        assert_eq!(Forecast::read(cache.path(), [b"a".as_slice()]).usage(), None);
    }
}
