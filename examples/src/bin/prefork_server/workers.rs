// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Forked workers, and their parent, which waits for them.

#![allow(unsafe_code, reason = "the standard library does not fork")]

use std::error::Error;
use std::io;

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

/// Runs `work` in `count` forked processes. Each returns from here when its work is done; the parent returns when all have.
pub(crate) fn run(count: usize, work: impl Fn() -> Outcome) -> Outcome {
    let mut children = Vec::new();
    for _ in 0..count {
        match fork()? {
            Some(child) => children.push(child),
            None => return work(),
        }
    }
    children.into_iter().try_for_each(wait_for)
}

/// Forks. Nothing in the child, and the child's id in the parent.
fn fork() -> io::Result<Option<libc::pid_t>> {
    // SAFETY: this process has one thread so far, which is the one that goes on in the child: no lock can be held by a thread
    // that the child does not have.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(None),
        child => Ok(Some(child)),
    }
}

fn wait_for(child: libc::pid_t) -> Outcome {
    let mut status = 0;
    // SAFETY: `status` is a valid place for the result, which outlives the call.
    let ended = unsafe { libc::waitpid(child, &raw mut status, 0) };
    if ended == child && libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0 {
        return Ok(());
    }
    Err(format!("worker {child} has failed").into())
}
