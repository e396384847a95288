// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A list without locks that only grows. A forked child can read what its ancestors have published and append to it, without ever
//! waiting for a thread that the fork has left behind.

use crate::sync::OnceBox;

/// Values in the order in which they were published.
pub(crate) struct AppendOnlyList<T> {
    first: OnceBox<Link<T>>,
}

struct Link<T> {
    value: T,
    next: OnceBox<Link<T>>,
}

impl<T> Link<T> {
    fn boxed(value: T) -> Box<Self> {
        Box::new(Self { value, next: OnceBox::new() })
    }
}

impl<T> AppendOnlyList<T> {
    pub(crate) const fn new() -> Self {
        Self { first: OnceBox::new() }
    }

    /// All values published so far.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        let mut slot = &self.first;
        std::iter::from_fn(move || {
            let link = slot.get()?;
            slot = &link.next;
            Some(&link.value)
        })
    }

    /// The first value that is wanted, or else a new one from `make`. If several threads add a value at once, all of them get the one
    /// that is published first. `None` if `make` fails.
    pub(crate) fn find_or_add(
        &self,
        is_wanted: impl Fn(&T) -> bool,
        make: impl Fn() -> Option<T>,
    ) -> Option<&T> {
        let mut slot = &self.first;
        loop {
            let link = slot.get_or_try_init(|| make().map(Link::boxed).ok_or(())).ok()?;
            if is_wanted(&link.value) {
                return Some(&link.value);
            }
            slot = &link.next;
        }
    }
}

/// A list of numbers, for the model checker.
#[cfg(feature = "model")]
#[derive(Default)]
pub struct Numbers(AppendOnlyList<u32>);

#[cfg(feature = "model")]
impl Numbers {
    /// Publishes a number, unless the list contains it.
    pub fn add(&self, number: u32) {
        self.0.find_or_add(|other| *other == number, || Some(number));
    }

    /// All numbers published so far.
    pub fn all(&self) -> Vec<u32> {
        self.0.iter().copied().collect()
    }
}

#[cfg(feature = "model")]
impl std::fmt::Debug for Numbers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Numbers")
    }
}

#[cfg(feature = "model")]
impl<T> Default for AppendOnlyList<T> {
    fn default() -> Self {
        Self::new()
    }
}
