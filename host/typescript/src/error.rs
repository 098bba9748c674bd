//! Why a module could not be built.

use crate::problem::Problem;
use camino::Utf8PathBuf;

/// Why a TypeScript module could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The source has mistakes; each says where.
    #[error("{}", listed(.problems))]
    Source {
        /// At least one, in the order of files and lines.
        problems: Vec<Problem>,
    },
    /// The folder of the module has no TypeScript in the place where it belongs.
    #[error("{root} has no TypeScript source: a module keeps its code in {root}/src, its main class in src/index.ts")]
    NoSource {
        /// The module's source root.
        root: Utf8PathBuf,
    },
    /// No class is named as the module.
    #[error(
        "the module `{module}` has no main object: it needs `@object() export class {object}` in src/index.ts. Classes \
         with @object() that were found: {found}"
    )]
    NoMainObject {
        /// Name of the module.
        module: String,
        /// Name that its main class must have.
        object: String,
        /// Names of the classes there are.
        found: String,
    },
    /// Something that the module holds leads out of its source root.
    #[error(
        "{path} leads to {target}, outside the module's source root {root}: nothing outside it is read. Copy it into the module"
    )]
    Outside {
        /// Path of the link, relative to the source root.
        path: String,
        /// Where it leads.
        target: Utf8PathBuf,
        /// The module's source root.
        root: Utf8PathBuf,
    },
    /// A path that is not UTF-8.
    #[error("{path}: its name is not UTF-8; rename it")]
    NotUtf8 {
        /// The path, as far as it can be shown.
        path: String,
    },
    /// A file could not be read.
    #[error("cannot read the module: {source}")]
    Read {
        /// What the system said; it names the path.
        #[from]
        source: std::io::Error,
    },
    /// A file is not text.
    #[error("{file} is not UTF-8 text")]
    NotText {
        /// Path relative to the source root.
        file: String,
    },
    /// The compiler itself broke.
    #[error("the TypeScript compiler broke on this source: {message}. This is a bug; please report it with the source")]
    Broken {
        /// What it said.
        message: String,
    },
}

impl BuildError {
    /// The mistakes in the source, when it is those.
    pub fn problems(&self) -> &[Problem] {
        match self {
            BuildError::Source { problems } => problems,
            _ => &[],
        }
    }
}

impl From<Problem> for BuildError {
    fn from(problem: Problem) -> Self {
        BuildError::Source {
            problems: vec![problem],
        }
    }
}

fn listed(problems: &[Problem]) -> String {
    let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
    texts.join("\n\n")
}
