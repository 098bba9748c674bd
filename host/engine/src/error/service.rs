//! Why a service does not serve.

use super::SolveError;

/// Why a service could not be started or reached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// Its process ended before it was ready.
    #[error(
        "service {name} ended with exit code {exit_code} before it was ready{}",
        last_output(output)
    )]
    Exited {
        /// What progress calls it.
        name: String,
        /// 128 + number for a signal.
        exit_code: i32,
        /// The end of what it printed.
        output: String,
    },
    /// Another process listens at its port.
    #[error(
        "service {name} cannot have port {port}: another process listens there already, and containers of this engine share the network of its host. \
         Stop that process, let the service listen at another port, or use an engine whose containers have networks of their own"
    )]
    PortTaken {
        /// What progress calls it.
        name: String,
        /// The port.
        port: String,
    },
    /// It runs, but nobody listens at a port that it exposes.
    #[error(
        "service {name} runs, but nobody listens at its port {ports} after {seconds} s; \
         expose the port without health check if that is as it should be{}",
        last_output(output)
    )]
    NotReady {
        /// What progress calls it.
        name: String,
        /// The ports that it exposes.
        ports: String,
        /// How long it was waited for.
        seconds: u64,
        /// The end of what it printed.
        output: String,
    },
    /// The engine refused something.
    #[error("service {name}: {message}")]
    Refused {
        /// What progress calls it.
        name: String,
        /// The engine's answer.
        message: String,
    },
    /// It was stopped by whoever started it.
    #[error("service {name} was stopped while it was being started")]
    Stopped {
        /// What progress calls it.
        name: String,
    },
    /// Nobody has told the engine what the service is.
    #[error("no service {key} is known in this session")]
    Unknown {
        /// Its key.
        key: String,
    },
    /// A port of this machine cannot be opened.
    #[error("cannot listen at {address} of this machine: {message}")]
    Listen {
        /// Address and port.
        address: String,
        /// Why.
        message: String,
    },
    /// Its container could not be made.
    #[error(transparent)]
    Solve(#[from] Box<SolveError>),
}

impl From<SolveError> for ServiceError {
    fn from(error: SolveError) -> Self {
        Self::Solve(Box::new(error))
    }
}

fn last_output(output: &str) -> String {
    if output.trim().is_empty() {
        "; it printed nothing".to_owned()
    } else {
        format!("; its output ends with:\n{}", output.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::ServiceError;

    #[test]
    fn what_a_service_said_last_is_in_the_message() {
        let exited = |output: &str| ServiceError::Exited {
            name: "db".into(),
            exit_code: 3,
            output: output.into(),
        };
        insta::assert_snapshot!(exited("no disk\n"), @r"
        service db ended with exit code 3 before it was ready; its output ends with:
        no disk
        ");
        insta::assert_snapshot!(exited(""), @"service db ended with exit code 3 before it was ready; it printed nothing");
    }
}
