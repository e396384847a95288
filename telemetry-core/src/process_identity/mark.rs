// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which process this is. A process id alone is not enough: it is used again, and the child of a raw `clone` into a new
//! namespace can have the id of its parent.
//!
//! On Linux a number in memory that the kernel wipes at every fork tells a child from all it descends from, and reading it
//! is cheaper than asking for the id. Elsewhere the process id has to do.

use std::sync::atomic::{AtomicU64, Ordering};

use once_cell::race::OnceBox;

/// Differs between a process and all that it was forked from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProcessIdentity(u64);

/// The mark, or nothing where it has to be the process id.
static MARK: OnceBox<Option<&'static AtomicU64>> = OnceBox::new();

/// A child inherits the count, so its mark differs from those of its ancestors.
static NEXT: AtomicU64 = AtomicU64::new(1);

impl ProcessIdentity {
    pub(crate) fn current() -> Self {
        match MARK.get_or_init(|| Box::new(wiped_on_fork())) {
            Some(mark) => Self(marked(mark)),
            None => Self(process_id()),
        }
    }
}

#[cfg(not(target_family = "wasm"))]
fn process_id() -> u64 {
    std::process::id().into()
}

/// There is only one process, and the standard library panics when it is asked for its id.
#[cfg(target_family = "wasm")]
fn process_id() -> u64 {
    1
}

#[cfg(feature = "http")]
impl ProcessIdentity {
    /// The identity as a number that is neither zero nor the largest there is.
    pub(crate) fn number(self) -> u64 {
        self.0
    }
}

/// The mark of this process, set now if this is the first look.
fn marked(mark: &AtomicU64) -> u64 {
    match mark.load(Ordering::Relaxed) {
        0 => {
            let fresh = NEXT.fetch_add(1, Ordering::Relaxed);
            mark.compare_exchange(0, fresh, Ordering::Relaxed, Ordering::Relaxed)
                .map_or_else(|taken| taken, |_| fresh)
        }
        set => set,
    }
}

#[cfg(unix)]
fn wiped_on_fork() -> Option<&'static AtomicU64> {
    crate::sys::wiped_on_fork()
}

#[cfg(not(unix))]
fn wiped_on_fork() -> Option<&'static AtomicU64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_threads_of_a_process_agree() {
        let here = ProcessIdentity::current();
        let there: Vec<_> =
            std::iter::repeat_with(|| std::thread::spawn(ProcessIdentity::current)).take(8).collect();
        assert!(there.into_iter().all(|thread| thread.join().unwrap() == here));
    }

    #[test]
    fn a_wiped_mark_becomes_a_new_one() {
        let mark = AtomicU64::new(0);
        let first = marked(&mark);
        assert_eq!(marked(&mark), first);
        mark.store(0, Ordering::Relaxed);
        assert_ne!(marked(&mark), first);
    }
}
