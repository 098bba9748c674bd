//! Answers: always JSON in the form of a GraphQL response, so that clients show the message instead of a parse error.

use crate::compress::{self, GZIP};
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An answer to a query.
pub(crate) enum Answer {
    /// A response document.
    Json(StatusCode, String),
    /// The token is missing or wrong.
    Unauthorized,
}

/// A request that is not executed.
pub(crate) fn refused(status: StatusCode, message: &str) -> Answer {
    let document = serde_json::json!({"data": null, "errors": [{"message": message}]});
    Answer::Json(status, document.to_string())
}

/// A request without the token.
pub(crate) fn unauthorized() -> Answer {
    Answer::Unauthorized
}

impl Answer {
    /// The response to a client, compressed where it asked for that.
    pub(crate) async fn for_client(self, asked: &HeaderMap) -> Response {
        match self {
            Answer::Json(status, document) if compress::accepted(asked) => {
                let document = Bytes::from(document);
                let mut response = match compress::compressed(&document).await {
                    Some(bytes) => ([(header::CONTENT_ENCODING, GZIP)], bytes).into_response(),
                    None => document.into_response(),
                };
                *response.status_mut() = status;
                response.headers_mut().insert(header::CONTENT_TYPE, JSON);
                response
            }
            answer => answer.into_response(),
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Answer::Json(status, document) => (status, [(header::CONTENT_TYPE, JSON)], document).into_response(),
            Answer::Unauthorized => {
                let message = "the session's token is missing or wrong: send it as the user of Basic authentication";
                let mut response = refused(StatusCode::UNAUTHORIZED, message).into_response();
                let scheme = HeaderValue::from_static("Basic realm=\"dockwright session\"");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
                response
            }
        }
    }
}
