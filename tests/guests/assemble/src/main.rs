//! Makes components of the core modules in a folder: `assemble <modules> <components>`.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs, process};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = env::args_os().skip(1).map(PathBuf::from);
    let (Some(modules), Some(components)) = (paths.next(), paths.next()) else {
        return Err("usage: assemble <modules> <components>".into());
    };
    fs::create_dir_all(&components)?;
    for entry in fs::read_dir(modules)? {
        let module = entry?.path();
        let name = module.file_name().unwrap_or_default().to_owned();
        // Cargo keeps a second copy of each, with a hash in its name.
        if name.to_string_lossy().contains('-') || module.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let component = wit_component::ComponentEncoder::default()
            .validate(true)
            .module(&fs::read(&module)?)
            .and_then(|encoder| encoder.encode())
            .map_err(|error| format!("{}: {error:#}", module.display()))?;
        // Another test program may read it at this moment: replace, do not rewrite.
        let writing = components.join(format!(".{}-{}", process::id(), name.display()));
        fs::write(&writing, component)?;
        fs::rename(writing, components.join(&name))?;
    }
    Ok(())
}
