// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The clients that are compared, and what their calls consist of.

mod opentelemetry;
mod sentry;
mod serde_json;
pub(crate) mod toolkit;
mod tracing;

/// Something whose calls are measured.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) note: &'static str,
    pub(crate) start: fn() -> Box<dyn Fn()>,
}

/// In the order of the table.
pub(crate) const PEERS: [Peer; 8] = [
    Peer { name: "the event itself", note: "part of each of the following", start: toolkit::event_alone },
    Peer {
        name: "the reads of the environment",
        note: "part of `strict` below",
        start: toolkit::reads_alone,
    },
    Peer { name: "this toolkit, bare", note: "nothing but the marker opts out", start: toolkit::bare },
    Peer { name: "this toolkit, `ConsentPolicy::strict()`", note: "", start: toolkit::strict },
    Peer {
        name: "OpenTelemetry SDK, batch processor",
        note: "serializes later; no consent, no copy on disk",
        start: opentelemetry::start,
    },
    Peer { name: "`serde_json::json!` to a string", note: "goes nowhere", start: serde_json::start },
    Peer { name: "`tracing`, JSON lines, non-blocking", note: "", start: tracing::start },
    Peer { name: "sentry", note: "serializes later", start: sentry::start },
];
