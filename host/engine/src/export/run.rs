//! One export: a build, a session, an exporter.

use crate::gateway::GatewayBuild;
use crate::llb::Output;
use crate::progress::follow;
use crate::session::{Destination, Session};
use crate::{Engine, ExportError, SolveError};
use bollard_buildkit_proto::moby::buildkit::v1::Exporter;
use bollard_buildkit_proto::moby::buildkit::v1::frontend::{self, Ref, RefMap, result};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// How long the last reports of an export are waited for.
const REPORT_PATIENCE: Duration = Duration::from_secs(2);

/// What is exported.
pub(crate) enum Content<'a> {
    /// One file system.
    One(&'a Output),
    /// One per platform, by the platform's text.
    PerPlatform(Vec<(String, &'a Output)>),
}

impl Content<'_> {
    fn outputs(&self) -> Vec<&Output> {
        match self {
            Self::One(output) => vec![output],
            Self::PerPlatform(outputs) => outputs.iter().map(|(_, output)| *output).collect(),
        }
    }
}

impl Engine {
    /// Exports, and returns what the exporter says about it.
    pub(crate) async fn export(
        &self,
        content: Content<'_>,
        metadata: HashMap<String, Vec<u8>>,
        exporter: Exporter,
        destination: Option<Arc<Destination>>,
    ) -> Result<HashMap<String, String>, ExportError> {
        for output in content.outputs() {
            // First in the build of the run: errors are understood there, and what was made stays for the rest of the run.
            self.evaluate(output).await?;
        }
        let inner = &self.inner;
        let failed = |status: tonic::Status| -> ExportError {
            if let Some(failure) = destination.as_ref().and_then(|destination| destination.failure()) {
                return failure;
            }
            self.lost(&status)
                .unwrap_or_else(|| SolveError::Failed {
                    operation: Some("export".to_owned()),
                    message: status.message().to_owned(),
                })
                .into()
        };
        let session = Session::open(&inner.channel, &inner.state, destination.clone()).map_err(failed)?;
        let build = GatewayBuild::open(
            &inner.channel,
            inner.tracker.run(),
            session.id(),
            vec![exporter],
            Vec::new(),
        )
        .await
        .map_err(failed)?;
        let reports = tokio::spawn(follow(
            inner.channel.clone(),
            build.id().to_owned(),
            Arc::clone(&inner.tracker),
        ));
        let result = self.result_of(&build, content).await.map_err(failed)?;
        let response = build
            .finish(frontend::Result {
                result: Some(result),
                metadata,
                ..frontend::Result::default()
            })
            .await
            .map_err(failed)?;
        let abort = reports.abort_handle();
        if tokio::time::timeout(REPORT_PATIENCE, reports).await.is_err() {
            abort.abort();
        }
        if let Some(destination) = &destination {
            if !destination.settled().await {
                let message = "what the engine sent could not be written in time".to_owned();
                return Err(SolveError::Failed {
                    operation: Some("export".to_owned()),
                    message,
                }
                .into());
            }
            if let Some(failure) = destination.failure() {
                return Err(failure);
            }
        }
        Ok(response.exporter_response)
    }

    async fn result_of(&self, build: &GatewayBuild, content: Content<'_>) -> Result<result::Result, tonic::Status> {
        let reference = |output| async move { build.solve(output, false).await.map(|id| Ref { id, def: None }) };
        match content {
            Content::One(output) => Ok(result::Result::Ref(reference(output).await?)),
            Content::PerPlatform(outputs) => {
                let mut refs = HashMap::new();
                for (platform, output) in outputs {
                    refs.insert(platform, reference(output).await?);
                }
                Ok(result::Result::Refs(RefMap { refs }))
            }
        }
    }
}
