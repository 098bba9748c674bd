//! Publishing: the same bytes each time, nothing sent twice, both forms.

use crate::server::{Fault, Server};
use crate::setup::{User, modules, packed, published, reference};
use axum::http::Method;
use dockwright_registry::{Limits, PackOptions, PushError, pack};

#[tokio::test]
async fn the_same_modules_have_the_same_digest() {
    let (one, two) = (User::new(), User::new());
    assert_eq!(packed(&one).digest, packed(&two).digest);
    let mut changed = modules(two.directory.path());
    changed[1].name = "other".into();
    let other = pack(&two.store(), &changed, &PackOptions::default(), &Limits::default()).unwrap();
    assert_ne!(packed(&one).digest, other.digest);
}

#[tokio::test]
async fn what_is_there_is_not_sent_again() {
    let (server, reference, packed) = published().await;
    let author = User::new();
    let again = crate::setup::packed(&author);
    let digest = author.registry().publish(&reference, &again).await.unwrap();
    assert_eq!(digest, packed.digest);
    assert_eq!(server.count("POST"), 0);
    assert_eq!(server.count("PUT /v2/acme/lint/manifests/1"), 1);
}

#[tokio::test]
async fn registries_that_refuse_the_config_get_the_other_form() {
    let server = Server::start().await;
    server.shared.lock().unwrap().refuses_wasm = true;
    let author = User::new();
    let packed = packed(&author);
    let reference = reference(&server, "1");
    let digest = author.registry().publish(&reference, &packed).await.unwrap();
    assert_eq!(digest, packed.fallback_digest);
    let stored = String::from_utf8(server.shared.lock().unwrap().manifests["1"].1.clone()).unwrap();
    assert!(stored.contains(r#""artifactType":"application/vnd.dockwright.module.v1","config":{"mediaType":"application/vnd.oci.empty.v1+json""#), "{stored}");
    User::new().pull(&reference).await.unwrap();
}

#[tokio::test]
async fn uploads_are_tried_again() {
    let server = Server::start().await;
    let unavailable = || Fault::Status(503, vec![]);
    server.fail(Method::POST, "uploads", [unavailable(), unavailable()]);
    server.fail(Method::PUT, "upload/1", [unavailable()]);
    server.fail(
        Method::PUT,
        "manifests",
        [Fault::Status(429, vec![("retry-after", "0".into())])],
    );
    let author = User::new();
    let reference = reference(&server, "1");
    author.registry().publish(&reference, &packed(&author)).await.unwrap();
    User::new().pull(&reference).await.unwrap();
}

#[tokio::test]
async fn a_digest_cannot_be_published_to() {
    let (_server, reference, packed) = published().await;
    let author = User::new();
    let error = author
        .registry()
        .publish(&reference.pinned(packed.digest), &packed)
        .await;
    assert!(matches!(error, Err(PushError::Pinned { .. })));
}

#[tokio::test]
async fn a_component_can_be_alone() {
    let server = Server::start().await;
    let (author, user) = (User::new(), User::new());
    let mut options = PackOptions {
        only_component: true,
        ..PackOptions::default()
    };
    options.annotate("title", "format");
    let modules = modules(author.directory.path());
    let packed = pack(&author.store(), &modules[1..], &options, &Limits::default()).unwrap();
    let reference = reference(&server, "1");
    author.registry().publish(&reference, &packed).await.unwrap();
    // What tools for components insist on: this config, and one layer of this type.
    assert_eq!(packed.manifest.config.media_type, "application/vnd.wasm.config.v0+json");
    let types: Vec<&str> = packed
        .manifest
        .layers
        .iter()
        .map(|layer| layer.media_type.as_str())
        .collect();
    assert_eq!(types, ["application/wasm"]);
    let registry = user.registry();
    let artifact = registry.find(&reference).await.unwrap();
    let module = &artifact.description.modules[0];
    assert_eq!(module.name, "format");
    assert_eq!(
        registry.definition(&artifact, module).await.unwrap(),
        crate::setup::definition("Format")
    );
    let refused = pack(&author.store(), &modules, &options, &Limits::default()).unwrap_err();
    assert_eq!(refused.to_string(), "module `lint` is not one component alone");
}
