//! A registry in memory, in the form of the distribution specification, with faults on demand.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, Uri, header};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

/// What happens to a request instead of an answer, or to the answer.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// That status, with these headers.
    Status(u16, Vec<(&'static str, String)>),
    /// The connection ends after that many bytes of the body.
    Cut(usize),
    /// A body of other content.
    Tampered,
    /// More bytes than there should be.
    Longer,
    /// The answer lets that many milliseconds pass.
    Slow(u64),
}

/// A fault for requests that fit.
#[derive(Clone, Debug)]
struct Planned {
    method: Method,
    part: String,
    faults: VecDeque<Fault>,
}

#[derive(Default)]
pub(crate) struct Shared {
    pub(crate) blobs: HashMap<String, Vec<u8>>,
    /// Manifests by tag and by digest, with their type.
    pub(crate) manifests: HashMap<String, (String, Vec<u8>)>,
    planned: Vec<Planned>,
    pub(crate) requests: Vec<String>,
    /// User and password that are wanted, with a token service.
    pub(crate) bearer: Option<(String, String)>,
    pub(crate) basic: Option<(String, String)>,
    /// Whether configs of Wasm artifacts are taken.
    pub(crate) refuses_wasm: bool,
    pub(crate) ignores_ranges: bool,
    /// The list of what refers to any manifest, if the registry has such lists.
    pub(crate) referrers: Option<Vec<u8>>,
    /// How many requests told who asks.
    pub(crate) authorized: usize,
    pub(crate) address: String,
}

#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) shared: Arc<Mutex<Shared>>,
    pub(crate) address: String,
}

impl Server {
    pub(crate) async fn start() -> Server {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let shared = Arc::new(Mutex::new(Shared {
            address: address.clone(),
            ..Shared::default()
        }));
        let app = axum::Router::new().fallback(answer).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Server { shared, address }
    }

    /// Faults for the next requests of that method whose path contains the part.
    pub(crate) fn fail(&self, method: Method, part: &str, faults: impl IntoIterator<Item = Fault>) {
        self.shared.lock().unwrap().planned.push(Planned {
            method,
            part: part.to_owned(),
            faults: faults.into_iter().collect(),
        });
    }

    /// How many requests fit.
    pub(crate) fn count(&self, start: &str) -> usize {
        let shared = self.shared.lock().unwrap();
        shared
            .requests
            .iter()
            .filter(|request| request.starts_with(start))
            .count()
    }

    pub(crate) fn forget_requests(&self) {
        self.shared.lock().unwrap().requests.clear();
    }
}

async fn answer(State(shared): State<Arc<Mutex<Shared>>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let path = parts.uri.path().to_owned();
    let fault = {
        let mut shared = shared.lock().unwrap();
        let range = parts
            .headers
            .get(header::RANGE)
            .map(|range| format!(" {}", range.to_str().unwrap()));
        shared
            .requests
            .push(format!("{} {path}{}", parts.method, range.unwrap_or_default()));
        shared.authorized += usize::from(parts.headers.contains_key(header::AUTHORIZATION));
        let planned = shared.planned.iter_mut();
        let fits = |planned: &&mut Planned| {
            planned.method == parts.method && path.contains(&planned.part) && !planned.faults.is_empty()
        };
        planned
            .into_iter()
            .find(fits)
            .and_then(|planned| planned.faults.pop_front())
    };
    if let Some(Fault::Status(status, headers)) = &fault {
        let mut response = Response::builder().status(*status);
        for (name, value) in headers {
            response = response.header(*name, value);
        }
        let body = r#"{"errors": [{"code": "TEST", "message": "planned by the test"}]}"#;
        return response.body(Body::from(body)).unwrap();
    }
    if let Some(Fault::Slow(milliseconds)) = fault {
        tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
    }
    let response = shared
        .lock()
        .unwrap()
        .serve(&parts.method, &parts.uri, &parts.headers, body);
    let (mut parts, bytes) = response.into_parts();
    match fault {
        Some(Fault::Cut(after)) => {
            let length = bytes.len();
            parts.headers.insert(header::CONTENT_LENGTH, length.into());
            let sent = bytes.slice(..after.min(length));
            let pieces = [Ok(sent), Err(std::io::Error::other("cut by the test"))];
            // A pause, so that what is sent arrives before the end does.
            let stream = futures::StreamExt::then(futures::stream::iter(pieces), async |piece| {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                piece
            });
            Response::from_parts(parts, Body::from_stream(stream))
        }
        Some(Fault::Tampered) => {
            let mut changed = bytes.to_vec();
            if let Some(last) = changed.last_mut() {
                *last ^= 1;
            }
            Response::from_parts(parts, Body::from(changed))
        }
        Some(Fault::Longer) => Response::from_parts(parts, Body::from([bytes, Bytes::from_static(b"more")].concat())),
        _ => Response::from_parts(parts, Body::from(bytes)),
    }
}

impl Shared {
    fn serve(&mut self, method: &Method, uri: &Uri, headers: &HeaderMap, body: Bytes) -> Response<Bytes> {
        let plain = |status: u16| Response::builder().status(status).body(Bytes::new()).unwrap();
        let authorization = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let path = uri.path();
        let encoded = |(user, password): &(String, String)| {
            use base64::Engine as _;
            format!(
                "Basic {}",
                base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"))
            )
        };
        if path == "/token" {
            let wanted = self.bearer.as_ref().map(encoded).unwrap_or_default();
            return if authorization == wanted {
                Response::new(Bytes::from_static(br#"{"token": "good"}"#))
            } else {
                plain(401)
            };
        }
        if self.bearer.is_some() && authorization != "Bearer good" {
            let challenge = format!("Bearer realm=\"http://{}/token\",service=\"test\"", self.address);
            return Response::builder()
                .status(401)
                .header("www-authenticate", challenge)
                .body(Bytes::new())
                .unwrap();
        }
        if let Some(basic) = &self.basic
            && authorization != encoded(basic)
        {
            return Response::builder()
                .status(401)
                .header("www-authenticate", "Basic realm=\"x\"")
                .body(Bytes::new())
                .unwrap();
        }
        let Some((_, rest)) = path.strip_prefix("/v2/").and_then(|path| path.split_once("acme/lint/")) else {
            return plain(404);
        };
        match (method.as_str(), rest.split_once('/')) {
            ("GET", Some(("referrers", _))) => match &self.referrers {
                Some(list) => Response::new(list.clone().into()),
                None => plain(404),
            },
            ("HEAD" | "GET", Some(("manifests", name))) => match self.manifests.get(name) {
                Some((kind, bytes)) => Response::builder()
                    .header(header::CONTENT_TYPE, kind)
                    .header(
                        "docker-content-digest",
                        dockwright_registry::Digest::of(bytes).to_string(),
                    )
                    .body(if method == Method::HEAD {
                        Bytes::new()
                    } else {
                        bytes.clone().into()
                    })
                    .unwrap(),
                None => plain(404),
            },
            ("PUT", Some(("manifests", name))) => {
                let kind = headers[header::CONTENT_TYPE].to_str().unwrap().to_owned();
                if self.refuses_wasm && String::from_utf8_lossy(&body).contains("vnd.wasm.config") {
                    return plain(415);
                }
                let digest = dockwright_registry::Digest::of(&body).to_string();
                for key in [name, &digest] {
                    self.manifests.insert(key.to_owned(), (kind.clone(), body.to_vec()));
                }
                Response::builder()
                    .status(201)
                    .header("docker-content-digest", digest)
                    .body(Bytes::new())
                    .unwrap()
            }
            ("POST", Some(("blobs", "uploads/"))) => Response::builder()
                .status(202)
                .header(header::LOCATION, "/v2/acme/lint/upload/1?state=x")
                .body(Bytes::new())
                .unwrap(),
            ("PUT", Some(("upload", _))) => {
                let digest = uri
                    .query()
                    .unwrap()
                    .split("digest=")
                    .nth(1)
                    .unwrap()
                    .replace("%3A", ":");
                if dockwright_registry::Digest::of(&body).to_string() != digest {
                    return plain(400);
                }
                self.blobs.insert(digest, body.to_vec());
                plain(201)
            }
            ("HEAD" | "GET", Some(("blobs", digest))) => match self.blobs.get(digest) {
                Some(_) if method == Method::HEAD => plain(200),
                Some(bytes) => {
                    let range = headers.get(header::RANGE).filter(|_| !self.ignores_ranges);
                    match range.and_then(|range| {
                        range
                            .to_str()
                            .ok()?
                            .strip_prefix("bytes=")?
                            .strip_suffix('-')?
                            .parse()
                            .ok()
                    }) {
                        Some(start) => {
                            let total = bytes.len();
                            let rest: &[u8] = &bytes[start..];
                            Response::builder()
                                .status(206)
                                .header(header::CONTENT_RANGE, format!("bytes {start}-{}/{total}", total - 1))
                                .body(Bytes::copy_from_slice(rest))
                                .unwrap()
                        }
                        None => Response::new(bytes.clone().into()),
                    }
                }
                None => plain(404),
            },
            _ => plain(StatusCode::NOT_FOUND.as_u16()),
        }
    }
}
