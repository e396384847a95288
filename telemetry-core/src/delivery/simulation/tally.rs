// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What became of all events of all scripts, to see that scripts get everywhere.

use std::collections::HashMap;

use super::model::Model;
use crate::stats::{DropReason, Stats};

/// How many events ended how, to see that scripts get everywhere.
#[derive(Debug, Default, Clone)]
pub(super) struct Tally {
    pub(super) steps: u64,
    pub(super) delivered: u64,
    pub(super) dropped: HashMap<DropReason, u64>,
    pub(super) breaker_openings: u64,
    pub(super) retries: u64,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.delivered += other.delivered;
        self.breaker_openings += other.breaker_openings;
        self.retries += other.retries;
        other.dropped.iter().for_each(|(reason, count)| *self.dropped.entry(*reason).or_default() += count);
    }

    pub(super) fn process_ends(&mut self, model: &Model, stats: &Stats) {
        self.delivered += stats.delivered;
        self.breaker_openings += model.breaker_openings();
        self.retries += model.retries();
        for &reason in DropReason::ALL {
            *self.dropped.entry(reason).or_default() += stats.dropped(reason);
        }
    }
}
