//! One request to a registry, before it is sent.

use super::auth::Action;
use super::body::Payload;
use crate::reference::Reference;
use http::{HeaderName, HeaderValue, Method, Uri};

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    pub(super) reference: &'a Reference,
    pub(super) action: Action,
    pub(super) method: Method,
    /// Path after the repository's name, or a whole address that the registry has given.
    pub(super) target: Target,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) payload: Payload,
    /// What is asked for, as users know it.
    pub(super) what: String,
}

/// Where a request goes.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// Below the repository, such as `manifests/1.0`.
    Path(String),
    /// Elsewhere.
    Address(Uri),
}

impl<'a> Call<'a> {
    pub(super) fn new(
        reference: &'a Reference,
        method: Method,
        path: impl Into<String>,
        what: impl Into<String>,
    ) -> Call<'a> {
        let reads = method == Method::GET || method == Method::HEAD;
        Call {
            reference,
            action: if reads { Action::Pull } else { Action::Push },
            method,
            target: Target::Path(path.into()),
            headers: Vec::new(),
            payload: Payload::Empty,
            what: what.into(),
        }
    }

    /// The request of someone who goes on to write: one permission serves both.
    pub(super) fn for_push(mut self) -> Call<'a> {
        self.action = Action::Push;
        self
    }

    pub(super) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Call<'a> {
        self.headers.push((name, value));
        self
    }

    pub(super) fn with_payload(mut self, payload: Payload) -> Call<'a> {
        self.payload = payload;
        self
    }

    pub(super) fn at(mut self, address: Uri) -> Call<'a> {
        self.target = Target::Address(address);
        self
    }

    pub(super) fn host(&self) -> &'a str {
        self.reference.host()
    }

    /// The address; none when the parts make no address, which a parsed reference rules out.
    pub(super) fn uri(&self) -> Option<Uri> {
        match &self.target {
            Target::Address(address) => Some(address.clone()),
            Target::Path(path) => {
                let scheme = if self.reference.is_loopback() { "http" } else { "https" };
                format!("{scheme}://{}/v2/{}/{path}", self.host(), self.reference.repository())
                    .parse()
                    .ok()
            }
        }
    }
}
