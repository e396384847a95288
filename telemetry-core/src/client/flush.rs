// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Waiting for delivery other than in a call: at the end of a scope, and in a task.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use super::ReportingClient;
use super::reporting::Awaited;

/// Flushes its client when it is dropped: see [`Client::flush_on_drop`](super::Client::flush_on_drop).
pub struct FlushGuard {
    pub(super) reporting: Option<Arc<ReportingClient>>,
    pub(super) timeout: Duration,
}

impl fmt::Debug for FlushGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlushGuard").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl Drop for FlushGuard {
    fn drop(&mut self) {
        if let Some(reporting) = &self.reporting {
            reporting.flush(self.timeout);
        }
    }
}

/// The future of [`Client::flush_async`](super::Client::flush_async).
#[must_use = "a future does nothing unless it is polled; `.await` it"]
pub struct Flush {
    /// The client, until the first poll.
    reporting: Option<Arc<ReportingClient>>,
    timeout: Duration,
    awaited: Option<Awaited>,
    is_flushed: bool,
}

impl Flush {
    pub(super) fn new(reporting: Option<Arc<ReportingClient>>, timeout: Duration) -> Self {
        Self { reporting, timeout, awaited: None, is_flushed: true }
    }
}

impl Future for Flush {
    type Output = bool;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<bool> {
        if let Some(reporting) = self.reporting.take() {
            self.awaited = reporting.flush_awaited(self.timeout);
        }
        let Some(awaited) = &self.awaited else { return Poll::Ready(self.is_flushed) };
        let polled = awaited.poll(context.waker());
        if let Poll::Ready(is_flushed) = polled {
            self.is_flushed = is_flushed;
            self.awaited = None;
        }
        polled
    }
}

impl fmt::Debug for Flush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flush").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}
