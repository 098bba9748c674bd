//! The rest of WASI preview 1, which finds nothing: there are no files, sockets, arguments and variables.

use crate::preview1::{BAD_DESCRIPTOR, SUCCESS};

const NOT_SUPPORTED: i32 = 52;

macro_rules! answer {
    ($code:expr => $($name:ident($($parameter:ty),*);)*) => {
        $(#[unsafe(no_mangle)] extern "C" fn $name($(_: $parameter),*) -> i32 { $code })*
    };
}

answer! { SUCCESS =>
    args_get(i32, i32);
    environ_get(i32, i32);
    sched_yield();
}

answer! { BAD_DESCRIPTOR =>
    fd_advise(i32, i64, i64, i32);
    fd_allocate(i32, i64, i64);
    fd_datasync(i32);
    fd_fdstat_set_rights(i32, i64, i64);
    fd_filestat_get(i32, i32);
    fd_filestat_set_size(i32, i64);
    fd_filestat_set_times(i32, i64, i64, i32);
    fd_pread(i32, i32, i32, i64, i32);
    fd_prestat_dir_name(i32, i32, i32);
    fd_prestat_get(i32, i32);
    fd_pwrite(i32, i32, i32, i64, i32);
    fd_readdir(i32, i32, i32, i64, i32);
    fd_renumber(i32, i32);
    fd_seek(i32, i64, i32, i32);
    fd_sync(i32);
    fd_tell(i32, i32);
}

answer! { NOT_SUPPORTED =>
    path_create_directory(i32, i32, i32);
    path_filestat_get(i32, i32, i32, i32, i32);
    path_filestat_set_times(i32, i32, i32, i32, i64, i64, i32);
    path_link(i32, i32, i32, i32, i32, i32, i32);
    path_open(i32, i32, i32, i32, i32, i64, i64, i32, i32);
    path_readlink(i32, i32, i32, i32, i32, i32);
    path_remove_directory(i32, i32, i32);
    path_rename(i32, i32, i32, i32, i32, i32);
    path_symlink(i32, i32, i32, i32, i32);
    path_unlink_file(i32, i32, i32);
    proc_raise(i32);
    sock_accept(i32, i32, i32);
    sock_recv(i32, i32, i32, i32, i32, i32);
    sock_send(i32, i32, i32, i32, i32);
    sock_shutdown(i32, i32);
}
