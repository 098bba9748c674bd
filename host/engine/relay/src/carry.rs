//! Carries bytes both ways between two ends until both directions are at their end.
//!
//! A process for each direction: one that waits for a slow reader must not hold up the other.

use crate::{
    socket,
    syscall::{self, EINTR, exit, write_all},
};

/// Between two sockets.
pub fn between(near: i32, far: i32) -> ! {
    let forward = syscall::fork();
    let (from, to) = if forward == 0 { (near, far) } else { (far, near) };
    one_way(from, to);
    socket::end_writing(to as isize);
    while forward > 0 && syscall::wait_any(true).0 == EINTR {}
    exit(0)
}

/// Between stdin and stdout and a socket, until the socket is at its end: that of stdin is only passed on. Whoever reads stdout does not see its end
/// before stdin ends, so what goes there has the form "length in 4 bytes, content", and a length of 0 is the end.
pub fn standard(far: i32) -> ! {
    if syscall::fork() == 0 {
        syscall::close(1);
        syscall::close(2);
        one_way(0, far);
        socket::end_writing(far as isize);
    } else {
        framed(far);
    }
    exit(0)
}

/// Tells that nothing more comes.
pub fn end_frames() {
    write_all(1, &[0; 4]);
}

fn framed(from: i32) {
    let mut buffer = [0u8; 32768];
    loop {
        match syscall::read(from, &mut buffer) {
            EINTR => {}
            n if n > 0 => {
                write_all(1, &(n as u32).to_le_bytes());
                write_all(1, buffer.get(..n as usize).unwrap_or_default());
            }
            _ => return end_frames(),
        }
    }
}

fn one_way(from: i32, to: i32) {
    let mut buffer = [0u8; 32768];
    loop {
        match syscall::read(from, &mut buffer) {
            EINTR => {}
            n if n > 0 => write_all(to, buffer.get(..n as usize).unwrap_or_default()),
            _ => return,
        }
    }
}
