//! Sockets: the few system calls about them, and the two forms of address.

use crate::syscall::call;

#[cfg(target_arch = "x86_64")]
mod number {
    pub const SOCKET: usize = 41;
    pub const CONNECT: usize = 42;
    pub const SHUTDOWN: usize = 48;
    pub const BIND: usize = 49;
    pub const LISTEN: usize = 50;
    pub const GETSOCKNAME: usize = 51;
    pub const SETSOCKOPT: usize = 54;
    pub const ACCEPT4: usize = 288;
}
#[cfg(target_arch = "aarch64")]
mod number {
    pub const SOCKET: usize = 198;
    pub const BIND: usize = 200;
    pub const LISTEN: usize = 201;
    pub const CONNECT: usize = 203;
    pub const GETSOCKNAME: usize = 204;
    pub const SETSOCKOPT: usize = 208;
    pub const SHUTDOWN: usize = 210;
    pub const ACCEPT4: usize = 242;
}

const AF_UNIX: u16 = 1;
const AF_INET: u16 = 2;
pub const STREAM: usize = 1;
pub const DATAGRAM: usize = 2;
const CLOEXEC: usize = 0o2000000;
pub const EADDRINUSE: isize = -98;

/// `sockaddr_in` or `sockaddr_un`.
pub struct Address {
    bytes: [u8; 110],
    length: usize,
}

impl Address {
    pub fn ipv4(address: [u8; 4], port: u16) -> Address {
        let mut bytes = [0u8; 110];
        let head = AF_INET.to_ne_bytes().into_iter().chain(port.to_be_bytes()).chain(address);
        for (slot, byte) in bytes.iter_mut().zip(head) {
            *slot = byte;
        }
        Address { bytes, length: 16 }
    }

    /// A path that is too long is cut off, and will not be found.
    pub fn unix(path: &[u8]) -> Address {
        let mut bytes = [0u8; 110];
        for (slot, byte) in bytes.iter_mut().zip(AF_UNIX.to_ne_bytes().iter().chain(path).take(109)) {
            *slot = *byte;
        }
        Address { bytes, length: 110 }
    }

    fn family(&self) -> usize {
        usize::from(u16::from_ne_bytes([self.bytes[0], self.bytes[1]]))
    }
}

pub fn socket(address: &Address, kind: usize) -> isize {
    unsafe { call(number::SOCKET, address.family(), kind | CLOEXEC, 0, 0, 0) }
}

pub fn connect(fd: isize, address: &Address) -> isize {
    unsafe { call(number::CONNECT, fd as usize, address.bytes.as_ptr() as usize, address.length, 0, 0) }
}

/// A listening socket, or an error below 0.
pub fn listen(address: &Address) -> isize {
    let fd = socket(address, STREAM);
    if fd < 0 {
        return fd;
    }
    // SO_REUSEADDR: connections of an earlier listener that linger are no reason to wait.
    let one = 1u32;
    unsafe { call(number::SETSOCKOPT, fd as usize, 1, 2, &raw const one as usize, 4) };
    let bound = unsafe { call(number::BIND, fd as usize, address.bytes.as_ptr() as usize, address.length, 0, 0) };
    if bound < 0 {
        return bound;
    }
    let listening = unsafe { call(number::LISTEN, fd as usize, 128, 0, 0, 0) };
    if listening < 0 { listening } else { fd }
}

pub fn accept(fd: isize) -> isize {
    unsafe { call(number::ACCEPT4, fd as usize, 0, 0, CLOEXEC, 0) }
}

/// Nothing more will be written.
pub fn end_writing(fd: isize) {
    unsafe { call(number::SHUTDOWN, fd as usize, 1, 0, 0, 0) };
}

/// The socket's own IPv4 address.
pub fn own_address(fd: isize) -> [u8; 4] {
    let mut address = Address { bytes: [0; 110], length: 110 };
    let mut length = 110u32;
    unsafe { call(number::GETSOCKNAME, fd as usize, address.bytes.as_mut_ptr() as usize, &raw mut length as usize, 0, 0) };
    [address.bytes[4], address.bytes[5], address.bytes[6], address.bytes[7]]
}
