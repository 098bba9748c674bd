//! Why a command failed, for the user.

use miette::Diagnostic;

/// Why a command failed.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub(crate) enum CliError {
    /// The module cannot be used.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Module(#[from] dockwright_module::ModuleError),
    /// The module's runtime cannot be used.
    #[error(transparent)]
    #[diagnostic(code(runtime::load))]
    Runtime(#[from] dockwright_runtime::RuntimeError),
    /// The module's code did not load.
    #[error("module `{module}` does not load: {message}")]
    #[diagnostic(code(module::load))]
    Load {
        /// The module.
        module: String,
        /// What went wrong, with file and line and the language's own stack.
        message: String,
    },
    /// An artifact's definition is not that of its code.
    #[error(
        "module `{module}` of {reference} is refused: its code offers something else than its definition says ({difference})"
    )]
    #[diagnostic(
        code(registry::disagrees),
        help("it was not made by `dockwright publish`, or was changed since; its code was not called")
    )]
    Disagrees {
        /// The module.
        module: String,
        /// The artifact.
        reference: String,
        /// Where they differ first.
        difference: String,
    },
    /// An artifact holds what cannot be used.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Format(#[from] dockwright_registry::FormatError),
    /// An artifact cannot be made.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Pack(#[from] dockwright_registry::PackError),
    /// An artifact cannot be published.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Push(#[from] dockwright_registry::PushError),
    /// A key cannot be used.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Key(#[from] dockwright_registry::KeyError),
    /// A module that the named one needs does not load.
    #[error("{problem} (needed by {chain})")]
    #[diagnostic(code(module::dependency))]
    Dependency {
        /// Names from the module to the one that does not load.
        chain: String,
        /// Why it does not.
        problem: Box<CliError>,
    },
    /// An updated module asks for more, and nobody agreed.
    #[error("nothing was updated, for a module asks for more than before\n{difference}")]
    #[diagnostic(
        code(update::asks_more),
        help("to agree add `--yes`, or exactly what you agree to: {flags}")
    )]
    MoreAsked {
        /// What changes.
        difference: String,
        /// The flags that agree.
        flags: String,
    },
    /// The engine could not be looked after.
    #[error(transparent)]
    #[diagnostic(code(engine::manage))]
    Manage(#[from] dockwright_engine::ManageError),
    /// Something in the API.
    #[error(transparent)]
    #[diagnostic(code(api::request))]
    Api(#[from] dockwright_api::ApiError),
    /// A `.env` file, or what a manifest says of a toolchain, has a value that cannot be used.
    #[error(transparent)]
    #[diagnostic(
        code(module::user_defaults),
        help("variables of `.env`, and `customizations` of toolchains, are defaults of functions' arguments")
    )]
    UserDefaults(#[from] dockwright_api::UserDefaultsError),
    /// The function that was called, or something that it asked for, failed.
    #[error("{}", .0.message)]
    Query(Box<QueryError>),
    /// A wrong argument, told by clap.
    #[error("{0}")]
    Usage(Box<clap::Error>),
    /// Reading or writing failed.
    #[error(transparent)]
    #[diagnostic(code(cli::io))]
    Io(#[from] std::io::Error),
    /// Anything else.
    #[error("{message}")]
    Other {
        /// Code, as `area::case`.
        code: &'static str,
        /// What went wrong and what to do.
        message: String,
    },
}

/// An error of a GraphQL response.
#[derive(Clone, Debug)]
pub(crate) struct QueryError {
    /// What went wrong.
    pub message: String,
    /// Structured values.
    pub extensions: serde_json::Map<String, serde_json::Value>,
    /// Whether the view has shown what the failed command printed.
    pub output_shown: bool,
}

impl QueryError {
    /// A text among the structured values.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.extensions
            .get(name)
            .and_then(|value| value.as_str())
            .filter(|text| !text.is_empty())
    }

    /// The stack of the module's code, when that is what failed.
    pub(crate) fn trace(&self) -> Option<&str> {
        self.extensions
            .get("moduleError")?
            .get("trace")?
            .as_str()
            .filter(|text| !text.is_empty())
    }

    /// The exit code of the container's command, when that is what failed.
    pub(crate) fn exec_exit_code(&self) -> Option<i64> {
        let is_exec = self.extensions.get("_type").and_then(|value| value.as_str()) == Some("EXEC_ERROR");
        self.extensions
            .get("exitCode")
            .and_then(|code| code.as_i64())
            .filter(|_| is_exec)
    }
}

impl CliError {
    pub(crate) fn other(code: &'static str, message: impl Into<String>) -> CliError {
        CliError::Other {
            code,
            message: message.into(),
        }
    }
}

impl From<clap::Error> for CliError {
    fn from(error: clap::Error) -> CliError {
        CliError::Usage(Box::new(error))
    }
}
