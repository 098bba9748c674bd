//! Images from tarballs: an OCI layout, or what `docker save` writes. Unpacked in the engine, layer on layer; only its few JSON files are read.

use super::state::Container;
use crate::api::Api;
use crate::error::ApiError;
use crate::file::File;
use dockwright_engine::llb::{CopyOptions, Output, file};
use dockwright_engine::{Engine, ImageConfig, Platform, ReadError};
use serde_json::Value;
use std::sync::Arc;

/// The container with root and configuration of an image in a tarball; with a tag, of the image of that name.
pub(super) async fn import(
    api: &Arc<Api>,
    mut container: Container,
    tarball: &File,
    tag: &str,
) -> Result<Container, ApiError> {
    let engine = api.engine().await?;
    let unpack = CopyOptions {
        unpack: true,
        ..CopyOptions::default()
    };
    let layout = file::copy(&Output::scratch(), &tarball.output, &tarball.path, "/", &unpack);
    let image = match read(engine, &layout, "/index.json").await? {
        Some(index) => from_index(engine, &layout, &index, tag, &container.platform).await?,
        None => match read(engine, &layout, "/manifest.json").await? {
            Some(manifest) => saved(engine, &layout, &manifest, tag).await?,
            None => {
                return Err(ApiError::other(format!(
                    "{} is no image: it has neither an index.json (OCI layout) nor a manifest.json (docker save)",
                    tarball.path
                )));
            }
        },
    };
    let mut root = Output::scratch();
    for blob in &image.layers {
        root = lay(engine, &root, &layout, blob).await?;
    }
    container.root = root;
    container.config = image.config;
    container.last_exec = None;
    container.image_reference = None;
    Ok(container)
}

/// What a tarball says of an image.
struct Image {
    config: ImageConfig,
    /// Paths of the layers in the tarball, the lowest first.
    layers: Vec<String>,
}

/// One layer on top: what it marks as gone is removed, the rest is copied.
async fn lay(engine: &Engine, below: &Output, layout: &Output, blob: &str) -> Result<Output, ApiError> {
    let unpack = CopyOptions {
        unpack: true,
        ..CopyOptions::default()
    };
    let layer = file::copy(&Output::scratch(), layout, blob, "/", &unpack);
    let mut root = below.clone();
    let mut has_marks = false;
    for entry in engine.list_tree(&layer).await? {
        let (directory, name) = entry.path.rsplit_once('/').unwrap_or(("", &entry.path));
        let Some(gone) = name.strip_prefix(".wh.") else {
            continue;
        };
        has_marks = true;
        if root.is_scratch() {
            continue;
        }
        root = if gone != ".wh..opq" {
            file::rm(&root, &format!("/{directory}/{gone}"), true, false)
        } else if directory.is_empty() {
            Output::scratch()
        } else {
            file::rm(&root, &format!("/{directory}"), true, false)
        };
    }
    if root.is_scratch() && !has_marks {
        return Ok(layer);
    }
    let options = CopyOptions {
        exclude: vec!["**/.wh.*".to_owned()],
        replace: true,
        ..CopyOptions::default()
    };
    Ok(file::copy(&root, &layer, "/", "/", &options))
}

async fn read(engine: &Engine, layout: &Output, path: &str) -> Result<Option<Value>, ApiError> {
    match engine.read_file(layout, path).await {
        Ok(text) => serde_json::from_slice(&text)
            .map(Some)
            .map_err(|error| ApiError::other(format!("{path} of the image cannot be read: {error}"))),
        Err(ReadError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn needed(engine: &Engine, layout: &Output, path: &str) -> Result<Value, ApiError> {
    read(engine, layout, path)
        .await?
        .ok_or_else(|| ApiError::other(format!("the image is incomplete: {path} is not in it")))
}

fn blob(descriptor: &Value) -> Result<String, ApiError> {
    let digest = descriptor.get("digest").and_then(Value::as_str).unwrap_or_default();
    match digest.split_once(':') {
        Some((algorithm, hex)) if is_plain(algorithm) && is_plain(hex) => Ok(format!("/blobs/{algorithm}/{hex}")),
        _ => Err(ApiError::other(format!(
            "the image names a blob by `{digest}`, which is no digest"
        ))),
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// An OCI layout: down from the index to the manifest of the platform.
async fn from_index(
    engine: &Engine,
    layout: &Output,
    index: &Value,
    tag: &str,
    platform: &Platform,
) -> Result<Image, ApiError> {
    let mut at = chosen(index, tag, platform)?;
    let mut manifest = needed(engine, layout, &blob(at)?).await?;
    // An index may hold indexes.
    for _ in 0..4 {
        if manifest.get("manifests").is_none() {
            break;
        }
        let inner = manifest.clone();
        at = chosen(&inner, "", platform)?;
        manifest = needed(engine, layout, &blob(at)?).await?;
    }
    let config = manifest.get("config").cloned().unwrap_or_default();
    let config = needed(engine, layout, &blob(&config)?).await?;
    let layers = manifest
        .get("layers")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    Ok(Image {
        config: configuration(config)?,
        layers: layers.iter().map(blob).collect::<Result<_, _>>()?,
    })
}

/// The entry of an index for a tag and a platform.
fn chosen<'v>(index: &'v Value, tag: &str, platform: &Platform) -> Result<&'v Value, ApiError> {
    let entries = index
        .get("manifests")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let annotation = |entry: &Value, key: &str| {
        entry
            .get("annotations")
            .and_then(|annotations| annotations.get(key))
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let has_tag = |entry: &&Value| {
        tag.is_empty()
            || ["org.opencontainers.image.ref.name", "io.containerd.image.name"]
                .iter()
                .any(|key| is_tag(&annotation(entry, key), tag))
    };
    let for_platform = |entry: &&Value| match entry.get("platform") {
        Some(known) => {
            let text = |key: &str| known.get(key).and_then(Value::as_str).unwrap_or_default();
            text("os") == platform.os && text("architecture") == platform.architecture
        }
        None => true,
    };
    let tagged: Vec<&Value> = entries.iter().filter(has_tag).collect();
    if tagged.is_empty() {
        return Err(ApiError::other(format!(
            "the image tarball has no image with the tag `{tag}`"
        )));
    }
    tagged
        .into_iter()
        .find(for_platform)
        .ok_or_else(|| ApiError::other(format!("the image tarball has no image for {platform}")))
}

/// Whether a name is the tag, or ends with it.
fn is_tag(name: &str, tag: &str) -> bool {
    name == tag || name.rsplit_once(':').is_some_and(|(_, last)| last == tag)
}

/// What `docker save` writes.
async fn saved(engine: &Engine, layout: &Output, manifest: &Value, tag: &str) -> Result<Image, ApiError> {
    let list = |value: Option<&Value>| -> Vec<String> {
        let items = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items
            .iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    };
    let entries = manifest.as_array().map(Vec::as_slice).unwrap_or_default();
    let entry = entries
        .iter()
        .find(|entry| tag.is_empty() || list(entry.get("RepoTags")).iter().any(|name| is_tag(name, tag)))
        .ok_or_else(|| ApiError::other(format!("the image tarball has no image with the tag `{tag}`")))?;
    let config = entry.get("Config").and_then(Value::as_str).unwrap_or_default();
    let inside = |path: &str| crate::paths::within("/", path);
    let config = needed(engine, layout, &inside(config)?).await?;
    let layers = list(entry.get("Layers"));
    Ok(Image {
        config: configuration(config)?,
        layers: layers.iter().map(|path| inside(path)).collect::<Result<_, _>>()?,
    })
}

fn configuration(value: Value) -> Result<ImageConfig, ApiError> {
    let mut config: ImageConfig = serde_json::from_value(value)
        .map_err(|error| ApiError::other(format!("the image's configuration cannot be read: {error}")))?;
    // It tells of layers that are not the new image's.
    config.other.remove("history");
    Ok(config)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use serde_json::json;

    #[test]
    fn tag_and_platform_choose_the_manifest() {
        let platform = |architecture: &str| json!({"os": "linux", "architecture": architecture});
        let named = |name: &str| json!({"org.opencontainers.image.ref.name": name});
        let index = json!({"manifests": [
            {"digest": "sha256:a", "platform": platform("arm64"), "annotations": named("1")},
            {"digest": "sha256:b", "platform": platform("amd64"), "annotations": named("1")},
            {"digest": "sha256:c", "annotations": {"io.containerd.image.name": "docker.io/library/x:2"}},
        ]});
        let of = |tag: &str, architecture: &str| {
            chosen(&index, tag, &Platform::linux(architecture)).map(|entry| blob(entry).unwrap())
        };
        assert_eq!(of("", "amd64").unwrap(), "/blobs/sha256/b");
        assert_eq!(of("1", "arm64").unwrap(), "/blobs/sha256/a");
        assert_eq!(of("2", "amd64").unwrap(), "/blobs/sha256/c");
        assert_eq!(
            of("3", "amd64").unwrap_err().to_string(),
            "the image tarball has no image with the tag `3`"
        );
        assert!(blob(&json!({"digest": "sha256:../../x"})).is_err());
    }
}
