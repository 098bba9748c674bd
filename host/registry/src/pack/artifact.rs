//! Modules to an artifact: all layers in the store, and the manifest in the two forms that registries take.

use super::error::PackError;
use super::layers::{Layers, PackModule};
use crate::digest::Digest;
use crate::format::{
    Code, Definition, DependencyEntry, Description, Descriptor, Language, Manifest, ModuleEntry, WORLD, media_type,
    wasm_config,
};
use crate::limits::{Limits, human_size};
use crate::store::Store;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the names of the image specification's annotations begin with.
const ANNOTATION: &str = "org.opencontainers.image.";

/// What an artifact says of itself, beside its modules. What is not given is not said.
#[derive(Clone, Debug, Default)]
pub struct PackOptions {
    /// Annotations of the manifest: name to value.
    pub annotations: BTreeMap<String, String>,
    /// Texts for people.
    pub texts: Vec<Text>,
    /// Whether the artifact shall be the component of its one module and nothing else, as tools for Wasm components want it.
    pub only_component: bool,
}

impl PackOptions {
    /// Sets one of the annotations that the image specification names, such as `version`.
    pub fn annotate(&mut self, name: &str, value: impl Into<String>) {
        self.annotations.insert(format!("{ANNOTATION}{name}"), value.into());
    }
}

/// A text for people that goes along.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its file name.
    pub name: String,
    /// The file.
    pub path: PathBuf,
}

/// An artifact whose blobs are all in the store.
#[derive(Clone, Debug)]
pub struct Packed {
    /// Its manifest.
    pub manifest: Manifest,
    /// Digest of that manifest.
    pub digest: Digest,
    /// The same artifact for registries that do not take configs of Wasm artifacts.
    pub fallback: Manifest,
    /// Digest of that manifest.
    pub fallback_digest: Digest,
}

/// Makes an artifact of these modules, of which the first is the published one and each comes before those that it calls.
///
/// # Errors
/// A file cannot be read, the store cannot be written, or the artifact would be too large.
pub fn pack(
    store: &Store,
    modules: &[PackModule],
    options: &PackOptions,
    limits: &Limits,
) -> Result<Packed, PackError> {
    let mut layers = Layers::new(store);
    if options.only_component {
        return only_component(store, modules, layers, options, limits);
    }
    let mut entries = Vec::new();
    // Code comes first, as the conventions for Wasm want the component to.
    for module in modules {
        let definition = to_json(&Definition::new(module.definition.clone()))?;
        let mut code = Vec::new();
        for part in &module.code {
            let layer = layers.code(&module.name, part, &definition)?;
            code.push(Code {
                role: part.role,
                layer: layer.digest,
            });
        }
        entries.push((module, code, definition));
    }
    let mut described = Vec::new();
    for (module, code, definition) in entries {
        let title = format!("{}.definition.json", module.name);
        let layer = layers.bytes(media_type::DEFINITION, &title, &definition)?;
        described.push(ModuleEntry {
            name: module.name.clone(),
            language: module.language,
            sdk: module.sdk.clone(),
            definition: layer.digest,
            code,
            dependencies: module
                .dependencies
                .iter()
                .map(|(name, index)| DependencyEntry {
                    name: name.clone(),
                    module: *index,
                })
                .collect(),
            requires: module.requires.clone(),
            uses: module.uses.clone(),
        });
    }
    let description = to_json(&Description::new(described))?;
    layers.bytes(media_type::DESCRIPTION, "module.json", &description)?;
    for text in &options.texts {
        let markdown = text.name.to_lowercase().ends_with(".md");
        let kind = if markdown {
            media_type::MARKDOWN
        } else {
            media_type::TEXT
        };
        layers.bytes(kind, &text.name, &fs_err::read(&text.path)?)?;
    }
    manifests(store, modules, layers.listed, options, limits)
}

fn only_component(
    store: &Store,
    modules: &[PackModule],
    mut layers: Layers<'_>,
    options: &PackOptions,
    limits: &Limits,
) -> Result<Packed, PackError> {
    match modules {
        [module] if module.language == Language::Component => {
            let definition = to_json(&Definition::new(module.definition.clone()))?;
            for part in &module.code {
                layers.code(&module.name, part, &definition)?;
            }
            manifests(store, modules, layers.listed, options, limits)
        }
        _ => Err(PackError::NoComponent {
            module: modules.first().map(|module| module.name.clone()).unwrap_or_default(),
        }),
    }
}

fn manifests(
    store: &Store,
    modules: &[PackModule],
    layers: Vec<Descriptor>,
    options: &PackOptions,
    limits: &Limits,
) -> Result<Packed, PackError> {
    let root = modules.first().filter(|module| module.language == Language::Component);
    let world = root.and_then(|module| module.requires.0.get(WORLD));
    let created = options.annotations.get(&format!("{ANNOTATION}created"));
    let digests = layers.iter().map(|layer| layer.digest);
    let config = wasm_config(created.map(String::as_str), digests, world.map(String::as_str));
    let form = |artifact_type, config_type: &str, config: &[u8]| -> Result<(Manifest, Digest), PackError> {
        let config = Descriptor {
            media_type: config_type.to_owned(),
            digest: store.put(config)?,
            size: config.len() as u64,
            artifact_type: None,
            annotations: BTreeMap::new(),
        };
        let manifest = Manifest::new(artifact_type, config, layers.clone(), options.annotations.clone());
        let digest = store.put(&to_json(&manifest)?)?;
        Ok((manifest, digest))
    };
    let (manifest, digest) = form(None, media_type::WASM_CONFIG, &config)?;
    let (fallback, fallback_digest) = form(Some(media_type::ARTIFACT), media_type::EMPTY, b"{}")?;
    if manifest.size() > limits.artifact {
        return Err(PackError::TooLarge {
            what: "the artifact".to_owned(),
            size: human_size(manifest.size()),
            limit: human_size(limits.artifact),
        });
    }
    Ok(Packed {
        manifest,
        digest,
        fallback,
        fallback_digest,
    })
}

fn to_json(value: &impl serde::Serialize) -> Result<Vec<u8>, PackError> {
    Ok(serde_json::to_vec(value).map_err(std::io::Error::from)?)
}
