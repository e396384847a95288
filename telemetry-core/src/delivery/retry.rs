// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Decides which requests are retried, from how they ended.

use std::time::Duration;

use crate::endpoint::Protocol;
use crate::stats::{DropReason, RequestReport};

/// How a request ended.
#[derive(Debug, Clone)]
pub(crate) struct Completion {
    pub(crate) report: RequestReport,
    /// The pause that the collector asks for.
    pub(crate) retry_after: Option<Duration>,
    /// How many events the collector says it has rejected of those that it has accepted: any number at all.
    pub(crate) rejected: u64,
}

/// The meaning of a response for the events of its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Disposition {
    /// The events have arrived.
    Accepted,
    /// The collector rejects these events. It may accept later ones.
    Rejected,
    /// The request is too large. Its halves may be accepted.
    TooLarge,
    /// Another attempt may succeed. After the last one, the events are dropped for this reason.
    Transient(DropReason),
    /// A redirect, which is not followed, or a status that a collector does not send.
    Odd,
    /// The URL is wrong or access is denied, so later events will fail too.
    Forbidden,
}

pub(crate) fn disposition(result: &Result<u16, String>, protocol: Protocol) -> Disposition {
    match result {
        Ok(200..=299) => Disposition::Accepted,
        Ok(400 | 422) => Disposition::Rejected,
        Ok(413) => Disposition::TooLarge,
        Ok(status) if is_retryable(*status, protocol) => Disposition::Transient(DropReason::Refused),
        Ok(408 | 425 | 429) => Disposition::Odd,
        Ok(400..=499) => Disposition::Forbidden,
        Ok(_) => Disposition::Odd,
        Err(_) => Disposition::Transient(DropReason::Transport),
    }
}

/// Whether the same events may be sent again after this status. OTLP lists its retryable statuses, and forbids it after any other.
fn is_retryable(status: u16, protocol: Protocol) -> bool {
    match protocol {
        Protocol::Envelope => matches!(status, 408 | 425 | 429 | 500..=599),
        #[cfg(feature = "otlp")]
        Protocol::Otlp => matches!(status, 429 | 502 | 503 | 504),
    }
}
