// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Answers that a test chooses.

use super::read::Refusal;
use super::request::ReceivedRequest;

/// What the collector does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Answer {
    /// Accepts an envelope with 200, and refuses all other requests with 400 or 405.
    #[default]
    Accept,
    /// Answers with this status, whatever the request is.
    Status(u16),
    /// Answers with 302 and this path of the collector.
    Redirect(&'static str),
    /// Does not answer until the client closes the connection.
    Hang,
    /// Answers with 200 once the test calls [`Collector::release`](super::Collector::release).
    Hold,
    /// Answers with one byte each 100 ms, for at most 30 s.
    Drip,
    /// Closes the connection without an answer.
    Close,
}

impl Answer {
    /// The status of this answer to `request`; `None` if the client gets no status.
    pub(super) fn status(self, request: &ReceivedRequest, is_envelope: bool) -> Option<u16> {
        match self {
            Self::Accept if request.method != "POST" => Some(Refusal::METHOD.status),
            Self::Accept if !is_envelope => Some(Refusal::ENVELOPE.status),
            Self::Accept => Some(200),
            Self::Status(status) => Some(status),
            Self::Redirect(_) => Some(302),
            Self::Hold => Some(200),
            Self::Hang | Self::Drip | Self::Close => None,
        }
    }
}
