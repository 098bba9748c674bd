//! `dockwright inspect`.

use crate::app::InspectArgs;
use crate::call::functions_of;
use crate::commands::provenance;
use crate::commands::uses::may_use;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::loaded::{self, Need, Served};
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_module::Origin;
use dockwright_registry::{Artifact, Capability, SCHEME, capabilities_by_kind, for_people, human_size};
use dockwright_schema::ModuleDef;
use dockwright_schema::names::kebab_case;

/// Shows what a module is and what it can be given. No code of it runs that the definition does not need.
pub(crate) async fn run(global: &GlobalOptions, arguments: &InspectArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let result = inspect(&session, global, arguments).await;
    session.close().await?;
    printer::stdout(&result?);
    Ok(CommandExit::Success)
}

async fn inspect(session: &Session, global: &GlobalOptions, arguments: &InspectArgs) -> Result<String, CliError> {
    let reference = &arguments.reference;
    let served = if reference.starts_with(SCHEME) {
        // One that may not be used can be looked at: nothing of it runs.
        session.network.get_or_init(|| global.network());
        loaded::load_unsigned(session, reference, Need::Definition).await?
    } else {
        session.load_definition(global, reference).await?
    };
    let mut text = format!("{}\n", served.module.name);
    if let Some(description) = &served.module.def.description {
        text.push_str(&format!("{}\n", description.trim_end()));
    }
    text.push('\n');
    let artifact = match &served.locked().origin {
        Origin::Artifact(module) => Some(module.artifact.clone()),
        _ => None,
    };
    let mut facts = Vec::new();
    match &artifact {
        Some(artifact) => {
            facts.extend(published(artifact));
            facts.extend(provenance::facts(session, artifact).await?);
        }
        None => facts.extend(local(&served)),
    }
    text.push_str(&table("", &facts));
    text.push_str(&functions(&served)?);
    text.push_str(&asks(&served.module.def));
    text.push_str(&may_use(served.locked())?);
    if let Some(artifact) = &artifact {
        text.push_str(&contents(artifact));
    }
    Ok(text)
}

fn local(served: &Served) -> Vec<(String, String)> {
    let locked = served.locked();
    let mut facts = vec![
        ("Directory".to_owned(), locked.root.display().to_string()),
        ("Language".to_owned(), locked.language.sdk().name().to_owned()),
        ("Source".to_owned(), format!("blake3:{}", locked.digest)),
    ];
    let names: Vec<&str> = locked
        .dependencies
        .iter()
        .map(|dependency| dependency.name.as_str())
        .collect();
    if !names.is_empty() {
        facts.push(("Calls".to_owned(), names.join(", ")));
    }
    facts
}

fn published(artifact: &Artifact) -> Vec<(String, String)> {
    let annotation = |name: &str| {
        artifact
            .manifest
            .annotations
            .get(&format!("org.opencontainers.image.{name}"))
    };
    let mut facts = vec![
        ("Reference".to_owned(), artifact.reference.to_string()),
        ("Digest".to_owned(), artifact.digest.to_string()),
    ];
    for (name, title) in [
        ("version", "Version"),
        ("licenses", "Licence"),
        ("source", "Source"),
        ("revision", "Revision"),
        ("created", "Created"),
    ] {
        facts.extend(annotation(name).map(|value| (title.to_owned(), printable(value))));
    }
    if let Some(module) = artifact.description.modules.first() {
        facts.push(("Language".to_owned(), printable(&module.sdk)));
        let needs = module.requires.0.iter();
        let needs: Vec<String> = needs
            .map(|(what, version)| format!("{} {version}", for_people(what)))
            .collect();
        facts.push(("Needs".to_owned(), printable(&needs.join(", "))));
    }
    let size = human_size(artifact.manifest.size());
    facts.push((
        "Size".to_owned(),
        format!("{size} in {} layers", artifact.manifest.layers.len()),
    ));
    facts
}

fn functions(served: &Served) -> Result<String, CliError> {
    let merged = served.merged()?;
    let main = served.module.type_name(&served.module.def.main_object);
    let rows: Vec<(String, String)> = match merged.get(&main) {
        Some(main) => functions_of(main)
            .iter()
            .map(|field| (kebab_case(&field.name), first_line(&field.description)))
            .collect(),
        None => Vec::new(),
    };
    Ok(section("Functions", &rows))
}

/// What the module can be given: all that it can reach of its callers' machines.
pub(super) fn asks(definition: &ModuleDef) -> String {
    let kinds = capabilities_by_kind(definition);
    if kinds.is_empty() {
        return "\nAsks for nothing of its caller's machine.\n".to_owned();
    }
    let rows: Vec<(String, String)> = kinds
        .iter()
        .flat_map(|(kind, capabilities)| {
            capabilities.iter().enumerate().map(move |(index, capability)| {
                let title = if index == 0 { kind.to_string() } else { String::new() };
                (title, argument(capability))
            })
        })
        .collect();
    section("Asks its caller for (it reaches nothing that it is not given)", &rows)
}

fn argument(capability: &Capability) -> String {
    let function = capability
        .function
        .split_once('.')
        .map_or("constructor".to_owned(), |(object, name)| {
            format!("{object} {}", kebab_case(name))
        });
    let mut text = format!("{function} --{}", kebab_case(&capability.argument));
    if let Some(default) = &capability.default {
        text.push_str(&format!(" (else {})", printable(default)));
    } else if !capability.required {
        text.push_str(" (may be left out)");
    }
    text
}

fn contents(artifact: &Artifact) -> String {
    let modules = &artifact.description.modules;
    let mut text = String::new();
    if modules.len() > 1 {
        let rows: Vec<(String, String)> = modules
            .iter()
            .map(|module| {
                let calls: Vec<&str> = module
                    .dependencies
                    .iter()
                    .map(|dependency| dependency.name.as_str())
                    .collect();
                let calls = if calls.is_empty() {
                    String::new()
                } else {
                    format!(", calls {}", calls.join(", "))
                };
                (module.name.clone(), printable(&format!("{}{calls}", module.sdk)))
            })
            .collect();
        text.push_str(&section("Modules", &rows));
    }
    let rows: Vec<(String, String)> = artifact
        .manifest
        .layers
        .iter()
        .map(|layer| {
            let size = human_size(layer.size);
            (printable(layer.title()), format!("{size:>9}  {}", layer.digest.short()))
        })
        .collect();
    text + &section("Layers", &rows)
}

pub(super) fn section(title: &str, rows: &[(String, String)]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    format!("\n{title}\n{}", table("  ", rows))
}

fn table(indent: &str, rows: &[(String, String)]) -> String {
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or_default()
        + 3;
    rows.iter()
        .map(|(name, value)| format!("{indent}{name:width$}{value}").trim_end().to_owned() + "\n")
        .collect()
}

fn first_line(text: &str) -> String {
    printable(text.lines().next().unwrap_or_default())
}

/// A text from an artifact without what could steer a terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
