//! Imports WASI, and returns what it finds there.

use dockwright_guests::*;

mod extra {
    wit_bindgen::generate!({
        inline: r#"
            package test:extra;
            world extra {
                import wasi:cli/environment@0.2.6;
                import wasi:filesystem/preopens@0.2.6;
                import wasi:random/random@0.2.6;
            }
        "#,
        path: "wit/wasi.wit",
        generate_all,
    });
}

struct Wasi;

impl Behaviour for Wasi {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        let variables = extra::wasi::cli::environment::get_environment().len();
        let arguments = extra::wasi::cli::environment::get_arguments().len();
        let folders = extra::wasi::filesystem::preopens::get_directories().len();
        let random = extra::wasi::random::random::get_random_u64() != extra::wasi::random::random::get_random_u64();
        Ok(quote(&format!(
            "{variables} variables, {arguments} arguments, {folders} folders, random: {random}"
        )))
    }
}

export!(Wasi);
