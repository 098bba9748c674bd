//! `run [-p PORT]... -- PROGRAM [ARGUMENT...]`: the first process of a service. Passes signals on and reaps orphans.

use crate::{
    FAULT, TAKEN,
    arguments::{Arguments, port},
    fault,
    path::{Path, c_str},
    socket::{self, Address},
    syscall::{self, EINTR, ENOENT, ENOTDIR, call, exit, write_all},
};

#[cfg(target_arch = "x86_64")]
mod number {
    pub const SIGPROCMASK: usize = 14;
    pub const KILL: usize = 62;
    pub const SIGTIMEDWAIT: usize = 128;
}
#[cfg(target_arch = "aarch64")]
mod number {
    pub const KILL: usize = 129;
    pub const SIGPROCMASK: usize = 135;
    pub const SIGTIMEDWAIT: usize = 137;
}

const SIGCHLD: isize = 17;
const BLOCK: usize = 0;
const SET: usize = 2;

/// With `-p`, leaves at once when the port is taken: in a network that is not the container's own, another's port would be mistaken for its own.
pub fn run(mut arguments: Arguments) -> ! {
    loop {
        match arguments.needed() {
            b"-p" => refuse_taken(arguments.needed()),
            b"--" => break,
            _ => fault(b"usage: relay run [-p PORT]... -- PROGRAM [ARGUMENT...]", FAULT),
        }
    }
    let all = u64::MAX;
    let mut before = 0u64;
    unsafe { call(number::SIGPROCMASK, BLOCK, &raw const all as usize, &raw mut before as usize, 8, 0) };
    let program = syscall::fork();
    if program == 0 {
        unsafe { call(number::SIGPROCMASK, SET, &raw const before as usize, 0, 8, 0) };
        become_program(&arguments);
    }
    if program < 0 {
        fault(b"cannot start a process", FAULT);
    }
    loop {
        let signal = unsafe { call(number::SIGTIMEDWAIT, &raw const all as usize, 0, 0, 8, 0) };
        if signal == SIGCHLD {
            reap(program);
        } else if signal > 0 {
            unsafe { call(number::KILL, program as usize, signal as usize, 0, 0, 0) };
        }
    }
}

fn refuse_taken(text: &'static [u8]) {
    let address = Address::ipv4([127, 0, 0, 1], port(text));
    let fd = socket::socket(&address, socket::STREAM);
    let taken = socket::connect(fd, &address) == 0;
    syscall::close(fd as i32);
    if taken {
        write_all(2, text);
        fault(b": the port is taken", TAKEN);
    }
}

/// Takes what ended; leaves with the program's exit code once that is among it.
fn reap(program: isize) {
    loop {
        let (id, status) = syscall::wait_any(false);
        if id == program {
            let signal = status & 0x7f;
            exit(if signal == 0 { (status >> 8) & 0xff } else { 128 + signal });
        }
        if id <= 0 && id != EINTR {
            return;
        }
    }
}

fn become_program(arguments: &Arguments) -> ! {
    let (command, environment) = arguments.rest();
    if unsafe { (*command).is_null() } {
        fault(b"relay: there is no program to run", FAULT);
    }
    let name = unsafe { c_str(*command) };
    let error = if name.contains(&b'/') {
        unsafe { syscall::execute(*command, command, environment) }
    } else {
        search(name, command, environment)
    };
    write_all(2, name);
    write_all(2, if error == ENOENT { b": not found\n" } else { b": cannot be executed\n" });
    exit(if error == ENOENT { 127 } else { 126 })
}

/// Tries the directories of PATH; returns the error that says most.
fn search(name: &[u8], command: *const *const u8, environment: *const *const u8) -> isize {
    let mut error = ENOENT;
    for directory in search_path(environment).split(|byte| *byte == b':') {
        let directory = if directory.is_empty() { b"." } else { directory };
        let Some(path) = Path::join(directory, name) else { continue };
        let result = unsafe { syscall::execute(path.as_ptr(), command, environment) };
        if result != ENOENT && result != ENOTDIR {
            error = result;
        }
    }
    error
}

fn search_path(mut variable: *const *const u8) -> &'static [u8] {
    unsafe {
        while !(*variable).is_null() {
            if let Some(value) = c_str(*variable).strip_prefix(b"PATH=") {
                return value;
            }
            variable = variable.add(1);
        }
    }
    b""
}
