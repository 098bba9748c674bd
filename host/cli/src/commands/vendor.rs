//! `dockwright vendor`.

use crate::app::VendorArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::loaded;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_module::{ModuleError, Origin, VENDOR_FOLDER, vendor_commits};
use dockwright_registry::{Vendor, human_size};

/// Keeps all artifacts and commits that a module depends on beside its manifest.
pub(crate) async fn run(global: &GlobalOptions, arguments: &VendorArgs) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let result = vendor(&session, global, arguments).await;
    session.close().await?;
    printer::stderr(&result?);
    Ok(CommandExit::Success)
}

async fn vendor(session: &Session, global: &GlobalOptions, arguments: &VendorArgs) -> Result<String, CliError> {
    session.network.get_or_init(|| global.network());
    let locked = session.resolve(&arguments.module.module).await?;
    if locked.origin != Origin::Local {
        let message = format!(
            "`{}` is not a module on this machine; vendoring keeps what a module of yours depends on",
            arguments.module.module
        );
        return Err(CliError::other("vendor::module", message));
    }
    let artifacts = loaded::artifacts(&locked);
    let folder = locked.root.join(VENDOR_FOLDER);
    let commits = vendor_commits(&locked, &folder)?;
    if artifacts.is_empty() && commits.is_empty() {
        return Ok(format!(
            "{} depends on no module from a registry or from git.\n",
            locked.manifest.name
        ));
    }
    for artifact in &artifacts {
        let registry = session.registries();
        registry.complete(artifact).await.map_err(ModuleError::from)?;
    }
    let entries: Vec<_> = artifacts
        .iter()
        .map(|artifact| (artifact.reference.clone(), artifact.digest, &artifact.manifest))
        .collect();
    if !entries.is_empty() {
        Vendor::write(&folder, session.registries().store(), &entries)
            .map_err(|error| ModuleError::from(dockwright_registry::PullError::from(error)))?;
    }
    let mut text = format!("Wrote {}:\n", folder.display());
    for artifact in &artifacts {
        text.push_str(&format!(
            "  {}   {}\n",
            artifact.pinned(),
            human_size(artifact.manifest.size())
        ));
    }
    for commit in &commits {
        text.push_str(&format!(
            "  {}   {}\n",
            commit.url,
            commit.commit.get(..12).unwrap_or(&commit.commit)
        ));
    }
    if !commits.is_empty() {
        // What the lock does not know is not looked for in the folder.
        let (reference, workdir) = (arguments.module.module.clone(), session.workdir.clone());
        session
            .with_resolver(move |resolver| resolver.lock(&reference, &workdir))
            .await?;
    }
    Ok(text)
}
