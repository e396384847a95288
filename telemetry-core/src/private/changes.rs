// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Counting what normalisation changes.

/// The number of values changed so far.
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

    /// The same for a float, which is lost if it is not finite.
    pub const fn lost_float(&mut self, value: f64) -> bool {
        self.lost(if value.is_finite() { Some(0) } else { None })
    }
}
