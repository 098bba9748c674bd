//! The session: it lives as long as the run, and other ways in work too.

use crate::lab::{address, engine, nonce, options, shell, wrapped};
use dockwright_engine::llb::{Mount, MountKind};
use dockwright_engine::shim::Expect;
use dockwright_engine::{Engine, SecretBytes};
use dockwright_telemetry::Telemetry;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_session_still_serves() {
    let Some(engine) = engine().await else { return };
    tokio::time::sleep(Duration::from_secs(12)).await;
    engine.add_secret("late", SecretBytes::from("late secret"));
    let mut spec = shell(&engine, &format!("cat /run/late; : {}", nonce()));
    spec.mounts.push(Mount::secret("/run/late", "late"));
    assert_eq!(
        engine
            .exec_result(&wrapped(&engine, &spec, Expect::Success))
            .await
            .unwrap()
            .stdout,
        "late secret"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_of_this_machine_is_reached() {
    let Some(engine) = engine().await else { return };
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("agent");
    let listener = tokio::net::UnixListener::bind(&path).unwrap();
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut line = [0u8; 5];
        connection.read_exact(&mut line).await.unwrap();
        connection.write_all(b"answer to ").await.unwrap();
        connection.write_all(&line).await.unwrap();
    });
    engine.add_socket("agent", &path);
    let python = engine
        .resolve_image("python:3.12-slim", engine.default_platform())
        .await
        .unwrap();
    let script = "import socket; s=socket.socket(socket.AF_UNIX); s.connect('/run/agent'); s.sendall(b'hello'); d=b''\nwhile True:\n  p=s.recv(99)\n  if not p: break\n  d+=p\nprint(d.decode())";
    let image = dockwright_engine::llb::source::image(&python.reference, engine.default_platform());
    let mut spec = dockwright_engine::llb::ExecSpec::new(
        image,
        ["/usr/local/bin/python3", "-c", &format!("{script} # {}", nonce())],
    );
    let kind = MountKind::Socket {
        id: "agent".into(),
        uid: 0,
        gid: 0,
        mode: 0o600,
    };
    spec.mounts.push(Mount {
        destination: "/run/agent".into(),
        kind,
    });
    assert_eq!(
        engine
            .exec_result(&wrapped(&engine, &spec, Expect::Success))
            .await
            .unwrap()
            .stdout,
        "answer to hello\n"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_through_docker_works_too() {
    if address().is_none() {
        return;
    }
    let name = "dockwright-lab-engine";
    let known = std::process::Command::new("docker")
        .args(["inspect", name])
        .output()
        .is_ok_and(|output| output.status.success());
    if !known {
        println!("skipped: Docker has no container {name}; start it with tests/lab/up.sh --engine");
        return;
    }
    let engine = Engine::connect(options(format!("docker-container://{name}")), Telemetry::new(), None)
        .await
        .unwrap();
    let n = nonce();
    let spec = shell(&engine, &format!("echo {n}"));
    assert_eq!(
        engine
            .exec_result(&wrapped(&engine, &spec, Expect::Success))
            .await
            .unwrap()
            .stdout,
        format!("{n}\n")
    );
    engine.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tcp_works_too() {
    let Some(address) = address() else { return };
    let Some(socket) = address.strip_prefix("unix://").map(str::to_owned) else {
        println!("skipped: the engine at {address} has no unix socket to forward to");
        return;
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let forwarded = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut inward, _)) = listener.accept().await {
            let mut outward = tokio::net::UnixStream::connect(&socket).await.unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut inward, &mut outward).await });
        }
    });
    let engine = Engine::connect(options(format!("tcp://{forwarded}")), Telemetry::new(), None)
        .await
        .unwrap();
    let n = nonce();
    let outputs = wrapped(&engine, &shell(&engine, &format!("echo {n}")), Expect::Success);
    assert_eq!(engine.exec_result(&outputs).await.unwrap().stdout, format!("{n}\n"));
    engine.close().await;
}

/// A registry that wants a password and then has nothing: what came in `Authorization` is sent on.
async fn jealous_registry() -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let sender = sender.clone();
            tokio::spawn(async move {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    let Ok(byte) = connection.read_u8().await else { return };
                    request.push(byte);
                }
                let request = String::from_utf8_lossy(&request).into_owned();
                let given = request.lines().find_map(|line| {
                    line.to_ascii_lowercase()
                        .starts_with("authorization:")
                        .then(|| line[14..].trim().to_owned())
                });
                let answer = match given {
                    Some(given) => {
                        sender.send(given).ok();
                        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    }
                    None => {
                        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    }
                };
                connection.write_all(answer.as_bytes()).await.ok();
            });
        }
    });
    (address, receiver)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn registries_get_the_credentials_of_the_run_or_of_docker() {
    use base64::Engine as _;
    let Some(address) = address() else { return };
    let encoded = |pair: &str| base64::engine::general_purpose::STANDARD.encode(pair);
    let (own, mut from_run) = jealous_registry().await;
    let (dockers, mut from_docker) = jealous_registry().await;
    let (nobodys, mut from_nobody) = jealous_registry().await;
    let directory = tempfile::tempdir().unwrap();
    let config = serde_json::json!({"auths": {&dockers: {"auth": encoded("docker:pw2")}}});
    std::fs::write(directory.path().join("config.json"), config.to_string()).unwrap();
    let mut options = options(address);
    options.docker_config_dir = Some(directory.path().to_owned());
    let engine = Engine::connect(options, Telemetry::new(), None).await.unwrap();
    engine.set_registry_auth(&own, "run", SecretBytes::from("pw1"));
    for registry in [&own, &dockers, &nobodys] {
        let error = engine
            .resolve_image(&format!("{registry}/image:1"), engine.default_platform())
            .await
            .unwrap_err();
        println!("{registry}: {error}");
    }
    assert_eq!(from_run.recv().await.unwrap(), format!("Basic {}", encoded("run:pw1")));
    assert_eq!(
        from_docker.recv().await.unwrap(),
        format!("Basic {}", encoded("docker:pw2"))
    );
    assert!(from_nobody.try_recv().is_err());
}
