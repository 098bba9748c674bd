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
