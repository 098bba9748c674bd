//! The server as clients meet it, over real connections, with an API that only records what it is asked.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dockwright_schema::{Execute, Principal, Request};
use dockwright_server::{BindError, Server, ServerOptions, Token};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Answers with the request; `{wait}` never answers.
#[derive(Default)]
struct Echo {
    waiting: AtomicUsize,
    dropped: AtomicUsize,
}

struct Waiting<'a>(&'a Echo);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.dropped.fetch_add(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl Execute for Echo {
    async fn execute(&self, request: Request) -> String {
        if request.document == "{wait}" {
            let _waiting = Waiting(self);
            self.waiting.fetch_add(1, Ordering::SeqCst);
            std::future::pending::<()>().await;
        }
        json!({"data": {
            "document": request.document,
            "variables": request.variables,
            "operation": request.operation_name,
            "client": request.principal == Principal::Client,
        }})
        .to_string()
    }
}

struct Running {
    echo: Arc<Echo>,
    address: SocketAddr,
    end: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

async fn start(options: ServerOptions) -> Running {
    let server = Server::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let (echo, address) = (Arc::new(Echo::default()), server.address());
    let (end, ended) = oneshot::channel();
    let serving = tokio::spawn(server.serve(echo.clone(), options, async {
        ended.await.ok();
    }));
    Running {
        echo,
        address,
        end,
        serving,
    }
}

fn with_token() -> ServerOptions {
    ServerOptions {
        token: Some(Token::new("t0ken")),
        ..ServerOptions::default()
    }
}

fn request(method: &str, path: &str, token: Option<&str>, body: &str) -> String {
    let authorization = token.map_or(String::new(), |token| {
        format!("Authorization: Basic {}\r\n", STANDARD.encode(format!("{token}:")))
    });
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{authorization}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Status, headers as text, body.
async fn send(address: SocketAddr, request: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_ascii_lowercase(), body.to_owned())
}

async fn eventually(condition: impl Fn() -> bool) -> bool {
    for _ in 0..300 {
        if condition() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}

#[tokio::test]
async fn a_request_in_each_form_that_clients_send_is_executed() {
    let running = start(with_token()).await;
    for (body, expected) in [
        (
            json!({"query": "{version}"}),
            json!({"document": "{version}", "variables": null, "operation": null, "client": true}),
        ),
        (
            json!({"query": "query Q{version}", "operationName": "Q", "variables": {"a": [1]}, "extensions": {}}),
            json!({"document": "query Q{version}", "variables": "{\"a\":[1]}", "operation": "Q", "client": true}),
        ),
        (
            json!({"query": "{x}", "operationName": "", "variables": null}),
            json!({"document": "{x}", "variables": null, "operation": null, "client": true}),
        ),
    ] {
        let (status, head, answer) = send(
            running.address,
            &request("POST", "/query", Some("t0ken"), &body.to_string()),
        )
        .await;
        assert_eq!(status, 200, "{answer}");
        assert!(head.contains("content-type: application/json"), "{head}");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["data"], expected);
    }
}

#[tokio::test]
async fn without_the_token_nothing_is_executed() {
    let running = start(with_token()).await;
    for token in [None, Some("t0kem"), Some("")] {
        let (status, head, body) = send(
            running.address,
            &request("POST", "/query", token, "{\"query\":\"{wait}\"}"),
        )
        .await;
        assert_eq!(status, 401, "{body}");
        assert!(
            head.contains("www-authenticate: basic realm=\"dockwright session\""),
            "{head}"
        );
        assert!(body.contains("token is missing or wrong"), "{body}");
    }
    assert_eq!(running.echo.waiting.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn what_is_no_request_is_refused_in_words() {
    let running = start(with_token()).await;
    for (method, path, body, status, message) in [
        ("POST", "/query", "{", 400, "not a GraphQL request as JSON"),
        ("POST", "/query", "[]", 400, "not a GraphQL request as JSON"),
        ("POST", "/query", "{\"query\":1}", 400, "not a GraphQL request as JSON"),
        (
            "POST",
            "/query",
            "{\"query\":\"{a}\",\"variables\":[]}",
            400,
            "not a GraphQL request as JSON",
        ),
        ("POST", "/", "", 404, "POST GraphQL requests to /query"),
        ("GET", "/", "", 404, "POST GraphQL requests to /query"),
        ("GET", "/query", "", 405, ""),
    ] {
        let (found, _, answer) = send(running.address, &request(method, path, Some("t0ken"), body)).await;
        assert_eq!(found, status, "{method} {path} {body}: {answer}");
        assert!(answer.contains(message), "{answer}");
    }
}

#[tokio::test]
async fn a_request_that_is_too_large_is_refused_before_it_is_read() {
    let running = start(with_token()).await;
    let mut text = request("POST", "/query", Some("t0ken"), "");
    text = text.replace("Content-Length: 0", &format!("Content-Length: {}", 1_u64 << 30));
    let (status, _, answer) = send(running.address, &text).await;
    assert_eq!(status, 413, "{answer}");
    assert!(answer.contains("errors"), "{answer}");
}

#[tokio::test]
async fn a_client_that_goes_away_cancels_its_work() {
    let running = start(with_token()).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let text = request("POST", "/query", Some("t0ken"), "{\"query\":\"{wait}\"}");
    stream.write_all(text.as_bytes()).await.unwrap();
    let echo = running.echo.clone();
    assert!(eventually(|| echo.waiting.load(Ordering::SeqCst) == 1).await);
    assert_eq!(echo.dropped.load(Ordering::SeqCst), 0);
    drop(stream);
    assert!(eventually(|| echo.dropped.load(Ordering::SeqCst) == 1).await);
}

#[tokio::test]
async fn the_end_cancels_everything_and_does_not_wait_for_idle_clients() {
    let running = start(with_token()).await;
    let _idle = TcpStream::connect(running.address).await.unwrap();
    let text = request("POST", "/query", Some("t0ken"), "{\"query\":\"{wait}\"}");
    let address = running.address;
    let client = tokio::spawn(async move { send(address, &text).await });
    let echo = running.echo.clone();
    assert!(eventually(|| echo.waiting.load(Ordering::SeqCst) == 1).await);
    running.end.send(()).unwrap();
    let served = tokio::time::timeout(Duration::from_secs(5), running.serving).await;
    served.unwrap().unwrap().unwrap();
    assert_eq!(echo.dropped.load(Ordering::SeqCst), 1);
    let (status, _, body) = client.await.unwrap();
    assert_eq!(status, 503);
    assert!(body.contains("the session has ended"), "{body}");
}

#[tokio::test]
async fn two_hundred_clients_at_once_are_answered() {
    let running = start(with_token()).await;
    let clients: Vec<_> = (0..200)
        .map(|number| {
            let address = running.address;
            tokio::spawn(async move {
                let body = json!({"query": format!("{{a{number}}}")}).to_string();
                let (status, _, answer) = send(address, &request("POST", "/query", Some("t0ken"), &body)).await;
                assert_eq!(status, 200);
                assert!(answer.contains(&format!("a{number}")), "{answer}");
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
}

#[tokio::test]
async fn pages_of_other_origins_ask_only_where_that_is_allowed() {
    let preflight = request("OPTIONS", "/query", None, "");
    let (status, head, _) = send(start(with_token()).await.address, &preflight).await;
    assert_eq!(status, 204);
    assert!(!head.contains("access-control"), "{head}");
    let options = ServerOptions {
        any_origin: true,
        ..with_token()
    };
    let (_, head, _) = send(start(options).await.address, &preflight).await;
    assert!(head.contains("access-control-allow-origin: *"), "{head}");
    assert!(
        head.contains("access-control-allow-headers: authorization, content-type"),
        "{head}"
    );
}

#[tokio::test]
async fn addresses_that_others_reach_are_refused() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let error = Server::bind(address.parse().unwrap()).await.unwrap_err();
        assert!(matches!(error, BindError::NotLoopback(_)), "{error}");
    }
    let taken = Server::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let error = Server::bind(taken.address()).await.unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with(&format!("cannot listen on {}", taken.address())),
        "{error}"
    );
}

#[tokio::test]
async fn long_answers_are_compressed_for_those_who_take_it() {
    let running = start(with_token()).await;
    let long = json!({"query": "x".repeat(100_000)}).to_string();
    let text = request("POST", "/query", Some("t0ken"), &long);
    let (_, head, plain) = send(running.address, &text).await;
    assert!(!head.contains("content-encoding"), "{head}");
    assert!(plain.len() > 100_000);
    let asking = |text: &str| text.replace("Connection: close", "Connection: close\r\nAccept-Encoding: br, gzip");
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(asking(&text).as_bytes()).await.unwrap();
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await.unwrap();
    assert!(response.len() < 2_000, "{}", response.len());
    let head = String::from_utf8_lossy(&response).to_ascii_lowercase();
    assert!(head.contains("content-encoding: gzip"), "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
    let short = request("POST", "/query", Some("t0ken"), "{\"query\":\"{a}\"}");
    let (status, head, _) = send(running.address, &asking(&short)).await;
    assert_eq!(status, 200);
    assert!(!head.contains("content-encoding"), "{head}");
}

#[tokio::test]
async fn a_page_elsewhere_is_refused_even_with_the_token() {
    let asking = |origin: &str| {
        let text = request("POST", "/query", Some("t0ken"), "{\"query\":\"{a}\"}");
        text.replace("Connection: close", &format!("Connection: close\r\nOrigin: {origin}"))
    };
    let running = start(with_token()).await;
    for origin in ["http://evil.example", "null", "http://localhost:1"] {
        let (status, _, body) = send(running.address, &asking(origin)).await;
        assert_eq!(status, 403, "{body}");
        assert!(body.contains(origin) && body.contains("--allow-cors"), "{body}");
    }
    let (status, _, _) = send(running.address, &asking("http://localhost")).await;
    assert_eq!(status, 200);
    let options = ServerOptions {
        any_origin: true,
        ..with_token()
    };
    let (status, _, _) = send(start(options).await.address, &asking("http://evil.example")).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn the_page_is_there_where_it_was_asked_for() {
    let options = ServerOptions {
        page: true,
        ..with_token()
    };
    let running = start(options).await;
    for (path, part) in [
        ("/", "<title>dockwright</title>"),
        ("/page.js", "sessionStorage"),
        ("/page.css", "#admission"),
        ("/graphiql.js", "GraphiQL"),
        ("/graphiql.css", ".graphiql-container"),
        ("/licences.txt", "graphiql 4."),
    ] {
        let (status, head, body) = send(running.address, &request("GET", path, None, "")).await;
        assert_eq!(status, 200, "{path}");
        assert!(head.contains("content-security-policy: default-src 'none';"), "{head}");
        assert!(body.contains(part), "{path}");
        let (status, _, _) = send(start(with_token()).await.address, &request("GET", path, None, "")).await;
        assert_eq!(status, 404, "{path}");
    }
    assert_eq!(
        send(running.address, &request("GET", "/nowhere", None, "")).await.0,
        404
    );
    assert_eq!(
        send(running.address, &request("POST", "/query", None, "{}")).await.0,
        401
    );
}
