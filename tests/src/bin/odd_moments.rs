// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Engines that are constructed at odd moments: the child of the tests `odd_moments`.
//!
//! The variable `MOMENTS` names the moments, with commas: `before-main`, `main`, `thread-local`, `exit-before` and
//! `exit-after` (in exit hooks that were registered before and after the first report in `main`), `guard-thread-local`. With
//! the variable `PATIENT` the exit waits as long as it takes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a probe that fails makes its test fail")]

use std::cell::RefCell;

use telemetry_core::{Client, Operation};
use telemetry_guardrails::{Host, RailsEngine, set_host, telemetry_engine};
use telemetry_tests::server::PATIENCE;
use telemetry_tests::shop::{Payment, Shop};

#[telemetry_engine(engine = RailsEngine::LlmRails)]
struct Engine {
    _size: usize,
}

#[telemetry_engine]
impl Engine {
    #[telemetry(constructor)]
    fn new(size: usize) -> Self {
        Self { _size: size }
    }
}

fn is_asked_for(moment: &str) -> bool {
    std::env::var("MOMENTS").is_ok_and(|moments| moments.split(',').any(|one| one == moment))
}

fn construct_at(moment: &str) {
    if is_asked_for(moment) {
        let Engine { .. } = Engine::new(moment.len());
    }
}

/// What the loader calls before `main`.
extern "C" fn before_main() {
    if std::env::var_os("PATIENT").is_some() {
        set_host(Host::default().exit_wait(PATIENCE));
    }
    construct_at("before-main");
}

#[allow(unsafe_code, reason = "this is how a static initializer is declared")]
// SAFETY: the section holds functions of this type, which the loader calls once.
#[unsafe(link_section = ".init_array")]
#[used]
static BEFORE_MAIN: extern "C" fn() = before_main;

extern "C" fn exit_before() {
    construct_at("exit-before");
}

extern "C" fn exit_after() {
    construct_at("exit-after");
}

#[allow(unsafe_code, reason = "there is no safe way to register an exit hook")]
fn at_exit(hook: extern "C" fn()) {
    // SAFETY: the hook is a function of this program that takes and returns nothing.
    assert_eq!(unsafe { libc::atexit(hook) }, 0);
}

/// Constructs an engine when its thread ends.
struct AtTheEnd;

impl Drop for AtTheEnd {
    fn drop(&mut self) {
        construct_at("thread-local");
    }
}

thread_local! {
    static AT_THE_END: AtTheEnd = const { AtTheEnd };
    static OPEN: RefCell<Option<Operation<Payment>>> = const { RefCell::new(None) };
}

fn main() {
    at_exit(exit_before);
    construct_at("main");
    at_exit(exit_after);
    if is_asked_for("thread-local") {
        AT_THE_END.with(|_| {});
    }
    if is_asked_for("guard-thread-local") {
        let shop = Client::<Shop>::builder().flush_at_exit(PATIENCE).start();
        // The client reports once before, so that the exit knows what to wait for.
        shop.operation(Payment::default()).finish_with(telemetry_core::operation::OperationOutcome::Success);
        OPEN.set(Some(shop.operation(Payment::default())));
    }
}
