//! A build that this client drives: BuildKit's gateway, used from outside.
//!
//! A `Control.Solve` without a definition waits for someone to steer it: calls of the `LLBBridge` service that carry its name in a header. Its
//! results live as long as it does. It ends with [`GatewayBuild::finish`], which hands over what shall be exported, or is cancelled by
//! dropping it (`control/gateway` of BuildKit's tree).

use crate::identifier;
use crate::llb::Output;
use crate::transport::{self, MAX_MESSAGE};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::llb_bridge_client::LlbBridgeClient;
use bollard_buildkit_proto::moby::buildkit::v1::frontend::{self, result};
use bollard_buildkit_proto::moby::buildkit::v1::{Exporter, SolveRequest, SolveResponse};
use bollard_buildkit_proto::pb;
use std::collections::HashMap;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::metadata::AsciiMetadataValue;
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::Channel;
use tonic::{Request, Status};

/// The worker's label that names its network (`worker/label` of BuildKit's tree).
const NETWORK_LABEL: &str = "org.mobyproject.buildkit.worker.network";

/// The steering service, with the build's name in every call.
pub(crate) type Bridge = LlbBridgeClient<InterceptedService<Channel, BuildId>>;

/// Puts the build's name into a call.
#[derive(Clone, Debug)]
pub(crate) struct BuildId(AsciiMetadataValue);

impl Interceptor for BuildId {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request
            .metadata_mut()
            .insert("buildkit-controlapi-buildid", self.0.clone());
        Ok(request)
    }
}

/// An open build. Dropping it cancels all that runs in it.
#[derive(Debug)]
pub(crate) struct GatewayBuild {
    id: String,
    /// Of the run, see [`Output::definition`].
    run: String,
    bridge: Bridge,
    solve: JoinHandle<Result<SolveResponse, Status>>,
    ended: CancellationToken,
    /// Facts about the first worker.
    worker_platform: Option<pb::Platform>,
    shares_network: bool,
}

impl GatewayBuild {
    /// Opens a build for a session. What [`GatewayBuild::finish`] returns to it goes through the exporters.
    pub(crate) async fn open(
        channel: &Channel,
        run: &str,
        session: &str,
        exporters: Vec<Exporter>,
        entitlements: Vec<String>,
    ) -> Result<Self, Status> {
        let id = identifier::random();
        let name: AsciiMetadataValue = id
            .parse()
            .map_err(|_| Status::internal("a build's name must be ASCII"))?;
        // Not kept in the engine's build history.
        let request = SolveRequest {
            r#ref: id.clone(),
            session: session.to_owned(),
            exporters,
            entitlements,
            internal: true,
            ..SolveRequest::default()
        };
        let mut control = transport::control(channel);
        let ended = CancellationToken::new();
        let tell = ended.clone().drop_guard();
        let mut solve = tokio::spawn(async move {
            let _tell = tell;
            control.solve(request).await.map(tonic::Response::into_inner)
        });
        let bridge = LlbBridgeClient::with_interceptor(channel.clone(), BuildId(name))
            .max_decoding_message_size(MAX_MESSAGE)
            .max_encoding_message_size(MAX_MESSAGE);
        // The answer comes once the build is registered; a build that is refused never is.
        let mut ping = bridge.clone();
        let pong = tokio::select! {
            pong = ping.ping(frontend::PingRequest {}) => match pong {
                Ok(pong) => pong.into_inner(),
                Err(status) => {
                    solve.abort();
                    return Err(status);
                }
            },
            ended = &mut solve => return match ended {
                Ok(Err(status)) => Err(status),
                _ => Err(Status::aborted("the build ended before it began")),
            },
        };
        let worker = pong.workers.into_iter().next().unwrap_or_default();
        let shares_network = worker
            .labels
            .get(NETWORK_LABEL)
            .is_some_and(|network| network == "host");
        let worker_platform = worker.platforms.into_iter().next();
        Ok(Self {
            id,
            run: run.to_owned(),
            bridge,
            solve,
            ended,
            worker_platform,
            shares_network,
        })
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn bridge(&self) -> Bridge {
        self.bridge.clone()
    }

    /// Whether it is over, for whatever reason.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.is_cancelled()
    }

    /// What the engine's first worker runs on.
    pub(crate) fn worker_platform(&self) -> Option<&pb::Platform> {
        self.worker_platform.as_ref()
    }

    /// Whether containers have the network of the engine itself and not one of their own.
    pub(crate) fn shares_network(&self) -> bool {
        self.shares_network
    }

    /// The name of a result in this build; with `evaluate` only once it is made.
    pub(crate) async fn solve(&self, output: &Output, evaluate: bool) -> Result<String, Status> {
        let request = frontend::SolveRequest {
            definition: Some(output.definition(&self.run)),
            allow_result_return: true,
            allow_result_array_ref: true,
            evaluate,
            ..frontend::SolveRequest::default()
        };
        let answer = self.bridge().solve(request).await?.into_inner();
        match answer.result.and_then(|result| result.result) {
            Some(result::Result::Ref(reference)) => Ok(reference.id),
            other => Err(Status::internal(format!(
                "the engine answered with a result of another kind: {other:?}"
            ))),
        }
    }

    /// What a frontend of the engine makes of its inputs: graphs that are not run yet.
    pub(crate) async fn frontend(
        &self,
        frontend: &str,
        options: HashMap<String, String>,
        inputs: &[(&str, &Output)],
    ) -> Result<frontend::Result, Status> {
        let request = frontend::SolveRequest {
            frontend: frontend.to_owned(),
            frontend_opt: options,
            frontend_inputs: inputs
                .iter()
                .map(|(name, output)| ((*name).to_owned(), output.definition(&self.run)))
                .collect(),
            allow_result_return: true,
            allow_result_array_ref: true,
            ..frontend::SolveRequest::default()
        };
        let answer = self.bridge().solve(request).await?.into_inner();
        answer
            .result
            .ok_or_else(|| Status::internal("the engine's frontend answered without a result"))
    }

    /// Ends the build with a result for its exporters; their answers.
    pub(crate) async fn finish(self, result: frontend::Result) -> Result<SolveResponse, Status> {
        let returned = self
            .bridge()
            .r#return(frontend::ReturnRequest {
                result: Some(result),
                error: None,
            })
            .await;
        // Taken apart by hand: dropping it as a whole would cancel it.
        let mut this = self;
        let ended = (&mut this.solve)
            .await
            .map_err(|_| Status::aborted("the build was cut off"))?;
        match (ended, returned) {
            (Err(status), _) | (Ok(_), Err(status)) => Err(status),
            (Ok(response), Ok(_)) => Ok(response),
        }
    }

    /// Ends the build without a result. Returns when the engine knows; what it does to let go of the build is its own affair.
    pub(crate) async fn close(&self) -> Result<(), Status> {
        let nothing = frontend::ReturnRequest {
            result: Some(frontend::Result::default()),
            error: None,
        };
        self.bridge().r#return(nothing).await?;
        Ok(())
    }
}

impl Drop for GatewayBuild {
    fn drop(&mut self) {
        self.solve.abort();
    }
}
