// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A list that only grows, without a lock: a forked child finds what its ancestors have published, adds its own behind that,
//! and never waits for a thread that it does not have.

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

    /// All values that are published by now.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        let mut slot = &self.first;
        std::iter::from_fn(move || {
            let link = slot.get()?;
            slot = &link.next;
            Some(&link.value)
        })
    }

    /// The first value that is wanted. If there is none, `make` makes one; where several threads do, all get the one that
    /// is published first. Nothing if none can be made.
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
    /// Publishes a number, if it is not there.
    pub fn add(&self, number: u32) {
        self.0.find_or_add(|other| *other == number, || Some(number));
    }

    /// All numbers that are published by now.
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
