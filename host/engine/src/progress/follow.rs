//! Follows the status stream of one build.

use super::Tracker;
use crate::transport;
use bollard_buildkit_proto::moby::buildkit::v1::StatusRequest;
use futures::StreamExt;
use std::sync::Arc;
use std::time::Duration;
use tonic::transport::Channel;

/// How often ends are looked at that may not stand.
const TICK: Duration = Duration::from_millis(50);

/// Passes on what the engine reports, until the build ends. Losing the reports is no error: the results tell whether the build went well.
pub(crate) async fn follow(channel: Channel, build: String, tracker: Arc<Tracker>) {
    let Ok(response) = transport::control(&channel)
        .status(StatusRequest { r#ref: build })
        .await
    else {
        return;
    };
    let mut reports = response.into_inner();
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            report = reports.next() => match report {
                Some(Ok(report)) => tracker.apply(report),
                Some(Err(_)) | None => break,
            },
            _ = tick.tick() => tracker.settle(false),
        }
    }
    tracker.settle(true);
}
