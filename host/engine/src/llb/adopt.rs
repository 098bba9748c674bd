//! From a message that an engine gave (the result of a frontend) back to an output: [`super::definition`] the other way round.

use super::{Node, Output, audience, node::digest_of};
use bollard_buildkit_proto::pb::{self, op::Op as OpKind};
use prost::Message;
use std::collections::HashMap;
use std::sync::Arc;

/// Other names for what a graph asks its client for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Renames {
    /// Secrets, by the names in the graph.
    pub(crate) secrets: HashMap<String, String>,
    /// What every socket is; none leaves them.
    pub(crate) socket: Option<String>,
}

/// The output that a definition names, with what it asks its client for under other names. An empty definition is the empty file system.
pub(crate) fn adopt(definition: &pb::Definition, renames: &Renames) -> Result<Output, String> {
    let Some((head, operations)) = definition.def.split_last() else {
        return Ok(Output::scratch());
    };
    let mut known: HashMap<String, Arc<Node>> = HashMap::new();
    let find = |known: &HashMap<String, Arc<Node>>, input: &pb::Input| match known.get(&input.digest) {
        Some(node) => Ok(Output::new(Arc::clone(node), input.index)),
        None => Err(format!("the graph lacks the operation {}", input.digest)),
    };
    for bytes in operations {
        let digest = digest_of(bytes);
        let mut op = decode(bytes)?;
        let inputs = op
            .inputs
            .iter()
            .map(|input| find(&known, input))
            .collect::<Result<Vec<_>, _>>()?;
        let renamed = rename(&mut op, renames);
        let now: Vec<_> = inputs.iter().filter_map(Output::to_input).collect();
        let moved = now != op.inputs;
        let bytes = if renamed || moved {
            op.inputs = now;
            op.encode_to_vec()
        } else {
            bytes.clone()
        };
        let metadata = definition.metadata.get(&digest);
        let name = metadata.and_then(|metadata| metadata.description.get("llb.customname"));
        let node = Node::adopt(
            bytes,
            inputs,
            name.cloned().unwrap_or_else(|| "build".to_owned()),
            metadata.is_some_and(|metadata| metadata.ignore_cache),
        );
        known.insert(digest, node);
    }
    match decode(head)?.inputs.as_slice() {
        [] => Ok(Output::scratch()),
        [input, ..] => find(&known, input),
    }
}

fn decode(bytes: &[u8]) -> Result<pb::Op, String> {
    pb::Op::decode(bytes).map_err(|error| format!("the graph cannot be read: {error}"))
}

/// Gives what the operation asks its client for other names; whether anything changed.
fn rename(op: &mut pb::Op, renames: &Renames) -> bool {
    let exec = match &mut op.op {
        Some(OpKind::Source(source)) if source.identifier.starts_with("git://") => {
            return audience::adopt(&mut source.attrs, renames);
        }
        Some(OpKind::Exec(exec)) => exec,
        _ => return false,
    };
    let mut changed = false;
    let secrets = exec.secretenv.iter_mut().map(|secret| &mut secret.id).chain(
        exec.mounts
            .iter_mut()
            .filter_map(|mount| Some(&mut mount.secret_opt.as_mut()?.id)),
    );
    for id in secrets {
        if let Some(other) = renames.secrets.get(id) {
            other.clone_into(id);
            changed = true;
        }
    }
    if let Some(socket) = &renames.socket {
        for mount in &mut exec.mounts {
            if let Some(option) = &mut mount.ssh_opt {
                socket.clone_into(&mut option.id);
                changed = true;
            }
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{Renames, adopt};
    use crate::llb::{ExecSpec, Mount, Output, SecretEnv, file};
    use std::collections::HashMap;

    fn sample() -> Output {
        let base = file::mkfile(&Output::scratch(), "/f", 0o644, b"data".to_vec(), None);
        let mut exec = ExecSpec::new(base, ["true"]);
        exec.mounts.push(Mount::secret("/secret", "token"));
        exec.secret_env.push(SecretEnv {
            name: "TOKEN".to_owned(),
            id: "token".to_owned(),
        });
        exec.ignore_cache = true;
        let ran = exec.build().root;
        file::mkdir(&ran, "/x", 0o755, true, None)
    }

    #[test]
    fn a_graph_comes_back_as_it_was() {
        let output = sample();
        let back = adopt(&output.definition("run"), &Renames::default()).unwrap();
        assert_eq!(back.key(), output.key());
        assert_eq!(back.node().unwrap().name, output.node().unwrap().name);
        let empty = bollard_buildkit_proto::pb::Definition::default();
        assert!(adopt(&empty, &Renames::default()).unwrap().is_scratch());
    }

    #[test]
    fn other_names_change_what_depends_on_them() {
        let renames = Renames {
            secrets: HashMap::from([("token".to_owned(), "other".to_owned())]),
            socket: None,
        };
        let output = sample();
        let renamed = adopt(&output.definition("run"), &renames).unwrap();
        assert_ne!(renamed.key(), output.key());
        let text: Vec<String> = renamed
            .nodes()
            .iter()
            .map(|node| String::from_utf8_lossy(&node.bytes).into_owned())
            .collect();
        assert_eq!(text.iter().filter(|text| text.contains("other")).count(), 1);
        assert!(!text.iter().any(|text| text.contains("token")));
        // It still is one graph: what is asked for is defined.
        adopt(&renamed.definition("run"), &Renames::default()).unwrap();
    }
}
