//! First process of an exec: runs the user's program and keeps its stdout, stderr and exit code. See README.md for the command line.
//!
//! No standard library and no libc: the binary is a few KB, static, and goes into the build graph as a literal. Its bytes are part of every
//! exec's cache key, so change nothing here without need.
#![no_std]
#![no_main]

mod child;
mod memory;
mod path;
mod syscall;
mod tee;

use core::arch::global_asm;
use path::c_str;
use syscall::{exit, write_all};

#[cfg(target_arch = "x86_64")]
global_asm!(".globl _start", "_start:", "mov rdi, rsp", "and rsp, -16", "call {entry}", "ud2", entry = sym entry);
#[cfg(target_arch = "aarch64")]
global_asm!(".globl _start", "_start:", "mov x0, sp", "bl {entry}", "brk #1", entry = sym entry);

/// The shim's own failure.
const FAULT: i32 = 125;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    exit(FAULT)
}

/// What the command line says.
struct Invocation {
    meta: &'static [u8],
    mode: u8,
    /// Path of the file for stdin; null for none.
    stdin: *const u8,
    /// The program and its arguments, null-terminated as the kernel wants them.
    command: *const *const u8,
    environment: *const *const u8,
}

/// Says what is wrong and leaves.
fn fault(message: &[u8]) -> ! {
    write_all(2, b"dockwright shim: ");
    write_all(2, message);
    write_all(2, b"\n");
    exit(FAULT)
}

/// # Safety
/// `stack` is the stack pointer at process start: argument count, arguments, null, environment, null.
unsafe extern "C" fn entry(stack: *const usize) -> ! {
    let invocation = unsafe { parse(stack) };
    let code = tee::run(&invocation);
    exit(match invocation.mode {
        b'a' => 0,
        b'f' => (code == 0) as i32,
        _ => code,
    })
}

/// # Safety
/// As for [`entry`].
unsafe fn parse(stack: *const usize) -> Invocation {
    unsafe {
        let count = *stack;
        let arguments = stack.add(1).cast::<*const u8>();
        let environment = arguments.add(count + 1);
        let mut next = 3;
        let mut stdin = core::ptr::null();
        if count > 5 && c_str(*arguments.add(3)) == b"-i" {
            stdin = *arguments.add(4);
            next = 5;
        }
        if count < next + 2 || c_str(*arguments.add(next)) != b"--" {
            fault(b"usage: shim META MODE [-i STDIN] -- PROGRAM [ARGUMENT...]");
        }
        let mode = match c_str(*arguments.add(2)) {
            [mode @ (b'a' | b'f' | b's')] => *mode,
            _ => fault(b"MODE is a, f or s"),
        };
        Invocation { meta: c_str(*arguments.add(1)), mode, stdin, command: arguments.add(next + 1), environment }
    }
}
