//! Images from Dockerfiles, by the frontend that every engine has built in.
//!
//! The frontend turns the file into a graph, which we take back as an [`Output`]: what follows in a chain is one graph with it, and secrets get the
//! names that our session knows. Names of options are those of BuildKit's `frontend/dockerui`.

use crate::llb::{Output, Renames, adopt};
use crate::{Engine, ImageConfig, Platform, SolveError};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::result;
use std::collections::HashMap;

/// What an image shall be built from.
#[derive(Clone, Debug)]
pub struct DockerfileBuild {
    /// Files that the build may copy, at the root; what an ignore file leaves out is not in it any more.
    pub context: Output,
    /// File system with the Dockerfile.
    pub dockerfile: Output,
    /// Path of the Dockerfile in it.
    pub path: String,
    /// The stage to build; none is the last one.
    pub target: Option<String>,
    /// Build arguments.
    pub arguments: Vec<(String, String)>,
    /// What the image is for.
    pub platform: Platform,
    /// Names of secrets in the Dockerfile, and what they are registered as with [`Engine::add_secret`].
    pub secrets: HashMap<String, String>,
    /// What the SSH agent is registered as with [`Engine::add_socket`].
    pub socket: Option<String>,
}

/// An image that was described, not run.
#[derive(Clone, Debug)]
pub struct BuiltImage {
    /// Its root file system.
    pub output: Output,
    /// How its containers run.
    pub config: ImageConfig,
}

impl Engine {
    /// Turns a Dockerfile into a graph and the image's configuration. Images that it names are looked up; nothing is run.
    ///
    /// # Errors
    /// The Dockerfile is faulty, or names an image that there is not.
    pub async fn build_dockerfile(&self, build: &DockerfileBuild) -> Result<BuiltImage, SolveError> {
        let mut options = HashMap::from([
            ("filename".to_owned(), build.path.clone()),
            ("platform".to_owned(), build.platform.to_string()),
            // With a command line the engine uses its own frontend and no other that the Dockerfile may name.
            ("cmdline".to_owned(), "dockerfile".to_owned()),
        ]);
        options.extend(build.target.clone().map(|target| ("target".to_owned(), target)));
        options.extend(
            build
                .arguments
                .iter()
                .map(|(name, value)| (format!("build-arg:{name}"), value.clone())),
        );
        let inputs = [("context", &build.context), ("dockerfile", &build.dockerfile)];
        let answer = match self.inner.build.frontend("dockerfile.v0", options, &inputs).await {
            Ok(answer) => answer,
            Err(status) => return Err(self.failure(status, &build.context).await),
        };
        let failed = |message: String| SolveError::Failed {
            operation: Some(format!("build {}", build.path)),
            message,
        };
        let config = match answer.metadata.get("containerimage.config") {
            Some(config) => serde_json::from_slice(config)
                .map_err(|error| failed(format!("the image's configuration cannot be read: {error}")))?,
            None => ImageConfig::empty(&build.platform),
        };
        let reference = match answer.result {
            Some(result::Result::Ref(reference)) => Some(reference),
            Some(result::Result::Refs(map)) => map.refs.into_values().next(),
            _ => return Err(failed("the engine's frontend gave no image".to_owned())),
        };
        let renames = Renames {
            secrets: build.secrets.clone(),
            socket: build.socket.clone(),
        };
        let output = match reference.and_then(|reference| reference.def) {
            Some(definition) => adopt(&definition, &renames).map_err(failed)?,
            None => Output::scratch(),
        };
        self.admit_git(&output).await?;
        Ok(BuiltImage { output, config })
    }
}
