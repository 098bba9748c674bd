//! How files come about.

use super::state::File;
use super::values;
use crate::address::{Address, git_address};
use crate::annotated::{self, CheckGroup};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::changeset::Changeset;
use crate::container::Container;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::current_module::CurrentModule;
use crate::directory::{self, Directory};
use crate::env_file::EnvFile;
use crate::error::ApiError;
use crate::git;
use crate::host::{self, Host};
use crate::http;
use crate::paths;
use crate::recipe::Call;
use dockwright_engine::llb::{CopyOptions, Output};
use dockwright_schema::{Request, Resolved};
use std::sync::Arc;

impl CoreObject for File {
    const TYPE: &'static str = "File";
    const VALUES: &'static [&'static str] = values::FIELDS;
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "file"),
        ("Query", "http"),
        ("Host", "file"),
        ("Address", "file"),
        ("Container", "file"),
        ("Directory", "file"),
        ("File", "withName"),
        ("File", "withReplaced"),
        ("File", "chown"),
        ("File", "withTimestamps"),
        ("EnvFile", "asFile"),
        ("CheckGroup", "report"),
        ("CurrentModule", "workdirFile"),
        ("Changeset", "asPatch"),
        ("Container", "asTarball"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Query", "file") => {
                let path = format!("/{}", plain_name(arguments.text("name")?)?);
                let mode = arguments.mode("permissions")?.unwrap_or(0o644);
                let contents = arguments.text("contents")?.as_bytes().to_vec();
                Ok(File {
                    output: directory::new_file(&Output::scratch(), &path, mode, contents, None),
                    path,
                })
            }
            ("Query", "http") => http::file(api, arguments, request).await,
            ("Host", "file") => {
                let host = api.parent_state::<Host>(call, request).await?;
                host::file(api, &host.view, arguments.text("path")?).await
            }
            ("Address", "file") => {
                let address = api.parent_state::<Address>(call, request).await?;
                match git_address(&address.value) {
                    Some(git) if git.path.is_empty() => Err(ApiError::other(format!(
                        "`{}`: no file path specified within git repository; write `#branch:path`",
                        address.value
                    ))),
                    Some(git) => Ok(File {
                        output: git::fetch(api, &git, &address.principal).await?,
                        path: paths::absolute("/", git.path),
                    }),
                    None => {
                        host::file(
                            api,
                            &api.host_view(&address.principal)?,
                            address.value.strip_prefix("file://").unwrap_or(&address.value),
                        )
                        .await
                    }
                }
            }
            ("Container", "file") => {
                let container = api.parent_state::<Container>(call, request).await?;
                let (output, path) = container.locate(&container.place(arguments, "path")?)?;
                Ok(File { output, path })
            }
            ("Container", "asTarball") => {
                let container = api.parent_state::<Container>(call, request).await?;
                container.as_tarball(api, arguments, request).await
            }
            ("EnvFile", "asFile") => {
                let variables = api.parent_state::<EnvFile>(call, request).await?;
                Ok(File::new(".env", variables.text().into_bytes()))
            }
            ("CurrentModule", "workdirFile") => {
                let module = api.parent_state::<CurrentModule>(call, request).await?;
                host::file(api, &module.workdir(api)?, arguments.text("path")?).await
            }
            ("CheckGroup", "report") => {
                let group = api.parent_state::<CheckGroup>(call, request).await?;
                let text = annotated::report_text(api, &group, request).await?;
                Ok(File::new(annotated::REPORT_NAME, text.into_bytes()))
            }
            ("Changeset", "asPatch") => {
                let changeset = api.parent_state::<Changeset>(call, request).await?;
                Ok(File::new("diff.patch", changeset.patch(api).await?))
            }
            ("Directory", "file") => {
                let parent = api.parent_state::<Directory>(call, request).await?;
                Ok(File {
                    output: parent.output.clone(),
                    path: paths::within(&parent.path, arguments.text("path")?)?,
                })
            }
            ("File", field) => {
                let before = api.parent_state::<File>(call, request).await?;
                step(api, &before, field, arguments).await
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        values::value(self, field).await
    }
}

async fn step(api: &Arc<Api>, before: &File, field: &str, arguments: Arguments<'_>) -> Result<File, ApiError> {
    match field {
        "withName" => Ok(before.alone(plain_name(arguments.text("name")?)?, &CopyOptions::default())),
        "chown" => Ok(before.owned_by(directory::owner(arguments)?)),
        "withTimestamps" => Ok(before.alone(
            before.name(),
            &CopyOptions {
                timestamp: Some(directory::timestamp(arguments)?),
                follow_symlink: true,
                ..CopyOptions::default()
            },
        )),
        "withReplaced" => {
            let stat = api.engine().await?.stat(&before.output, &before.path).await?;
            let contents = before.text(api).await?;
            let replaced = replace(&contents, arguments)?;
            let path = format!("/{}", before.name());
            Ok(File {
                output: directory::new_file(&Output::scratch(), &path, stat.mode, replaced.into_bytes(), None),
                path,
            })
        }
        _ => Err(ApiError::Unsupported {
            type_name: "File".to_owned(),
            field: field.to_owned(),
        }),
    }
}

fn replace(contents: &str, arguments: Arguments<'_>) -> Result<String, ApiError> {
    let (search, replacement) = (arguments.text("search")?, arguments.text("replacement")?);
    if search.is_empty() {
        return Err(ApiError::other("argument `search` must not be empty"));
    }
    if arguments.flag("all") {
        return Ok(contents.replace(search, replacement));
    }
    let first_line = arguments
        .optional_integer("firstFrom")
        .and_then(|line| usize::try_from(line).ok())
        .unwrap_or(1)
        .max(1);
    let start: usize = contents.split_inclusive('\n').take(first_line - 1).map(str::len).sum();
    let (before, after) = contents.split_at(start.min(contents.len()));
    let found = after.matches(search).count();
    match found {
        0 => Err(ApiError::other(format!("`{search}` does not occur in the file"))),
        1 => Ok(format!("{before}{}", after.replacen(search, replacement, 1))),
        _ if arguments.optional_integer("firstFrom").is_some() => {
            Ok(format!("{before}{}", after.replacen(search, replacement, 1)))
        }
        _ => Err(ApiError::other(format!(
            "`{search}` occurs {found} times; pass `all: true`, or `firstFrom` with a line"
        ))),
    }
}

/// A name without directories.
pub(crate) fn plain_name(name: &str) -> Result<&str, ApiError> {
    if name.is_empty() || name == "." || name == ".." || name.contains('/') {
        return Err(ApiError::other(format!(
            "`{name}` is no file name: it must not be empty or contain `/`"
        )));
    }
    Ok(name)
}
