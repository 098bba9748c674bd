//! Reads the details of an engine's error: which operation failed, how a command ended, which file systems it left.
//!
//! BuildKit puts them in the trailer `grpc-status-details-bin` as a `google.rpc.Status` of Anys whose payload is JSON when the type's
//! name ends in `+json`, and protobuf otherwise (`util/grpcerrors` and `solver/errdefs` of its tree).

use bollard_buildkit_proto::pb;
use prost::Message;
use serde_json::Value;
use tonic::Status;

/// What the details of an error say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ErrorDetails {
    /// Digest of the operation that failed.
    pub(crate) vertex: Option<String>,
    /// Exit code of a command that failed.
    pub(crate) exit_code: Option<i32>,
    /// Identities of the failed command's mounts, in the order of the command's mounts.
    pub(crate) mounts: Vec<String>,
    /// The command that failed.
    pub(crate) exec: Option<FailedExec>,
}

/// What an error says of the command that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FailedExec {
    /// Program and arguments.
    pub(crate) args: Vec<String>,
    /// Where the mounts are, in their order.
    pub(crate) destinations: Vec<String>,
}

#[derive(Clone, PartialEq, Message)]
struct RpcStatus {
    #[prost(message, repeated, tag = "3")]
    details: Vec<Any>,
}

#[derive(Clone, PartialEq, Message)]
struct Any {
    #[prost(string, tag = "1")]
    type_url: String,
    #[prost(bytes = "vec", tag = "2")]
    value: Vec<u8>,
}

/// `errdefs.Vertex`
#[derive(Clone, PartialEq, Message)]
struct VertexDetail {
    #[prost(string, tag = "1")]
    digest: String,
}

/// `errdefs.Solve` without what is not needed.
#[derive(Clone, PartialEq, Message)]
struct SolveDetail {
    #[prost(string, repeated, tag = "2")]
    mount_ids: Vec<String>,
    #[prost(message, optional, tag = "3")]
    op: Option<pb::Op>,
}

impl ErrorDetails {
    pub(crate) fn of(status: &Status) -> Self {
        let mut found = Self::default();
        let Ok(decoded) = RpcStatus::decode(status.details()) else {
            return found;
        };
        for Any { type_url, value } in decoded.details {
            let name = type_url.rsplit('/').next().unwrap_or_default();
            let (name, json) = match name.strip_suffix("+json") {
                Some(name) => (name, serde_json::from_slice::<Value>(&value).ok()),
                None => (name, None),
            };
            match (name, json) {
                ("errdefs.Vertex", Some(json)) => found.set_vertex(text(&json, "digest")),
                ("errdefs.Vertex", None) => {
                    found.set_vertex(VertexDetail::decode(value.as_slice()).ok().map(|v| v.digest))
                }
                ("errdefs.Solve", Some(json)) => {
                    found.mounts = texts(&json, "mountIDs");
                    found.exec = json.pointer("/op/exec").map(exec_of_json);
                }
                ("errdefs.Solve", None) => {
                    if let Ok(detail) = SolveDetail::decode(value.as_slice()) {
                        found.mounts = detail.mount_ids;
                        found.exec = exec_of_op(detail.op);
                    }
                }
                ("gatewayapi.ExitMessage" | "moby.buildkit.v1.frontend.ExitMessage", Some(json)) => {
                    found.exit_code = json
                        .get("Code")
                        .and_then(Value::as_i64)
                        .and_then(|code| i32::try_from(code).ok());
                }
                ("moby.buildkit.v1.frontend.ExitMessage", None) => {
                    use bollard_buildkit_proto::moby::buildkit::v1::frontend::ExitMessage;
                    found.exit_code = ExitMessage::decode(value.as_slice())
                        .ok()
                        .and_then(|m| i32::try_from(m.code).ok());
                }
                _ => {}
            }
        }
        found
    }

    /// The innermost operation comes first; those that only passed the error on must not replace it.
    fn set_vertex(&mut self, digest: Option<String>) {
        if self.vertex.is_none() {
            self.vertex = digest.filter(|digest| !digest.is_empty());
        }
    }
}

fn exec_of_json(exec: &Value) -> FailedExec {
    let mounts = exec.get("mounts").and_then(Value::as_array);
    let destinations = mounts.map(|mounts| {
        mounts
            .iter()
            .map(|mount| text(mount, "dest").unwrap_or_default())
            .collect()
    });
    FailedExec {
        args: exec.get("meta").map(|meta| texts(meta, "args")).unwrap_or_default(),
        destinations: destinations.unwrap_or_default(),
    }
}

fn exec_of_op(op: Option<pb::Op>) -> Option<FailedExec> {
    let pb::op::Op::Exec(exec) = op?.op? else { return None };
    let destinations = exec.mounts.into_iter().map(|mount| mount.dest).collect();
    Some(FailedExec {
        args: exec.meta.unwrap_or_default().args,
        destinations,
    })
}

fn text(json: &Value, key: &str) -> Option<String> {
    json.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn texts(json: &Value, key: &str) -> Vec<String> {
    let list = json.get(key).and_then(Value::as_array);
    list.map(|items| items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Any, ErrorDetails, RpcStatus};
    use prost::Message;
    use tonic::{Code, Status};

    fn status(details: Vec<(&str, &str)>) -> Status {
        let details = details
            .into_iter()
            .map(|(name, json)| Any {
                type_url: format!("github.com/moby/{name}"),
                value: json.into(),
            })
            .collect();
        Status::with_details(Code::Unknown, "failed", RpcStatus { details }.encode_to_vec().into())
    }

    #[test]
    fn a_failed_command_is_understood() {
        let details = ErrorDetails::of(&status(vec![
            ("errdefs.Vertex+json", r#"{"digest":"sha256:aa"}"#),
            (
                "errdefs.Solve+json",
                r#"{"inputIDs":["i"],"mountIDs":["m0","m1","m2"],"op":{"exec":{"meta":{"args":["a","b"]},"mounts":[{"dest":"/"},{"dest":"/x"}]}}}"#,
            ),
            ("gatewayapi.ExitMessage+json", r#"{"Code":7}"#),
            ("errdefs.Vertex+json", r#"{"digest":"sha256:bb"}"#),
            ("something.Else+json", "not even JSON"),
        ]));
        assert_eq!(details.vertex.as_deref(), Some("sha256:aa"));
        assert_eq!(details.exit_code, Some(7));
        assert_eq!(details.mounts, ["m0", "m1", "m2"]);
        let exec = details.exec.unwrap_or_default();
        assert_eq!(
            (exec.args, exec.destinations),
            (
                vec!["a".to_owned(), "b".to_owned()],
                vec!["/".to_owned(), "/x".to_owned()]
            )
        );
    }

    #[test]
    fn no_details_and_broken_ones_say_nothing() {
        assert_eq!(ErrorDetails::of(&Status::unknown("x")), ErrorDetails::default());
        let broken = Status::with_details(Code::Unknown, "x", vec![0xff, 0x01, 0x02].into());
        assert_eq!(ErrorDetails::of(&broken), ErrorDetails::default());
    }
}
