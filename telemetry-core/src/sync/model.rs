// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The primitives of the model checker. Only the package `telemetry-model` of the workspace compiles this.

use std::sync::OnceLock;
use std::sync::atomic::Ordering;

pub(crate) use shuttle::sync::atomic::AtomicBool;
pub(crate) use shuttle::sync::{Condvar, Mutex, MutexGuard};
pub(crate) use shuttle::thread;

/// `once_cell::race::OnceBox` as the checker sees it: several threads may make a value, the first one that publishes wins,
/// and before each step any other thread may run.
#[derive(Debug)]
pub(crate) struct OnceBox<T> {
    /// An access to it is where the checker switches threads; between two of them a thread runs alone.
    step: AtomicBool,
    value: OnceLock<Box<T>>,
}

impl<T> Default for OnceBox<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> OnceBox<T> {
    pub(crate) const fn new() -> Self {
        Self { step: AtomicBool::new(false), value: OnceLock::new() }
    }

    fn step(&self) {
        self.step.load(Ordering::SeqCst);
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.step();
        self.value.get().map(|value| &**value)
    }

    pub(crate) fn set(&self, value: Box<T>) -> Result<(), Box<T>> {
        self.step();
        self.value.set(value)
    }

    pub(crate) fn get_or_init(&self, make: impl FnOnce() -> Box<T>) -> &T {
        match self.get_or_try_init(|| Ok::<_, std::convert::Infallible>(make())) {
            Ok(value) => value,
            Err(never) => match never {},
        }
    }

    pub(crate) fn get_or_try_init<E>(&self, make: impl FnOnce() -> Result<Box<T>, E>) -> Result<&T, E> {
        if let Some(value) = self.get() {
            return Ok(value);
        }
        let made = make()?;
        self.step();
        Ok(self.value.get_or_init(|| made))
    }
}

shuttle::thread_local! {
    static PROCESS: std::cell::Cell<u64> = std::cell::Cell::new(1);
}

/// Makes the calling thread one of another process: what a fork has copied is to it what its parent has left. A thread is
/// of the process 1 until it says otherwise.
pub fn be_process(process: u64) {
    PROCESS.with(|current| current.set(process));
}

/// Which process this is, in a checker that cannot fork.
pub(crate) mod identity {
    /// Differs between processes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) struct ProcessIdentity(u64);

    impl ProcessIdentity {
        pub(crate) fn current() -> Self {
            Self(super::PROCESS.with(std::cell::Cell::get))
        }
    }
}
