//! Runs the program and copies what it prints, both to the files and to our own stdout and stderr, and notes in which order it came.

use crate::{
    Invocation, child, fault,
    path::Path,
    syscall::{self, EINTR, POLLIN, PollFd, write_all},
};

/// How long a wait for output may last before we look whether the program ended: 20 ms.
const TICK_NANOSECONDS: i64 = 20_000_000;

/// One stream: the pipe it comes from (below 0 once it is at its end), the file and the descriptor it goes to.
struct Copy {
    pipe: i32,
    file: i32,
    own: i32,
}

/// In which order the two streams were written: a file of little-endian 32-bit words, one for each run of bytes of one stream. The word is
/// the number of bytes, its highest bit is set for stderr.
struct Order {
    file: i32,
    stream: u32,
    count: u32,
}

impl Order {
    fn add(&mut self, stream: u32, count: u32) {
        if stream != self.stream || count > MOST - self.count {
            self.flush();
            self.stream = stream;
        }
        self.count += count;
    }

    fn flush(&mut self) {
        if self.count > 0 {
            write_all(self.file, &(self.count | self.stream << 31).to_le_bytes());
            self.count = 0;
        }
    }
}

/// Most bytes that one word can say.
const MOST: u32 = (1 << 31) - 1;

/// The program's exit code.
pub fn run(invocation: &Invocation) -> i32 {
    let (stdout_file, stderr_file) = (create(invocation.meta, b"stdout"), create(invocation.meta, b"stderr"));
    let (Some(stdout), Some(stderr)) = (syscall::pipe(), syscall::pipe()) else { fault(b"cannot make a pipe") };
    let program = syscall::fork();
    if program == 0 {
        child::become_program(invocation, stdout.1, stderr.1);
    }
    if program < 0 {
        fault(b"cannot start a process");
    }
    syscall::close(stdout.1);
    syscall::close(stderr.1);
    let copies = [Copy { pipe: stdout.0, file: stdout_file, own: 1 }, Copy { pipe: stderr.0, file: stderr_file, own: 2 }];
    let mut order = Order { file: create(invocation.meta, b"order"), stream: 0, count: 0 };
    let code = copy_until_end(copies, &mut order, program);
    order.flush();
    write_code(create(invocation.meta, b"exitCode"), code);
    code
}

fn create(meta: &[u8], name: &[u8]) -> i32 {
    let fd = Path::join(meta, name).map_or(-1, |path| unsafe { syscall::create(path.as_ptr()) });
    if fd < 0 {
        fault(b"cannot write to META");
    }
    fd as i32
}

/// Copies until both pipes are at their end, or the program is gone and what it printed is copied: processes it left in the background
/// may hold the pipes, but nobody waits for them.
fn copy_until_end(mut copies: [Copy; 2], order: &mut Order, program: isize) -> i32 {
    let mut buffer = [0u8; 32768];
    let mut code = None;
    while copies.iter().any(|copy| copy.pipe >= 0) {
        let mut fds = [poll_fd(copies[0].pipe), poll_fd(copies[1].pipe)];
        let ready = syscall::poll(&mut fds, if code.is_some() { 0 } else { TICK_NANOSECONDS });
        if ready > 0 {
            for (copy, fd) in copies.iter_mut().zip(&fds) {
                if fd.revents != 0 && copy.pipe >= 0 {
                    copy_once(copy, order, &mut buffer);
                }
            }
        } else if code.is_some() {
            break;
        }
        if code.is_none() {
            code = child::reap(program, false);
        }
    }
    code.or_else(|| child::reap(program, true)).unwrap_or_else(|| fault(b"the program is lost"))
}

fn poll_fd(fd: i32) -> PollFd {
    PollFd { fd, events: POLLIN, revents: 0 }
}

fn copy_once(copy: &mut Copy, order: &mut Order, buffer: &mut [u8]) {
    match syscall::read(copy.pipe, buffer) {
        EINTR => {}
        n if n > 0 => {
            let bytes = buffer.get(..n as usize).unwrap_or_default();
            write_all(copy.file, bytes);
            write_all(copy.own, bytes);
            order.add((copy.own - 1) as u32, bytes.len() as u32);
        }
        _ => copy.pipe = -1,
    }
}

fn write_code(fd: i32, code: i32) {
    let digits = [b'0' + (code / 100 % 10) as u8, b'0' + (code / 10 % 10) as u8, b'0' + (code % 10) as u8];
    let leading = if code >= 100 { 0 } else if code >= 10 { 1 } else { 2 };
    write_all(fd, digits.get(leading..).unwrap_or_default());
}
