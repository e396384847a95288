// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Children of a probe that are made by forking, with or without the C library, and how they end.

use std::ptr::null_mut;

/// A copy of this process, for which this returns 0.
#[allow(unsafe_code, reason = "forking is what these tests are about")]
#[must_use]
pub fn copy() -> libc::pid_t {
    // SAFETY: the child may find locks held by threads that it does not have. It calls only what the library promises to
    // be safe then, and glibc makes its allocator safe.
    let pid = unsafe { libc::fork() };
    assert!(pid >= 0, "no child to be had");
    pid
}

/// A child that does this and then [leaves](leave).
pub fn fork(child: impl FnOnce()) -> libc::pid_t {
    let pid = copy();
    if pid == 0 {
        child();
        leave();
    }
    pid
}

/// The same by the system call itself, of which no hook hears. Nothing if that is not allowed.
#[allow(unsafe_code, reason = "there is no safe way to call `clone`")]
pub fn raw_fork(flags: libc::c_int, child: impl FnOnce()) -> Option<libc::pid_t> {
    let nothing = null_mut::<libc::c_void>();
    // SAFETY: without a stack of its own and without shared memory the child is a copy of this process, as after `fork`.
    let pid =
        unsafe { libc::syscall(libc::SYS_clone, flags | libc::SIGCHLD, nothing, nothing, nothing, nothing) };
    if pid == 0 {
        child();
        leave();
    }
    libc::pid_t::try_from(pid).ok().filter(|pid| *pid > 0)
}

/// Ends this process without its hooks and destructors.
#[allow(unsafe_code, reason = "there is no safe way to leave without hooks")]
pub fn leave() -> ! {
    // SAFETY: the process ends here, whatever state it is in.
    unsafe { libc::_exit(0) }
}

/// Waits for a child.
///
/// # Panics
///
/// If the child has failed.
#[allow(unsafe_code, reason = "the standard library waits only for processes it has started itself")]
pub fn wait_for(pid: libc::pid_t) {
    let mut status = 0;
    // SAFETY: `status` is a valid place for the result, and `pid` is our own child.
    let ended = unsafe { libc::waitpid(pid, &raw mut status, 0) };
    assert_eq!((ended, status), (pid, 0), "a child has failed");
}
