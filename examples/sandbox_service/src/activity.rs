// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What sandboxes do on the network, counted.

use std::collections::BTreeMap;

use crate::telemetry::{Denials, DenyGroup, SandboxActivitySummaryEvent};

/// What has happened since the last summary.
#[derive(Debug, Default)]
pub(crate) struct Activity {
    requests: u64,
    denied: BTreeMap<DenyGroup, u64>,
}

impl Activity {
    /// Counts one request, and why it was denied if it was.
    pub(crate) fn count(&mut self, denied: Option<DenyGroup>) {
        self.requests += 1;
        if let Some(group) = denied {
            *self.denied.entry(group).or_default() += 1;
        }
    }

    /// The summary, if there is anything to summarize; counting starts afresh.
    pub(crate) fn summarize(&mut self) -> Option<SandboxActivitySummaryEvent> {
        let Self { requests, denied } = std::mem::take(self);
        let denied_action_count: u64 = denied.values().sum();
        let group = |(deny_group, denied_count)| Denials { deny_group, denied_count };
        (requests > 0).then(|| SandboxActivitySummaryEvent {
            network_activity_count: requests,
            denied_action_count,
            denial_rate_pct: 100.0 * denied_action_count as f64 / requests as f64,
            denials_by_group: denied.into_iter().map(group).collect(),
        })
    }
}
