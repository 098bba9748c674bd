//! Why a client could not be generated.

/// What a definition holds that no client can express.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CodegenError {
    /// A type is named that neither the core API nor the module has.
    #[error("{used_by} uses the type {name:?}, which neither the core API nor the module defines")]
    UnknownType {
        /// The name.
        name: String,
        /// Where it is used, such as `Container.from`.
        used_by: String,
    },
    /// A default value that the language has no literal for.
    #[error("{used_by} has the default value {value}, which cannot be written in {language}")]
    Default {
        /// The value as the definition has it.
        value: String,
        /// Where it is used.
        used_by: String,
        /// Name of the language.
        language: &'static str,
    },
    /// A field returns something that the client has no call for.
    #[error("{field} returns {returns}, which the {language} client cannot express")]
    Returns {
        /// The field, such as `Container.from`.
        field: String,
        /// The type.
        returns: String,
        /// Name of the language.
        language: &'static str,
    },
}
