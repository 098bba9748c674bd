//! What happens with one HTTP request: who asks, what for, and the answer.

use crate::answer::{self, Answer};
use crate::query::Query;
use crate::server::{REQUEST_LIMIT, ServerOptions};
use crate::{cors, origin};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dockwright_schema::Execute;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What all requests share.
pub(crate) struct Shared {
    execute: Arc<dyn Execute>,
    pub(crate) options: ServerOptions,
    ending: CancellationToken,
}

impl Shared {
    pub(crate) fn new(execute: Arc<dyn Execute>, options: ServerOptions, ending: CancellationToken) -> Shared {
        Shared {
            execute,
            options,
            ending,
        }
    }

    fn admits(&self, headers: &HeaderMap) -> bool {
        match &self.options.token {
            Some(token) => token.admits(headers.get(header::AUTHORIZATION)),
            None => true,
        }
    }
}

/// `POST /query`. When the client goes away this is dropped, and what it asked for is cancelled.
pub(crate) async fn query(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let answer = if let Some(origin) = foreign(&shared, &head.headers) {
        answer::refused(StatusCode::FORBIDDEN, &origin)
    } else if !shared.admits(&head.headers) {
        answer::unauthorized()
    } else if announced(&head.headers).is_some_and(|length| length > REQUEST_LIMIT) {
        too_large()
    } else {
        answered(&shared, body).await
    };
    cors::allow(&shared, answer.for_client(&head.headers).await)
}

/// Why the page that asks may not, if so.
fn foreign(shared: &Shared, headers: &HeaderMap) -> Option<String> {
    let origin = origin::foreign(headers).filter(|_| !shared.options.any_origin)?;
    Some(format!(
        "a page of {origin} may not use this session; `dockwright listen --allow-cors` lets pages of other origins ask"
    ))
}

/// How long the body is going to be, if the client says so.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large() -> Answer {
    let message = format!(
        "the request is larger than {} MiB; give large files by their path on the host",
        REQUEST_LIMIT >> 20
    );
    answer::refused(StatusCode::PAYLOAD_TOO_LARGE, &message)
}

async fn answered(shared: &Shared, body: Body) -> Answer {
    // It fails where the body is too long, and where the client goes away, who then reads no answer.
    let Ok(body) = to_bytes(body, REQUEST_LIMIT).await else {
        return too_large();
    };
    let request = match Query::read(&body) {
        Ok(query) => query.into_request(shared.options.principal.clone()),
        Err(error) => return answer::refused(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    drop(body);
    tokio::select! {
        response = shared.execute.execute(request) => Answer::Json(StatusCode::OK, response),
        () = shared.ending.cancelled() => answer::refused(StatusCode::SERVICE_UNAVAILABLE, "the session has ended"),
    }
}

/// Any other path.
pub(crate) async fn elsewhere() -> Response {
    answer::refused(StatusCode::NOT_FOUND, "POST GraphQL requests to /query").into_response()
}
