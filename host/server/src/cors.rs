//! Leave for pages of other origins to ask, where the user gave it.

use crate::connection::Shared;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const ALLOWED: [(HeaderName, HeaderValue); 3] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("POST, OPTIONS"),
    ),
    (
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("authorization, content-type"),
    ),
];

/// What a browser asks before it lets a page ask.
pub(crate) async fn preflight(State(shared): State<Arc<Shared>>) -> Response {
    allow(&shared, StatusCode::NO_CONTENT.into_response())
}

/// The response, for pages of any origin if that is allowed.
pub(crate) fn allow(shared: &Shared, mut response: Response) -> Response {
    if shared.options.any_origin {
        response.headers_mut().extend(ALLOWED);
    }
    response
}
