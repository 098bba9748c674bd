//! Null-terminated strings, and paths put together without an allocator.

/// The text without its terminator.
///
/// # Safety
/// `text` is a null-terminated string that lives as long as the process.
pub unsafe fn c_str(text: *const u8) -> &'static [u8] {
    unsafe {
        let mut length = 0;
        while core::ptr::read_volatile(text.add(length)) != 0 {
            length += 1;
        }
        core::slice::from_raw_parts(text, length)
    }
}

/// `directory/name`, as long as the kernel takes paths.
pub struct Path([u8; 4096]);

impl Path {
    /// None when it is too long.
    pub fn join(directory: &[u8], name: &[u8]) -> Option<Path> {
        let mut path = Path([0; 4096]);
        // One byte is left for the terminator.
        if directory.len() + 1 + name.len() >= path.0.len() {
            return None;
        }
        let parts = directory.iter().chain(b"/").chain(name);
        for (slot, byte) in path.0.iter_mut().zip(parts) {
            *slot = *byte;
        }
        Some(path)
    }

    pub fn as_ptr(&self) -> *const u8 {
        self.0.as_ptr()
    }
}
