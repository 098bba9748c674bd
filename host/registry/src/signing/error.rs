//! Why a key cannot be used.

use miette::Diagnostic;

/// Why a key cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Diagnostic)]
pub enum KeyError {
    /// There is no PEM block in it.
    #[error("{place}: this is no key: it has no block that begins with `-----BEGIN`, or the block is damaged")]
    #[diagnostic(
        code(trust::key),
        help(
            "a public key is what `cosign generate-key-pair` writes to cosign.pub, a private one what it writes to cosign.key"
        )
    )]
    NotPem {
        /// The file.
        place: String,
    },
    /// The PEM block is of something else.
    #[error("{place}: this is a `{found}`; {wanted} is needed")]
    #[diagnostic(
        code(trust::key),
        help(
            "`cosign generate-key-pair` makes keys, and so does OpenSSL: `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`"
        )
    )]
    WrongKind {
        /// The file.
        place: String,
        /// What the block is of.
        found: String,
        /// What it should be of.
        wanted: &'static str,
    },
    /// The key is of another algorithm, or damaged.
    #[error("{place}: this is no key for ECDSA on the curve P-256, the only kind that is understood")]
    #[diagnostic(code(trust::key))]
    Algorithm {
        /// The file.
        place: String,
    },
    /// The private key is encrypted in a way that is not cosign's.
    #[error("{place}: the key is encrypted in an unknown way: {message}")]
    #[diagnostic(code(trust::key))]
    Encryption {
        /// The file.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// The password is wrong.
    #[error("{place}: the password does not open this key")]
    #[diagnostic(
        code(trust::password),
        help("put the key's password into the environment variable COSIGN_PASSWORD")
    )]
    Password {
        /// The file.
        place: String,
    },
    /// The system gives no random numbers.
    #[error("nothing can be signed: the system gives no random numbers")]
    #[diagnostic(code(trust::sign))]
    Random,
}
