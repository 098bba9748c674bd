//! Signatures in a registry: written where cosign looks for them, found again, kept.

use crate::setup::{User, published};
use dockwright_registry::{Attachment, PublicKey, SigningKey, Statement};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn keys() -> (SigningKey, PublicKey) {
    let key = include_str!("../../src/signing/fixtures/cosign.key");
    let key = SigningKey::parse(key, "correct horse", "cosign.key").unwrap();
    let public = key.public();
    (key, public)
}

#[tokio::test]
async fn both_forms_are_written_and_found() {
    let (server, reference, packed) = published().await;
    let (author, (key, public)) = (User::new().registry(), keys());
    author.find(&reference).await.unwrap();
    assert!(author.attachments(&reference, packed.digest).await.unwrap().is_empty());
    assert!(author.sign(&reference, packed.digest, &key).await.unwrap());
    let tag = format!("sha256-{}.sig", packed.digest.hex());
    let list = format!("sha256-{}", packed.digest.hex());
    let index = {
        let shared = server.shared.lock().unwrap();
        assert!(shared.manifests.contains_key(&tag));
        shared.manifests[&list].1.clone()
    };
    let parsed: Value = serde_json::from_slice(&index).unwrap();
    assert_eq!(parsed["manifests"].as_array().unwrap().len(), 1);

    let user = User::new();
    let found = user.registry().attachments(&reference, packed.digest).await.unwrap();
    assert_eq!(found.len(), 2);
    let all_verify = |found: &BTreeSet<Attachment>| found.iter().all(|one| one.is_signature(packed.digest, &public));
    assert!(all_verify(&found));
    assert!(
        !author.sign(&reference, packed.digest, &key).await.unwrap(),
        "it is signed"
    );
    assert_eq!(
        user.offline().attachments(&reference, packed.digest).await.unwrap(),
        found
    );

    // A registry that lists what refers to a manifest by itself.
    server.shared.lock().unwrap().manifests.remove(&list);
    server.shared.lock().unwrap().referrers = Some(index);
    let by_api = User::new()
        .registry()
        .attachments(&reference, packed.digest)
        .await
        .unwrap();
    assert_eq!(by_api, found);
}

#[tokio::test]
async fn what_is_kept_is_not_taken_for_what_a_repository_has() {
    let ((_one, first, packed), (_two, second, same)) = (published().await, published().await);
    assert_eq!(packed.digest, same.digest);
    let (author, (key, _)) = (User::new().registry(), keys());
    for reference in [&first, &second] {
        author.find(reference).await.unwrap();
        assert!(
            author.sign(reference, packed.digest, &key).await.unwrap(),
            "{reference}"
        );
        let found = User::new()
            .registry()
            .attachments(reference, packed.digest)
            .await
            .unwrap();
        assert_eq!(found.len(), 2);
    }
}

#[tokio::test]
async fn statements_without_a_key_are_no_signatures() {
    let (_server, reference, packed) = published().await;
    let (author, (_, public)) = (User::new().registry(), keys());
    author.find(&reference).await.unwrap();
    let statement = Statement::new("x", packed.digest, "https://example.org/x", json!({"a": 1}));
    for _ in 0..2 {
        author
            .attach(&reference, packed.digest, &statement, None)
            .await
            .unwrap();
    }
    let found = User::new()
        .registry()
        .attachments(&reference, packed.digest)
        .await
        .unwrap();
    let read: Vec<Statement> = found.iter().filter_map(|one| one.statement(packed.digest)).collect();
    assert_eq!(read, [statement]);
    assert!(
        !found
            .iter()
            .any(|one| one.is_signature(packed.digest, &public) || one.claims_signature(packed.digest))
    );
}
