// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The queue of records that wait for their first request, its limits, and how records are grouped into batches.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::Endpoint;
use crate::profile::{BatchPolicy, QueuePolicy};
use crate::record::Record;
use crate::stats::{DropReason, Stats};

/// Refuses one more record of so many bytes if the queue is full. Records in flight take room, too.
pub(super) fn check_room(limits: &QueuePolicy, stats: &Stats, bytes: usize) -> Result<(), DropReason> {
    let all_bytes = stats.queued_bytes.saturating_add(bytes as u64);
    let is_full = stats.queued >= limits.max_records as u64 || all_bytes > limits.max_bytes as u64;
    if is_full { Err(DropReason::QueueFull) } else { Ok(()) }
}

/// Whether a quarter of either limit is used.
pub(super) fn is_filling_up(limits: &QueuePolicy, stats: &Stats) -> bool {
    stats.queued >= (limits.max_records / 4) as u64 || stats.queued_bytes >= (limits.max_bytes / 4) as u64
}

#[derive(Debug)]
struct Waiting {
    record: Record,
    endpoint: Arc<Endpoint>,
    since: Duration,
}

impl Waiting {
    /// Whether both can share an envelope, which has one schema version and one endpoint.
    fn can_share_with(&self, other: &Self) -> bool {
        self.record.schema_version == other.record.schema_version
            && (Arc::ptr_eq(&self.endpoint, &other.endpoint) || self.endpoint == other.endpoint)
    }
}

#[derive(Debug)]
pub(super) struct Queue {
    policy: BatchPolicy,
    waiting: VecDeque<Waiting>,
    /// How many of the oldest records are sent without waiting for a full batch.
    flushed: usize,
}

impl Queue {
    pub(super) fn new(policy: BatchPolicy) -> Self {
        Self { policy, waiting: VecDeque::new(), flushed: 0 }
    }

    pub(super) fn push(&mut self, record: Record, endpoint: Arc<Endpoint>, now: Duration) {
        self.waiting.push_back(Waiting { record, endpoint, since: now });
    }

    /// Sends all records that are queued now without waiting for full batches.
    pub(super) fn flush(&mut self) {
        self.flushed = self.waiting.len();
    }

    /// When the next batch is ready; `None` if the queue is empty.
    pub(super) fn ready_at(&self) -> Option<Duration> {
        let first = self.waiting.front()?;
        let (_, is_complete) = self.next_batch();
        Some(if is_complete || self.flushed > 0 {
            first.since
        } else {
            first.since.saturating_add(self.policy.interval)
        })
    }

    /// The number of records in the next batch, and whether the batch is full.
    fn next_batch(&self) -> (usize, bool) {
        let Some(first) = self.waiting.front() else { return (0, false) };
        let mut bytes = 0_usize;
        for (count, waiting) in self.waiting.iter().enumerate() {
            bytes = bytes.saturating_add(waiting.record.parameters.len());
            let too_large = count > 0 && bytes > self.policy.max_bytes;
            if count == self.policy.max_records || too_large || !first.can_share_with(waiting) {
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

/// Records that are sent together to one endpoint. The machine hands a batch to the worker and gets it back.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) records: Vec<Record>,
    pub(crate) endpoint: Arc<Endpoint>,
    /// The number of requests made so far.
    pub(super) attempts: u32,
}

impl Batch {
    pub(super) fn new(records: Vec<Record>, endpoint: Arc<Endpoint>) -> Self {
        Self { records, endpoint, attempts: 0 }
    }

    pub(super) fn len(&self) -> u64 {
        self.records.len() as u64
    }

    /// The size of the parameters of its records.
    pub(super) fn bytes(&self) -> usize {
        self.records.iter().map(|record| record.parameters.len()).sum()
    }

    /// Splits the batch into two halves, in order, or returns it if it has a single record. The halves have no attempts yet.
    pub(super) fn split(mut self) -> Result<[Self; 2], Self> {
        if self.records.len() < 2 {
            return Err(self);
        }
        let tail = self.records.split_off(self.records.len() / 2);
        let endpoint = Arc::clone(&self.endpoint);
        Ok([Self::new(self.records, self.endpoint), Self::new(tail, endpoint)])
    }
}
