//! A `.env` file as a place to look up arguments in. It is read once; values are worked out when they are looked up.

use crate::dotenv::{self, DotenvError, Evaluator};
use dockwright_schema::names::words;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Why a file of defaults cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UserDefaultsError {
    /// It cannot be read.
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// A variable has no value.
    #[error("{path}: {problem}", path = .path.display())]
    Variable {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// A value is not of the argument's type.
    #[error("{path}: `{name}` is `{text}`, but the argument wants {expected}", path = .path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The variable.
        name: String,
        /// Its value.
        text: String,
        /// What would do.
        expected: String,
    },
    /// A manifest changes what is not there.
    #[error("{path}: the toolchain `{module}` has no {what} to customize", path = .path.display())]
    Customization {
        /// The manifest.
        path: PathBuf,
        /// The toolchain's main object.
        module: String,
        /// What it has not.
        what: String,
    },
}

/// Variables by name.
#[derive(Clone, Debug)]
pub struct DefaultsFile {
    path: PathBuf,
    variables: Vec<(String, String)>,
    /// Names by their plain spelling, the last of equal ones.
    names: HashMap<String, String>,
    environment: HashMap<String, String>,
}

/// A variable that says something of an argument.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) text: String,
}

impl DefaultsFile {
    /// Reads the file; none when there is none. References to variables that are not in it are looked up in `environment`.
    ///
    /// # Errors
    /// It is there and cannot be read as text.
    pub fn read(
        path: &Path,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Option<DefaultsFile>, UserDefaultsError> {
        if !path.is_file() {
            return Ok(None);
        }
        let text = fs_err::read_to_string(path)?;
        Ok(Some(DefaultsFile::parse(path, &text, environment)))
    }

    /// The file with that text.
    pub(super) fn parse(path: &Path, text: &str, environment: &dyn Fn(&str) -> Option<String>) -> DefaultsFile {
        let variables = dotenv::parse(text);
        let names = variables.iter().map(|(name, _)| (plain(name), name.clone())).collect();
        let referred = variables.iter().flat_map(|(_, value)| references(value));
        let environment = referred.filter_map(|name| Some((name.to_owned(), environment(name)?)));
        DefaultsFile {
            path: path.to_owned(),
            names,
            environment: environment.collect(),
            variables,
        }
    }

    /// What it says of a module's, object's, function's argument, whose names are spelled in whatever way.
    pub(super) fn find(&self, path: &[&str]) -> Result<Option<Found>, UserDefaultsError> {
        let name = spellings(path).into_iter().find_map(|key| self.names.get(&key));
        let Some(name) = name else { return Ok(None) };
        let outside = |name: &str| self.environment.get(name).cloned();
        let value = Evaluator::new(&self.variables, &outside).value(name);
        let value = value.map_err(|error: DotenvError| UserDefaultsError::Variable {
            path: self.path.clone(),
            problem: error.to_string(),
        })?;
        Ok(value.map(|text| Found {
            path: self.path.clone(),
            name: name.clone(),
            text,
        }))
    }
}

/// Names that a value may refer to: whatever follows a dollar sign.
fn references(value: &str) -> impl Iterator<Item = &str> {
    value.split('$').skip(1).map(|after| {
        let after = after.strip_prefix('{').unwrap_or(after);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        after.get(..end.unwrap_or(after.len())).unwrap_or_default()
    })
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// The plain spellings of names one after the other: each with its words apart or together.
fn spellings(path: &[&str]) -> Vec<String> {
    let mut spelled = vec![String::new()];
    for part in path {
        let words = words(part);
        let mut forms = vec![plain(&words.join("_")), plain(&words.concat())];
        forms.dedup();
        spelled = spelled
            .iter()
            .flat_map(|before| {
                forms.iter().map(move |form| match before.as_str() {
                    "" => form.clone(),
                    before => format!("{before}_{form}"),
                })
            })
            .collect();
    }
    spelled
}
