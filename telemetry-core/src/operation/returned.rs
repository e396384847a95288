// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a function returned, and how its operation ended by that. Called by the code of `#[telemetry_operation]`.

use super::Ending;

/// Runs a body as a closure that is called once: so it can give away what it has taken.
pub fn run<T>(body: impl FnOnce() -> T) -> T {
    body()
}

/// How the operation ended, by what its author says of the returned value.
pub fn outcome_of<T>(returned: &T, outcome: impl FnOnce(&T) -> Ending) -> Ending {
    outcome(returned)
}

/// A returned value. A method of its own precedes that of [`AnyReturned`], for which nothing but the type is needed: so
/// aliases of `Result` count as results.
#[derive(Debug)]
pub struct Returned<'a, T>(pub &'a T);

impl<T, E> Returned<'_, Result<T, E>> {
    /// `Err` is a failure.
    #[must_use]
    pub fn ending(&self) -> Ending {
        if self.0.is_ok() { Ending::Success } else { Ending::Failure }
    }
}

impl<T> Returned<'_, Option<T>> {
    /// `None` is a failure.
    #[must_use]
    pub fn ending(&self) -> Ending {
        if self.0.is_some() { Ending::Success } else { Ending::Failure }
    }
}

/// Every other value.
pub trait AnyReturned {
    /// It was returned, which is a success.
    fn ending(&self) -> Ending {
        Ending::Success
    }
}

impl<T> AnyReturned for Returned<'_, T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_and_options_tell_and_anything_else_is_a_success() {
        let io: std::io::Result<u8> = Err(std::io::Error::other("x"));
        assert_eq!(Returned(&io).ending(), Ending::Failure);
        assert_eq!(Returned(&Ok::<u8, ()>(1)).ending(), Ending::Success);
        assert_eq!(Returned(&None::<u8>).ending(), Ending::Failure);
        assert_eq!(Returned(&Some(())).ending(), Ending::Success);
        assert_eq!(Returned(&false).ending(), Ending::Success);
    }
}
