// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a function returned, and how its operation ended by that. Called by the code of `#[telemetry_operation]`.

use super::OperationOutcome;

/// Runs a body as a closure that is called once: so it can give away what it has taken.
pub fn run<T>(body: impl FnOnce() -> T) -> T {
    body()
}

/// How the operation ended, by what its author says of the returned value.
pub fn outcome_of<T>(returned: &T, outcome: impl FnOnce(&T) -> OperationOutcome) -> OperationOutcome {
    outcome(returned)
}

/// A returned value, whose outcome is looked up by its type, so an alias counts as the type that it means.
///
/// The lookup prefers methods that take `self` by value, [`WithoutAnswer`], over those that take a reference, and among these
/// the type's own over that of [`AnyReturned`]. The methods have a name that no trait in the author's scope has for any type.
#[derive(Debug)]
pub struct Returned<'a, T>(pub &'a T);

impl<T, E> Returned<'_, Result<T, E>> {
    /// `Err` is a failure.
    #[must_use]
    pub fn __telemetry_outcome(&self) -> OperationOutcome {
        if self.0.is_ok() { OperationOutcome::Success } else { OperationOutcome::Failure }
    }
}

impl<T> Returned<'_, Option<T>> {
    /// `None` is a failure.
    #[must_use]
    pub fn __telemetry_outcome(&self) -> OperationOutcome {
        if self.0.is_some() { OperationOutcome::Success } else { OperationOutcome::Failure }
    }
}

/// Every other value.
pub trait AnyReturned {
    /// It was returned, which is a success.
    fn __telemetry_outcome(&self) -> OperationOutcome {
        OperationOutcome::Success
    }
}

impl<T> AnyReturned for Returned<'_, T> {}

/// A value that says nothing about what the function was to do: a future, which does not compile, or the value of a body that
/// diverges.
///
/// Where a body of the return type `impl Trait` diverges, the type of its value is unknown during the lookup, and any method
/// may be meant. It is this one, because no other takes `self`; then the compiler falls back to `!`, or to `()` before
/// edition 2024. `Kind` keeps the impls apart.
pub trait WithoutAnswer<Kind>: Sized {
    /// The type of the value.
    type Value;

    /// It was returned, which is a success.
    fn __telemetry_outcome(self) -> OperationOutcome
    where
        Kind: IsOver<Self::Value>,
    {
        OperationOutcome::Success
    }
}

/// The kind of a future.
#[derive(Debug)]
pub struct Future;

/// The kind of what a diverging body has for a value.
#[derive(Debug)]
pub struct Diverging;

impl<T: core::future::Future> WithoutAnswer<Future> for Returned<'_, T> {
    type Value = T;
}

impl WithoutAnswer<Diverging> for Returned<'_, ()> {
    type Value = ();
}

impl WithoutAnswer<Diverging> for Returned<'_, Never> {
    type Value = Never;
}

/// `!`, which cannot be written here in stable Rust.
type Never = <fn() -> ! as Output>::Value;

/// What a function pointer returns.
pub trait Output {
    /// The type that it returns.
    type Value;
}

impl<T> Output for fn() -> T {
    type Value = T;
}

/// Implemented by the kinds of values behind which nothing is left to run.
#[diagnostic::on_unimplemented(
    message = "the operation would be over before the returned future runs",
    label = "`{Value}` is a future",
    note = "put `#[telemetry_operation]` on an `async fn` that awaits the future; if returning it is the operation, as in \
            starting a task, say so: `outcome = |_| telemetry_core::operation::OperationOutcome::Success`"
)]
pub trait IsOver<Value> {}

#[diagnostic::do_not_recommend]
impl<Value> IsOver<Value> for Diverging {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_and_options_tell_and_anything_else_is_a_success() {
        let io: std::io::Result<u8> = Err(std::io::Error::other("x"));
        assert_eq!(Returned(&io).__telemetry_outcome(), OperationOutcome::Failure);
        assert_eq!(Returned(&Ok::<u8, ()>(1)).__telemetry_outcome(), OperationOutcome::Success);
        assert_eq!(Returned(&None::<u8>).__telemetry_outcome(), OperationOutcome::Failure);
        assert_eq!(Returned(&Some(())).__telemetry_outcome(), OperationOutcome::Success);
        assert_eq!(Returned(&false).__telemetry_outcome(), OperationOutcome::Success);
        assert_eq!(Returned(&()).__telemetry_outcome(), OperationOutcome::Success);
    }
}
