// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A flush that a task awaits, in a runtime and without one.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Poll, Wake, Waker};
use std::time::{Duration, Instant};

use telemetry_core::consent::Rule;
use telemetry_core::profile::RetryPolicy;
use telemetry_core::transport::{Request, Response, TransportError};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, TelemetryEvent, Transport};
use telemetry_tests::block_on::{block_on, poll_once};
use telemetry_tests::server::PATIENCE;
use telemetry_tests::waiting::wait_until;
use tokio::runtime::Builder;

/// Longer than any of these tests takes.
const HOUR: Duration = Duration::from_secs(3600);

struct Ferry;

impl Product for Ferry {
    const PROFILE: Profile = Profile::new("ferry", "1")
        .source("nemoSource", "ferry")
        .consent(ConsentPolicy::variables(&[("FERRY_SILENT", Rule::OptOut)]).without_marker())
        .retry(RetryPolicy::attempts(9).backoff(HOUR, HOUR));
}

/// The ferry has crossed the river.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Ferry, event_name = "crossing", schema_version = "1.0")]
struct Crossing {
    /// Passengers on board.
    num_passengers: u32,
}

const CROSSING: Crossing = Crossing { num_passengers: 3 };

/// Answers with this status once the gate is open.
#[derive(Clone)]
struct Harbor {
    gate: Arc<Mutex<()>>,
    requests: Arc<AtomicU32>,
    status: u16,
}

impl Transport for Harbor {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        self.requests.fetch_add(1, Ordering::SeqCst);
        drop(self.gate.lock());
        Ok(Response::new(self.status))
    }
}

impl Harbor {
    fn close(&self) -> MutexGuard<'_, ()> {
        self.gate.lock().unwrap()
    }

    /// Waits until the worker makes a request.
    fn wait_for_request(&self) {
        wait_until(|| self.requests.load(Ordering::SeqCst) > 0);
    }
}

fn client(transport: impl Fn() -> Harbor + Send + Sync + 'static) -> Client<Ferry> {
    let builder = Client::<Ferry>::builder().without_audit_file().endpoint("http://127.0.0.1:9/");
    builder.transport(transport).start()
}

/// A client, and its collector, which answers with this status.
fn ferry(status: u16) -> (Client<Ferry>, Harbor) {
    let harbor = Harbor { gate: Arc::default(), requests: Arc::default(), status };
    let transport = harbor.clone();
    (client(move || transport.clone()), harbor)
}

/// A client with an event whose next attempt is an hour away.
fn ferry_that_waits() -> Client<Ferry> {
    let (ferry, _) = ferry(503);
    ferry.emit(CROSSING);
    wait_until(|| ferry.stats().requests > 0);
    assert_eq!(ferry.stats().queued, 1);
    ferry
}

/// A task that counts how often it is woken.
#[derive(Default)]
struct Task(AtomicU32);

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn a_task_waits_until_everything_is_delivered() {
    let (ferry, harbor) = ferry(200);
    let closed = harbor.close();
    (0..9).for_each(|_| ferry.emit(CROSSING));
    let flushed = std::thread::scope(|scope| {
        let waits = scope.spawn(|| block_on(ferry.flush_async(PATIENCE)));
        std::thread::sleep(Duration::from_millis(100));
        assert!(!waits.is_finished());
        drop(closed);
        waits.join().unwrap()
    });
    assert_eq!((flushed, ferry.stats().delivered), (true, 9));
}

#[test]
fn a_flush_with_nothing_to_wait_for_is_ready_at_the_first_poll() {
    let (reported_nothing, _) = ferry(200);
    let off = Client::<Ferry>::builder().enabled(false).start();
    off.emit(CROSSING);
    let (delivered, _) = ferry(200);
    delivered.emit(CROSSING);
    assert!(delivered.flush(PATIENCE));
    let (shut_down, _) = ferry(200);
    shut_down.emit(CROSSING);
    assert!(shut_down.shutdown(PATIENCE));
    for client in [reported_nothing, off, delivered, shut_down] {
        let mut flush = client.flush_async(HOUR);
        assert_eq!(poll_once(&mut flush, Waker::noop()), Poll::Ready(true), "{:?}", client.stats());
        assert_eq!(poll_once(&mut flush, Waker::noop()), Poll::Ready(true), "and so is any later one");
    }
}

#[test]
fn without_a_worker_nothing_is_waited_for() {
    let ferry = client(|| panic!("no ferry today"));
    ferry.emit(CROSSING);
    assert_eq!(poll_once(&mut ferry.flush_async(HOUR), Waker::noop()), Poll::Ready(false));
    assert_eq!(ferry.stats().queued, 1);
}

#[test]
fn a_task_waits_as_long_as_it_wants_to_and_the_events_go_on_waiting() {
    let ferry = ferry_that_waits();
    let start = Instant::now();
    assert!(!block_on(ferry.flush_async(Duration::from_millis(100))));
    assert!((Duration::from_millis(100)..PATIENCE).contains(&start.elapsed()), "{:?}", start.elapsed());
    assert_eq!(poll_once(&mut ferry.flush_async(Duration::ZERO), Waker::noop()), Poll::Ready(false));
    assert_eq!(ferry.stats().queued, 1);
}

/// The worker, which keeps the time, is in the request.
#[test]
fn a_timeout_during_a_request_ends_with_it() {
    let (ferry, harbor) = ferry(200);
    let closed = harbor.close();
    ferry.emit(CROSSING);
    harbor.wait_for_request();
    let (task, mut flush) = (Arc::new(Task::default()), ferry.flush_async(Duration::from_millis(10)));
    let _ = poll_once(&mut flush, &Waker::from(Arc::clone(&task)));
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(task.0.load(Ordering::SeqCst), 0);
    assert_eq!(poll_once(&mut flush, Waker::noop()), Poll::Ready(false), "a poll sees that the time is over");
    let (task, mut flush) = (Arc::new(Task::default()), ferry.flush_async(Duration::from_millis(100)));
    let _ = poll_once(&mut flush, &Waker::from(Arc::clone(&task)));
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(task.0.load(Ordering::SeqCst), 0);
    drop(closed);
    wait_until(|| task.0.load(Ordering::SeqCst) > 0);
    assert_eq!(poll_once(&mut flush, Waker::noop()), Poll::Ready(true));
}

#[test]
fn an_opt_out_ends_the_wait() {
    let ferry = ferry_that_waits();
    let (task, mut flush) = (Arc::new(Task::default()), ferry.flush_async(HOUR));
    assert!(poll_once(&mut flush, &Waker::from(Arc::clone(&task))).is_pending());
    ferry.set_enabled(false);
    assert_eq!(task.0.load(Ordering::SeqCst), 1);
    assert_eq!(poll_once(&mut flush, Waker::noop()), Poll::Ready(true), "the queue is empty");
}

/// As in a service whose every request flushes. Half of the tasks wait a moment, the other half an hour.
#[test]
fn of_ten_thousand_tasks_each_is_woken_once_when_its_own_wait_is_over() {
    let ferry = ferry_that_waits();
    let wait = |number: usize| if number.is_multiple_of(2) { Duration::from_millis(300) } else { HOUR };
    let mut tasks: Vec<_> = (0..10_000)
        .map(|number| {
            let (task, mut flush) = (Arc::new(Task::default()), ferry.flush_async(wait(number)));
            let is_pending = poll_once(&mut flush, &Waker::from(Arc::clone(&task))).is_pending();
            (task, flush, is_pending)
        })
        .collect();
    let wakes =
        |(task, _, is_pending): &(Arc<Task>, _, bool)| task.0.load(Ordering::SeqCst) + u32::from(!is_pending);
    wait_until(|| tasks.iter().step_by(2).all(|task| wakes(task) > 0));
    for (number, task) in tasks.iter_mut().enumerate() {
        let expected = if number.is_multiple_of(2) { Poll::Ready(false) } else { Poll::Pending };
        assert_eq!(wakes(task), u32::from(expected.is_ready()), "task {number}");
        let waker = Waker::from(Arc::clone(&task.0));
        assert_eq!(poll_once(&mut task.1, &waker), expected, "task {number}");
    }
    ferry.set_enabled(false);
    for (number, task) in tasks.iter_mut().enumerate() {
        assert_eq!(wakes(task), 1, "task {number}");
        assert_eq!(poll_once(&mut task.1, Waker::noop()), Poll::Ready(!number.is_multiple_of(2)));
    }
}

#[test]
fn the_outcome_stays_whatever_is_reported_until_the_task_runs() {
    let ferry = ferry_that_waits();
    let mut flush = ferry.flush_async(HOUR);
    assert!(poll_once(&mut flush, Waker::noop()).is_pending());
    ferry.set_enabled(false);
    ferry.set_enabled(true);
    ferry.emit(CROSSING);
    assert_eq!(poll_once(&mut flush, Waker::noop()), Poll::Ready(true));
}

#[test]
fn the_last_client_may_go_while_a_task_waits() {
    let (ferry, harbor) = ferry(200);
    let closed = harbor.close();
    ferry.emit(CROSSING);
    let mut flush = ferry.flush_async(PATIENCE);
    assert!(poll_once(&mut flush, Waker::noop()).is_pending());
    drop((ferry, closed));
    assert!(block_on(flush));
}

#[test]
fn a_dropped_flush_future_leaves_nothing_behind() {
    let ferry = ferry_that_waits();
    let task = Arc::new(Task::default());
    let waker = Waker::from(Arc::clone(&task));
    for _ in 0..3 {
        let mut flush = ferry.flush_async(HOUR);
        assert!(poll_once(&mut flush, &waker).is_pending());
        assert_eq!(Arc::strong_count(&task), 3, "the worker has one");
        drop(flush);
        assert_eq!(Arc::strong_count(&task), 2);
    }
    ferry.set_enabled(false);
    assert_eq!(task.0.load(Ordering::SeqCst), 0, "no task waits");
    drop(ferry.flush_async(HOUR));
}

#[test]
fn the_task_that_has_polled_last_is_woken_and_only_that_one() {
    let ferry = ferry_that_waits();
    let [first, last] = [(); 2].map(|()| Arc::new(Task::default()));
    let mut flush = ferry.flush_async(HOUR);
    for task in [&first, &last, &last] {
        assert!(poll_once(&mut flush, &Waker::from(Arc::clone(task))).is_pending());
    }
    assert_eq!([&first, &last].map(Arc::strong_count), [1, 2]);
    ferry.set_enabled(false);
    assert_eq!([&first, &last].map(|task| task.0.load(Ordering::SeqCst)), [0, 1]);
}

/// Its runtime is broken. Neither the worker nor the program's own thread pays for that.
#[test]
fn a_waker_that_panics_ends_neither_the_worker_nor_a_report() {
    struct Broken;
    impl Wake for Broken {
        fn wake(self: Arc<Self>) {
            panic!("the runtime is gone");
        }
    }
    let (ferry, harbor) = ferry(200);
    let closed = harbor.close();
    ferry.emit(CROSSING);
    let mut flush = ferry.flush_async(HOUR);
    assert!(poll_once(&mut flush, &Waker::from(Arc::new(Broken))).is_pending());
    let other = ferry.flush_async(PATIENCE);
    drop(closed);
    assert!(block_on(other));
    assert_eq!(poll_once(&mut flush, Waker::noop()), Poll::Ready(true));
    ferry.emit(CROSSING);
    assert!(ferry.flush(PATIENCE));
    assert_eq!((ferry.stats().delivered, ferry.stats().dropped_total()), (2, 0));
}

#[test]
fn a_single_threaded_runtime_runs_other_tasks_during_a_flush() {
    let (ferry, harbor) = ferry(200);
    let closed = harbor.close();
    ferry.emit(CROSSING);
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let flushed = runtime.block_on(async {
        let opens = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            drop(closed);
        };
        tokio::join!(ferry.flush_async(PATIENCE), opens).0
    });
    assert_eq!((flushed, ferry.stats().delivered), (true, 1));
}

#[test]
fn the_timer_of_a_runtime_bounds_a_wait_for_a_collector_that_hangs() {
    let (ferry, harbor) = ferry(200);
    let closed = harbor.close();
    ferry.emit(CROSSING);
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let limit = Duration::from_millis(50);
    let flushed = runtime.block_on(async { tokio::time::timeout(limit, ferry.flush_async(limit)).await });
    assert!(!flushed.unwrap_or(false));
    drop(closed);
}

#[test]
fn tasks_on_many_threads_all_hear_that_everything_is_delivered() {
    const TASKS: u64 = 200;
    let (ferry, _) = ferry(200);
    let runtime = Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap();
    runtime.block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..TASKS {
            let ferry = ferry.clone();
            tasks.spawn(async move {
                ferry.emit(CROSSING);
                ferry.flush_async(PATIENCE).await
            });
        }
        assert!(tasks.join_all().await.into_iter().all(|flushed| flushed));
    });
    let stats = ferry.stats();
    assert_eq!((stats.delivered, stats.queued, stats.dropped_total()), (TASKS, 0, 0), "{stats}");
}
