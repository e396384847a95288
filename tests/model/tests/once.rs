// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Once means once, whenever threads meet: the code of the client and of its delivery under a model checker.
//!
//! Each model runs under thousands of schedules, which switch threads at every lock, wait, wake-up, start and publication.
//! Half of them are drawn at random; half follow PCT, which finds a bug that needs few switches with a known probability. A
//! thread that waits for ever is a deadlock, and fails. Waits never time out here: what was to be woken must be woken.
//!
//! How a pointer is published is `once_cell`'s own affair; here it is one step, as a lock is.
//!
//! A failure prints its schedule; `shuttle::replay` repeats it.

use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

use shuttle::thread;
use telemetry_model::client::Numbers;
use telemetry_model::operation::OperationOutcome;
use telemetry_model::profile::HeartbeatPolicy;
use telemetry_model::session::SessionId;
use telemetry_model::stats::DropReason;
use telemetry_model::transport::{Request, Response, TransportError};
use telemetry_model::{
    Client, ConsentPolicy, Product, Profile, Stats, TelemetryEnum, TelemetryEvent, Transport, be_process,
};

const EVER: Duration = Duration::MAX;

/// Schedules of each kind for each model; the variable `MODEL_SCHEDULES` may ask for more.
const SCHEDULES: usize = 2000;

/// How many switches a bug that PCT looks for may need.
const DEPTH: usize = 4;

fn check(model: fn()) {
    let more = std::env::var("MODEL_SCHEDULES").map_or(0, |number| number.parse().expect("a number"));
    let schedules = SCHEDULES.max(more);
    shuttle::check_random(model, schedules);
    shuttle::check_pct(model, schedules, DEPTH);
}

struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1")
        .consent(ConsentPolicy::variables(&[]))
        .without_audit()
        .endpoint("http://127.0.0.1:9/")
        .heartbeat(HeartbeatPolicy::every(Duration::from_secs(100_000)));
}

/// How a payment ended.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case", crate = "telemetry_model")]
enum Outcome {
    Success,
    Failure,
    Interrupted,
}

/// A payment was tried.
#[derive(Debug, Clone, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0", crate = "telemetry_model")]
struct Payment {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// Which one it was.
    #[telemetry(sentinel = 0)]
    number: u32,
}

fn payment(number: u32) -> Payment {
    Payment { number, ..Default::default() }
}

/// Where events go: it notes them, and whether anybody sends while somebody else does.
#[derive(Clone, Default)]
struct Till {
    senders: Arc<AtomicU32>,
    /// How often somebody sent while somebody else did.
    met: Arc<AtomicU32>,
    made: Arc<AtomicU32>,
    envelopes: Arc<Mutex<Vec<String>>>,
}

impl Transport for Till {
    fn post(&mut self, request: &Request<'_>) -> Result<Response, TransportError> {
        let others = self.senders.fetch_add(1, Ordering::SeqCst);
        thread::yield_now();
        self.senders.fetch_sub(1, Ordering::SeqCst);
        let mut envelopes = self.envelopes.lock().unwrap();
        envelopes.push(String::from_utf8_lossy(request.body).into_owned());
        // A panic would be caught, as a panic of any transport is.
        self.met.fetch_add(others, Ordering::SeqCst);
        Ok(Response::new(200))
    }
}

impl Till {
    fn client(&self) -> Client<Shop> {
        let till = self.clone();
        let make = move || {
            till.made.fetch_add(1, Ordering::SeqCst);
            till.clone()
        };
        Client::builder().config_dir("/nonexistent").transport(make).start()
    }

    /// Every number that was sent, in order, by one sender at a time.
    fn numbers(&self) -> Vec<u64> {
        assert_eq!(self.met.load(Ordering::SeqCst), 0, "two workers at once");
        let envelopes = self.envelopes.lock().unwrap();
        let number = |envelope: &String| {
            let envelope: serde_json::Value = serde_json::from_str(envelope).unwrap();
            envelope["events"][0]["parameters"]["number"].as_u64().unwrap()
        };
        envelopes.iter().map(number).collect()
    }

    fn sorted_numbers(&self) -> Vec<u64> {
        let mut numbers = self.numbers();
        numbers.sort_unstable();
        numbers
    }
}

fn is_balanced(stats: &Stats) -> bool {
    stats.produced == stats.delivered + stats.queued + stats.dropped_total()
}

/// Runs `work` on so many threads, each with its number, and returns what they return.
fn on_threads<T: Send + 'static>(
    threads: u32,
    shop: &Client<Shop>,
    work: impl Fn(&Client<Shop>, u32) -> T + Clone + Send + 'static,
) -> Vec<T> {
    let start = |number| {
        let (shop, work) = (shop.clone(), work.clone());
        thread::spawn(move || work(&shop, number))
    };
    let started: Vec<_> = (0..threads).map(start).collect();
    started.into_iter().map(|thread| thread.join().unwrap()).collect()
}

/// Where the exit finds what it waits for. All schedules there are: the model is small enough.
#[test]
fn what_threads_publish_at_once_is_all_there() {
    let model = || {
        let numbers = Arc::new(Numbers::default());
        let threads = [1, 2].map(|number| {
            let numbers = Arc::clone(&numbers);
            thread::spawn(move || {
                numbers.add(number);
                assert!(numbers.all().contains(&number));
            })
        });
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        let mut all = numbers.all();
        all.sort_unstable();
        assert_eq!(all, [1, 2]);
    };
    let every = shuttle::scheduler::DfsScheduler::new(None, false);
    let schedules = shuttle::Runner::new(every, shuttle::Config::default()).run(model);
    assert!(schedules > 1000, "{schedules}");
}

#[test]
fn operations_that_end_on_many_threads_are_sent_once_each_by_one_worker() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(3, &shop, |shop, number| {
            let operation = shop.operation(payment(number));
            if number == 0 { drop(operation) } else { operation.finish_with(OperationOutcome::Success) }
        });
        assert!(shop.flush(EVER));
        assert_eq!(till.sorted_numbers(), [0, 1, 2]);
        assert_eq!(till.made.load(Ordering::SeqCst), 1, "the worker that runs takes what comes");
        assert_eq!(shop.stats().delivered, 3);
    });
}

/// The state of a process is published once, though each thread may make one.
#[test]
fn concurrent_first_reports_agree_on_one_session() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let session = |shop: &Client<Shop>, number| {
            shop.emit(payment(number));
            shop.session()
        };
        let sessions: Vec<Option<SessionId>> = on_threads(3, &shop, session);
        assert!(sessions[0].is_some() && sessions.iter().all(|session| *session == sessions[0]));
        assert!(shop.flush(EVER));
        assert_eq!(shop.stats().produced, 3, "all in one state");
    });
}

/// The threads of a forked child find their parent's state, and publish one of their own behind it.
#[test]
fn the_threads_of_a_child_agree_on_a_state_behind_their_parents() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        shop.emit(payment(100));
        let parent = shop.session();
        let of_child = |shop: &Client<Shop>, number| {
            be_process(2);
            shop.emit(payment(number));
            shop.session()
        };
        let sessions = on_threads(2, &shop, of_child);
        assert!(sessions[0] == sessions[1] && sessions[0] != parent);
        assert_eq!((shop.session(), shop.stats().produced), (parent, 1));
        assert!(shop.flush(EVER));
        be_process(2);
        assert!(shop.flush(EVER));
        assert_eq!(shop.stats().delivered, 2);
        // Only its own process stops a worker: there are two here, since a checker cannot fork.
        shop.shutdown(EVER);
        be_process(1);
        assert_eq!(till.envelopes.lock().unwrap().len(), 3);
    });
}

/// An operation of the parent that ends in a child is left to the parent.
#[test]
fn an_operation_that_is_open_in_two_processes_is_sent_by_the_one_that_began_it() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let operation = shop.operation(payment(7));
        let child = thread::spawn(move || {
            be_process(2);
            operation.finish_with(OperationOutcome::Failure);
        });
        shop.operation(payment(8)).finish_with(OperationOutcome::Success);
        child.join().unwrap();
        assert!(shop.flush(EVER));
        assert_eq!(till.numbers(), [8]);
    });
}

/// A worker that ends after an opt-out, while others opt in again and report: whatever was taken is settled, and a report
/// after all that finds a worker or starts one.
#[test]
fn a_new_worker_starts_only_after_the_old_one_has_ended() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(3, &shop, |shop, number| match number {
            0 => {
                shop.set_enabled(false);
                shop.set_enabled(true);
            }
            number => shop.emit(payment(number)),
        });
        shop.emit(payment(9));
        assert!(shop.flush(EVER));
        assert_eq!(till.numbers().last(), Some(&9));
        let stats = shop.stats();
        assert!(is_balanced(&stats) && stats.queued == 0, "{stats:?}");
    });
}

/// Who turns the client on again and reports is not silenced by those who have seen it off and come too late.
#[test]
fn a_report_after_an_opt_in_is_sent_whatever_others_have_seen_before() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(3, &shop, |shop, number| match number {
            0 => {
                shop.set_enabled(false);
                shop.set_enabled(true);
                shop.emit(payment(9));
            }
            number => shop.emit(payment(number)),
        });
        assert!(shop.flush(EVER));
        assert!(till.numbers().contains(&9), "{:?}", shop.stats());
    });
}

/// Everybody who waits is woken, whoever makes the progress.
#[test]
fn all_concurrent_flushes_return() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let flushed = on_threads(3, &shop, |shop, number| {
            shop.emit(payment(number));
            shop.flush(EVER)
        });
        // A flush returns when nothing waits; then another thread may report.
        assert!(flushed.len() == 3 && shop.flush(EVER));
        assert_eq!(till.sorted_numbers(), [0, 1, 2]);
    });
}

/// The same for tasks, which are woken instead of notified.
#[test]
fn all_tasks_that_flush_concurrently_are_woken() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let flushed = on_threads(3, &shop, |shop, number| {
            shop.emit(payment(number));
            shuttle::future::block_on(shop.flush_async(EVER))
        });
        assert!(flushed.len() == 3 && shuttle::future::block_on(shop.flush_async(EVER)));
        assert_eq!(till.sorted_numbers(), [0, 1, 2]);
    });
}

/// After a first transport that could not be made there is none, which a flush cannot change. A report can, also one that is
/// made during that flush.
#[test]
fn a_flush_that_can_start_no_worker_keeps_no_report_from_starting_one() {
    check(|| {
        let till = Till::default();
        let transport = till.clone();
        let make = move || match transport.made.fetch_add(1, Ordering::SeqCst) {
            // Without the hook, which would print the schedule.
            0 => std::panic::resume_unwind(Box::new("no till")),
            _ => transport.clone(),
        };
        let shop = Client::builder().config_dir("/nonexistent").transport(make).start();
        shop.emit(payment(0));
        on_threads(2, &shop, |shop, number| match number {
            0 => drop(pin!(shop.flush_async(EVER)).poll(&mut Context::from_waker(Waker::noop()))),
            _ => shop.emit(payment(1)),
        });
        assert!(shop.flush(EVER), "{}", shop.stats());
        assert_eq!(till.sorted_numbers(), [0, 1]);
    });
}

/// A task that gives up while the worker is about to wake it, beside one that goes on waiting.
#[test]
fn a_task_that_gives_up_keeps_no_other_from_being_woken() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(2, &shop, |shop, number| {
            shop.emit(payment(number));
            let flush = shop.flush_async(EVER);
            if number == 0 {
                let _ = pin!(flush).poll(&mut Context::from_waker(Waker::noop()));
            } else {
                shuttle::future::block_on(flush);
            }
        });
        assert!(shop.flush(EVER));
        assert_eq!(till.sorted_numbers(), [0, 1]);
    });
}

#[test]
fn a_shutdown_settles_every_report_made_at_the_same_time() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(3, &shop, |shop, number| match number {
            0 => assert!(shop.shutdown(EVER)),
            number => shop.emit(payment(number)),
        });
        assert!(shop.shutdown(EVER));
        let stats = shop.stats();
        assert!(is_balanced(&stats) && stats.queued == 0, "{stats:?}");
        assert_eq!(till.numbers().len() as u64, stats.delivered);
        assert_eq!(stats.dropped(DropReason::Shutdown), stats.produced - stats.delivered);
    });
}

/// Two threads that both start heartbeats have one worker, which a shutdown ends.
#[test]
fn heartbeats_start_once_and_a_shutdown_ends_them() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(2, &shop, |shop, number| {
            shop.emit_with_heartbeat(|_| payment(number), |first, _| first.clone());
        });
        assert!(shop.flush(EVER));
        assert!(shop.shutdown(EVER));
        assert_eq!(till.sorted_numbers(), [0, 1]);
        assert_eq!(till.made.load(Ordering::SeqCst), 1);
    });
}

/// The last client that goes has its worker deliver what waits, and end.
#[test]
fn the_worker_of_a_client_that_is_dropped_delivers_and_ends() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let other = shop.clone();
        let thread = thread::spawn(move || other.emit(payment(1)));
        drop(shop);
        thread.join().unwrap();
        // The checker waits for the worker; one that never ended would be a deadlock. Its last act precedes that.
        let till = till.clone();
        thread::spawn(move || {
            while till.envelopes.lock().unwrap().is_empty() {
                thread::yield_now();
            }
        })
        .join()
        .unwrap();
    });
}
