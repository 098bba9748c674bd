//! A pipeline as users of dagger-sdk write one. Prints what it found as JSON.

use dagger_sdk::core::gql_client::GraphQlExtension;
use dagger_sdk::core::graphql_client::GraphQLError;
use dagger_sdk::errors::DaggerError;
use dagger_sdk::{
    CacheSharingMode, ContainerWithExecOptsBuilder, ContainerWithMountedCacheOptsBuilder, HostDirectoryOptsBuilder, Query,
    ReturnType,
};
use serde_json::{Map, Value, json};

#[tokio::main]
async fn main() -> eyre::Result<()> {
    let run = std::env::args().nth(1).unwrap_or_default();
    dagger_sdk::connect(|client| async move {
        println!("{}", pipeline(client, &run).await?);
        Ok(())
    })
    .await?;
    Ok(())
}

async fn pipeline(client: Query, run: &str) -> eyre::Result<Value> {
    let version = client.version().await?;
    let filter = HostDirectoryOptsBuilder::default().exclude(vec!["**/*.log"]).build()?;
    let source = client.host().directory_opts("source", filter);
    let entries = source.directory("data").entries().await?;

    let base = client
        .container()
        .from("alpine")
        .with_env_variable("RUN", run)
        .with_env_variable("GREETING", "Hello")
        .with_directory("/src", source)
        .with_workdir("/src");
    let greeting = base.with_exec(vec!["./greet.sh", "client"]).stdout().await?;
    let platform = base.platform().await?;

    let locked = ContainerWithMountedCacheOptsBuilder::default()
        .sharing(CacheSharingMode::Locked)
        .build()?;
    let volume = client.cache_volume(format!("clients-{run}"));
    let mut counting = base.with_mounted_cache_opts("/cache", volume, locked);
    for step in 0..2 {
        let script = format!("echo {step} >> /cache/log; cat /cache/log");
        counting = counting.with_exec(vec!["sh", "-c", &script]);
    }
    let cache = counting.stdout().await?;

    let token = client.set_secret("token", format!("plaintext-{run}"));
    let guarded = base.with_secret_variable("TOKEN", token);
    let secret = guarded
        .with_exec(vec!["sh", "-c", "echo ${#TOKEN} $TOKEN"])
        .stdout()
        .await?;

    let failing = base.with_exec(vec!["sh", "-c", "echo out; echo err >&2; exit 3"]);
    let error = match failing.sync().await {
        Err(DaggerError::Query(GraphQLError::DomainError { fields, .. })) => {
            let first = fields.first().ok_or_else(|| eyre::eyre!("no errors"))?;
            match &first.extensions {
                Some(GraphQlExtension::ExecError {
                    cmd,
                    exit_code,
                    stdout,
                    stderr,
                }) => json!({
                    "exitCode": exit_code,
                    "command": cmd,
                    "stdout": stdout,
                    "stderr": stderr,
                    "message": first.message,
                }),
                other => json!(format!("{other:?}")),
            }
        }
        Err(other) => json!(other.to_string()),
        Ok(_) => json!("no error"),
    };
    let missing = match client.container().from("no-such-image-anywhere").sync().await {
        Err(error) => error.to_string(),
        Ok(_) => "no error".to_owned(),
    };
    let any = ContainerWithExecOptsBuilder::default().expect(ReturnType::Any).build()?;
    let allowed = base.with_exec_opts(vec!["sh", "-c", "exit 4"], any).exit_code().await?;

    let mut variables = Map::new();
    for each in base.env_variables().await? {
        let name = each.name().await?;
        if name == "RUN" || name == "GREETING" {
            variables.insert(name, each.value().await?.into());
        }
    }

    let script = "mkdir -p out/deep && sort data/numbers.txt > out/deep/sorted";
    let built = base.with_exec(vec!["sh", "-c", script]).sync().await?;
    let out = built.directory("out");
    let sorted = out.file("deep/sorted").contents().await?;
    let exported = out.export("out").await?;

    let made = client
        .directory()
        .with_new_file("a.txt", "quotes \" and\nlines")
        .with_new_directory("empty");
    let new = json!([made.file("a.txt").contents().await?, made.entries().await?]);
    let steps: Vec<_> = (0..8)
        .map(|number| base.with_exec(vec!["sh".to_owned(), "-c".to_owned(), format!("echo {number}")]))
        .collect();
    let parallel = futures::future::try_join_all(steps.iter().map(|step| step.stdout())).await?;
    Ok(json!({
        "version": version,
        "entries": entries,
        "greeting": greeting,
        "platform": platform,
        "cache": cache,
        "secret": secret,
        "error": error,
        "missing": missing,
        "allowed": allowed,
        "variables": variables,
        "sorted": sorted,
        "exported": exported,
        "new": new,
        "parallel": parallel.concat(),
    }))
}
