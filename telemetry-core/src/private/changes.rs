// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Counting what normalization changes.

use crate::value::{BoundedFloat, BoundedInteger, TelemetryText, TelemetryValue};

/// The number of values changed so far; `u32::MAX` once a value cannot be sent at all.
#[derive(Debug, Default, Clone, Copy)]
pub struct Changes(u32);

impl Changes {
    /// None yet.
    #[must_use]
    pub const fn none() -> Self {
        Self(0)
    }

    /// The number.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.0
    }

    /// Counts the changes of one field.
    pub const fn add(&mut self, changes: u32) {
        self.0 = self.0.saturating_add(changes);
    }

    /// Counts the changes of one field. Returns whether its sentinel must replace it, which is one change.
    pub const fn lost(&mut self, changes: Option<u32>) -> bool {
        match changes {
            Some(changes) => self.add(changes),
            None => self.add(1),
        }
        changes.is_none()
    }

    /// Takes note of a value that has been replaced by its sentinel, which cannot be sent either if it has no changes.
    pub const fn replaced(&mut self, changes: Option<u32>) {
        if changes.is_none() {
            self.0 = u32::MAX;
        }
    }

    /// Counts the changes of fields for which no sentinel stands in.
    pub fn lost_all<const N: usize>(&mut self, changes: [Option<u32>; N]) {
        for changes in changes {
            self.lost(changes);
            self.replaced(changes);
        }
    }

    /// Replaces a float that is not finite by its sentinel.
    pub fn settle_float<T: TelemetryValue>(&mut self, value: &mut T, sentinel: T) {
        if self.lost(value.settle()) {
            *value = sentinel;
            self.replaced(value.settle());
        }
    }

    /// Brings an integer between both bounds, which are included.
    pub fn clamp<T: BoundedInteger>(&mut self, value: &mut T, min: i64, max: i64) {
        self.add(value.clamp_to(min, max));
    }

    /// Brings a float between both bounds, which are included; replaces one that is not finite by its sentinel.
    pub fn clamp_float<T: BoundedFloat>(&mut self, value: &mut T, min: T, max: T, sentinel: T) {
        if self.lost(value.clamp_to(min, max)) {
            *value = sentinel;
            self.replaced(value.is_finite().then_some(0));
        }
    }

    /// Cuts a text to `max_len` characters; replaces one that cannot be sent by its sentinel.
    pub fn bound(&mut self, text: &mut String, max_len: u32, sentinel: &str) {
        if self.lost(TelemetryText::bound(text, max_len)) {
            sentinel.clone_into(text);
        }
    }
}
