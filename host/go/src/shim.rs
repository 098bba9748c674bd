//! The shim's component, as far as wrapping must know it: which core instance is the shim itself, and what that exports.

use crate::error::WrapError;
use std::collections::BTreeSet;
use wasmparser::{Instance, Parser, Payload};

/// What is known of the shim.
#[derive(Debug)]
pub(crate) struct Shim {
    /// Core modules in it.
    pub(crate) modules: u32,
    /// Core instances in it.
    pub(crate) instances: u32,
    /// The core instance of its main module.
    pub(crate) main: u32,
    /// Names that its main module exports.
    pub(crate) exports: BTreeSet<String>,
}

/// The core module that holds the shim's code: the first one, as wit-component writes components.
const MAIN_MODULE: u32 = 0;

impl Shim {
    pub(crate) fn read(bytes: &[u8]) -> Result<Shim, WrapError> {
        let told = |error: wasmparser::BinaryReaderError| WrapError::Shim(error.to_string());
        let (mut depth, mut modules, mut instances) = (0_u32, 0_u32, 0_u32);
        let mut main = None;
        let mut exports = BTreeSet::new();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.map_err(told)? {
                Payload::ModuleSection { .. } => {
                    modules += u32::from(depth == 0);
                    depth += 1;
                }
                Payload::ComponentSection { .. } => depth += 1,
                Payload::End(_) => depth = depth.saturating_sub(1),
                Payload::ExportSection(reader) if depth == 1 && modules == MAIN_MODULE + 1 => {
                    for export in reader {
                        exports.insert(export.map_err(told)?.name.to_owned());
                    }
                }
                Payload::InstanceSection(reader) if depth == 0 => {
                    for instance in reader {
                        if let Instance::Instantiate { module_index, .. } = instance.map_err(told)?
                            && module_index == MAIN_MODULE
                        {
                            main = Some(instances);
                        }
                        instances += 1;
                    }
                }
                _ => {}
            }
        }
        if !exports.contains("dockwright_hooks") {
            return Err(WrapError::Shim("its first core module is not the shim's".to_owned()));
        }
        let main = main.ok_or_else(|| WrapError::Shim("it has no instance of its first core module".to_owned()))?;
        Ok(Shim {
            modules,
            instances,
            main,
            exports,
        })
    }
}
