//! `dockwright list`.

use crate::app::ListArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_module::{DependencyList, LockedModule};

/// Lists what a module depends on.
pub(crate) async fn run(
    global: &GlobalOptions,
    arguments: &ListArgs,
    list: DependencyList,
) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    let (reference, workdir) = (arguments.module.module.clone(), session.workdir.clone());
    let result = session
        .resolving(global, reference.clone(), move |resolver| {
            resolver.resolve(&reference, &workdir)
        })
        .await;
    session.close().await?;
    let module = result?;
    if list.found(&module).is_empty() {
        let command = match list {
            DependencyList::Dependencies => "install",
            DependencyList::Toolchains => "toolchain install",
        };
        printer::stderr(&format!(
            "Module `{}` has no {}. Add one with `dockwright {command}`.\n",
            module.manifest.name,
            list.field()
        ));
    } else {
        printer::stdout(&table(&rows(&module, list)));
    }
    Ok(CommandExit::Success)
}

const HEAD: [&str; 4] = ["Name", "Source", "Version", "SDK"];

fn rows(module: &LockedModule, list: DependencyList) -> Vec<[String; 4]> {
    let declared = list.declared(&module.manifest).iter();
    declared
        .zip(list.found(module))
        .map(|(declared, dependency)| {
            let locked = &dependency.module;
            [
                dependency.name.clone(),
                declared.source.clone(),
                locked.origin.version().unwrap_or_else(|| "-".to_owned()),
                locked.language.sdk().name().to_owned(),
            ]
        })
        .collect()
}

fn table(rows: &[[String; 4]]) -> String {
    let head = HEAD.map(str::to_owned);
    let width = |column: usize| {
        let cells = std::iter::once(&head).chain(rows).filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths = [width(0), width(1), width(2)];
    let line = |[name, source, version, sdk]: &[String; 4]| {
        let [first, second, third] = widths;
        format!("{name:first$}   {source:second$}   {version:third$}   {sdk}\n")
    };
    std::iter::once(&head).chain(rows).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let rows = [
            ["lib", "./lib", "-", "python"].map(str::to_owned),
            ["lint", "github.com/acme/ci/lint@v1.2.0", "0123456789ab", "go"].map(str::to_owned),
        ];
        insta::assert_snapshot!(table(&rows), @r"
        Name   Source                           Version        SDK
        lib    ./lib                            -              python
        lint   github.com/acme/ci/lint@v1.2.0   0123456789ab   go
        ");
    }
}
