//! Environment variables, plain and secret.

use super::state::Container;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::env_file::EnvFile;
use crate::error::ApiError;
use dockwright_schema::Request;
use std::sync::Arc;

/// The container after the call.
pub(super) async fn step(
    api: &Arc<Api>,
    mut container: Container,
    field: &str,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<Container, ApiError> {
    if field == "withEnvFileVariables" {
        let file = api
            .state::<EnvFile>(&arguments.object("source", "EnvFile")?, request)
            .await?;
        for (name, value) in file.all(&request.principal)? {
            container.secret_variables.remove(&name);
            set(&mut container.config.config.env, &name, &value);
        }
        return Ok(container);
    }
    let name = arguments.text("name")?;
    if name.is_empty() || name.contains(['=', '\0']) {
        return Err(ApiError::other(format!(
            "`{name}` cannot be the name of an environment variable: it must not be empty or contain `=`"
        )));
    }
    match field {
        "withEnvVariable" => {
            let value = arguments.text("value")?;
            let value = if arguments.flag("expand") {
                expand(&container, value)?
            } else {
                value.to_owned()
            };
            container.secret_variables.remove(name);
            set(&mut container.config.config.env, name, &value);
        }
        "withoutEnvVariable" => unset(&mut container.config.config.env, name),
        "withSecretVariable" => {
            unset(&mut container.config.config.env, name);
            container
                .secret_variables
                .insert(name.to_owned(), arguments.object("secret", "Secret")?);
        }
        "withVolatileVariable" => {
            let value = arguments.text("value")?.to_owned();
            container.volatile_variables.insert(name.to_owned(), value);
        }
        "withoutVolatileVariable" => {
            container.volatile_variables.remove(name);
        }
        _ => {
            container.secret_variables.remove(name);
        }
    }
    Ok(container)
}

/// The variable's value.
pub(super) fn get<'c>(container: &'c Container, name: &str) -> Option<&'c str> {
    pairs(&container.config.config.env)
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Name and value of each variable.
pub(super) fn pairs(env: &[String]) -> impl Iterator<Item = (&str, &str)> {
    env.iter().map(|entry| entry.split_once('=').unwrap_or((entry, "")))
}

fn set(env: &mut Vec<String>, name: &str, value: &str) {
    let entry = format!("{name}={value}");
    match env.iter_mut().find(|existing| existing.split('=').next() == Some(name)) {
        Some(existing) => *existing = entry,
        None => env.push(entry),
    }
}

fn unset(env: &mut Vec<String>, name: &str) {
    env.retain(|entry| entry.split('=').next() != Some(name));
}

/// `text` with `$NAME` and `${NAME}` replaced by the container's variables; unknown ones become empty, `\$` stays a dollar.
/// Secrets and volatile variables are refused: what they are must not become a part of what decides a result.
pub(super) fn expand(container: &Container, text: &str) -> Result<String, ApiError> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(index) = rest.find('$') {
        let (before, after) = rest.split_at(index);
        let after = after.get(1..).unwrap_or_default();
        if let Some(before) = before.strip_suffix('\\') {
            result.push_str(before);
            result.push('$');
            rest = after;
            continue;
        }
        result.push_str(before);
        let (name, remaining) = match after.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((name, remaining)) => (name, remaining),
            None => {
                let end = after
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(after.len());
                after.split_at(end)
            }
        };
        match name {
            "" => result.push('$'),
            name if container.secret_variables.contains_key(name) => {
                return Err(ApiError::other(format!(
                    "`expand` cannot be used with the secret variable `{name}`"
                )));
            }
            name if container.volatile_variables.contains_key(name) => {
                return Err(ApiError::other(format!(
                    "`expand` cannot be used with the volatile variable `{name}`"
                )));
            }
            name => result.push_str(get(container, name).unwrap_or_default()),
        }
        rest = remaining;
    }
    result.push_str(rest);
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dockwright_engine::Platform;

    fn container(env: &[&str]) -> Container {
        let mut container = Container::scratch(&Platform::linux("amd64"));
        container.config.config.env = env.iter().map(|entry| (*entry).to_owned()).collect();
        container
    }

    #[test]
    fn variables_are_replaced() {
        let container = container(&["PATH=/bin", "A=1"]);
        assert_eq!(expand(&container, "/x:$PATH:${A}0:$NOPE.").unwrap(), "/x:/bin:10:.");
        assert_eq!(expand(&container, "cost \\$5, $ 5, ${A").unwrap(), "cost $5, $ 5, ${A");
    }

    #[test]
    fn volatile_variables_do_not_become_part_of_anything() {
        let mut container = container(&["A=1"]);
        container.volatile_variables.insert("V".to_owned(), "2".to_owned());
        let error = expand(&container, "$A$V").unwrap_err().to_string();
        assert_eq!(error, "`expand` cannot be used with the volatile variable `V`");
    }

    #[test]
    fn a_variable_is_set_once() {
        let mut env = vec!["A=1".to_owned(), "AB=2".to_owned()];
        set(&mut env, "A", "3=4");
        assert_eq!(env, ["A=3=4", "AB=2"]);
        assert_eq!(pairs(&env).next(), Some(("A", "3=4")));
        unset(&mut env, "A");
        assert_eq!(env, ["AB=2"]);
    }
}
