//! The memory functions that the compiler calls by name; a libc would bring them. Volatile, so that they are not compiled into calls of themselves.

use core::ffi::c_void;

#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut c_void, from: *const c_void, count: usize) -> *mut c_void {
    for i in 0..count {
        unsafe { core::ptr::write_volatile(to.cast::<u8>().add(i), *from.cast::<u8>().add(i)) };
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut c_void, byte: i32, count: usize) -> *mut c_void {
    for i in 0..count {
        unsafe { core::ptr::write_volatile(to.cast::<u8>().add(i), byte as u8) };
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(a: *const c_void, b: *const c_void, count: usize) -> i32 {
    for i in 0..count {
        let (x, y) = unsafe { (*a.cast::<u8>().add(i), *b.cast::<u8>().add(i)) };
        if x != y {
            return i32::from(x) - i32::from(y);
        }
    }
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(a: *const c_void, b: *const c_void, count: usize) -> i32 {
    unsafe { memcmp(a, b, count) }
}
