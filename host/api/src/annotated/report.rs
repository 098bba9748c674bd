//! `CheckGroup.report`: how the checks went, as a Markdown file.

use super::check::Check;
use super::check_group::CheckGroup;
use crate::api::Api;
use crate::error::ApiError;
use dockwright_schema::Request;
use std::sync::Arc;

/// The report's name.
pub(crate) const NAME: &str = "checks.md";

/// Writes it.
pub(crate) async fn text(api: &Arc<Api>, group: &CheckGroup, request: &Arc<Request>) -> Result<String, ApiError> {
    let mut checks = Vec::with_capacity(group.checks.len());
    for id in &group.checks {
        checks.push(api.state::<Check>(id, request).await?);
    }
    let rows: String = checks.iter().map(|check| row(check)).collect();
    let details: String = checks.iter().filter_map(|check| detail(check)).collect();
    let text = format!("# Checks\n\n| Check | Result | Description |\n|---|---|---|\n{rows}{details}");
    Ok(api.telemetry().redactor().scrub(&text).into_owned())
}

fn row(check: &Check) -> String {
    let result = match &check.outcome {
        None => "not run".to_owned(),
        Some(Ok(())) => format!("{} passed", check.emoji()),
        Some(Err(_)) => format!("{} failed", check.emoji()),
    };
    let first_line = check.found.description.lines().next().unwrap_or_default();
    format!(
        "| {} | {result} | {} |\n",
        check.found.name(),
        first_line.replace('|', "\\|")
    )
}

/// What went wrong.
fn detail(check: &Check) -> Option<String> {
    let Some(Err(error)) = &check.outcome else { return None };
    let indented: Vec<String> = error.to_string().lines().map(|line| format!("    {line}")).collect();
    Some(format!("\n## {}\n\n{}\n", check.found.name(), indented.join("\n")))
}
