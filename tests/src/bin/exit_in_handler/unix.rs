// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Exits in the middle of a report.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use telemetry_core::transport::{Request, Response, TransportError};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, TelemetryEvent, Transport};

const CODE: i32 = 7;
const ALLOCATED: i32 = 9;
const EXIT_WAIT: Duration = Duration::from_millis(200);

struct Interrupted;

impl Product for Interrupted {
    const PROFILE: Profile =
        Profile::new("interrupted", "1").consent(ConsentPolicy::variables(&[])).exit_wait(EXIT_WAIT);
}

/// Something was counted.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Interrupted, event_name = "counted", schema_version = "1.0")]
struct Counted {
    /// How often.
    number: u32,
}

/// Answers at once: the interruptions are to come in our code.
struct Nowhere;

impl Transport for Nowhere {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        Ok(Response::new(200))
    }
}

fn client() -> Client<Interrupted> {
    Client::builder().endpoint("http://127.0.0.1:9/").transport(|| Nowhere).start()
}

/// How many more times the main thread may allocate or free before it is interrupted; zero means forever.
static UNTIL_SIGNAL: AtomicU64 = AtomicU64::new(0);
static IS_LOCKED: AtomicBool = AtomicBool::new(false);

struct Allocator;

#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

#[allow(unsafe_code, reason = "an allocator is unsafe by its nature")]
// SAFETY: everything is done by the system's allocator.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        wait_or_be_interrupted();
        // SAFETY: the caller keeps to the same contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        wait_or_be_interrupted();
        // SAFETY: the caller keeps to the same contract.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[allow(
    unsafe_code,
    reason = "threads are told apart without allocating, signals are sent and slept for by C functions"
)]
fn wait_or_be_interrupted() {
    // SAFETY: both only return a number.
    let is_main = unsafe { libc::gettid() == libc::getpid() };
    while IS_LOCKED.load(Ordering::SeqCst) {
        if is_main {
            // SAFETY: it ends the process and touches no memory.
            unsafe { libc::_exit(ALLOCATED) };
        }
        // SAFETY: it only sleeps.
        unsafe { libc::usleep(100) };
    }
    if is_main && UNTIL_SIGNAL.load(Ordering::SeqCst) > 0 && UNTIL_SIGNAL.fetch_sub(1, Ordering::SeqCst) == 1
    {
        // SAFETY: the handler is installed by then.
        unsafe { libc::raise(libc::SIGALRM) };
    }
}

/// Many hosts call `exit` in a signal handler, although the C library does not allow it.
#[allow(unsafe_code, reason = "the standard library's exit is not a C function")]
extern "C" fn end(_: libc::c_int) {
    // SAFETY: as the hosts that are imitated here do. Nothing of this program that runs at its exit is interrupted half-way
    // but the code under test.
    unsafe { libc::exit(CODE) }
}

#[allow(unsafe_code, reason = "signal handlers are installed by a C function")]
fn handle_signals() {
    // SAFETY: `end` is a handler of this type.
    unsafe { libc::signal(libc::SIGALRM, end as extern "C" fn(libc::c_int) as libc::sighandler_t) };
}

#[allow(unsafe_code, reason = "exit hooks are registered by a C function")]
fn at_exit(hook: extern "C" fn()) {
    // SAFETY: the hook is a function of this program that touches an atomic only.
    assert_eq!(unsafe { libc::atexit(hook) }, 0);
}

#[allow(unsafe_code, reason = "timers are set by a C function")]
fn timer(microseconds: i64) {
    let zero = libc::timeval { tv_sec: 0, tv_usec: 0 };
    let timer =
        libc::itimerval { it_interval: zero, it_value: libc::timeval { tv_usec: microseconds, ..zero } };
    let client = client();
    handle_signals();
    client.emit(Counted { number: 0 });
    // SAFETY: both structures are there until it returns; no former timer is asked for.
    unsafe { libc::setitimer(libc::ITIMER_REAL, &raw const timer, std::ptr::null_mut()) };
    for number in 1.. {
        client.emit(Counted { number });
    }
}

fn allocation(number: u64) {
    let client = client();
    handle_signals();
    UNTIL_SIGNAL.store(number, Ordering::SeqCst);
    (0..5).for_each(|number| client.emit(Counted { number }));
    UNTIL_SIGNAL.store(0, Ordering::SeqCst);
}

extern "C" fn lock() {
    IS_LOCKED.store(true, Ordering::SeqCst);
}

extern "C" fn unlock() {
    IS_LOCKED.store(false, Ordering::SeqCst);
}

/// Hooks run in reverse order, and the client registers its own with the first report.
fn locked_allocator() -> ! {
    at_exit(unlock);
    let client = client();
    client.emit(Counted { number: 0 });
    at_exit(lock);
    (1..50).for_each(|number| client.emit(Counted { number }));
    std::process::exit(CODE)
}

pub(crate) fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = || arguments.get(1).and_then(|text| text.parse().ok()).expect("a number");
    match arguments.first().map(String::as_str) {
        Some("timer") => timer(number()),
        Some("allocation") => allocation(number().unsigned_abs()),
        Some("locked-allocator") => locked_allocator(),
        other => panic!("there is no command {other:?}"),
    }
}
