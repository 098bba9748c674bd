//! From source to component.

use crate::cargo;
use crate::error::RustError;
use std::path::Path;
use wit_component::ComponentEncoder;

/// Builds the package in `source`, with `target` as cargo's target directory, which modules share, and makes the result a component. Takes as long as cargo does;
/// blocks the thread.
///
/// # Errors
/// What the compiler says of the source; or there is no cargo, or what it built is no module of a WIT world.
pub fn build(source: &Path, target: &Path) -> Result<Vec<u8>, RustError> {
    fs_err::create_dir_all(target)?;
    // Two modules may have packages of one name, so nobody else may build before the result is read.
    let lock = fs_err::File::create(target.join(".lock"))?;
    lock.file().lock()?;
    let module = fs_err::read(cargo::build(source, target)?)?;
    drop(lock);
    ComponentEncoder::default()
        .validate(true)
        .module(&module)
        .and_then(|encoder| encoder.encode())
        .map_err(|error| RustError::Component(format!("{error:#}")))
}
