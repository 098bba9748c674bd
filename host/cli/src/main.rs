//! The dockwright command.
fn main() {}
