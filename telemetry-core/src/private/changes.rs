// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Counting what normalization changes.

use crate::value::number::{BoundedFloat, BoundedInteger};
use crate::value::text::TelemetryText;
use crate::value::{TelemetryValue, Unsendable, sum};

/// The number of values changed so far, or the first reason why they cannot be sent.
#[derive(Debug, Clone, Copy)]
pub struct Changes(Result<u32, Unsendable>);

/// The changes of one field: their number, or why the event cannot be sent.
pub trait Counted {
    /// As a number or a reason.
    fn counted(self) -> Result<u32, Unsendable>;
}

impl Counted for u32 {
    fn counted(self) -> Result<u32, Unsendable> {
        Ok(self)
    }
}

impl Counted for Result<u32, Unsendable> {
    fn counted(self) -> Self {
        self
    }
}

impl Changes {
    /// None yet.
    #[must_use]
    pub const fn none() -> Self {
        Self(Ok(0))
    }

    /// The number, or the reason.
    ///
    /// # Errors
    ///
    /// If a value keeps the event from being sent.
    pub const fn total(self) -> Result<u32, Unsendable> {
        self.0
    }

    /// Counts the changes of one field.
    pub fn add(&mut self, changes: impl Counted) {
        self.0 = sum(self.0, changes.counted());
    }

    /// Counts the changes of one field. Returns whether its sentinel must replace it, which is one change.
    pub fn lost(&mut self, changes: Option<impl Counted>) -> bool {
        let is_lost = changes.is_none();
        self.add(changes.map_or(Ok(1), Counted::counted));
        is_lost
    }

    /// Takes note of a value that has been replaced by its sentinel, which cannot be sent either if it has no changes.
    pub fn replaced(&mut self, changes: Option<impl Counted>) {
        if let Err(reason) = changes.map_or(Err(Unsendable::Sentinel), Counted::counted) {
            self.add(Err(reason));
        }
    }

    /// Counts the changes of fields that have no sentinel.
    pub fn lost_all<const N: usize>(&mut self, changes: [Option<Result<u32, Unsendable>>; N]) {
        for changes in changes {
            self.add(changes.unwrap_or(Err(Unsendable::Sentinel)));
        }
    }

    /// Takes note of a field with `out_of_range = "drop"`, and whether its values are all within the range.
    pub fn keep_if(&mut self, is_within: bool) {
        if !is_within {
            self.add(Err(Unsendable::OutOfRange));
        }
    }

    /// Replaces a float that is not finite by its sentinel.
    pub fn normalize_float<T: TelemetryValue>(&mut self, value: &mut T, sentinel: T) {
        if self.lost(value.normalize_if_sendable()) {
            *value = sentinel;
            self.replaced(value.normalize_if_sendable());
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
            self.replaced(value.is_finite().then_some(0_u32));
        }
    }

    /// Cuts a text to `max_len` characters; replaces one that cannot be sent by its sentinel.
    pub fn bound(&mut self, text: &mut String, max_len: u32, sentinel: &str) {
        if self.lost(TelemetryText::bound(text, max_len)) {
            sentinel.clone_into(text);
        }
    }
}
