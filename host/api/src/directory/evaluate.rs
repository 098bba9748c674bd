//! How directories come about.

use super::copy::{copy_directory, copy_file, copy_options, new_file, owner, timestamp, with_parent};
use super::filter::filtered;
use super::patch;
use super::state::Directory;
use super::values;
use crate::address::{Address, git_address};
use crate::api::Api;
use crate::arguments::Arguments;
use crate::changeset::Changeset;
use crate::container::Container;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::current_module::CurrentModule;
use crate::error::ApiError;
use crate::file::File;
use crate::git::{self, GitRef};
use crate::host::{self, Host};
use crate::module::Module;
use crate::module_source::{self, ModuleSource};
use crate::paths;
use crate::recipe::Call;
use crate::terminal;
use dockwright_engine::llb::{CopyOptions, Output, diff, file};
use dockwright_schema::{Request, Resolved};
use std::sync::Arc;

impl CoreObject for Directory {
    const TYPE: &'static str = "Directory";
    const VALUES: &'static [&'static str] = values::FIELDS;
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "directory"),
        ("Host", "directory"),
        ("Address", "directory"),
        ("Container", "rootfs"),
        ("Container", "directory"),
        ("Directory", "directory"),
        ("Directory", "withDirectory"),
        ("Directory", "withFile"),
        ("Directory", "withFiles"),
        ("Directory", "withNewFile"),
        ("Directory", "withNewDirectory"),
        ("Directory", "withSymlink"),
        ("Directory", "withoutDirectory"),
        ("Directory", "withoutFile"),
        ("Directory", "withoutFiles"),
        ("Directory", "filter"),
        ("Directory", "diff"),
        ("Directory", "chown"),
        ("Directory", "withError"),
        ("Directory", "terminal"),
        ("GitRef", "tree"),
        ("Directory", "withTimestamps"),
        ("Directory", "withChanges"),
        ("Directory", "withPatch"),
        ("Directory", "withPatchFile"),
        ("Changeset", "before"),
        ("Changeset", "after"),
        ("Changeset", "layer"),
        ("CurrentModule", "generatedContextDirectory"),
        ("CurrentModule", "source"),
        ("CurrentModule", "workdir"),
        ("Module", "generatedContextDirectory"),
        ("ModuleSource", "contextDirectory"),
        ("ModuleSource", "generatedContextDirectory"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Query", "directory") => Ok(Directory::root(Output::scratch())),
            ("Host", "directory") => {
                let host = api.parent_state::<Host>(call, request).await?;
                host::directory(api, &host.view, arguments.text("path")?, arguments).await
            }
            ("Address", "directory") => {
                let address = api.parent_state::<Address>(call, request).await?;
                match git_address(&address.value) {
                    Some(git) => Ok(Directory {
                        output: git::fetch(api, &git, &address.principal).await?,
                        path: paths::absolute("/", git.path),
                    }),
                    None => {
                        host::directory(
                            api,
                            &api.host_view(&address.principal)?,
                            strip_scheme(&address.value),
                            arguments,
                        )
                        .await
                    }
                }
            }
            ("GitRef", "tree") => {
                let reference = api.parent_state::<GitRef>(call, request).await?;
                reference.tree(api, arguments, request).await
            }
            ("Container", "rootfs") => Ok(Directory::root(
                api.parent_state::<Container>(call, request).await?.root.clone(),
            )),
            ("Container", "directory") => {
                let container = api.parent_state::<Container>(call, request).await?;
                let (output, path) = container.locate(&container.place(arguments, "path")?)?;
                Ok(Directory { output, path })
            }
            ("Changeset", field) => {
                let changeset = api.parent_state::<Changeset>(call, request).await?;
                match field {
                    "before" => Ok(changeset.before.clone()),
                    "after" => Ok(changeset.after.clone()),
                    _ => Ok(Directory::root(changeset.layer(api).await?)),
                }
            }
            ("ModuleSource", "contextDirectory") => {
                let source = api.parent_state::<ModuleSource>(call, request).await?;
                module_source::context_directory(api, &source).await
            }
            ("ModuleSource", "generatedContextDirectory") => {
                let source = api.parent_state::<ModuleSource>(call, request).await?;
                module_source::generated_directory(api, &source).await
            }
            ("Module", "generatedContextDirectory") => {
                let module = api.parent_state::<Module>(call, request).await?;
                let source = module.source(api, &request.principal)?;
                let source = api.state::<ModuleSource>(&source, request).await?;
                module_source::generated_directory(api, &source).await
            }
            ("CurrentModule", field) => {
                let module = api.parent_state::<CurrentModule>(call, request).await?;
                module.directory(api, field, arguments).await
            }
            ("Directory", field) => {
                let before = (*api.parent_state::<Directory>(call, request).await?).clone();
                step(api, before, field, arguments, request).await
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        values::value(self, field).await
    }
}

/// A path that was written as a `file://` URL.
pub(crate) fn strip_scheme(address: &str) -> &str {
    address.strip_prefix("file://").unwrap_or(address)
}

async fn step(
    api: &Arc<Api>,
    mut before: Directory,
    field: &str,
    arguments: Arguments<'_>,
    request: &Arc<Request>,
) -> Result<Directory, ApiError> {
    let place = |name: &str| paths::within(&before.path, arguments.text(name)?);
    let base = &before.output;
    let output = match field {
        "directory" => {
            before.path = place("path")?;
            return Ok(before);
        }
        "withDirectory" => {
            let source = api
                .state::<Directory>(&arguments.object("source", "Directory")?, request)
                .await?;
            let source = filtered(api, &source, arguments).await?;
            copy_directory(base, &place("path")?, &source, &copy_options(arguments)?)
        }
        "withFile" => {
            let source = api.state::<File>(&arguments.object("source", "File")?, request).await?;
            let target = place("path")?;
            let target = if arguments.text("path")?.ends_with('/') {
                paths::join(&target, source.name())
            } else {
                target
            };
            copy_file(base, &target, &source, &copy_options(arguments)?)
        }
        "withFiles" => {
            let mut changed = base.clone();
            for id in arguments.objects("sources", "File")? {
                let source = api.state::<File>(&id, request).await?;
                changed = copy_file(
                    &changed,
                    &paths::join(&place("path")?, source.name()),
                    &source,
                    &copy_options(arguments)?,
                );
            }
            changed
        }
        "withNewFile" => new_file(
            base,
            &place("path")?,
            arguments.mode("permissions")?.unwrap_or(0o644),
            arguments.text("contents")?.as_bytes().to_vec(),
            None,
        ),
        "withNewDirectory" => {
            // The API's default of 0644 is a file's; a directory that nobody can enter is never meant.
            let mode = arguments
                .mode("permissions")?
                .filter(|mode| *mode != 0o644)
                .unwrap_or(0o755);
            file::mkdir(base, &place("path")?, mode, true, None)
        }
        "withSymlink" => {
            let link = place("linkName")?;
            file::symlink(&with_parent(base, &link), arguments.text("target")?, &link, None)
        }
        "withoutDirectory" | "withoutFile" => file::rm(base, &place("path")?, true, true),
        "withoutFiles" => {
            let mut changed = base.clone();
            for path in arguments.texts("paths") {
                changed = file::rm(&changed, &paths::within(&before.path, &path)?, true, true);
            }
            changed
        }
        "filter" => {
            let source = filtered(api, &before, arguments).await?;
            let chosen = copy_directory(&Output::scratch(), "/", &source, &copy_options(arguments)?);
            return Ok(Directory::root(chosen));
        }
        "diff" => {
            let other = api
                .state::<Directory>(&arguments.object("other", "Directory")?, request)
                .await?;
            return Ok(Directory::root(diff(&before.as_root(), &other.as_root())));
        }
        "chown" => {
            let path = place("path")?;
            let options = CopyOptions {
                owner: owner(arguments)?,
                ..CopyOptions::default()
            };
            file::copy(base, base, &path, &path, &options)
        }
        "withTimestamps" => {
            let options = CopyOptions {
                timestamp: Some(timestamp(arguments)?),
                ..CopyOptions::default()
            };
            return Ok(Directory::root(copy_directory(
                &Output::scratch(),
                "/",
                &before,
                &options,
            )));
        }
        "withChanges" => {
            let changes = api
                .state::<Changeset>(&arguments.object("changes", "Changeset")?, request)
                .await?;
            changes.apply(api, base, &before.path).await?
        }
        "withPatch" => patch::apply(api, &before, arguments.text("patch")?.as_bytes()).await?,
        "withPatchFile" => {
            let source = api.state::<File>(&arguments.object("patch", "File")?, request).await?;
            let patch = api.engine().await?.read_file(&source.output, &source.path).await?;
            patch::apply(api, &before, &patch).await?
        }
        "terminal" => {
            terminal::of_directory(api, &before, arguments, request).await?;
            return Ok(before);
        }
        "withError" => return Err(ApiError::other(arguments.text("err")?)),
        _ => {
            return Err(ApiError::Unsupported {
                type_name: "Directory".to_owned(),
                field: field.to_owned(),
            });
        }
    };
    before.output = output;
    Ok(before)
}
