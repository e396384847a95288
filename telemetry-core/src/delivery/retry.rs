// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which requests are tried again: what the end of a request means for its events, and for the requests after it.

use std::time::Duration;

use crate::endpoint::Protocol;
use crate::stats::{DropReason, RequestReport};

/// How a request ended, with all that the next one depends on.
#[derive(Debug, Clone)]
pub(crate) struct Completion {
    pub(crate) report: RequestReport,
    /// How long the collector asks to be left alone.
    pub(crate) retry_after: Option<Duration>,
    /// How many events the collector says it has rejected of those that it has accepted: any number at all.
    pub(crate) rejected: u64,
}

/// The kinds of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disposition {
    /// The events have arrived.
    Accepted,
    /// The collector has understood the events and does not want them; it will want others.
    Rejected,
    /// The request is too large; parts of it may not be.
    TooLarge,
    /// Another attempt may succeed. If there is none, this is why the events are lost.
    Transient(DropReason),
    /// A redirect, which is not followed, or an answer that no collector gives.
    Odd,
    /// Nothing that is sent there will be taken: the URL is wrong, or access is denied.
    Forbidden,
}

pub(super) fn disposition(result: &Result<u16, String>, protocol: Protocol) -> Disposition {
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
