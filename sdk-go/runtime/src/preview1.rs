//! The functions of WASI preview 1 that do something: descriptors of requests, standard streams, clocks, randomness.

use crate::world::system;
use crate::{bridge, log, requests};

pub(crate) const SUCCESS: i32 = 0;
const AGAIN: i32 = 6;
pub(crate) const BAD_DESCRIPTOR: i32 = 8;
pub(crate) const INVALID: i32 = 28;

/// File types of `fd_fdstat_get`: of standard streams, and of requests, which are sockets to Go.
const CHARACTER_DEVICE: u8 = 2;
const STREAM_SOCKET: u8 = 6;
const NON_BLOCKING: u8 = 4;

/// Calls `each` with the address and length of every buffer of a vector.
fn buffers(vectors: u32, count: u32, mut each: impl FnMut(u32, u32)) {
    for index in 0..count {
        each(bridge::number(vectors + index * 8), bridge::number(vectors + index * 8 + 4));
    }
}

#[unsafe(no_mangle)]
extern "C" fn fd_read(descriptor: i32, vectors: u32, count: u32, read: u32) -> i32 {
    if descriptor == 0 {
        bridge::put(read, &[0; 4]);
        return SUCCESS;
    }
    let Some(mut body) = requests::take(descriptor) else {
        return if requests::has(descriptor) { AGAIN } else { BAD_DESCRIPTOR };
    };
    let start = body.read;
    buffers(vectors, count, |at, length| {
        let rest = &body.bytes[body.read..];
        let part = &rest[..rest.len().min(length as usize)];
        bridge::put(at, part);
        body.read += part.len();
    });
    bridge::put(read, &((body.read - start) as u32).to_le_bytes());
    requests::put_back(descriptor, body);
    SUCCESS
}

#[unsafe(no_mangle)]
extern "C" fn fd_write(descriptor: i32, vectors: u32, count: u32, written: u32) -> i32 {
    if !(1..=2).contains(&descriptor) {
        return BAD_DESCRIPTOR;
    }
    let mut total = 0;
    buffers(vectors, count, |at, length| {
        log::write(descriptor as usize - 1, &bridge::bytes(at, length));
        total += length;
    });
    bridge::put(written, &total.to_le_bytes());
    SUCCESS
}

#[unsafe(no_mangle)]
extern "C" fn fd_close(descriptor: i32) -> i32 {
    if requests::close(descriptor) { SUCCESS } else { BAD_DESCRIPTOR }
}

#[unsafe(no_mangle)]
extern "C" fn fd_fdstat_get(descriptor: i32, into: u32) -> i32 {
    let (kind, flags) = match descriptor {
        0..=2 => (CHARACTER_DEVICE, 0),
        _ if requests::has(descriptor) => (STREAM_SOCKET, NON_BLOCKING),
        _ => return BAD_DESCRIPTOR,
    };
    let mut stat = [0; 24];
    stat[0] = kind;
    stat[2] = flags;
    // All rights.
    stat[8..].fill(0xff);
    bridge::put(into, &stat);
    SUCCESS
}

#[unsafe(no_mangle)]
extern "C" fn fd_fdstat_set_flags(descriptor: i32, _: i32) -> i32 {
    if (0..=2).contains(&descriptor) || requests::has(descriptor) {
        SUCCESS
    } else {
        BAD_DESCRIPTOR
    }
}

#[unsafe(no_mangle)]
extern "C" fn clock_time_get(clock: i32, _: i64, into: u32) -> i32 {
    let now = if clock == 0 {
        system::wall_clock()
    } else {
        system::monotonic_clock()
    };
    bridge::put(into, &now.to_le_bytes());
    SUCCESS
}

#[unsafe(no_mangle)]
extern "C" fn clock_res_get(_: i32, into: u32) -> i32 {
    bridge::put(into, &1_u64.to_le_bytes());
    SUCCESS
}

#[unsafe(no_mangle)]
extern "C" fn random_get(into: u32, length: u32) -> i32 {
    let mut bytes = Vec::with_capacity(length as usize + 8);
    while bytes.len() < length as usize {
        bytes.extend_from_slice(&system::random().to_le_bytes());
    }
    bridge::put(into, &bytes[..length as usize]);
    SUCCESS
}

#[unsafe(no_mangle)]
extern "C" fn args_sizes_get(count: u32, size: u32) -> i32 {
    bridge::put(count, &[0; 4]);
    bridge::put(size, &[0; 4]);
    SUCCESS
}

#[unsafe(no_mangle)]
extern "C" fn environ_sizes_get(count: u32, size: u32) -> i32 {
    args_sizes_get(count, size)
}

/// Ends the instance, after the log has the reason.
#[unsafe(no_mangle)]
extern "C" fn proc_exit(status: i32) {
    log::exit(status);
    core::arch::wasm32::unreachable()
}
