//! The program that services need inside their container (`relay/` beside `src/`), as a mount.

use crate::Platform;
use crate::llb::{Mount, Output, file};
use crate::shim::UnsupportedPlatform;

static RELAY_X86_64: &[u8] = include_bytes!("../relay/bin/relay-x86_64");
static RELAY_AARCH64: &[u8] = include_bytes!("../relay/bin/relay-aarch64");

/// Where it lies in the container.
pub(crate) const PROGRAM: &str = "/.dockwright/relay";
/// Its exit code when a port is taken.
pub(crate) const TAKEN: i32 = 124;

/// The program for a platform, to be mounted in a container.
pub(crate) fn mount(platform: &Platform) -> Result<Mount, UnsupportedPlatform> {
    let program = match (platform.os.as_str(), platform.architecture.as_str()) {
        ("linux", "amd64") => RELAY_X86_64,
        ("linux", "arm64") => RELAY_AARCH64,
        _ => {
            return Err(UnsupportedPlatform {
                platform: platform.clone(),
            });
        }
    };
    let program = file::mkfile(&Output::scratch(), "/relay", 0o755, program.to_vec(), None).named("[internal] relay");
    Ok(Mount::readonly(PROGRAM, program, "/relay"))
}
