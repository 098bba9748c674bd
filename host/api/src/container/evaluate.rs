//! One call of a container's chain: the state before it, changed by the file that knows the call.

use super::state::Container;
use super::{configuration, dockerfile, environment, exec, filesystem, image, import, mounts, services, values};
use crate::address::Address;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::file::File;
use crate::host::Host;
use crate::recipe::Call;
use crate::terminal;
use dockwright_engine::Platform;
use dockwright_schema::{Request, Resolved};
use std::sync::Arc;

impl CoreObject for Container {
    const TYPE: &'static str = "Container";
    const VALUES: &'static [&'static str] = values::FIELDS;
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "container"),
        ("Address", "container"),
        ("Container", "from"),
        ("Container", "withExec"),
        ("Container", "withRootfs"),
        ("Container", "withDirectory"),
        ("Container", "withFile"),
        ("Container", "withFiles"),
        ("Container", "withNewFile"),
        ("Container", "withSymlink"),
        ("Container", "withoutDirectory"),
        ("Container", "withoutFile"),
        ("Container", "withoutFiles"),
        ("Container", "withEnvVariable"),
        ("Container", "withoutEnvVariable"),
        ("Container", "withSecretVariable"),
        ("Container", "withoutSecretVariable"),
        ("Container", "withWorkdir"),
        ("Container", "withoutWorkdir"),
        ("Container", "withUser"),
        ("Container", "withoutUser"),
        ("Container", "withLabel"),
        ("Container", "withoutLabel"),
        ("Container", "withAnnotation"),
        ("Container", "withoutAnnotation"),
        ("Container", "withEntrypoint"),
        ("Container", "withoutEntrypoint"),
        ("Container", "withDefaultArgs"),
        ("Container", "withoutDefaultArgs"),
        ("Container", "withExposedPort"),
        ("Container", "withoutExposedPort"),
        ("Container", "withMountedDirectory"),
        ("Container", "withMountedFile"),
        ("Container", "withMountedCache"),
        ("Container", "withMountedTemp"),
        ("Container", "withMountedSecret"),
        ("Container", "withoutMount"),
        ("Container", "withUnixSocket"),
        ("Container", "withoutUnixSocket"),
        ("Container", "withServiceBinding"),
        ("Container", "withRegistryAuth"),
        ("Container", "withError"),
        ("Container", "withEnvFileVariables"),
        ("Container", "withVolatileVariable"),
        ("Container", "withoutVolatileVariable"),
        ("Container", "withDockerHealthcheck"),
        ("Container", "withoutDockerHealthcheck"),
        ("Container", "terminal"),
        ("Container", "withDefaultTerminalCmd"),
        ("Container", "experimentalWithAllGPUs"),
        ("Container", "experimentalWithGPU"),
        ("Container", "withoutRegistryAuth"),
        ("Container", "import"),
        ("Directory", "dockerBuild"),
        ("Host", "containerImage"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        match (&*call.parent_type, &*call.field) {
            ("Query", "container") => {
                let platform = match arguments.non_empty_text("platform") {
                    Some(text) => text
                        .parse::<Platform>()
                        .map_err(|error| ApiError::other(error.to_string()))?,
                    None => api.engine().await?.default_platform().clone(),
                };
                Ok(Container::scratch(&platform))
            }
            ("Address", "container") => {
                let address = api.parent_state::<Address>(call, request).await?;
                Container::of_image(api, &address.value).await
            }
            ("Host", "containerImage") => {
                let host = api.parent_state::<Host>(call, request).await?;
                let platform = api.engine().await?.default_platform().clone();
                let container = Container::scratch(&platform);
                image::of_docker(api, container, &host.view, arguments.text("name")?).await
            }
            ("Directory", "dockerBuild") => {
                let source = api.parent_state::<Directory>(call, request).await?;
                dockerfile::build(api, &source, arguments, request).await
            }
            ("Container", field) => {
                let before = (*api.parent_state::<Container>(call, request).await?).clone();
                step(api, before, field, arguments, call, request).await
            }
            _ => unsupported_source(call),
        }
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        values::value(self, field).await
    }
}

async fn step(
    api: &Arc<Api>,
    before: Container,
    field: &str,
    arguments: Arguments<'_>,
    call: &Call,
    request: &Arc<Request>,
) -> Result<Container, ApiError> {
    match field {
        "from" => image::from_address(api, before, arguments, request).await,
        "withRegistryAuth" => image::registry_auth(api, before, arguments, request).await,
        "withoutRegistryAuth" => {
            api.engine()
                .await?
                .remove_registry_auth(image::registry(arguments.text("address")?));
            Ok(before)
        }
        "import" => {
            let source = api.state::<File>(&arguments.object("source", "File")?, request).await?;
            import::import(api, before, &source, arguments.optional_text("tag").unwrap_or_default()).await
        }
        "terminal" => {
            terminal::of_container(api, &before, arguments, request).await?;
            Ok(before)
        }
        "withExec" => exec::with_exec(api, before, arguments, request, call.principal.as_ref()).await,
        "withError" => Err(ApiError::other(arguments.text("err")?)),
        "withRootfs" | "withDirectory" | "withFile" | "withFiles" | "withNewFile" | "withSymlink"
        | "withoutDirectory" | "withoutFile" | "withoutFiles" => {
            filesystem::step(api, before, field, arguments, request).await
        }
        "withMountedDirectory"
        | "withMountedFile"
        | "withMountedCache"
        | "withMountedTemp"
        | "withMountedSecret"
        | "withUnixSocket"
        | "withoutUnixSocket"
        | "withoutMount" => mounts::step(api, before, field, arguments, request).await,
        "withServiceBinding" => services::bind(before, arguments),
        "withEnvVariable"
        | "withoutEnvVariable"
        | "withSecretVariable"
        | "withoutSecretVariable"
        | "withVolatileVariable"
        | "withoutVolatileVariable"
        | "withEnvFileVariables" => environment::step(api, before, field, arguments, request).await,
        _ => match configuration::step(before, field, arguments)? {
            Some(after) => Ok(after),
            None => unsupported_source(call),
        },
    }
}
