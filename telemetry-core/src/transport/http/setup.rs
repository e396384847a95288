// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the HTTP library sets up with the first request of a process. A child that is forked in the very middle of that
//! inherits a set-up that never ends, and its first request would wait forever.
//!
//! So it is done apart, with a request to nowhere, which fails before a name is looked up, and the process that does it is recorded. A child
//! that finds its parent's name there tries the set-up on a thread of its own first: nearly always the parent was only near
//! the place where a child gets stuck. If the thread does not come back, the child makes no request at all.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Request;
use ureq::{Agent, Error};

use crate::process_identity::ProcessIdentity;
use crate::threads;

const NOT_BEGUN: u64 = 0;
const DONE: u64 = u64::MAX;
/// A child has tried in vain. No process that descends from it fares better.
const STUCK: u64 = u64::MAX - 1;

/// How long a child waits for its own attempt, which takes microseconds or never ends.
const PATIENCE: Duration = Duration::from_secs(1);

/// The state of the set-up: [`NOT_BEGUN`], [`DONE`], [`STUCK`], or the identity of the process that is doing it.
static STATE: AtomicU64 = AtomicU64::new(NOT_BEGUN);

/// Sets HTTP up if that was not done, on the thread that makes the first report of a process. It does not wait.
pub(super) fn begin(config: Config) {
    begin_in(&STATE, ProcessIdentity::current().number(), || first_request(config));
}

/// The set-up as one transport sees it.
pub(super) struct SetUp {
    /// Made on the reporting thread: ureq's defaults read the environment.
    config: Config,
}

impl SetUp {
    pub(super) fn new(config: Config) -> Self {
        Self { config }
    }

    /// Whether requests can be made. For the worker: in a child that was forked in the middle, this may take a second.
    pub(super) fn is_done(&self) -> bool {
        let config = self.config.clone();
        is_done(&STATE, PATIENCE, || first_request(config))
    }
}

fn first_request(config: Config) {
    let failed = request_to_nowhere(&Agent::new_with_config(config));
    log::trace!("HTTP is set up: {:?}", failed.err());
}

/// It fails; what counts is what the library has done before. The library logs the method and the address (`SETUP
/// nothing-is-sent`), so they say what this is. Without a scheme the address cannot be connected to.
fn request_to_nowhere(agent: &Agent) -> Result<(), Error> {
    let request = Request::builder().method("SETUP").uri("nothing-is-sent").body(());
    agent.run(request?).map(drop)
}

/// What another thread of this process has begun, it ends; what a parent had begun is left to [`is_done`], and so is what
/// panics: it is the library's code, or the logger of the host, on the host's own thread.
fn begin_in(state: &AtomicU64, here: u64, set_up: impl FnOnce()) {
    if state.compare_exchange(NOT_BEGUN, here, Ordering::SeqCst, Ordering::SeqCst).is_ok()
        && catch_unwind(AssertUnwindSafe(set_up)).is_ok()
    {
        state.store(DONE, Ordering::SeqCst);
    }
}

fn is_done(state: &'static AtomicU64, patience: Duration, set_up: impl FnOnce() + Send + 'static) -> bool {
    match state.load(Ordering::SeqCst) {
        DONE => true,
        STUCK => false,
        _ => tried_apart(state, patience, set_up).unwrap_or_else(|error| {
            log::debug!("no thread to set HTTP up, the next request tries again: {error}");
            false
        }),
    }
}

/// Tries the set-up on a thread where getting stuck does no harm. A thread that is stuck stays behind, asleep, and is the last one: all
/// clients of the process see that it is.
fn tried_apart(
    state: &'static AtomicU64,
    patience: Duration,
    set_up: impl FnOnce() + Send + 'static,
) -> io::Result<bool> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let attempt = move || {
        set_up();
        state.store(DONE, Ordering::SeqCst);
        // The receiver is gone if this was slow; the next request finds it done.
        let _ = sender.send(());
    };
    threads::start("set-up", attempt)?;
    let in_time = receiver.recv_timeout(patience).is_ok();
    if !in_time {
        // Unless it has ended just now.
        let _ = state.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| (now != DONE).then_some(STUCK));
    }
    Ok(in_time)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::sync::atomic::AtomicU32;

    use super::*;

    /// Longer than it takes on the busiest machine.
    const LONG: Duration = Duration::from_secs(120);

    /// The state that a process finds, which outlives the threads that are left behind.
    fn found(state: u64) -> &'static AtomicU64 {
        Box::leak(Box::new(AtomicU64::new(state)))
    }

    fn never_ends() {
        loop {
            std::thread::park();
        }
    }

    /// Keeps what the HTTP library logs on each thread.
    struct Lines;

    thread_local! {
        static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }

    impl log::Log for Lines {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }

        fn log(&self, record: &log::Record<'_>) {
            if record.target().starts_with("ureq") {
                LINES.with_borrow_mut(|lines| lines.push(record.args().to_string()));
            }
        }

        fn flush(&self) {}
    }

    #[test]
    fn the_request_to_nowhere_fails_for_its_address_and_the_log_shows_no_other() {
        log::set_logger(&Lines).unwrap();
        log::set_max_level(log::LevelFilter::Debug);
        let failed = request_to_nowhere(&Agent::new_with_defaults());
        assert!(matches!(failed, Err(Error::BadUri(_))), "{failed:?}");
        let lines = LINES.take();
        assert!(lines.contains(&"SETUP nothing-is-sent".to_owned()), "{lines:?}");
        assert!(!lines.iter().any(|line| line.contains("POST") || line.contains("://")), "{lines:?}");
    }

    #[test]
    fn it_is_done_once_by_the_process_that_begins() {
        let (state, mut times) = (found(NOT_BEGUN), 0);
        (0..3).for_each(|_| begin_in(state, 7, || times += 1));
        assert!(is_done(state, LONG, || panic!("it is done")));
        assert_eq!(times, 1);
    }

    #[test]
    fn a_panic_costs_the_host_nothing_but_its_requests() {
        let state = found(NOT_BEGUN);
        begin_in(state, 7, || panic!("on the thread of the host"));
        assert!(!is_done(state, LONG, || panic!("on a thread of its own")));
        assert!(!is_done(state, LONG, || ()), "there is no third try");
    }

    #[test]
    fn a_child_forked_near_the_middle_sets_it_up_itself() {
        let state = found(7);
        begin_in(state, 8, || panic!("the calling thread could get stuck"));
        assert!(is_done(state, LONG, || ()));
        assert_eq!(state.load(Ordering::SeqCst), DONE);
    }

    #[test]
    fn a_child_forked_in_the_very_middle_leaves_one_thread_behind_and_makes_no_request() {
        static ATTEMPTS: AtomicU32 = AtomicU32::new(0);
        let state = found(7);
        for _ in 0..3 {
            assert!(!is_done(state, Duration::from_millis(20), || {
                ATTEMPTS.fetch_add(1, Ordering::SeqCst);
                never_ends();
            }));
        }
        assert_eq!(ATTEMPTS.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn an_attempt_that_was_only_slow_counts_when_it_ends() {
        let (state, (go, wait)) = (found(7), mpsc::channel::<()>());
        assert!(!is_done(state, Duration::from_millis(20), move || wait.recv().unwrap()));
        go.send(()).unwrap();
        while state.load(Ordering::SeqCst) != DONE {
            std::thread::yield_now();
        }
        assert!(is_done(state, LONG, || panic!("it is done")));
    }
}
