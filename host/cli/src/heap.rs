//! How memory is taken from the system, where the C library would do it in steps of a page.

/// More than a call needs at once, little enough that nobody minds.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const STEP: i32 = 1 << 20;

/// Larger blocks are mapped by themselves, and zeroed by the system each time.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: i32 = 32 << 20;

/// Tells the allocator how the program uses memory. To be called before there is another thread.
///
/// glibc gives each thread a heap that grows a page at a time, each with a system call that interrupts the other threads: some hundreds in a call
/// that takes 15 ms.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "the allocator of the C library is told in no other way")]
pub(crate) fn settle() {
    for (parameter, value) in [
        (libc::M_ARENA_MAX, 1),
        (libc::M_TOP_PAD, STEP),
        (libc::M_MMAP_THRESHOLD, LARGE),
        // As glibc itself would choose for that threshold, did it not stop choosing when it is told one.
        (libc::M_TRIM_THRESHOLD, 2 * LARGE),
    ] {
        // SAFETY: the function takes two numbers, keeps no reference, and changes how later allocations are made only.
        unsafe { libc::mallopt(parameter, value) };
    }
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn settle() {}
