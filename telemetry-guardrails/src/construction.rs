// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Tracks the construction that runs on this thread, so that nested marked constructors report one engine once.

use std::any::type_name;
use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;

use telemetry_core::Product;

use crate::product::Guardrails;

thread_local! {
    /// The name of the type under construction. Engines may borrow, so they may not have a `TypeId`.
    static INNERMOST: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// A construction whose body runs. Dropping it restores the previous construction.
struct Open {
    outer: Option<&'static str>,
}

impl Open {
    fn of<E>() -> Self {
        Self {
            outer: INNERMOST.try_with(|innermost| innermost.replace(Some(type_name::<E>()))).ok().flatten(),
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // A thread whose thread-locals were destroyed constructs no engines.
        let _ = INNERMOST.try_with(|innermost| innermost.set(self.outer));
    }
}

/// Whether the innermost construction on this thread is that of an `E`. It reports the engine, unless it fails.
pub(crate) fn is_within<E>() -> bool {
    let innermost = INNERMOST.try_with(Cell::get).ok().flatten();
    innermost.is_some_and(|innermost| innermost == type_name::<E>())
}

/// Runs the body of a constructor.
#[doc(hidden)]
pub fn construct<E, T>(body: impl FnOnce() -> T) -> T {
    let _open = if Guardrails::COMPILED { Some(Open::of::<E>()) } else { None };
    body()
}

/// Runs the body of an `async` constructor. The construction is active only while the body is polled, so a suspended one does not
/// hide other constructions on its thread.
#[doc(hidden)]
pub async fn construct_async<E, F: Future>(mut body: Pin<&mut F>) -> F::Output {
    poll_fn(|context| construct::<E, _>(|| body.as_mut().poll(context))).await
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    struct First<'a>(&'a str);
    struct Second;

    #[test]
    fn only_the_innermost_construction_hides_a_report() {
        assert!(!is_within::<First<'_>>());
        construct::<First<'_>, _>(|| {
            assert!(is_within::<First<'_>>() && !is_within::<Second>());
            construct::<Second, _>(|| assert!(is_within::<Second>() && !is_within::<First<'_>>()));
            assert!(is_within::<First<'_>>());
        });
        assert!(!is_within::<First<'_>>());
    }

    #[test]
    fn a_construction_that_panics_is_over() {
        let construction = || construct::<First<'_>, _>(|| assert_eq!(First("made").0, "failed"));
        assert!(catch_unwind(construction).is_err());
        assert!(!is_within::<First<'_>>());
    }

    #[test]
    fn another_thread_has_constructions_of_its_own() {
        construct::<Second, _>(|| {
            let elsewhere = std::thread::spawn(is_within::<Second>);
            assert!(!elsewhere.join().unwrap());
        });
    }
}
