//! From an output to the message an engine understands: every operation once, dependencies first.

use super::{Node, Output, file, node::digest_of};
use bollard_buildkit_proto::pb;
use prost::Message;
use std::collections::HashSet;
use std::sync::Arc;

impl Output {
    /// The graph behind this output as BuildKit's `pb.Definition`: its last entry names the output. `run` tells the parents of
    /// this run from those of others.
    pub(crate) fn definition(&self, run: &str) -> pb::Definition {
        // An engine has no name for the result of no operation, so the empty file system is a directory made from nothing.
        let Some(input) = self.to_input() else {
            return file::mkdir(&Self::scratch(), "/", 0o755, true, None).definition(run);
        };
        let mut definition = pb::Definition::default();
        for node in self.nodes() {
            definition.def.push(node.bytes.clone());
            definition.metadata.insert(node.digest.clone(), node.metadata(run));
        }
        let last = pb::Op {
            inputs: vec![input],
            ..pb::Op::default()
        }
        .encode_to_vec();
        definition.metadata.insert(digest_of(&last), pb::OpMetadata::default());
        definition.def.push(last);
        definition
    }

    /// Every operation behind this output once, dependencies before those that need them. Not recursive: chains may be long.
    pub(crate) fn nodes(&self) -> Vec<&Arc<Node>> {
        let mut ordered = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let mut stack: Vec<(&Arc<Node>, bool)> = self.node().map(|node| (node, false)).into_iter().collect();
        while let Some((node, dependencies_done)) = stack.pop() {
            if dependencies_done {
                ordered.push(node);
            } else if seen.insert(&node.digest) {
                stack.push((node, true));
                stack.extend(
                    node.inputs
                        .iter()
                        .rev()
                        .filter_map(Output::node)
                        .map(|input| (input, false)),
                );
            }
        }
        ordered
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "tests stop at the first surprise"
    )]
    use crate::llb::{CopyOptions, ExecSpec, Mount, Output, diff, file, merge, source};
    use prost::Message;

    fn sample() -> Output {
        let base = source::image("docker.io/library/busybox:latest", &crate::Platform::linux("amd64"));
        let mut exec = ExecSpec::new(base.clone(), ["sh", "-c", "echo hi > /out"]);
        exec.set_env("B", "2");
        exec.set_env("A", "1");
        exec.mounts.push(Mount::cache("/cache", "key"));
        let run = exec.build().root;
        let file = file::mkfile(&Output::scratch(), "/f", 0o644, b"data".to_vec(), None);
        let copied = file::copy(&run, &file, "/f", "/g", &CopyOptions::default());
        merge(&[copied, diff(&base, &run)])
    }

    #[test]
    fn the_encoding_is_fixed() {
        let definition = sample().definition("run");
        let digest = crate::llb::node::digest_of(&definition.encode_to_vec());
        insta::assert_snapshot!(digest, @"sha256:4d38d2e6073c43d2ef2955e8410bbcf7bfb91e20bb15f9132bb3462bd303811e");
        let digest = crate::llb::node::digest_of(&sample().definition("run").encode_to_vec());
        assert_eq!(digest, crate::llb::node::digest_of(&definition.encode_to_vec()));
    }

    #[test]
    fn each_operation_is_there_once_and_after_its_inputs() {
        let output = sample();
        let nodes = output.nodes();
        let position = |digest: &str| nodes.iter().position(|n| n.digest == digest).unwrap();
        for node in &nodes {
            assert_eq!(nodes.iter().filter(|n| n.digest == node.digest).count(), 1);
            for input in node.inputs.iter().filter_map(Output::node) {
                assert!(position(&input.digest) < position(&node.digest));
            }
        }
        assert_eq!(nodes.len(), 6);
    }

    #[test]
    fn names_and_parents_do_not_change_what_runs() {
        let plain = sample();
        let named = plain.clone().named("other").parent(dockwright_telemetry::SpanId(7));
        assert_eq!(plain.key(), named.key());
        assert_eq!(named.node().unwrap().name, "other");
    }

    #[test]
    fn what_is_made_anew_is_not_taken_for_what_is_known() {
        let known = file::mkdir(&Output::scratch(), "/x", 0o755, true, None);
        let anew = known.clone().ignore_cache();
        assert_ne!(known.key(), anew.key());
        let on = |base: &Output| file::mkdir(base, "/y", 0o755, true, None).key();
        assert_ne!(on(&known), on(&anew));
    }

    #[test]
    fn a_chain_of_thousands_needs_no_deep_stack() {
        let mut output = Output::scratch();
        for i in 0..20_000 {
            output = file::mkdir(&output, &format!("/{i}"), 0o755, false, None);
        }
        assert_eq!(output.nodes().len(), 20_000);
        // Dropping it must not recurse either.
        drop(output);
    }
}
