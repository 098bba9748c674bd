//! Registries that fail: what is waited for, what is told, and that nothing bad is ever kept.

use crate::server::Fault;
use crate::setup::{Known, User, component, published};
use axum::http::Method;
use dockwright_registry::{ClientError, Network, PullError, Reference};
use std::sync::Arc;

/// Whether an error is the expected one.
type IsExpected = fn(&ClientError) -> bool;

fn status(status: u16) -> Fault {
    Fault::Status(status, vec![])
}

#[tokio::test]
async fn what_passes_is_waited_for() {
    let (server, reference, _) = published().await;
    let busy = Fault::Status(429, vec![("retry-after", "0".into())]);
    server.fail(Method::HEAD, "manifests", [busy.clone(), status(500)]);
    server.fail(Method::GET, "manifests", [status(503), Fault::Cut(10)]);
    server.fail(Method::GET, "blobs", [status(500), busy, Fault::Slow(50), status(504)]);
    User::new().pull(&reference).await.unwrap();
}

#[tokio::test]
async fn what_stays_is_told() {
    let cases: [(u16, IsExpected); 6] = [
        (401, |error| matches!(error, ClientError::Unauthorized { .. })),
        (403, |error| matches!(error, ClientError::Unauthorized { .. })),
        (404, |error| matches!(error, ClientError::NotFound { .. })),
        (429, |error| matches!(error, ClientError::RateLimited { .. })),
        (418, |error| matches!(error, ClientError::Refused { status: 418, .. })),
        (500, |error| matches!(error, ClientError::Refused { status: 500, .. })),
    ];
    for (code, expected) in cases {
        let (server, reference, packed) = published().await;
        server.fail(Method::GET, &component(&packed), vec![status(code); 20]);
        let user = User::new();
        let error = user.pull(&reference).await.unwrap_err();
        let PullError::Client(inner) = &error else {
            panic!("{error}")
        };
        assert!(expected(inner), "{code}: {inner:?}");
        if code != 404 {
            assert!(error.to_string().contains("planned by the test"), "{error}");
        }
        let tries = if [429, 500].contains(&code) { 4 } else { 1 };
        assert_eq!(
            server.count(&format!("GET /v2/acme/lint/blobs/{}", component(&packed))),
            tries,
            "{code}"
        );
        assert_eq!(user.staged(), 0);
    }
}

#[tokio::test]
async fn cut_downloads_go_on_where_they_were() {
    let (server, reference, packed) = published().await;
    let layer = component(&packed);
    server.fail(
        Method::GET,
        &layer,
        [Fault::Cut(100_000), Fault::Cut(0), Fault::Cut(50_000)],
    );
    let user = User::new();
    user.pull(&reference).await.unwrap();
    let requests = server.shared.lock().unwrap().requests.clone();
    let asked: Vec<&str> = requests
        .iter()
        .filter_map(|request| request.split_once(&layer).map(|(_, range)| range.trim()))
        .collect();
    assert_eq!(asked, ["", "bytes=100000-", "bytes=100000-", "bytes=150000-"]);
}

#[tokio::test]
async fn cut_downloads_begin_again_where_ranges_are_not_known() {
    let (server, reference, packed) = published().await;
    server.shared.lock().unwrap().ignores_ranges = true;
    server.fail(Method::GET, &component(&packed), [Fault::Cut(100_000)]);
    User::new().pull(&reference).await.unwrap();
}

#[tokio::test]
async fn a_connection_that_is_always_cut_ends() {
    let (server, reference, packed) = published().await;
    server.fail(Method::GET, &component(&packed), vec![Fault::Cut(0); 20]);
    let user = User::new();
    let error = user.pull(&reference).await.unwrap_err();
    assert!(
        matches!(
            error,
            PullError::Client(ClientError::Cut {
                received: 0,
                size: 1_600_000..,
                ..
            })
        ),
        "{error}"
    );
    assert_eq!(user.staged(), 0);
    user.pull(&reference).await.unwrap_err();
}

#[tokio::test]
async fn nothing_that_was_changed_is_kept() {
    for fault in [Fault::Tampered, Fault::Longer] {
        for part in ["component", "description", "manifests/sha256"] {
            let (server, reference, packed) = published().await;
            let described = packed
                .manifest
                .layers
                .iter()
                .find(|layer| layer.media_type.contains("module.v1"));
            let path = match part {
                "component" => component(&packed),
                "description" => described.unwrap().digest.to_string(),
                other => other.to_owned(),
            };
            server.fail(Method::GET, &path, [fault.clone()]);
            let user = User::new();
            let error = user.pull(&reference).await.unwrap_err();
            let told = matches!(
                error,
                PullError::Client(ClientError::Digest { .. } | ClientError::Protocol { .. })
            );
            assert!(told, "{part}: {error}");
            assert_eq!(user.staged(), 0, "{part}");
            let before = user.blobs();
            // The next time is a fresh one.
            user.pull(&reference).await.unwrap();
            assert!(user.blobs() > before);
        }
    }
}

#[tokio::test]
async fn what_is_too_large_is_not_even_begun() {
    let (server, reference, packed) = published().await;
    let mut manifest = serde_json::to_value(&packed.manifest).unwrap();
    manifest["layers"][0]["size"] = (2_u64 << 30).into();
    let bytes = serde_json::to_vec(&manifest).unwrap();
    let digest = dockwright_registry::Digest::of(&bytes).to_string();
    for name in [digest.as_str(), "1"] {
        let kind = "application/vnd.oci.image.manifest.v1+json".to_owned();
        server
            .shared
            .lock()
            .unwrap()
            .manifests
            .insert(name.to_owned(), (kind, bytes.clone()));
    }
    let user = User::new();
    let error = user.pull(&reference).await.unwrap_err().to_string();
    assert_eq!(
        error,
        format!("{reference}: the artifact is 2.1 GB; at most 1.1 GB are taken")
    );
    assert_eq!(server.count("GET /v2/acme/lint/blobs"), 0);
    assert_eq!(user.blobs(), 0);
}

#[tokio::test]
async fn redirections_do_not_get_to_see_who_asks() {
    let (server, reference, packed) = published().await;
    let (mirror, ..) = published().await;
    server.shared.lock().unwrap().basic = Some(("ada".into(), "secret".into()));
    let layer = component(&packed);
    let location = format!("http://{}/v2/acme/lint/blobs/{layer}", mirror.address);
    server.fail(Method::GET, &layer, [Fault::Status(307, vec![("location", location)])]);
    let ada = User::new().with(Network::On, Arc::new(Known("ada", "secret")), Vec::new());
    ada.code(&ada.find(&reference).await.unwrap()).await.unwrap();
    assert_eq!(mirror.count(&format!("GET /v2/acme/lint/blobs/{layer}")), 1);
    assert_eq!(mirror.shared.lock().unwrap().authorized, 0);
    assert!(server.shared.lock().unwrap().authorized > 0);
    server.shared.lock().unwrap().basic = None;
    let endless = format!("/v2/acme/lint/blobs/{layer}");
    server.fail(
        Method::GET,
        &layer,
        vec![Fault::Status(307, vec![("location", endless)]); 20],
    );
    let error = User::new().pull(&reference).await.unwrap_err().to_string();
    assert!(error.contains("again and again"), "{error}");
}

#[tokio::test]
async fn a_container_image_is_told_from_a_module() {
    let (server, _, _) = published().await;
    let image = br#"{"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json", "config": {"mediaType": "application/vnd.docker.container.image.v1+json"}}"#;
    let digest = dockwright_registry::Digest::of(image).to_string();
    for name in [digest.as_str(), "image"] {
        let entry = (
            "application/vnd.docker.distribution.manifest.v2+json".to_owned(),
            image.to_vec(),
        );
        server.shared.lock().unwrap().manifests.insert(name.to_owned(), entry);
    }
    let reference: Reference = format!("oci://{}/acme/lint:image", server.address).parse().unwrap();
    let user = User::new();
    let error = user.pull(&reference).await.unwrap_err().to_string();
    assert_eq!(
        error,
        format!("{reference}: this is no module: the registry has a container image there")
    );
    assert_eq!(user.blobs(), 0);
}
