// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Steps that change the process itself: its user, its environment, its limits, its children.

use std::fs;
use std::io;

use telemetry_tests::waiting::becomes_true;

use super::script::say;

/// Runs `child` in a forked process, which then exits, and waits for it.
#[allow(unsafe_code, reason = "forking is what these tests are about")]
pub(crate) fn fork(child: impl FnOnce()) {
    // SAFETY: the child may find locks held by threads that it does not have. It calls only what the library promises to
    // be safe then, and glibc makes its allocator and its standard streams safe.
    let pid = unsafe { libc::fork() };
    match pid {
        -1 => panic!("no child to be had: {}", io::Error::last_os_error()),
        0 => {
            child();
            std::process::exit(0);
        }
        _ => say(format_args!("child ended with {}", wait_for(pid))),
    }
}

#[allow(unsafe_code, reason = "the standard library waits only for processes it has started itself")]
fn wait_for(pid: libc::pid_t) -> i32 {
    let mut status = 0;
    // SAFETY: `status` is a valid place for the result, and `pid` is our own child.
    while unsafe { libc::waitpid(pid, &raw mut status, 0) } != pid {
        let error = io::Error::last_os_error();
        assert_eq!(error.kind(), io::ErrorKind::Interrupted, "{error}");
    }
    if libc::WIFEXITED(status) { libc::WEXITSTATUS(status) } else { -libc::WTERMSIG(status) }
}

#[allow(unsafe_code, reason = "the library has to notice a change of the environment")]
pub(crate) fn set_variable(name: &str, value: &str) {
    // SAFETY: no other thread reads the environment: the library's worker never does.
    unsafe { std::env::set_var(name, value) };
}

/// Sets the limit, or lifts it as far as it may be.
pub(crate) fn limit_processes(limit: Option<libc::rlim_t>) {
    set_limit(libc::RLIMIT_NPROC, limit);
}

/// Sets the limit; a write beyond it fails instead of ending the process.
#[allow(unsafe_code, reason = "there is no safe way to ignore a signal")]
pub(crate) fn limit_file_size(limit: libc::rlim_t) {
    // SAFETY: ignoring a signal installs no handler.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
    set_limit(libc::RLIMIT_FSIZE, Some(limit));
}

#[allow(unsafe_code, reason = "there is no safe way to change a limit")]
fn set_limit(resource: libc::__rlimit_resource_t, limit: Option<libc::rlim_t>) {
    let mut limits = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: `limits` is a valid place for the result.
    let known = unsafe { libc::getrlimit(resource, &raw mut limits) };
    limits.rlim_cur = limit.unwrap_or(limits.rlim_max);
    // SAFETY: `limits` is initialized.
    let set = unsafe { libc::setrlimit(resource, &raw const limits) };
    assert_eq!((known, set), (0, 0), "{}", io::Error::last_os_error());
}

pub(crate) fn count_threads() -> usize {
    fs::read_dir("/proc/self/task").expect("this is Linux").count()
}

pub(crate) fn count_sockets() -> usize {
    let open = fs::read_dir("/proc/self/fd").expect("this is Linux").filter_map(Result::ok);
    let targets = open.filter_map(|entry| fs::read_link(entry.path()).ok());
    targets.filter(|target| target.to_string_lossy().starts_with("socket:")).count()
}

/// Whether the process soon has but one thread.
pub(crate) fn comes_to_one_thread() -> bool {
    becomes_true(|| count_threads() == 1)
}
