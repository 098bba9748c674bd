//! From a module reference to a locked module: manifest, context, digest, vendored dependencies.
