//! Development tasks: guest runtimes, generated files, checks of the layout.
fn main() {}
