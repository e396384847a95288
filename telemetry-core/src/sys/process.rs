// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What happens to the process: its exit, its signals, its forks.

use std::mem::MaybeUninit;
use std::sync::atomic::AtomicU64;

/// Has `hook` called when the process returns from `main` or calls `exit`. Returns whether the hook was taken.
pub(crate) fn at_exit(hook: extern "C" fn()) -> bool {
    // SAFETY: `hook` is a function of this image that takes nothing and returns nothing. It can only be called while the
    // image is loaded: the C library runs the hooks of a shared object when it is unloaded.
    unsafe { libc::atexit(hook) == 0 }
}

/// What the kernel raises on the thread that has caused it, at the very instruction. Where it is blocked, the process ends
/// instead of running its handler: that of a sandbox, for example, which answers a system call in its own way (`SIGSYS`).
const FAULTS: [libc::c_int; 6] =
    [libc::SIGSYS, libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGTRAP];

/// Runs `action` while this thread handles no signal, except for [`FAULTS`] and `SIGABRT` if it handled them before. A thread
/// that the action starts inherits that.
///
/// `SIGXFSZ` and `SIGPIPE` are blocked, although a thread causes them itself: then a write fails and the process goes on.
/// `SIGABRT` stays as it is: `abort` unblocks it by itself, and a host that blocks it on all threads fetches it in another way.
pub(crate) fn without_signals<T>(action: impl FnOnce() -> T) -> T {
    let mut blocked = MaybeUninit::<libc::sigset_t>::uninit();
    let mut before = MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: `sigfillset` fills in the set it is given a valid pointer to, and only then it is changed and read;
    // `pthread_sigmask` writes the former mask to the other set. None keeps a pointer.
    let masked = unsafe {
        libc::sigfillset(blocked.as_mut_ptr()) == 0
            && FAULTS.iter().all(|fault| libc::sigdelset(blocked.as_mut_ptr(), *fault) == 0)
            && libc::sigdelset(blocked.as_mut_ptr(), libc::SIGABRT) == 0
            && libc::pthread_sigmask(libc::SIG_BLOCK, blocked.as_ptr(), before.as_mut_ptr()) == 0
    };
    let restore = masked.then(|| {
        // SAFETY: `pthread_sigmask` returned 0, so it has filled the former mask in.
        RestoreMask(unsafe { before.assume_init() })
    });
    let result = action();
    drop(restore);
    result
}

/// Has [`FAULTS`] delivered to this thread, whatever the thread that started it has blocked.
pub(crate) fn unblock_faults() {
    let mut faults = MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: `sigemptyset` fills in the set it is given a valid pointer to, and only then it is changed and read; nothing is
    // written to the null pointer, and none keeps a pointer.
    unsafe {
        if libc::sigemptyset(faults.as_mut_ptr()) == 0
            && FAULTS.iter().all(|fault| libc::sigaddset(faults.as_mut_ptr(), *fault) == 0)
        {
            libc::pthread_sigmask(libc::SIG_UNBLOCK, faults.as_ptr(), std::ptr::null_mut());
        }
    }
}

/// Whether `SIGINT` has its default action, which ends the process.
pub(crate) fn interrupt_ends_process() -> bool {
    action(libc::SIGINT) == Some(libc::SIG_DFL)
}

/// Whether the process ignores the signal, as programs that `nohup` starts ignore `SIGHUP`.
pub(crate) fn is_ignored(signal: libc::c_int) -> bool {
    action(signal) == Some(libc::SIG_IGN)
}

/// What the process does when the signal arrives.
fn action(signal: libc::c_int) -> Option<libc::sighandler_t> {
    let mut action = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: with the null pointer nothing is changed; `sigaction` writes the action to the other one, and keeps no pointer. It is read
    // only after that.
    unsafe {
        (libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr()) == 0)
            .then(|| action.assume_init().sa_sigaction)
    }
}

/// Gives the thread its signal mask back, even when the action panics.
struct RestoreMask(libc::sigset_t);

impl Drop for RestoreMask {
    fn drop(&mut self) {
        // SAFETY: the set was filled in by the C library; nothing is written, since the last pointer is null.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, std::ptr::null_mut()) };
    }
}

/// A number that is zero again in every forked child, however it was forked: its page is wiped by the kernel. Nothing if
/// the system has no such memory.
#[cfg(target_os = "linux")]
pub(crate) fn wiped_on_fork() -> Option<&'static AtomicU64> {
    const PAGE: usize = 4096;
    // SAFETY: an anonymous mapping at an address that the kernel chooses touches no memory of this process.
    let page = unsafe {
        let (protection, flags) =
            (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        libc::mmap(std::ptr::null_mut(), PAGE, protection, flags, -1, 0)
    };
    if page == libc::MAP_FAILED {
        return None;
    }
    // SAFETY: the page was just mapped, is zeroed, aligned for any number, and never unmapped if it is used: the advice
    // changes what a child finds there, and nothing here.
    unsafe {
        if libc::madvise(page, PAGE, libc::MADV_WIPEONFORK) == 0 {
            return Some(AtomicU64::from_ptr(page.cast()));
        }
        libc::munmap(page, PAGE);
    }
    None
}

/// A number that is zero again in every forked child. Only Linux has such memory.
#[cfg(not(target_os = "linux"))]
pub(crate) fn wiped_on_fork() -> Option<&'static AtomicU64> {
    None
}
