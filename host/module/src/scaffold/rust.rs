//! A new module in Rust, directly on the WIT world. `module.rs` is that of `modules/hello-rust`, and belongs to the user from then on.

use dockwright_schema::names::{kebab_case, pascal_case};

/// Files relative to the module's source.
pub(super) fn files(name: &str) -> Vec<(&'static str, String)> {
    let mut files = vec![
        (
            "Cargo.toml",
            CARGO.replace("name = \"hello\"", &format!("name = \"{}\"", kebab_case(name))),
        ),
        (".gitignore", "/target\n".to_owned()),
        ("src/lib.rs", LIB.replace("{type}", &pascal_case(name))),
        ("src/module.rs", MODULE.to_owned()),
    ];
    files.extend(WIT.iter().map(|(path, text)| (*path, (*text).to_owned())));
    files
}

const CARGO: &str = include_str!("../../../../modules/hello-rust/dagger/Cargo.toml");
const MODULE: &str = include_str!("../../../../modules/hello-rust/dagger/src/module.rs");

macro_rules! wit {
    ($($file:literal),*) => {
        &[$((concat!("wit/", $file), include_str!(concat!("../../../../wit/0.1.0/", $file)))),*]
    };
}

/// The world that the module is compiled against.
const WIT: &[(&str, &str)] = wit!(
    "api.wit",
    "definitions.wit",
    "functions.wit",
    "source.wit",
    "system.wit",
    "world.wit"
);

const LIB: &str = r##"//! Functions of this project's pipeline.

mod module;

use module::{Call, Error, Module, Type, argument, query};
use serde_json::{Value, json};

/// What the module offers.
fn module() -> Module {
    Module::new("{type}", "Functions of this project's pipeline.")
        .function("hello", "Greet someone. Runs without any container.", Type::String, hello)
        .with(argument("name", "Whom to greet", Type::String).or("world"))
        .function("containerEcho", "A container that prints the text.", Type::object("Container"), container_echo)
        .with(argument("text", "What to print", Type::String))
}

fn hello(call: &Call) -> Result<Value, Error> {
    Ok(json!(format!("Hello, {}!", call.text("name")?)))
}

fn container_echo(call: &Call) -> Result<Value, Error> {
    let command = json!(["echo", call.text("text")?]);
    let document =
        format!(r#"{{ container {{ from(address: "alpine:latest") {{ withExec(args: {command}) {{ id }} }} }} }}"#);
    Ok(query(&document)?["container"]["from"]["withExec"]["id"].clone())
}
"##;

#[cfg(test)]
mod tests {
    use super::WIT;

    /// The example compiles against a copy of its own.
    #[test]
    fn the_examples_world_is_ours() {
        let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../modules/hello-rust/dagger");
        for (path, text) in WIT {
            let copy = std::fs::read_to_string(format!("{example}/{path}"));
            assert_eq!(
                copy.as_deref().ok(),
                Some(*text),
                "copy wit/0.1.0 to modules/hello-rust/dagger/wit"
            );
        }
    }
}
