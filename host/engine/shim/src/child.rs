//! The user's program: starting it in the child process, and learning its exit code in the parent.

use crate::{
    Invocation, fault,
    path::{Path, c_str},
    syscall::{self, EINTR, ENOENT, ENOTDIR, exit, write_all},
};

const DEFAULT_PATH: &[u8] = b"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Becomes the program, its stdout and stderr being the given pipes.
pub fn become_program(invocation: &Invocation, stdout: i32, stderr: i32) -> ! {
    if !invocation.stdin.is_null() {
        let file = unsafe { syscall::open(invocation.stdin) };
        if file < 0 {
            fault(b"cannot open the file for stdin");
        }
        syscall::duplicate(file as i32, 0);
    }
    syscall::duplicate(stdout, 1);
    syscall::duplicate(stderr, 2);
    let name = unsafe { c_str(*invocation.command) };
    let error = if name.contains(&b'/') {
        unsafe { syscall::execute(*invocation.command, invocation.command, invocation.environment) }
    } else {
        search(invocation, name)
    };
    write_all(2, name);
    write_all(2, if error == ENOENT { b": not found\n" } else { b": cannot be executed\n" });
    exit(if error == ENOENT { 127 } else { 126 })
}

/// Tries the directories of PATH; returns the error that says most.
fn search(invocation: &Invocation, name: &[u8]) -> isize {
    let mut error = ENOENT;
    for directory in search_path(invocation).split(|byte| *byte == b':') {
        let directory = if directory.is_empty() { b"." } else { directory };
        let Some(path) = Path::join(directory, name) else { continue };
        let result = unsafe { syscall::execute(path.as_ptr(), invocation.command, invocation.environment) };
        if result != ENOENT && result != ENOTDIR {
            error = result;
        }
    }
    error
}

fn search_path(invocation: &Invocation) -> &'static [u8] {
    let mut variable = invocation.environment;
    unsafe {
        while !(*variable).is_null() {
            if let Some(value) = c_str(*variable).strip_prefix(b"PATH=") {
                return value;
            }
            variable = variable.add(1);
        }
    }
    DEFAULT_PATH
}

/// Reaps children, also those that are not ours by birth; the program's exit code once it has ended.
pub fn reap(program: isize, block: bool) -> Option<i32> {
    loop {
        let (id, status) = syscall::wait_any(block);
        if id == program {
            let signal = status & 0x7f;
            return Some(if signal == 0 { (status >> 8) & 0xff } else { 128 + signal });
        }
        if id <= 0 && id != EINTR {
            return None;
        }
    }
}
