// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The construction that this thread is in the middle of, so that an engine which marked constructors make together counts once.

use std::any::type_name;
use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;

use telemetry_core::Product;

use crate::product::Guardrails;

thread_local! {
    /// The type that is under construction, by its name: engines may borrow, so they have no `TypeId`.
    static INNERMOST: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// A construction while its body runs; the construction around it is restored however the body ends.
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
        // A thread that ends, and has dropped its thread-locals, constructs nothing.
        let _ = INNERMOST.try_with(|innermost| innermost.set(self.outer));
    }
}

/// Whether the innermost construction of this thread is one of an `E`: that one reports, or it fails and nothing is to be
/// reported.
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

/// Runs the body of an `async` constructor. The construction is open while the body is polled and at no other time, so one
/// that waits hides none of those that its thread carries out meanwhile.
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
