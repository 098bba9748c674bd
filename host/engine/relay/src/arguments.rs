//! The command line, one argument after the other.

use crate::{FAULT, fault, path::c_str};

pub struct Arguments {
    next: *const *const u8,
    environment: *const *const u8,
}

impl Arguments {
    /// # Safety
    /// `stack` is the stack pointer at process start.
    pub unsafe fn new(stack: *const usize) -> Arguments {
        unsafe {
            let first = stack.add(1).cast::<*const u8>();
            Arguments { next: first.add(1), environment: first.add(*stack + 1) }
        }
    }

    pub fn next(&mut self) -> Option<&'static [u8]> {
        unsafe {
            if (*self.next).is_null() {
                return None;
            }
            let text = c_str(*self.next);
            self.next = self.next.add(1);
            Some(text)
        }
    }

    pub fn needed(&mut self) -> &'static [u8] {
        self.next().unwrap_or_else(|| fault(b"relay: an argument is missing", FAULT))
    }

    /// The arguments that are left, and the environment, as the kernel wants them.
    pub fn rest(&self) -> (*const *const u8, *const *const u8) {
        (self.next, self.environment)
    }
}

/// A port.
pub fn port(text: &[u8]) -> u16 {
    let mut value = 0u32;
    for byte in text {
        value = value.wrapping_mul(10).wrapping_add(u32::from(byte.wrapping_sub(b'0')));
    }
    value as u16
}

/// An IPv4 address in dotted form.
pub fn ipv4(text: &[u8]) -> [u8; 4] {
    let mut address = [0u8; 4];
    let mut part = 0;
    for byte in text {
        match (byte, address.get_mut(part)) {
            (b'.', _) => part += 1,
            (digit, Some(slot)) => *slot = slot.wrapping_mul(10).wrapping_add(digit.wrapping_sub(b'0')),
            (_, None) => {}
        }
    }
    address
}
