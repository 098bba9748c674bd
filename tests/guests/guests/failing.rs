//! Fails with everything that a failure can tell.

use dockwright_guests::*;

struct Failing;

impl Behaviour for Failing {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        let note = |name: &str, value: &str| Annotation {
            name: name.into(),
            value: value.into(),
        };
        Err(Failure {
            location: Some(SourceLocation {
                file: "/src/main.py".into(),
                line: 3,
                column: 5,
            }),
            trace: Some("  File \"/src/main.py\", line 3, in boom".into()),
            extensions: vec![note("exitCode", "7"), note("stdout", "not JSON")],
            ..fail("KeyError", "missing".into())
        })
    }
}

export!(Failing);
