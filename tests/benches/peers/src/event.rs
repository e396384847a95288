// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The event that all clients report: twelve fields, of the kinds that usage events have. The benchmark of exporters has it too.

use telemetry_core::TelemetryEnum;

/// How the work was started.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum Trigger {
    /// By a schedule.
    Schedule,
}

/// Where the work runs.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum Placement {
    /// On a machine of a cluster.
    ClusterNode,
}

/// How the work ended.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// As intended.
    Success,
}

/// What the work made use of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum Capability {
    /// Results of earlier work.
    Cache,
    /// Several attempts.
    Retries,
}

/// Defines the event for a product: each event belongs to one.
macro_rules! work_done {
    ($event:ident, $product:ty) => {
        /// A piece of work was done.
        #[derive(Debug, Clone, telemetry_core::TelemetryEvent)]
        #[telemetry(product = $product, event_name = "work_done", schema_version = "1.0")]
        pub(crate) struct $event {
            /// How it was started.
            pub(crate) trigger: $crate::event::Trigger,
            /// Where it ran.
            pub(crate) placement: $crate::event::Placement,
            /// How it ended.
            pub(crate) outcome: $crate::event::Outcome,
            /// What it made use of.
            pub(crate) capabilities: ::std::collections::BTreeSet<$crate::event::Capability>,
            /// Milliseconds that it took.
            pub(crate) duration_ms: i64,
            /// Attempts that were made.
            pub(crate) attempts: u32,
            /// Items that came in.
            pub(crate) num_inputs: u32,
            /// Items that came out.
            pub(crate) num_outputs: u32,
            /// Whether it was resumed.
            pub(crate) resumed: bool,
            /// Whether there was a preview.
            pub(crate) preview: bool,
            /// Whether results were streamed.
            pub(crate) streamed: bool,
            /// The share of items that were left out.
            #[telemetry(sentinel = -1.0)]
            pub(crate) share_skipped: f64,
        }

        impl $event {
            pub(crate) fn sample() -> Self {
                Self {
                    trigger: $crate::event::Trigger::Schedule,
                    placement: $crate::event::Placement::ClusterNode,
                    outcome: $crate::event::Outcome::Success,
                    capabilities: ::std::collections::BTreeSet::from([$crate::event::Capability::Cache, $crate::event::Capability::Retries]),
                    duration_ms: 48_211,
                    attempts: 2,
                    num_inputs: 1_000,
                    num_outputs: 987,
                    resumed: false,
                    preview: true,
                    streamed: false,
                    share_skipped: 0.013,
                }
            }
        }
    };
}

pub(crate) use work_done;
