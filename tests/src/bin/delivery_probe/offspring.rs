// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reports in forked children while the parent reports too.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use telemetry_core::Client;

use crate::products::{Plain, report};
use crate::reports::say_stats;

const PATIENCE: Duration = Duration::from_secs(20);

/// Numbers from here on are the children's.
const CHILD: u32 = 1_000_000;

pub(crate) fn storm(children: u32, events: u32) {
    let client = Client::<Plain>::builder().start();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0.. {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                report(&client, number);
                std::thread::sleep(Duration::from_micros(100));
            }
        });
        let born: Vec<_> =
            (0..children).map(|child| fork(|| child_reports(&client, child, events))).collect();
        born.into_iter().for_each(wait_for);
        over.store(true, Ordering::Relaxed);
    });
    client.flush(PATIENCE);
    say_stats(&client.stats());
}

fn child_reports(client: &Client<Plain>, child: u32, events: u32) {
    (0..events).for_each(|number| report(client, CHILD * (child + 1) + number));
    assert!(client.flush(PATIENCE));
}

/// The parent reports, then a child that no hook of the C library has heard of, then the parent again.
pub(crate) fn raw_clone(flags: libc::c_int) {
    let client = Client::<Plain>::builder().start();
    report(&client, 0);
    client.flush(PATIENCE);
    let child = raw_fork(flags, || child_reports(&client, 0, 1));
    if let Some(child) = child {
        wait_for(child);
    } else {
        println!("not allowed");
    }
    report(&client, 1);
    client.flush(PATIENCE);
    say_stats(&client.stats());
}

#[allow(unsafe_code, reason = "forking is what these tests are about")]
fn fork(child: impl FnOnce()) -> libc::pid_t {
    // SAFETY: the child may find locks held by threads that it does not have. It calls only what the library promises to
    // be safe then, and glibc makes its allocator safe.
    let pid = unsafe { libc::fork() };
    assert!(pid >= 0, "no child to be had");
    if pid == 0 {
        child();
        leave();
    }
    pid
}

/// Forks with the system call itself. Nothing if that is not allowed.
#[allow(unsafe_code, reason = "there is no safe way to call `clone`")]
fn raw_fork(flags: libc::c_int, child: impl FnOnce()) -> Option<libc::pid_t> {
    let nothing = std::ptr::null_mut::<libc::c_void>();
    // SAFETY: without a stack of its own and without shared memory the child is a copy of this process, as after `fork`.
    let pid =
        unsafe { libc::syscall(libc::SYS_clone, flags | libc::SIGCHLD, nothing, nothing, nothing, nothing) };
    if pid == 0 {
        child();
        leave();
    }
    libc::pid_t::try_from(pid).ok().filter(|pid| *pid > 0)
}

/// Ends a child without the hooks of its parent.
#[allow(unsafe_code, reason = "there is no safe way to leave without hooks")]
fn leave() -> ! {
    // SAFETY: the process ends here, whatever state it is in.
    unsafe { libc::_exit(0) }
}

#[allow(unsafe_code, reason = "the standard library waits only for processes it has started itself")]
fn wait_for(pid: libc::pid_t) {
    let mut status = 0;
    // SAFETY: `status` is a valid place for the result, and `pid` is our own child.
    let ended = unsafe { libc::waitpid(pid, &raw mut status, 0) };
    assert_eq!((ended, status), (pid, 0), "a child has failed");
}
