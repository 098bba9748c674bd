//! `dockwright update`.

use crate::app::UpdateArgs;
use crate::commands::consent;
use crate::commands::develop::refresh;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_module::{DependencyList, Updated};

/// Moves dependencies to what their versions mean now.
pub(crate) async fn run(
    global: &GlobalOptions,
    arguments: UpdateArgs,
    list: DependencyList,
) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let result = update(&session, global, arguments, list).await;
    session.close().await?;
    printer::stderr(&result?);
    Ok(CommandExit::Success)
}

async fn update(
    session: &Session,
    global: &GlobalOptions,
    arguments: UpdateArgs,
    list: DependencyList,
) -> Result<String, CliError> {
    let UpdateArgs { names, yes, module } = arguments;
    let workdir = session.workdir.clone();
    let plan = session.resolving(global, module.module.clone(), move |resolver| {
        resolver.plan_update_in(list, &module.module, &names, &workdir)
    });
    let plan = plan.await?;
    let difference = consent::check(session, global, &plan.updated, yes).await?;
    plan.write()?;
    let mut text = table(&plan.updated) + &difference;
    let has_changes = plan
        .updated
        .iter()
        .any(|updated| updated.before.as_deref() != Some(&updated.after));
    if has_changes && let Err(error) = refresh(session, &plan.module).await {
        text.push_str(&format!(
            "What editors read could not be written: {error}. `dockwright develop` tries it again.\n"
        ));
    }
    Ok(text)
}

fn table(updated: &[Updated]) -> String {
    if updated.is_empty() {
        return "Nothing to update: the module has no dependencies with versions.\n".to_owned();
    }
    updated
        .iter()
        .map(|updated| {
            let name = updated.name.as_deref().unwrap_or("(of a dependency)");
            let after = short(&updated.after);
            let change = match updated.before.as_deref() {
                Some(before) if before == updated.after => format!("is up to date at {after}"),
                Some(before) => format!("{} → {after}", short(before)),
                None => format!("→ {after}"),
            };
            format!("{name}  {}  {change}\n", updated.source)
        })
        .collect()
}

/// The first digits, as git shows them.
fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_shown() {
        let updated = |name: Option<&str>, before: Option<&str>| Updated {
            name: name.map(str::to_owned),
            source: "github.com/acme/ci@main".to_owned(),
            before: before.map(str::to_owned),
            after: "0123456789abcdef".to_owned(),
        };
        let all = [
            updated(Some("lint"), Some("fedcba9876543210")),
            updated(Some("test"), Some("0123456789abcdef")),
            updated(None, None),
        ];
        insta::assert_snapshot!(table(&all), @r"
        lint  github.com/acme/ci@main  fedcba987654 → 0123456789ab
        test  github.com/acme/ci@main  is up to date at 0123456789ab
        (of a dependency)  github.com/acme/ci@main  → 0123456789ab
        ");
        insta::assert_snapshot!(table(&[]), @"Nothing to update: the module has no dependencies with versions.");
    }
}
