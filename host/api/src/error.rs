//! Why a field has no value. Cloneable, because every waiter for one evaluation gets the same answer.

use dockwright_engine::{ConnectError, ExecError, ExportError, ReadError, ServiceError, SolveError};
use dockwright_schema::{Failure, ResolveError};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Why a field has no value.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ApiError {
    /// There is no engine.
    #[error("{0}")]
    Connect(Arc<ConnectError>),
    /// A command in a container failed.
    #[error("{0}")]
    Exec(Box<ExecError>),
    /// The engine could not make something.
    #[error("{0}")]
    Solve(SolveError),
    /// Something could not be read from a result.
    #[error("{0}")]
    Read(ReadError),
    /// A result could not be written out.
    #[error("{0}")]
    Export(ExportError),
    /// A module's function failed.
    #[error("{}", function_message(.0))]
    Function(Box<Failure>),
    /// A function failed of a module that the asking one depends on.
    #[error("{}", dependency_message(.name, .failure))]
    Dependency {
        /// What the asking module calls it.
        name: String,
        /// Why it failed.
        failure: Box<Failure>,
    },
    /// The principal may not do that.
    #[error("{what} is not available to a module: {hint}")]
    Denied {
        /// What was asked for.
        what: String,
        /// What to do instead.
        hint: &'static str,
    },
    /// The module is held to a list of what it may use, and that is not on it.
    #[error(
        "module `{module}` may not use {what}: it does not say that it uses `{permission}`; its caller can allow it with `--allow={permission}`, or under `dockwright.allow` in dagger.json"
    )]
    NotPermitted {
        /// The module.
        module: String,
        /// What was asked for.
        what: String,
        /// What is not on the list.
        permission: String,
    },
    /// The session was told to keep its clients from the host.
    #[error("{what} is not available: this session keeps its clients from the host")]
    HostKept {
        /// What was asked for.
        what: String,
    },
    /// The field exists in the API but not here yet.
    #[error("{type_name}.{field} is not supported by this version of dockwright")]
    Unsupported {
        /// API name of the type.
        type_name: String,
        /// API name of the field.
        field: String,
    },
    /// The ID leads nowhere.
    #[error("no object has the ID {0}: IDs are valid within the session that made them")]
    UnknownId(String),
    /// The ID is of another type.
    #[error("{id} is a {found}, but a {expected} is needed")]
    WrongType {
        /// The ID.
        id: String,
        /// Its type.
        found: String,
        /// The needed type.
        expected: String,
    },
    /// Anything else, told in full.
    #[error("{0}")]
    Other(String),
}

impl ApiError {
    /// An error told in full.
    pub fn other(message: impl Into<String>) -> ApiError {
        ApiError::Other(message.into())
    }
}

impl From<SolveError> for ApiError {
    fn from(error: SolveError) -> ApiError {
        match error {
            SolveError::Exec(exec) => ApiError::Exec(exec),
            SolveError::Service(service) => (*service).into(),
            other => ApiError::Solve(other),
        }
    }
}

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> ApiError {
        match error {
            ServiceError::Solve(solve) => (*solve).into(),
            other => ApiError::Solve(SolveError::Service(Box::new(other))),
        }
    }
}

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> ApiError {
        match error {
            ReadError::Solve(solve) => solve.into(),
            other => ApiError::Read(other),
        }
    }
}

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> ApiError {
        match error {
            ExportError::Solve(solve) => solve.into(),
            other => ApiError::Export(other),
        }
    }
}

impl From<ConnectError> for ApiError {
    fn from(error: ConnectError) -> ApiError {
        ApiError::Connect(Arc::new(error))
    }
}

impl From<dockwright_schema::InvalidId> for ApiError {
    fn from(error: dockwright_schema::InvalidId) -> ApiError {
        ApiError::Other(error.to_string())
    }
}

impl From<ApiError> for ResolveError {
    fn from(error: ApiError) -> ResolveError {
        let message = error.to_string();
        let extensions = match error {
            ApiError::Exec(exec) => exec_extensions(&exec),
            ApiError::Function(failure) | ApiError::Dependency { failure, .. } => function_extensions(*failure),
            _ => Map::new(),
        };
        ResolveError { message, extensions }
    }
}

/// The message with the error's class and place; as it is when a container's command or the session is the cause. What the
/// host finds out about the module's code has no class. An error that another module's failure is behind has that one's class in its message.
fn function_message(failure: &Failure) -> String {
    if failure.kind == "host" || is_of_the_api(failure) {
        return failure.message.clone();
    }
    let is_finding = matches!(
        failure.kind.as_str(),
        "trap" | "timeout" | "memory" | "deadlock" | "depth"
    );
    let place = failure.location.as_ref();
    if failure.extensions.contains_key(MODULE_ERROR) {
        let place = place.map(|at| format!(", called at {}:{}", at.file, at.line));
        return failure.message.clone() + &place.unwrap_or_default();
    }
    let place = place
        .map(|at| format!(" ({}:{})", at.file, at.line))
        .unwrap_or_default();
    if is_finding {
        format!("{}{place}", failure.message)
    } else {
        format!("{}: {}{place}", failure.kind, failure.message)
    }
}

/// The message of a dependency's failure. What a container's command failed with stays as users match it.
fn dependency_message(name: &str, failure: &Failure) -> String {
    let message = function_message(failure);
    if is_of_the_api(failure) {
        message
    } else {
        format!("in dependency `{name}`: {message}")
    }
}

/// Which kind of error the values belong to. Clients rely on it: the Rust one reads no values without.
const KIND: &str = "_type";

/// The kind of an error that a module's function raised.
const OF_A_MODULE: &str = "MODULE_ERROR";

/// Whether the function only passes on what the API told it, such as a failed command.
fn is_of_the_api(failure: &Failure) -> bool {
    failure.extensions.get(KIND).is_some_and(|kind| kind != OF_A_MODULE)
}

/// The form that clients of the API know: `_type: EXEC_ERROR` beside the values, output trimmed.
fn exec_extensions(exec: &ExecError) -> Map<String, Value> {
    let fields = json!({
        "_type": "EXEC_ERROR",
        "cmd": exec.command,
        "exitCode": exec.exit_code,
        "stdout": exec.stdout.trim_end(),
        "stderr": exec.stderr.trim_end(),
    });
    match fields {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Where the function's own error is kept among the structured values, with class, place and stack.
const MODULE_ERROR: &str = "moduleError";

/// What the function's own error carries, and where in the module it came from.
fn function_extensions(failure: Failure) -> Map<String, Value> {
    let mut extensions = failure.extensions;
    let origin = json!({"kind": failure.kind, "location": failure.location, "trace": failure.trace});
    extensions.entry(MODULE_ERROR).or_insert(origin);
    extensions.entry(KIND).or_insert_with(|| OF_A_MODULE.into());
    extensions
}
