//! Pulling: little is asked for, what was fetched once is enough, a vendored folder too.

use crate::server::Server;
use crate::setup::{Known, User, component, definition, published, reference};
use dockwright_registry::{Anonymous, ClientError, ModuleCode, Network, PullError, Vendor, embedded_definition};
use std::sync::Arc;

#[tokio::test]
async fn definitions_need_no_code() {
    let (server, reference, packed) = published().await;
    let user = User::new();
    let registry = user.registry();
    let artifact = registry.find(&reference).await.unwrap();
    assert_eq!(artifact.digest, packed.digest);
    let found = registry
        .definition(&artifact, &artifact.description.modules[1])
        .await
        .unwrap();
    assert_eq!(found, definition("Format"));
    assert_eq!(
        server.count(&format!("GET /v2/acme/lint/blobs/{}", component(&packed))),
        0
    );
    assert_eq!(server.count("GET /v2/acme/lint/blobs/"), 2);
    // The second time, only the tag is looked up.
    server.forget_requests();
    let artifact = user.registry().find(&reference).await.unwrap();
    user.registry()
        .definition(&artifact, &artifact.description.modules[1])
        .await
        .unwrap();
    assert_eq!(
        server.shared.lock().unwrap().requests,
        ["HEAD /v2/acme/lint/manifests/1"]
    );
}

#[tokio::test]
async fn code_is_unpacked() {
    let (_server, reference, _) = published().await;
    let user = User::new();
    let registry = user.registry();
    let artifact = registry.find(&reference).await.unwrap();
    let code = registry.code(&artifact).await.unwrap();
    let ModuleCode::Python { source, packages: None } = &code[0] else {
        panic!("{code:?}")
    };
    assert_eq!(
        std::fs::read_to_string(source.join("src/main.py")).unwrap(),
        "print()\n"
    );
    assert!(source.join("src/lint/helper.py").is_file());
    let ModuleCode::Component { path } = &code[1] else {
        panic!("{code:?}")
    };
    assert_eq!(
        embedded_definition(path).unwrap().unwrap().unwrap(),
        definition("Format")
    );
    assert_eq!(registry.code(&artifact).await.unwrap(), code);
    assert_eq!(user.staged(), 0);
}

#[tokio::test]
async fn without_a_network_what_was_fetched_is_used() {
    let (server, reference, packed) = published().await;
    let user = User::new();
    let pinned = reference.pinned(packed.digest);
    let error = user.offline().find(&pinned).await.unwrap_err().to_string();
    assert_eq!(
        error,
        format!("{pinned} is not on this machine, and `--offline` forbids to fetch it")
    );
    user.pull(&reference).await.unwrap();
    server.forget_requests();
    for wanted in [&reference, &pinned] {
        let artifact = user.offline().find(wanted).await.unwrap();
        user.offline().code(&artifact).await.unwrap();
    }
    // A digest needs no network, also where it may be used.
    let artifact = user.registry().find(&pinned).await.unwrap();
    user.registry().code(&artifact).await.unwrap();
    assert_eq!(server.shared.lock().unwrap().requests, [""; 0]);
}

#[tokio::test]
async fn a_tag_that_moved_is_noticed() {
    let (server, reference, packed) = published().await;
    let user = User::new();
    user.pull(&reference).await.unwrap();
    let other = packed.fallback_digest.to_string();
    {
        let mut shared = server.shared.lock().unwrap();
        let bytes = serde_json::to_vec(&packed.fallback).unwrap();
        let entry = ("application/vnd.oci.image.manifest.v1+json".to_owned(), bytes);
        shared.manifests.insert("1".into(), entry.clone());
        shared.manifests.insert(other, entry);
    }
    let artifact = user.registry().find(&reference).await.unwrap();
    assert_eq!(artifact.digest, packed.fallback_digest);
    let pinned = user.registry().find(&reference.pinned(packed.digest)).await.unwrap();
    assert_eq!(pinned.digest, packed.digest);
}

#[tokio::test]
async fn a_registry_that_is_away_is_told_with_what_is_known() {
    let (server, reference, packed) = published().await;
    let user = User::new();
    user.pull(&reference).await.unwrap();
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let unknown: dockwright_registry::Reference = format!("oci://{free}/acme/lint:1").parse().unwrap();
    let error = user.registry().find(&unknown).await.unwrap_err();
    assert!(
        matches!(error, PullError::Client(ClientError::Unreachable { .. })),
        "{error}"
    );
    server.fail(
        axum::http::Method::HEAD,
        "manifests",
        vec![crate::server::Fault::Status(502, vec![]); 4],
    );
    let error = user.registry().find(&reference).await.unwrap_err();
    let help = miette::Diagnostic::help(&error).unwrap().to_string();
    let expected = format!(
        "it led to {} a moment ago; add `--offline` to use that, or name it by its digest: {}",
        packed.digest.short(),
        reference.pinned(packed.digest)
    );
    assert_eq!(help, expected);
}

#[tokio::test]
async fn a_vendored_folder_is_enough_and_is_not_trusted() {
    let (server, reference, packed) = published().await;
    let author = User::new();
    let artifact = author.registry().find(&reference).await.unwrap();
    author.registry().complete(&artifact).await.unwrap();
    let folder = author.directory.path().join("vendor");
    let write = || {
        Vendor::write(
            &folder,
            &author.store(),
            &[(reference.clone(), artifact.digest, &artifact.manifest)],
        )
    };
    write().unwrap();
    let vendor = write().unwrap();
    assert_eq!(vendor.entries().unwrap()[0].digest, packed.digest);

    let user = User::new();
    let registry = user.with(Network::Off, Arc::new(Anonymous), vec![vendor.clone()]);
    let artifact = registry.find(&reference).await.unwrap();
    registry.code(&artifact).await.unwrap();

    // Who wants to know what the tag leads to now is not told what was vendored.
    let moved = author.with(Network::On, Arc::new(Anonymous), vec![vendor.clone()]);
    {
        let entry = (
            "application/vnd.oci.image.manifest.v1+json".to_owned(),
            serde_json::to_vec(&packed.fallback).unwrap(),
        );
        let mut shared = server.shared.lock().unwrap();
        shared.manifests.insert("1".into(), entry.clone());
        shared.manifests.insert(packed.fallback_digest.to_string(), entry);
    }
    assert_eq!(moved.find(&reference).await.unwrap().digest, packed.digest);
    assert_eq!(moved.current(&reference).await.unwrap(), packed.fallback_digest);

    let damaged = folder
        .join("blobs/sha256")
        .join(component(&packed).replace("sha256:", ""));
    std::fs::write(damaged, "damaged").unwrap();
    let other = User::new();
    let registry = other.with(Network::Off, Arc::new(Anonymous), vec![vendor]);
    let artifact = registry.find(&reference).await.unwrap();
    let error = registry.code(&artifact).await.unwrap_err().to_string();
    assert!(error.contains("is not what its digest says"), "{error}");
}

#[tokio::test]
async fn credentials_are_shown_as_the_registry_wants() {
    for bearer in [true, false] {
        let (server, reference, _) = published().await;
        {
            let mut shared = server.shared.lock().unwrap();
            let pair = Some(("ada".to_owned(), "secret".to_owned()));
            if bearer {
                shared.bearer = pair;
            } else {
                shared.basic = pair;
            }
        }
        let user = User::new();
        let known = user.with(Network::On, Arc::new(Known("ada", "secret")), Vec::new());
        let artifact = known.find(&reference).await.unwrap();
        known.code(&artifact).await.unwrap();
        if bearer {
            assert_eq!(server.count("GET /token"), 1, "a token is used again");
        }
        let wrong = User::new().with(Network::On, Arc::new(Known("ada", "wrong")), Vec::new());
        let error = wrong.find(&reference).await.unwrap_err().to_string();
        assert!(!error.contains("wrong"), "{error}");
        let anonymous = User::new().registry().find(&reference).await.unwrap_err();
        assert!(
            matches!(
                anonymous,
                PullError::Client(ClientError::Unauthorized { .. } | ClientError::Credentials { .. })
            ),
            "{anonymous}"
        );
    }
    let other = reference(&Server::start().await, "1");
    let error = User::new().registry().find(&other).await.unwrap_err().to_string();
    assert!(error.ends_with("has no acme/lint:1"), "{error}");
}
