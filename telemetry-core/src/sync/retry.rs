// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Waiting that always ends, for code that runs while the process exits. A signal handler may have called `exit` in the
//! middle of anything: the thread that it interrupted keeps its locks forever, and so does any thread that waits for them.

use std::sync::{TryLockError, TryLockResult};
use std::time::{Duration, Instant};

use super::thread;

/// The time between two attempts.
const PAUSE: Duration = Duration::from_millis(1);

/// The first value that `attempt` returns, or nothing after `timeout`. It takes no lock and allocates nothing.
pub(crate) fn retry_within<T>(timeout: Duration, mut attempt: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(value) = attempt() {
            return Some(value);
        }
        let rest = timeout.checked_sub(start.elapsed()).filter(|rest| !rest.is_zero())?;
        thread::sleep(rest.min(PAUSE));
    }
}

/// The lock that was tried, unless another thread holds it.
pub(crate) fn taken<G>(attempt: TryLockResult<G>) -> Option<G> {
    match attempt {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(error)) => Some(error.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_lock_that_is_never_released_is_given_up() {
        let lock = Mutex::new(());
        let guard = lock.lock().unwrap();
        assert!(retry_within(Duration::from_millis(20), || taken(lock.try_lock())).is_none());
        drop(guard);
        assert!(
            retry_within(Duration::ZERO, || taken(lock.try_lock())).is_some(),
            "one attempt is always made"
        );
    }

    #[test]
    fn what_succeeds_after_a_while_is_waited_for() {
        let mut attempts = 0..5;
        let value = retry_within(Duration::from_secs(60), || attempts.by_ref().nth(3));
        assert_eq!(value, Some(3));
        let value =
            retry_within(Duration::from_secs(60), || if attempts.next().is_none() { Some(7) } else { None });
        assert_eq!(value, Some(7));
    }
}
