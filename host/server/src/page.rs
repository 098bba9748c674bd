//! The page for people: GraphiQL, all of it embedded, so that it needs no network. It holds no secret; the API behind it asks for the token.

use crate::compress::{self, GZIP};
use axum::Router;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Scripts and sheets of this server only; no other place is asked for anything, and no page may frame this one.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// One file.
#[derive(Clone, Copy)]
struct File {
    path: &'static str,
    media_type: &'static str,
    content: Content,
}

#[derive(Clone, Copy)]
enum Content {
    Plain(&'static str),
    Gzip(&'static [u8]),
}

const FILES: [File; 6] = [
    File {
        path: "/",
        media_type: "text/html; charset=utf-8",
        content: Content::Plain(include_str!("../graphiql/page/index.html")),
    },
    File {
        path: "/page.js",
        media_type: "text/javascript; charset=utf-8",
        content: Content::Plain(include_str!("../graphiql/page/page.js")),
    },
    File {
        path: "/page.css",
        media_type: "text/css; charset=utf-8",
        content: Content::Plain(include_str!("../graphiql/page/page.css")),
    },
    File {
        path: "/graphiql.js",
        media_type: "text/javascript; charset=utf-8",
        content: Content::Gzip(include_bytes!("../graphiql/bin/graphiql.js.gz")),
    },
    File {
        path: "/graphiql.css",
        media_type: "text/css; charset=utf-8",
        content: Content::Gzip(include_bytes!("../graphiql/bin/graphiql.css.gz")),
    },
    File {
        path: "/licences.txt",
        media_type: "text/plain; charset=utf-8",
        content: Content::Gzip(include_bytes!("../graphiql/bin/licences.txt.gz")),
    },
];

/// The page's files.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    FILES.into_iter().fold(Router::new(), |router, file| {
        router.route(
            file.path,
            get(move |headers: HeaderMap| async move { file.response(&headers) }),
        )
    })
}

impl File {
    fn response(self, asked: &HeaderMap) -> Response {
        let mut response = match self.content {
            Content::Plain(text) => text.into_response(),
            Content::Gzip(bytes) if compress::accepted(asked) => {
                ([(header::CONTENT_ENCODING, GZIP)], bytes).into_response()
            }
            Content::Gzip(bytes) => compress::expanded(bytes).into_response(),
        };
        let headers: [(HeaderName, HeaderValue); 6] = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.media_type)),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        response.headers_mut().extend(headers);
        response
    }
}
