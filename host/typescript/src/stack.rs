//! Work on a thread whose stack is deep enough for the parser's recursion.

use crate::error::BuildError;

/// Bytes of stack: enough for `nesting::LIMIT` levels. It is address space; only what is used becomes memory.
const STACK: usize = 512 << 20;

/// Runs the work on a thread of its own with a deep stack.
///
/// # Errors
/// What the work returns; `Broken` when it panicked; `Read` when the system gives no thread.
pub(crate) fn deep<T: Send>(work: impl FnOnce() -> Result<T, BuildError> + Send) -> Result<T, BuildError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("typescript".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)?;
        thread.join().unwrap_or_else(|payload| {
            let message = payload
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| payload.downcast_ref::<&str>().copied())
                .unwrap_or("no message");
            Err(BuildError::Broken {
                message: message.to_owned(),
            })
        })
    })
}
