//! Images: resolving, publishing, tarballs.

use crate::lab::{amd64, busybox, engine, nonce, shell, wrapped};
use dockwright_engine::llb::source;
use dockwright_engine::shim::Expect;
use dockwright_engine::{
    Compression, ExportError, ImageConfig, ImageOptions, MediaTypes, Platform, PlatformImage, SolveError,
};
use std::collections::BTreeMap;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tag_becomes_a_digest_and_a_configuration() {
    let Some(engine) = engine().await else { return };
    let image = engine
        .resolve_image("python:3.12-slim", engine.default_platform())
        .await
        .unwrap();
    assert!(
        image
            .reference
            .starts_with("docker.io/library/python:3.12-slim@sha256:"),
        "{}",
        image.reference
    );
    assert_eq!(image.config.os, "linux");
    assert!(
        image
            .config
            .config
            .env
            .iter()
            .any(|variable| variable.starts_with("PATH="))
    );
    let spec = dockwright_engine::llb::ExecSpec::new(
        source::image(&image.reference, engine.default_platform()),
        ["python3", "-c", "print(1+1)"],
    );
    let mut spec = spec;
    spec.set_env("PATH", "/usr/local/bin:/usr/bin:/bin");
    assert_eq!(
        engine
            .exec_result(&wrapped(&engine, &spec, Expect::Success))
            .await
            .unwrap()
            .stdout,
        "2\n"
    );
    // The pinned name means the same.
    let again = engine
        .resolve_image(&image.reference, engine.default_platform())
        .await
        .unwrap();
    assert_eq!(again.digest, image.digest);
}

/// The lab's registry takes pushes; others are left alone.
fn registry() -> Option<String> {
    let address = std::env::var("DOCKWRIGHT_LAB_REGISTRY").unwrap_or_else(|_| "127.0.0.1:5000".to_owned());
    if std::net::TcpStream::connect(&address).is_err() {
        println!("skipped: no registry of the lab at {address}; start it with tests/lab/up.sh");
        return None;
    }
    Some(address)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_published_image_can_be_used() {
    let (Some(engine), Some(registry)) = (engine().await, registry()) else {
        return;
    };
    let n = nonce();
    let platform = engine.default_platform().clone();
    let mut config = ImageConfig::empty(&platform);
    config.config.env.push("MADE_BY=test".into());
    config.config.labels.insert("note".into(), n.clone());
    let output = shell(&engine, &format!("echo {n} > /note")).build().root;
    let image = PlatformImage {
        platform: platform.clone(),
        output,
        config,
        annotations: BTreeMap::new(),
    };
    let options = ImageOptions {
        compression: Compression::Uncompressed,
        ..ImageOptions::default()
    };
    let name = engine
        .publish(&[image], &format!("{registry}/test/published"), options)
        .await
        .unwrap();
    assert!(
        name.starts_with(&format!("{registry}/test/published:latest@sha256:")),
        "{name}"
    );
    let back = engine.resolve_image(&name, &platform).await.unwrap();
    assert_eq!(back.config.config.labels["note"], n);
    assert_eq!(back.config.config.env, ["MADE_BY=test"]);
    let note = engine
        .read_file(&source::image(&back.reference, &platform), "/note")
        .await
        .unwrap();
    assert_eq!(note, format!("{n}\n").as_bytes());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_platforms_are_one_image() {
    let (Some(engine), Some(registry)) = (engine().await, registry()) else {
        return;
    };
    let images: Vec<_> = [amd64(), Platform::linux("arm64")]
        .into_iter()
        .map(|platform| {
            let scratch = dockwright_engine::llb::Output::scratch();
            let output = dockwright_engine::llb::file::mkfile(
                &scratch,
                "/platform",
                0o644,
                platform.to_string().into_bytes(),
                None,
            );
            PlatformImage {
                config: ImageConfig::empty(&platform),
                platform,
                output,
                annotations: BTreeMap::new(),
            }
        })
        .collect();
    let name = engine
        .publish(&images, &format!("{registry}/test/several:1"), ImageOptions::default())
        .await
        .unwrap();
    for image in &images {
        let back = engine.resolve_image(&name, &image.platform).await.unwrap();
        assert_eq!(back.config.architecture, image.platform.architecture);
        let text = engine
            .read_file(&source::image(&back.reference, &image.platform), "/platform")
            .await
            .unwrap();
        assert_eq!(text, image.platform.to_string().as_bytes());
    }
    let s390x = engine
        .resolve_image(&format!("{registry}/test/several:1"), &Platform::linux("s390x"))
        .await;
    assert!(matches!(s390x, Err(SolveError::ImageNotFound { .. })), "{s390x:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tarball_is_an_oci_layout() {
    let Some(engine) = engine().await else { return };
    let directory = tempfile::tempdir().unwrap();
    let destination = directory.path().join("new/image.tar");
    let platform = engine.default_platform().clone();
    let image = PlatformImage {
        config: ImageConfig::empty(&platform),
        platform,
        output: busybox(&engine),
        annotations: BTreeMap::new(),
    };
    for options in [
        ImageOptions::default(),
        ImageOptions {
            media_types: MediaTypes::Docker,
            compression: Compression::Gzip,
        },
        ImageOptions {
            media_types: MediaTypes::Oci,
            compression: Compression::Zstd,
        },
    ] {
        engine
            .export_tarball(std::slice::from_ref(&image), &destination, options)
            .await
            .unwrap();
        let list = std::process::Command::new("tar")
            .arg("tf")
            .arg(&destination)
            .output()
            .unwrap();
        let list = String::from_utf8(list.stdout).unwrap();
        assert!(
            list.lines().any(|line| line == "index.json") && list.contains("blobs/sha256/"),
            "{list}"
        );
    }
    assert_eq!(std::fs::read_dir(destination.parent().unwrap()).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn publishing_to_nowhere_fails_with_the_reason() {
    let Some(engine) = engine().await else { return };
    let platform = engine.default_platform().clone();
    let image = PlatformImage {
        config: ImageConfig::empty(&platform),
        platform,
        output: busybox(&engine),
        annotations: BTreeMap::new(),
    };
    let error = engine
        .publish(&[image], "127.0.0.1:1/x", ImageOptions::default())
        .await
        .unwrap_err();
    assert!(
        matches!(&error, ExportError::Solve(SolveError::Failed { message, .. }) if message.contains("refused")),
        "{error:?}"
    );
}
