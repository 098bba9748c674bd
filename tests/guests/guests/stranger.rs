//! Imports what no module gets.

use dockwright_guests::*;

mod extra {
    wit_bindgen::generate!({
        inline: r#"
            package elsewhere:host;
            interface files { read: func(path: string) -> string; }
            world extra { import files; }
        "#,
    });
}

struct Stranger;

impl Behaviour for Stranger {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        Ok(quote(&extra::elsewhere::host::files::read("/etc/passwd")))
    }
}

export!(Stranger);
