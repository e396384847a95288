// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Parts of a manifest with their place in its text.

use std::borrow::Borrow;
use std::ops::Deref;

/// A part of a manifest, and the byte index at which it is written. Equal parts are equal wherever they are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Placed<T> {
    pub(super) value: T,
    /// 0 for a part that is not written yet.
    pub(super) at: usize,
}

impl<T> Placed<T> {
    pub(super) const fn new(value: T, at: usize) -> Self {
        Self { value, at }
    }
}

/// A part without a place.
impl<T> From<T> for Placed<T> {
    fn from(value: T) -> Self {
        Self::new(value, 0)
    }
}

impl<T> Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Borrow<str> for Placed<String> {
    fn borrow(&self) -> &str {
        &self.value
    }
}
