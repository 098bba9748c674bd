//! Whole file systems put together and taken apart.

use super::{Node, Output, node::INTERNAL, output::Inputs};
use bollard_buildkit_proto::pb::{self, op::Op as OpKind};

/// The file systems laid over each other, later ones on top. Shares their layers where the engine can.
pub fn merge(layers: &[Output]) -> Output {
    let layers: Vec<&Output> = layers.iter().filter(|layer| !layer.is_scratch()).collect();
    match layers.as_slice() {
        [] => Output::scratch(),
        [only] => (*only).clone(),
        layers => {
            let mut inputs = Inputs::default();
            let numbers = layers
                .iter()
                .map(|layer| pb::MergeInput {
                    input: inputs.number(layer),
                })
                .collect();
            let op = OpKind::Merge(pb::MergeOp { inputs: numbers });
            Output::new(
                Node::new(op, inputs.into_outputs(), None, format!("{INTERNAL}merge")),
                0,
            )
        }
    }
}

/// What `upper` has, lacks or changes compared to `lower`, as a layer.
pub fn diff(lower: &Output, upper: &Output) -> Output {
    if lower == upper || upper.is_scratch() {
        return Output::scratch();
    }
    let mut inputs = Inputs::default();
    let lower = pb::LowerDiffInput {
        input: inputs.number(lower),
    };
    let upper = pb::UpperDiffInput {
        input: inputs.number(upper),
    };
    let op = OpKind::Diff(pb::DiffOp {
        lower: Some(lower),
        upper: Some(upper),
    });
    Output::new(Node::new(op, inputs.into_outputs(), None, format!("{INTERNAL}diff")), 0)
}

#[cfg(test)]
mod tests {
    use super::{diff, merge};
    use crate::llb::{Output, file};

    #[test]
    fn nothing_needs_no_operation() {
        let some = file::mkdir(&Output::scratch(), "/a", 0o755, true, None);
        assert!(merge(&[]).is_scratch());
        assert_eq!(merge(&[Output::scratch(), some.clone()]), some);
        assert!(diff(&some, &some).is_scratch());
        assert!(diff(&some, &Output::scratch()).is_scratch());
    }
}
