//! `dockerBuild`: a container from a Dockerfile.

use super::state::Container;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::directory::Directory;
use crate::error::ApiError;
use crate::paths;
use crate::secret::Secret;
use crate::socket::Socket;
use dockwright_engine::llb::{CopyOptions, Output, file};
use dockwright_engine::{DockerfileBuild, Platform, ReadError};
use dockwright_schema::Request;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// The container that the Dockerfile of a directory describes.
pub(super) async fn build(
    api: &Arc<Api>,
    source: &Directory,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<Container, ApiError> {
    let engine = api.engine().await?;
    let platform = match arguments.non_empty_text("platform") {
        Some(text) => text
            .parse::<Platform>()
            .map_err(|error| ApiError::other(error.to_string()))?,
        None => engine.default_platform().clone(),
    };
    let name = arguments.non_empty_text("dockerfile").unwrap_or("Dockerfile");
    let path = paths::within("/", name)?.trim_start_matches('/').to_owned();
    let dockerfile = source.as_root();
    let mut secrets = HashMap::new();
    for id in arguments.objects("secrets", "Secret")? {
        let secret = api.state::<Secret>(&id, request).await?;
        secrets.insert(secret.name().to_owned(), secret.register(api).await?);
    }
    let socket = match arguments.optional_object("ssh", "Socket")? {
        Some(id) => Some(api.state::<Socket>(&id, request).await?.register(api).await?),
        None => None,
    };
    let arguments_of_build = arguments.0.get("buildArgs").and_then(Value::as_array);
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let built = engine
        .build_dockerfile(&DockerfileBuild {
            context: context(api, source, &path).await?,
            dockerfile,
            path,
            target: arguments.non_empty_text("target").map(str::to_owned),
            arguments: arguments_of_build
                .into_iter()
                .flatten()
                .map(|argument| (text(argument, "name"), text(argument, "value")))
                .collect(),
            platform: platform.clone(),
            secrets,
            socket,
        })
        .await?;
    let mut container = Container::scratch(&platform);
    container.root = built.output;
    container.config = built.config;
    Ok(container)
}

/// The directory without what its ignore file leaves out: that of the Dockerfile itself comes before the general one.
async fn context(api: &Arc<Api>, source: &Directory, dockerfile: &str) -> Result<Output, ApiError> {
    let root = source.as_root();
    if root.is_scratch() {
        return Ok(root);
    }
    let engine = api.engine().await?;
    for name in [format!("/{dockerfile}.dockerignore"), "/.dockerignore".to_owned()] {
        let text = match engine.read_file(&root, &name).await {
            Ok(text) => text,
            Err(ReadError::NotFound { .. }) => continue,
            Err(error) => return Err(error.into()),
        };
        let exclude = patterns(&String::from_utf8_lossy(&text));
        if exclude.is_empty() {
            return Ok(root);
        }
        let options = CopyOptions {
            exclude,
            ..CopyOptions::default()
        };
        return Ok(file::copy(&Output::scratch(), &root, "/", "/", &options));
    }
    Ok(root)
}

/// The patterns of an ignore file: no comments, no leading slashes.
fn patterns(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| match line.strip_prefix('!') {
            Some(rest) => format!("!{}", cleaned(rest.trim())),
            None => cleaned(line),
        })
        .filter(|pattern| !matches!(pattern.as_str(), "" | "!"))
        .collect()
}

fn cleaned(pattern: &str) -> String {
    let parts: Vec<&str> = pattern.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ignore_file_is_read() {
        let text = "\u{feff}# comment\n\n/target/\n ! /target/keep \n./a//b\n*.log\n/\n";
        assert_eq!(patterns(text), ["target", "!target/keep", "a/b", "*.log"]);
    }
}
