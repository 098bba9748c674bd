//! The program that services need inside their container. See README.md for the command lines.
//!
//! No standard library and no libc, like the shim, and for the same reason: a few KB that go into the build graph as a literal and run in any image.
#![no_std]
#![no_main]

mod arguments;
mod carry;
mod commands;
mod init;
#[path = "../../shim/src/memory.rs"]
mod memory;
#[path = "../../shim/src/path.rs"]
mod path;
mod socket;
#[allow(dead_code, reason = "shared with the shim, which uses the rest")]
#[path = "../../shim/src/syscall.rs"]
mod syscall;

use arguments::Arguments;
use core::arch::global_asm;
use syscall::{exit, write_all};

#[cfg(target_arch = "x86_64")]
global_asm!(".globl _start", "_start:", "mov rdi, rsp", "and rsp, -16", "call {entry}", "ud2", entry = sym entry);
#[cfg(target_arch = "aarch64")]
global_asm!(".globl _start", "_start:", "mov x0, sp", "bl {entry}", "brk #1", entry = sym entry);

/// Wrong use, or a failure of its own.
const FAULT: i32 = 125;
/// A port is taken.
const TAKEN: i32 = 124;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    exit(FAULT)
}

/// Says what is wrong and leaves.
fn fault(message: &[u8], code: i32) -> ! {
    write_all(2, message);
    write_all(2, b"\n");
    exit(code)
}

/// # Safety
/// `stack` is the stack pointer at process start: argument count, arguments, null, environment, null.
unsafe extern "C" fn entry(stack: *const usize) -> ! {
    let mut arguments = unsafe { Arguments::new(stack) };
    match arguments.next() {
        Some(b"run") => init::run(arguments),
        Some(b"address") => commands::address(),
        Some(b"wait") => commands::wait(arguments),
        Some(b"dial") => commands::dial(arguments),
        Some(b"listen") => commands::listen(arguments),
        _ => fault(b"usage: relay run|address|wait|dial|listen ...", FAULT),
    }
}
