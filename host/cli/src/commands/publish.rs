//! `dockwright publish`.

use crate::app::PublishArgs;
use crate::commands::sign::sign_artifact;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::loaded::{self, Need, Served};
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use crate::trust::signing_key;
use dockwright_module::{LockedModule, ModuleError, Origin, PermissionTable, is_held, provenance, source_commit};
use dockwright_registry::{
    CodeRole, Content, Digest, Language as Kind, PackCode, PackModule, PackOptions, Packed, Reference, Statement,
    human_size, pack,
};
use dockwright_runtime::Language;
use dockwright_schema::Permissions;
use std::collections::BTreeSet;
use std::path::Path;

/// Publishes a module; its reference with the digest goes to stdout.
pub(crate) async fn run(global: &GlobalOptions, arguments: &PublishArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let result = publish(&session, global, arguments).await;
    session.close().await?;
    let (summary, reference) = result?;
    printer::stderr(&summary);
    printer::stdout(&format!("{reference}\n"));
    Ok(CommandExit::Success)
}

async fn publish(
    session: &Session,
    global: &GlobalOptions,
    arguments: &PublishArgs,
) -> Result<(String, Reference), CliError> {
    let reference: Reference = arguments.reference.parse().map_err(ModuleError::from)?;
    if reference.digest().is_some() {
        let pinned = dockwright_registry::PushError::Pinned {
            reference: reference.to_string(),
        };
        return Err(pinned.into());
    }
    // Before anything is sent.
    let key = arguments.sign.as_deref().map(signing_key).transpose()?;
    let options = annotations(arguments)?;
    let served = session.load(global, &arguments.module.module).await?;
    if options.only_component && is_held(served.locked())? {
        let message = "a component alone cannot say what it may use: publish it without `--only-component`, or take `uses` out of dagger.json";
        return Err(CliError::other("publish::uses", message));
    }
    let packed = make(session, &served, &reference, options).await?;
    // What was made is loaded as its users will load it, before any of them can.
    let made = reference.pinned(packed.digest).to_string();
    loaded::load_unsigned(session, &made, Need::Code).await?;
    let mut summary = layers(&packed);
    if arguments.dry_run {
        summary.push_str("Nothing was sent (--dry-run).\n");
        return Ok((summary, reference.pinned(packed.digest)));
    }
    let digest = session.registries().publish(&reference, &packed).await?;
    summary.push_str(&format!(
        "Published {} to {}.\n",
        served.module.name,
        reference.registry()
    ));
    if !arguments.no_provenance {
        let statement = how_made(&served, &reference, digest).await?;
        let attached = session
            .registries()
            .attach(&reference, digest, &statement, key.as_ref())
            .await;
        if let Err(error) = attached {
            summary.push_str(&format!("How it was made could not be attached to it: {error}.\n"));
        }
    }
    if let Some(key) = &key {
        summary.push_str(&sign_artifact(session, &reference, digest, key).await?);
    }
    Ok((summary, reference.pinned(digest)))
}

/// What is said of how the artifact was made.
async fn how_made(served: &Served, reference: &Reference, artifact: Digest) -> Result<Statement, CliError> {
    let (locked, reference) = (served.locked().clone(), reference.to_string());
    let statement = tokio::task::spawn_blocking(move || {
        let source = (locked.origin == Origin::Local)
            .then(|| source_commit(&locked.root))
            .flatten();
        provenance(
            &locked,
            source.as_ref(),
            &reference,
            artifact,
            env!("CARGO_PKG_VERSION"),
        )
    });
    Ok(statement.await.map_err(std::io::Error::other)?)
}

/// Annotations as the command line gives them, the version being the tag unless it says otherwise.
fn annotations(arguments: &PublishArgs) -> Result<PackOptions, CliError> {
    let mut options = PackOptions {
        only_component: arguments.only_component,
        ..PackOptions::default()
    };
    for text in &arguments.annotations {
        let (name, value) = text.split_once('=').ok_or_else(|| {
            CliError::other(
                "publish::annotation",
                format!("`{text}` is no annotation: write NAME=VALUE, such as `source=https://git.example/acme/lint`"),
            )
        })?;
        if name.contains('.') {
            options.annotations.insert(name.to_owned(), value.to_owned());
        } else {
            options.annotate(name, value);
        }
    }
    Ok(options)
}

/// Makes the artifact, in the store of this machine.
async fn make(
    session: &Session,
    served: &Served,
    reference: &Reference,
    mut options: PackOptions,
) -> Result<Packed, CliError> {
    let mut given = PackOptions::default();
    given.annotate("title", served.module.name.as_str());
    if let Some(tag) = reference.tag().filter(|tag| *tag != "latest") {
        given.annotate("version", tag);
    }
    if let Some(description) = &served.module.def.description {
        given.annotate("description", description.lines().next().unwrap_or_default());
    }
    for (name, value) in given.annotations {
        options.annotations.entry(name).or_insert(value);
    }
    options.texts = dockwright_module::texts(served.locked());
    let permissions = PermissionTable::new(served.locked(), &BTreeSet::new())?;
    let modules = served
        .graph()
        .into_iter()
        .map(|(served, dependencies)| module(served, dependencies, &permissions))
        .collect::<Result<Vec<PackModule>, CliError>>()?;
    let registry = session.registries().clone();
    let packed = tokio::task::spawn_blocking(move || pack(registry.store(), &modules, &options, registry.limits()));
    Ok(packed.await.map_err(std::io::Error::other)??)
}

/// A module as it goes into the artifact.
fn module(
    served: &Served,
    dependencies: Vec<(String, usize)>,
    permissions: &PermissionTable,
) -> Result<PackModule, CliError> {
    let locked = served.locked();
    if locked.language == dockwright_module::Language::Nothing {
        return Err(CliError::other(
            "publish::no_code",
            format!(
                "module `{}` has no code of its own; publish the module that has, and name that one",
                served.module.name
            ),
        ));
    }
    let uses = permissions.of(locked);
    let is_said = is_held(locked)? || uses != Permissions::default();
    let (language, code) = match &served.callable.source()?.language {
        Language::Python { root, dependencies, .. } => {
            let mut code = vec![(CodeRole::Source, Content::Files(source(locked, root.as_std_path())?))];
            if let Some(packages) = dependencies {
                let files = dockwright_module::package_files(packages.as_std_path())?;
                code.push((CodeRole::Packages, Content::Files(files)));
            }
            (Kind::Python, code)
        }
        Language::TypeScript { bundle, maps } => {
            let document = |path: &camino::Utf8Path| Content::Document(path.as_std_path().to_owned());
            (
                Kind::TypeScript,
                vec![(CodeRole::Bundle, document(bundle)), (CodeRole::Maps, document(maps))],
            )
        }
        Language::Component { path } | Language::Built { path } => (
            Kind::Component,
            vec![(CodeRole::Component, Content::Component(path.as_std_path().to_owned()))],
        ),
        Language::Tool { name } => {
            return Err(CliError::other(
                "publish::tool",
                format!("`{name}` is a part of dockwright"),
            ));
        }
    };
    let mut code = code;
    let context = dockwright_module::context_files(locked, &served.module.def)?;
    if !context.is_empty() {
        code.push((CodeRole::Context, Content::Files(context)));
    }
    Ok(PackModule {
        name: served.module.name.clone(),
        language,
        sdk: locked.language.sdk().name().to_owned(),
        definition: served.module.def.as_ref().clone(),
        code: code
            .into_iter()
            .map(|(role, content)| PackCode { role, content })
            .collect(),
        dependencies,
        requires: dockwright_module::requirements(language, loaded::calls_itself(locked)),
        uses: is_said.then_some(uses),
    })
}

/// The source of a Python module; of one that was published already, all of it.
fn source(locked: &LockedModule, root: &Path) -> Result<Vec<dockwright_module::PublishedFile>, CliError> {
    Ok(match locked.origin {
        Origin::Artifact(_) => dockwright_module::package_files(root)?,
        _ => dockwright_module::source_files(locked)?,
    })
}

fn layers(packed: &Packed) -> String {
    let rows: Vec<(String, String)> = packed
        .manifest
        .layers
        .iter()
        .map(|layer| (layer.title().to_owned(), human_size(layer.size)))
        .collect();
    let width = rows.iter().map(|(title, _)| title.len()).max().unwrap_or_default() + 3;
    rows.iter()
        .map(|(title, size)| format!("{title:width$}{size:>10}\n"))
        .collect()
}
