//! Everything but `run`: the address of this container, ports, connections.

use crate::{
    FAULT, TAKEN,
    arguments::{Arguments, ipv4, port},
    carry, fault,
    socket::{self, Address, DATAGRAM, EADDRINUSE, STREAM},
    syscall::{self, POLLIN, PollFd, exit, write_all},
};

const TICK_NANOSECONDS: i64 = 20_000_000;

/// Prints the IPv4 address that this container has towards others; 127.0.0.1 when it has no way to any.
pub fn address() -> ! {
    // Nothing is sent: connecting a datagram socket only chooses the way.
    let elsewhere = Address::ipv4([192, 0, 2, 1], 9);
    let fd = socket::socket(&elsewhere, DATAGRAM);
    let own = if socket::connect(fd, &elsewhere) == 0 { socket::own_address(fd) } else { [127, 0, 0, 1] };
    for (index, part) in own.into_iter().enumerate() {
        if index > 0 {
            write_all(1, b".");
        }
        let digits = [b'0' + part / 100, b'0' + part / 10 % 10, b'0' + part % 10];
        let leading = if part >= 100 { 0 } else if part >= 10 { 1 } else { 2 };
        write_all(1, digits.get(leading..).unwrap_or_default());
    }
    exit(0)
}

/// `wait ADDRESS PORT...`: returns once every port accepts connections.
pub fn wait(mut arguments: Arguments) -> ! {
    let host = ipv4(arguments.needed());
    while let Some(text) = arguments.next() {
        let address = Address::ipv4(host, port(text));
        loop {
            let fd = socket::socket(&address, STREAM);
            let connected = socket::connect(fd, &address);
            syscall::close(fd as i32);
            if connected == 0 {
                break;
            }
            syscall::poll(&mut [], TICK_NANOSECONDS);
        }
    }
    exit(0)
}

/// `dial ADDRESS PORT`: stdin to the port, and its answers to stdout.
pub fn dial(mut arguments: Arguments) -> ! {
    let address = Address::ipv4(ipv4(arguments.needed()), port(arguments.needed()));
    let fd = socket::socket(&address, STREAM);
    if socket::connect(fd, &address) < 0 {
        carry::end_frames();
        fault(b"nobody listens at the port", FAULT);
    }
    carry::standard(fd as i32)
}

/// `listen (ADDRESS PORT SOCKET)...`: says so once it listens; each connection to a port is carried to the unix socket at the path.
pub fn listen(mut arguments: Arguments) -> ! {
    let mut listeners: [(i32, &[u8]); 64] = [(-1, b""); 64];
    let mut count = 0;
    while let Some(host) = arguments.next() {
        let number = arguments.needed();
        let fd = socket::listen(&Address::ipv4(ipv4(host), port(number)));
        if fd < 0 {
            write_all(2, number);
            fault(
                if fd == EADDRINUSE { b": the port is taken" } else { b": cannot listen at the port" },
                if fd == EADDRINUSE { TAKEN } else { FAULT },
            );
        }
        match listeners.get_mut(count) {
            Some(slot) => *slot = (fd as i32, arguments.needed()),
            None => fault(b"relay: too many ports", FAULT),
        }
        count += 1;
    }
    write_all(1, b"listening\n");
    loop {
        let mut fds = [const { PollFd { fd: -1, events: POLLIN, revents: 0 } }; 64];
        for (slot, listener) in fds.iter_mut().zip(&listeners) {
            slot.fd = listener.0;
        }
        syscall::poll(&mut fds, 900_000_000);
        while syscall::wait_any(false).0 > 0 {}
        for (slot, listener) in fds.iter().zip(&listeners) {
            if slot.revents != 0 && slot.fd >= 0 {
                take(slot.fd, listener.1);
            }
        }
    }
}

/// One connection, in a process of its own.
fn take(listener: i32, path: &[u8]) {
    let near = socket::accept(listener as isize);
    if near < 0 {
        return;
    }
    if syscall::fork() == 0 {
        let address = Address::unix(path);
        let far = socket::socket(&address, STREAM);
        if socket::connect(far, &address) == 0 {
            carry::between(near as i32, far as i32);
        }
        exit(FAULT);
    }
    syscall::close(near as i32);
}
