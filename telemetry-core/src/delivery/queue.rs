// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Records that wait for their first request, and which of them travel together.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::batch::Batch;
use crate::endpoint::Endpoint;
use crate::profile::BatchPolicy;
use crate::record::Record;

#[derive(Debug)]
struct Waiting {
    record: Record,
    endpoint: Arc<Endpoint>,
    since: Duration,
}

impl Waiting {
    /// Whether both may share an envelope, which has room for one schema version.
    fn goes_with(&self, other: &Self) -> bool {
        self.record.schema_version == other.record.schema_version
            && (Arc::ptr_eq(&self.endpoint, &other.endpoint) || self.endpoint == other.endpoint)
    }
}

#[derive(Debug)]
pub(super) struct Queue {
    policy: BatchPolicy,
    waiting: VecDeque<Waiting>,
    /// How many of the oldest records wait for no company any more.
    flushed: usize,
}

impl Queue {
    pub(super) fn new(policy: BatchPolicy) -> Self {
        Self { policy, waiting: VecDeque::new(), flushed: 0 }
    }

    pub(super) fn push(&mut self, record: Record, endpoint: Arc<Endpoint>, now: Duration) {
        self.waiting.push_back(Waiting { record, endpoint, since: now });
    }

    /// Lets nothing that is here now wait for company.
    pub(super) fn flush(&mut self) {
        self.flushed = self.waiting.len();
    }

    /// When the next batch is ready, if there is any record.
    pub(super) fn ready_at(&self) -> Option<Duration> {
        let first = self.waiting.front()?;
        let (_, is_complete) = self.next_batch();
        Some(if is_complete || self.flushed > 0 {
            first.since
        } else {
            first.since.saturating_add(self.policy.interval)
        })
    }

    /// The number of records that travel next, and whether no other can join them.
    fn next_batch(&self) -> (usize, bool) {
        let Some(first) = self.waiting.front() else { return (0, false) };
        let mut bytes = 0_usize;
        for (count, waiting) in self.waiting.iter().enumerate() {
            bytes = bytes.saturating_add(waiting.record.parameters.len());
            let too_large = count > 0 && bytes > self.policy.max_bytes;
            if count == self.policy.max_records || too_large || !first.goes_with(waiting) {
                return (count, true);
            }
        }
        let count = self.waiting.len();
        (count, count == self.policy.max_records || bytes >= self.policy.max_bytes)
    }

    pub(super) fn take_batch(&mut self) -> Option<Batch> {
        let (count, _) = self.next_batch();
        let endpoint = Arc::clone(&self.waiting.front()?.endpoint);
        self.flushed = self.flushed.saturating_sub(count);
        let records = self.waiting.drain(..count).map(|waiting| waiting.record).collect();
        Some(Batch::new(records, endpoint))
    }
}
