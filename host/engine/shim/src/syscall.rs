//! Linux system calls without libc, for the two processors.

use core::arch::asm;

#[cfg(target_arch = "x86_64")]
mod number {
    pub const READ: usize = 0;
    pub const WRITE: usize = 1;
    pub const CLOSE: usize = 3;
    pub const CLONE: usize = 56;
    pub const EXECVE: usize = 59;
    pub const WAIT4: usize = 61;
    pub const EXIT_GROUP: usize = 231;
    pub const OPENAT: usize = 257;
    pub const PPOLL: usize = 271;
    pub const DUP3: usize = 292;
    pub const PIPE2: usize = 293;
}
#[cfg(target_arch = "aarch64")]
mod number {
    pub const DUP3: usize = 24;
    pub const OPENAT: usize = 56;
    pub const CLOSE: usize = 57;
    pub const PIPE2: usize = 59;
    pub const READ: usize = 63;
    pub const WRITE: usize = 64;
    pub const PPOLL: usize = 73;
    pub const EXIT_GROUP: usize = 94;
    pub const CLONE: usize = 220;
    pub const EXECVE: usize = 221;
    pub const WAIT4: usize = 260;
}

pub const ENOENT: isize = -2;
pub const EINTR: isize = -4;
pub const ENOTDIR: isize = -20;

const O_CREAT_WRONLY_TRUNC: usize = 0o1 | 0o100 | 0o1000;
const O_CLOEXEC: usize = 0o2000000;
const AT_FDCWD: usize = -100isize as usize;
const SIGCHLD: usize = 17;

/// A file descriptor to wait for, as `ppoll` wants it.
#[repr(C)]
pub struct PollFd {
    pub fd: i32,
    pub events: i16,
    pub revents: i16,
}

pub const POLLIN: i16 = 1;

/// # Safety
/// The arguments are what the kernel expects for `number`; pointers are valid for what it reads and writes.
#[cfg(target_arch = "x86_64")]
pub unsafe fn call(number: usize, a: usize, b: usize, c: usize, d: usize, e: usize) -> isize {
    let result: isize;
    unsafe {
        asm!("syscall", inlateout("rax") number as isize => result, in("rdi") a, in("rsi") b, in("rdx") c, in("r10") d, in("r8") e,
            out("rcx") _, out("r11") _, options(nostack));
    }
    result
}

/// # Safety
/// The arguments are what the kernel expects for `number`; pointers are valid for what it reads and writes.
#[cfg(target_arch = "aarch64")]
pub unsafe fn call(number: usize, a: usize, b: usize, c: usize, d: usize, e: usize) -> isize {
    let result: isize;
    unsafe {
        asm!("svc 0", in("x8") number, inlateout("x0") a as isize => result, in("x1") b, in("x2") c, in("x3") d, in("x4") e,
            options(nostack));
    }
    result
}

pub fn exit(code: i32) -> ! {
    loop {
        unsafe { call(number::EXIT_GROUP, code as usize, 0, 0, 0, 0) };
    }
}

/// Writes everything, or as much as the other side takes.
pub fn write_all(fd: i32, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match unsafe { call(number::WRITE, fd as usize, bytes.as_ptr() as usize, bytes.len(), 0, 0) } {
            EINTR => {}
            n if n > 0 => bytes = bytes.get(n as usize..).unwrap_or_default(),
            _ => return,
        }
    }
}

pub fn read(fd: i32, buffer: &mut [u8]) -> isize {
    unsafe { call(number::READ, fd as usize, buffer.as_mut_ptr() as usize, buffer.len(), 0, 0) }
}

pub fn close(fd: i32) {
    unsafe { call(number::CLOSE, fd as usize, 0, 0, 0, 0) };
}

/// # Safety
/// `path` is a null-terminated string.
pub unsafe fn open(path: *const u8) -> isize {
    unsafe { call(number::OPENAT, AT_FDCWD, path as usize, O_CLOEXEC, 0, 0) }
}

/// # Safety
/// `path` is a null-terminated string.
pub unsafe fn create(path: *const u8) -> isize {
    unsafe { call(number::OPENAT, AT_FDCWD, path as usize, O_CREAT_WRONLY_TRUNC | O_CLOEXEC, 0o644, 0) }
}

/// Both ends of a pipe, closed on exec: (read, write).
pub fn pipe() -> Option<(i32, i32)> {
    let mut ends = [0i32; 2];
    let result = unsafe { call(number::PIPE2, ends.as_mut_ptr() as usize, O_CLOEXEC, 0, 0, 0) };
    (result == 0).then_some((ends[0], ends[1]))
}

pub fn duplicate(from: i32, to: i32) -> isize {
    unsafe { call(number::DUP3, from as usize, to as usize, 0, 0, 0) }
}

/// The child's id in the parent, 0 in the child, or an error below 0.
pub fn fork() -> isize {
    unsafe { call(number::CLONE, SIGCHLD, 0, 0, 0, 0) }
}

/// Returns only when it fails.
///
/// # Safety
/// `path` is a null-terminated string; the others are null-terminated arrays of such.
pub unsafe fn execute(path: *const u8, arguments: *const *const u8, environment: *const *const u8) -> isize {
    unsafe { call(number::EXECVE, path as usize, arguments as usize, environment as usize, 0, 0) }
}

/// Waits for input, at most `nanoseconds`; how many descriptors have some.
pub fn poll(fds: &mut [PollFd], nanoseconds: i64) -> isize {
    let timeout = [0i64, nanoseconds];
    unsafe { call(number::PPOLL, fds.as_mut_ptr() as usize, fds.len(), timeout.as_ptr() as usize, 0, 8) }
}

/// Any child that ended: (its id, its wait status); an id of 0 or below is none.
pub fn wait_any(block: bool) -> (isize, i32) {
    let mut status = 0i32;
    let no_hang = !block as usize;
    let id = unsafe { call(number::WAIT4, -1isize as usize, &raw mut status as usize, no_hang, 0, 0) };
    (id, status)
}
