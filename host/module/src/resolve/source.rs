//! Sources of modules as the API asks for them: found wherever they are, with a manifest or without, and resolved with another manifest than the one
//! that is there.

use super::git::{FilesOf, Found, links_out};
use super::graph::Graph;
use super::place::Place;
use super::{Refresh, Resolution, Resolver, local, oci};
use crate::error::ModuleError;
use crate::find::{cleaned, context_root, manifest_in};
use crate::git_reference::GitRef;
use crate::lockfile::Lockfile;
use crate::manifest::{Dependency, FILE_NAME, Manifest};
use crate::reference::ModuleRef;
use crate::web_page;
use dockwright_registry::SCHEME;
use dockwright_schema::{FoundSource, SourceAt, SourceKind, SourcePlace, SourceVersion};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A directory where a module is or will be.
pub(super) struct Spot {
    /// Where its manifest is or goes.
    pub place: Place,
    /// The directory that was named.
    named: PathBuf,
    version: Option<SourceVersion>,
}

impl Resolver {
    /// What is at the place.
    ///
    /// # Errors
    /// The reference makes no sense, leads nowhere, or to what may not be reached.
    pub fn find_source(&self, place: &SourcePlace) -> Result<FoundSource, ModuleError> {
        if let Some((text, pin)) = artifact(place) {
            return self.find_artifact_source(text, pin);
        }
        let spot = self.spot(place)?;
        let Place { context, root, .. } = &spot.place;
        let manifest = match spot.place.manifest.is_file() {
            true => Some(fields(&spot.place.manifest)?),
            false => None,
        };
        Ok(FoundSource {
            kind: match spot.place.repository.as_ref().map(|found| found.of) {
                None => SourceKind::Local,
                Some(FilesOf::Commit) => SourceKind::Git,
                Some(FilesOf::Session { .. }) => SourceKind::Directory,
            },
            root: below(context, root),
            named: below(context, &spot.named),
            context: context.clone(),
            manifest,
            version: spot.version,
        })
    }

    /// The module at the place, with those that it calls.
    ///
    /// # Errors
    /// As for [`Resolver::resolve`].
    pub fn resolve_source(&self, source: &SourceAt) -> Result<Resolution, ModuleError> {
        if let Some((text, pin)) = artifact(&source.place) {
            if source.manifest.is_some() {
                return Err(wrong(text, "a published module cannot be changed".to_owned()));
            }
            let (module, _) = oci::find(self.registry.as_ref(), text, pin, false)?;
            let lock = Lockfile::default();
            return Ok(Resolution { module, lock });
        }
        let place = self.spot(&source.place)?.place;
        if let Some(found) = place.repository.clone() {
            let inside = place
                .root
                .strip_prefix(&found.files)
                .unwrap_or(Path::new(""))
                .to_owned();
            // For its refusal of links that lead out.
            let refused = |message: String| wrong(&inside.to_string_lossy(), message);
            if source.manifest.is_none() {
                Place::below(found, &inside).map_err(refused)?;
            } else {
                Place::require_no_links_out(&found, &inside).map_err(refused)?;
            }
        }
        let manifest = match &source.manifest {
            Some(fields) => Some(parsed(&place.manifest, fields)?),
            None => None,
        };
        self.graph(place, manifest, &Refresh::Nothing)
    }

    /// The commit or digest that a dependency's version means now; none for a path.
    ///
    /// # Errors
    /// It cannot be looked up.
    pub fn current_pin(&self, of: &SourcePlace, source: &str) -> Result<Option<String>, ModuleError> {
        if source.starts_with(SCHEME) {
            let (_, digest) = oci::find(self.registry.as_ref(), source, None, true)?;
            return Ok(digest.map(|digest| digest.to_string()));
        }
        let base = self.spot(of)?.place.root;
        match super::parse(source, &base)? {
            ModuleRef::Git(git) => Ok(Some(self.git.find(&git, None, None)?.commit)),
            ModuleRef::Local(_) | ModuleRef::Oci(_) => Ok(None),
        }
    }

    pub(super) fn spot(&self, place: &SourcePlace) -> Result<Spot, ModuleError> {
        match place {
            SourcePlace::Reference {
                text,
                pin,
                base,
                within,
                find_up,
            } => match ModuleRef::parse_dependency(text, pin.as_deref().filter(|pin| !pin.is_empty()), base) {
                Ok(ModuleRef::Local(path)) => match within {
                    None => of_user(text, &base.join(path), *find_up),
                    Some(within) => inside(text, within, &cleaned(&base.join(path)), *find_up),
                },
                Ok(ModuleRef::Git(git)) if within.is_none() => {
                    in_repository(text, &git, self.git.find(&git, pin.as_deref(), None)?)
                }
                Ok(_) => Err(wrong(
                    text,
                    "only modules in the same files can be named here".to_owned(),
                )),
                Err(error) => Err(wrong(text, error.to_string())),
            },
            SourcePlace::Files {
                root,
                subpath,
                is_alone,
            } => {
                let files = fs_err::canonicalize(root)?;
                let found = Found {
                    of: FilesOf::Session { is_alone: *is_alone },
                    links_out: links_out(&files, &files)?,
                    files,
                    ..Found::default()
                };
                Ok(Spot::new(found, Path::new(subpath), None).map_err(|message| wrong(subpath, message))?)
            }
            SourcePlace::Dependency { of, source, pin } => self.dependency(of, source, pin.as_deref()),
        }
    }

    /// Where a dependency of the module at a place is.
    fn dependency(&self, of: &SourcePlace, source: &str, pin: Option<&str>) -> Result<Spot, ModuleError> {
        let dependent = self.spot(of)?.place;
        let locked = Lockfile::read(&dependent.root)?;
        let refresh = Refresh::Nothing;
        let mut graph = Graph::new(&self.git, self.registry.as_ref(), &locked, &refresh);
        let dependency = Dependency {
            name: None,
            source: source.to_owned(),
            pin: pin.map(str::to_owned),
            other: Map::new(),
        };
        let place = graph.locate(&dependent, &dependency)?;
        let git = ModuleRef::parse_dependency(source, pin, &dependent.root);
        let version = match (&place.repository, git) {
            (Some(found), Ok(ModuleRef::Git(git))) => Some(version_of(&git, found)),
            (Some(found), _) if found.of == FilesOf::Commit => self.spot(of)?.version.map(|version| SourceVersion {
                reference: format!("{}@{}", found.url, found.commit),
                module_page: web_page::of_module(&found.url, &found.commit, &below(&found.files, &place.root)),
                ..version
            }),
            _ => None,
        };
        Ok(Spot {
            named: place.root.clone(),
            place,
            version,
        })
    }

    fn find_artifact_source(&self, text: &str, pin: Option<&str>) -> Result<FoundSource, ModuleError> {
        let (module, digest) = oci::find(self.registry.as_ref(), text, pin, false)?;
        let manifest = serde_json::to_value(&module.manifest).map_err(std::io::Error::from)?;
        let (name, tag) = match text.rsplit_once(':').filter(|(_, tag)| !tag.contains('/')) {
            Some((name, tag)) => (name, tag),
            None => (text, ""),
        };
        Ok(FoundSource {
            kind: SourceKind::Registry,
            context: PathBuf::new(),
            root: String::new(),
            named: String::new(),
            manifest: manifest.as_object().cloned(),
            version: Some(SourceVersion {
                reference: text.to_owned(),
                repository: name.trim_start_matches(SCHEME).to_owned(),
                clone: name.to_owned(),
                version: tag.to_owned(),
                pin: digest
                    .map(|digest| digest.to_string())
                    .or(pin.map(str::to_owned))
                    .unwrap_or_default(),
                ..SourceVersion::default()
            }),
        })
    }
}

impl Spot {
    /// The directory in these files.
    fn new(found: Found, subpath: &Path, version: Option<SourceVersion>) -> Result<Spot, String> {
        let target = cleaned(&found.files.join(subpath));
        let root = target.canonicalize().unwrap_or(target);
        if !root.starts_with(&found.files) {
            return Err(format!("`{}` leads out of the files", subpath.display()));
        }
        Ok(Spot {
            named: root.clone(),
            place: Place {
                manifest: manifest_in(&root).unwrap_or_else(|| root.join(FILE_NAME)),
                context: found.files.clone(),
                repository: Some(Arc::new(found)),
                root,
            },
            version,
        })
    }
}

/// The directory of the user's, or the one above it that has a manifest.
fn of_user(reference: &str, path: &Path, find_up: bool) -> Result<Spot, ModuleError> {
    if find_up && let Ok(place) = local::of_user(reference, path) {
        let named = path.canonicalize().unwrap_or_else(|_| place.root.clone());
        return Ok(Spot {
            place,
            named,
            version: None,
        });
    }
    let root = path.canonicalize().unwrap_or_else(|_| cleaned(path));
    Ok(Spot {
        named: root.clone(),
        place: Place {
            manifest: manifest_in(&root).unwrap_or_else(|| root.join(FILE_NAME)),
            context: context_root(&root),
            repository: None,
            root,
        },
        version: None,
    })
}

/// The directory in files that it must not lead out of.
fn inside(reference: &str, within: &Path, target: &Path, find_up: bool) -> Result<Spot, ModuleError> {
    let files = fs_err::canonicalize(within)?;
    let out = || wrong(reference, "it leads out of the module's own files".to_owned());
    let named = target.canonicalize().map_err(|_| out())?;
    if !named.starts_with(&files) {
        return Err(out());
    }
    let above = named.ancestors().take_while(|directory| directory.starts_with(&files));
    let root = above
        .filter(|_| find_up)
        .find(|directory| manifest_in(directory).is_some());
    let root = root.unwrap_or(&named).to_owned();
    let found = Found {
        of: FilesOf::Session { is_alone: true },
        links_out: links_out(&files, &root)?,
        files,
        ..Found::default()
    };
    let mut spot = Spot::new(found, &root, None).map_err(|message| wrong(reference, message))?;
    spot.named = named;
    Ok(spot)
}

fn in_repository(reference: &str, git: &GitRef, found: Found) -> Result<Spot, ModuleError> {
    let version = version_of(git, &found);
    let subpath = PathBuf::from(&found.subpath);
    Spot::new(found, &subpath, Some(version)).map_err(|message| wrong(reference, message))
}

fn version_of(git: &GitRef, found: &Found) -> SourceVersion {
    SourceVersion {
        reference: git.to_string(),
        repository: web_page::repository(&found.url),
        clone: found.url.clone(),
        page: web_page::of_repository(&found.url),
        module_page: web_page::of_module(&found.url, &found.commit, &found.subpath),
        version: git.version().unwrap_or_default().to_owned(),
        pin: found.commit.clone(),
    }
}

/// The reference and the pin, when the place is an artifact.
fn artifact(place: &SourcePlace) -> Option<(&str, Option<&str>)> {
    let (text, pin) = match place {
        SourcePlace::Reference {
            text,
            pin,
            within: None,
            ..
        } => (text, pin),
        SourcePlace::Dependency { of, source, pin } if !is_alone(of) => (source, pin),
        _ => return None,
    };
    let pin = pin.as_deref().filter(|pin| !pin.is_empty());
    text.starts_with(SCHEME).then_some((text.as_str(), pin))
}

/// Whether only modules in the same files can be named there.
fn is_alone(place: &SourcePlace) -> bool {
    match place {
        SourcePlace::Reference { within, .. } => within.is_some(),
        SourcePlace::Files { is_alone, .. } => *is_alone,
        SourcePlace::Dependency { of, .. } => is_alone(of),
    }
}

/// The manifest's fields as they are written.
fn fields(path: &Path) -> Result<Map<String, Value>, ModuleError> {
    let text = fs_err::read_to_string(path)?;
    let manifest = Manifest::parse(path, &text)?;
    let written: Option<Map<String, Value>> = serde_json::from_str(&text).ok();
    match written {
        Some(fields) => Ok(fields),
        None => match serde_json::to_value(&manifest).map_err(std::io::Error::from)? {
            Value::Object(fields) => Ok(fields),
            _ => Ok(Map::new()),
        },
    }
}

pub(super) fn parsed(path: &Path, fields: &Map<String, Value>) -> Result<Manifest, ModuleError> {
    let text = serde_json::to_string(fields).map_err(std::io::Error::from)?;
    Manifest::parse(Path::new(path).with_extension("json").as_path(), &text)
}

/// The path from one directory to another below it, with `/`.
pub(super) fn below(context: &Path, path: &Path) -> String {
    path.strip_prefix(context)
        .unwrap_or(Path::new(""))
        .to_string_lossy()
        .into_owned()
}

fn wrong(reference: &str, message: String) -> ModuleError {
    ModuleError::Reference {
        reference: crate::git_reference::without_password(reference),
        message,
    }
}
