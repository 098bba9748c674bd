//! What building with the pack asks of whoever has a WebAssembly runtime.

use serde_json::Value;
use std::path::PathBuf;

/// Runs the programs of the installation. Called from threads that may block.
pub trait Programs: Send + Sync {
    /// Runs a program to its end.
    ///
    /// # Errors
    /// Why it could not run, as a text for the user. A status other than 0 is no error.
    fn run(&self, run: Run) -> Result<Ended, String>;

    /// Gives the introspector a value and returns its answer.
    ///
    /// # Errors
    /// Why it has none.
    fn ask(&self, request: Value) -> Result<Value, String>;

    /// Tells the user that something begins which may take long. It ends when the step is dropped.
    fn step(&self, label: &str) -> Box<dyn Step + '_>;
}

/// Work that the user is told of.
pub trait Step {
    /// It failed, for this reason.
    fn failed(&mut self, why: &str);
}

/// One run of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its name among the runtimes.
    pub program: &'static str,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// All variables that it sees.
    pub environment: Vec<(String, String)>,
    /// All folders that it sees.
    pub folders: Vec<Folder>,
}

/// A folder that a program sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// The folder.
    pub host: PathBuf,
    /// Its path for the program.
    pub guest: String,
    /// Whether the program may write there.
    pub writable: bool,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its status; 0 means success.
    pub status: i32,
    /// What it printed on both streams.
    pub output: String,
}
