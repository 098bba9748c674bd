//! Secrets that another program keeps: the vendor's own command reads them, with the user's own login.

use crate::error::ApiError;
use dockwright_engine::SecretBytes;
use serde_json::Value;
use std::io::ErrorKind;
use std::process::Stdio;
use tokio::process::Command;

/// How a secret is read by a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecretProgram {
    program: &'static str,
    arguments: Vec<String>,
    /// Where the program comes from, for those who do not have it.
    vendor: &'static str,
    /// Of an answer that is a JSON object, the field that is meant.
    field: Option<String>,
}

impl SecretProgram {
    /// The program for a URI `scheme://rest`; none for another scheme. `mount` is where Vault keeps its secrets.
    pub(crate) fn new(scheme: &str, rest: &str, mount: Option<String>) -> Option<Result<SecretProgram, ApiError>> {
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let parameter = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        };
        let wrong = |form: &str| Err(ApiError::other(format!("secret `{scheme}://{path}`: write {form}")));
        let made = match scheme {
            "op" if path.split('/').filter(|part| !part.is_empty()).count() < 3 => wrong("op://VAULT/ITEM/FIELD"),
            "op" => Ok(Self::of(
                "op",
                "1Password's command line",
                ["read", "--no-newline", &format!("op://{rest}")],
            )),
            "vault" => match path.rsplit_once('.') {
                Some((path, field)) if !path.is_empty() && !field.is_empty() => {
                    let mount = format!("-mount={}", mount.unwrap_or_else(|| "secret".to_owned()));
                    let field = format!("-field={field}");
                    Ok(Self::of(
                        "vault",
                        "HashiCorp Vault",
                        ["kv", "get", &mount, &field, path],
                    ))
                }
                _ => wrong("vault://PATH.FIELD"),
            },
            "libsecret" => {
                let parts: Vec<&str> = path.split('/').collect();
                if parts.len() % 2 == 1 || parts.iter().any(|part| part.is_empty()) {
                    wrong("libsecret://ATTRIBUTE/VALUE, with more pairs if one does not tell the secret from others")
                } else {
                    let words = std::iter::once("lookup").chain(parts);
                    Ok(Self::of("secret-tool", "libsecret (Debian: libsecret-tools)", words))
                }
            }
            "aws+sm" | "aws+ps" if path.is_empty() => wrong("aws+sm://NAME or aws+ps://NAME"),
            "aws+sm" => {
                let words = [
                    "secretsmanager",
                    "get-secret-value",
                    "--secret-id",
                    path,
                    "--query",
                    "SecretString",
                ];
                Ok(Self::aws(&words, parameter("region"), parameter("field")))
            }
            "aws+ps" => {
                let words = [
                    "ssm",
                    "get-parameter",
                    "--with-decryption",
                    "--name",
                    path,
                    "--query",
                    "Parameter.Value",
                ];
                Ok(Self::aws(&words, parameter("region"), parameter("field")))
            }
            "gcp" => Self::gcp(path).map_or_else(
                || wrong("gcp://SECRET, gcp://PROJECT/SECRET or gcp://PROJECT/SECRET/VERSION"),
                Ok,
            ),
            _ => return None,
        };
        // What begins with a dash would be read as an option.
        let unsafe_part = path.split('/').any(|part| part.starts_with('-'));
        Some(made.and_then(|program| {
            if unsafe_part {
                wrong("names that do not begin with `-`")
            } else {
                Ok(program)
            }
        }))
    }

    fn of<'w>(program: &'static str, vendor: &'static str, words: impl IntoIterator<Item = &'w str>) -> SecretProgram {
        SecretProgram {
            program,
            arguments: words.into_iter().map(str::to_owned).collect(),
            vendor,
            field: None,
        }
    }

    fn aws(words: &[&str], region: Option<String>, field: Option<String>) -> SecretProgram {
        let mut program = Self::of("aws", "the AWS command line", words.iter().copied());
        program.arguments.extend(["--output", "text"].map(str::to_owned));
        program
            .arguments
            .extend(region.map(|region| format!("--region={region}")));
        program.field = field;
        program
    }

    fn gcp(path: &str) -> Option<SecretProgram> {
        let parts: Vec<&str> = path.split('/').collect();
        let (project, secret, version) = match parts[..] {
            ["projects", project, "secrets", secret] => (Some(project), secret, "latest"),
            ["projects", project, "secrets", secret, "versions", version] => (Some(project), secret, version),
            [secret] => (None, secret, "latest"),
            [project, secret] => (Some(project), secret, "latest"),
            [project, secret, version] => (Some(project), secret, version),
            _ => return None,
        };
        if secret.is_empty() || version.is_empty() || project.is_some_and(str::is_empty) {
            return None;
        }
        let secret = format!("--secret={secret}");
        let mut program = Self::of(
            "gcloud",
            "the Google Cloud command line",
            ["secrets", "versions", "access", version, &secret],
        );
        program
            .arguments
            .extend(project.map(|project| format!("--project={project}")));
        Some(program)
    }

    /// Runs the program; `name` is what errors call the secret. What the program says goes into errors, what it answers does not.
    pub(crate) async fn read(&self, name: &str) -> Result<SecretBytes, ApiError> {
        let output = Command::new(self.program)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await;
        let output = output.map_err(|error| match error.kind() {
            ErrorKind::NotFound => ApiError::other(format!(
                "secret `{name}` is read by the program `{}`, which is not on PATH; install {} and log in",
                self.program, self.vendor
            )),
            _ => ApiError::other(format!("secret `{name}`: cannot run {}: {error}", self.program)),
        })?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(ApiError::other(format!(
                "secret `{name}`: {} ended with {}: {}",
                self.program,
                output.status,
                said.trim()
            )));
        }
        let mut value = output.stdout;
        if value.ends_with(b"\n") {
            value.pop();
        }
        match &self.field {
            None => Ok(SecretBytes::new(value)),
            Some(field) => {
                let object: Option<Value> = serde_json::from_slice(&value).ok();
                match object.as_ref().and_then(|object| object.get(field)) {
                    Some(Value::String(text)) => Ok(SecretBytes::new(text.clone().into_bytes())),
                    Some(other) => Ok(SecretBytes::new(other.to_string().into_bytes())),
                    None => Err(ApiError::other(format!(
                        "secret `{name}`: its value is no JSON object with a field `{field}`"
                    ))),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SecretProgram;

    fn command(uri: &str) -> String {
        let (scheme, rest) = uri.split_once("://").unwrap();
        match SecretProgram::new(scheme, rest, None) {
            None => "none".to_owned(),
            Some(Err(error)) => error.to_string(),
            Some(Ok(program)) => format!("{} {}", program.program, program.arguments.join(" ")),
        }
    }

    #[test]
    fn each_vendor_has_its_command() {
        let uris = [
            "op://team/database/password",
            "op://team/database",
            "vault://apps/shop.token",
            "vault://apps/shop",
            "libsecret://service/shop/user/me",
            "libsecret://login",
            "aws+sm://prod/db?region=eu-west-1&field=password",
            "aws+ps://db-password",
            "aws+ps://--debug",
            "gcp://token",
            "gcp://shop/token/3",
            "gcp://projects/shop/secrets/token/versions/4",
            "gcp://a/b/c/d",
            "env://X",
        ];
        let commands: Vec<String> = uris.into_iter().map(command).collect();
        insta::assert_snapshot!(commands.join("\n"), @r"
        op read --no-newline op://team/database/password
        secret `op://team/database`: write op://VAULT/ITEM/FIELD
        vault kv get -mount=secret -field=token apps/shop
        secret `vault://apps/shop`: write vault://PATH.FIELD
        secret-tool lookup service shop user me
        secret `libsecret://login`: write libsecret://ATTRIBUTE/VALUE, with more pairs if one does not tell the secret from others
        aws secretsmanager get-secret-value --secret-id prod/db --query SecretString --output text --region=eu-west-1
        aws ssm get-parameter --with-decryption --name db-password --query Parameter.Value --output text
        secret `aws+ps://--debug`: write names that do not begin with `-`
        gcloud secrets versions access latest --secret=token
        gcloud secrets versions access 3 --secret=token --project=shop
        gcloud secrets versions access 4 --secret=token --project=shop
        secret `gcp://a/b/c/d`: write gcp://SECRET, gcp://PROJECT/SECRET or gcp://PROJECT/SECRET/VERSION
        none
        ");
    }
}
