// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the HTTP library sets up with the first request of a process. A child that is forked in the very middle of that
//! inherits a set-up that never ends, and its first request would wait for it for ever.
//!
//! So it is done apart, with a request that fails before it looks a name up, and it is written down who is at it. A child
//! that finds its parent's name there makes no request at all.

use std::sync::atomic::{AtomicU64, Ordering};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use crate::client::ProcessIdentity;

const NOT_BEGUN: u64 = 0;
const DONE: u64 = u64::MAX;

/// Who sets up HTTP in this process: [`NOT_BEGUN`], [`DONE`], or the identity of the process that is at it.
static STATE: AtomicU64 = AtomicU64::new(NOT_BEGUN);

/// Sets HTTP up if nobody has. Returns whether requests can be made.
pub(super) fn ensure(config: impl FnOnce() -> Config) -> bool {
    let here = ProcessIdentity::current().number();
    begin(&STATE, here, || {
        let agent = Agent::with_parts(config(), DefaultConnector::default(), Nowhere);
        // It fails; what counts is what the library has done before.
        let failed = agent.post("http://localhost/").send_empty();
        log::trace!("HTTP is set up: {:?}", failed.err());
    })
}

fn begin(state: &AtomicU64, here: u64, set_up: impl FnOnce()) -> bool {
    match state.compare_exchange(NOT_BEGUN, here, Ordering::SeqCst, Ordering::SeqCst) {
        Err(DONE) => true,
        Err(parent) if parent != here => false,
        // If another thread of this process is at it, the library waits for that one.
        Ok(_) | Err(_) => {
            set_up();
            state.store(DONE, Ordering::SeqCst);
            true
        }
    }
}

/// Finds no address for any name.
#[derive(Debug)]
struct Nowhere;

impl Resolver for Nowhere {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        Err(Error::HostNotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_done_once() {
        let state = AtomicU64::new(NOT_BEGUN);
        let mut times = 0;
        for _ in 0..3 {
            assert!(begin(&state, 7, || times += 1));
        }
        assert_eq!(times, 1);
    }

    #[test]
    fn a_child_forked_meanwhile_makes_no_request_and_waits_for_nothing() {
        let state = AtomicU64::new(NOT_BEGUN);
        let in_the_middle = |state: &AtomicU64| begin(state, 8, || panic!("the parent is at it"));
        assert!(begin(&state, 7, || assert!(!in_the_middle(&state))));
        assert!(in_the_middle(&state), "a child that is forked later has all it needs");
    }

    #[test]
    fn another_thread_of_the_process_takes_part() {
        let state = AtomicU64::new(7);
        let mut took_part = false;
        assert!(begin(&state, 7, || took_part = true) && took_part);
    }
}
