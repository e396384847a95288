// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Waiting for delivery at the end of a scope, and in an async task.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use super::reporting::Awaited;
use super::{Client, ReportingClient};
use crate::product::Product;

impl<P: Product> Client<P> {
    /// Waits until the queue is empty, for at most `timeout`. Returns whether it is.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(Clone, TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// use std::time::Duration;
    ///
    /// let (telemetry, _sent) = testing::capture::<Shop>();
    /// telemetry.emit(Checkout { num_articles: 3 });
    /// assert!(telemetry.flush(Duration::from_secs(10)));
    /// assert_eq!(telemetry.stats().delivered, 1);
    /// ```
    pub fn flush(&self, timeout: Duration) -> bool {
        self.reporting.as_ref().is_none_or(|reporting| reporting.flush(timeout))
    }

    /// Waits, in a task of any async runtime, until the queue is empty or `timeout` is over. Resolves to whether the queue is empty.
    ///
    /// The flush begins with the first poll, and `timeout` counts from there. The future resolves at once if the queue is empty, if
    /// telemetry is off or not compiled, or if no thread can be started. After a fork, a flush that began in the parent resolves at
    /// once in the child, and so does a new one in a child that has not reported; a child that has reported waits for its own
    /// events. Dropping the future cancels the wait and frees everything that it holds.
    ///
    /// The worker thread also watches the timeout, since there is no other thread, but not while it makes a request or writes to a
    /// file. If `timeout` ends during a request over HTTP, the future resolves at the end of that request, after the product's
    /// [`request_deadline`](crate::Profile::request_deadline) at the latest. That bound does not hold for a
    /// [`Transport`](crate::Transport) of your own that exceeds its [deadline](field@crate::transport::Request::deadline), or for
    /// a file system that hangs: the future then resolves when the worker continues, or when it is polled again. If you need
    /// the bound, add the timer of your runtime, as in `tokio::time::timeout(limit, telemetry.flush_async(limit))`.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// use std::time::Duration;
    ///
    /// async fn close(telemetry: Client<Shop>) {
    ///     if !telemetry.flush_async(Duration::from_millis(200)).await {
    ///         println!("not all events are delivered");
    ///     }
    /// }
    ///
    /// # struct Unpark(std::thread::Thread);
    /// # impl std::task::Wake for Unpark {
    /// #     fn wake(self: std::sync::Arc<Self>) { self.0.unpark(); }
    /// # }
    /// # fn block_on(future: impl Future<Output = ()>) {
    /// #     let mut future = std::pin::pin!(future);
    /// #     let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    /// #     let mut context = std::task::Context::from_waker(&waker);
    /// #     while future.as_mut().poll(&mut context).is_pending() { std::thread::park(); }
    /// # }
    /// # let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
    /// telemetry.emit(Checkout { num_articles: 3 });
    /// block_on(close(telemetry)); // in a program: `close(telemetry).await`
    /// # assert_eq!(sent.events().len(), 1);
    /// ```
    pub fn flush_async(&self, timeout: Duration) -> Flush {
        Flush::new(self.reporting.clone(), timeout)
    }

    /// Stops accepting events, waits for at most `timeout` until the queued ones are delivered, and drops the rest. Returns whether
    /// nothing was left to drop.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(Clone, TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// use std::time::Duration;
    ///
    /// let (telemetry, sent) = testing::capture::<Shop>();
    /// telemetry.emit(Checkout { num_articles: 3 });
    /// assert!(telemetry.shutdown(Duration::from_secs(10)));
    /// telemetry.emit(Checkout { num_articles: 4 }); // dropped, and counted
    /// assert_eq!(sent.events().len(), 1);
    /// ```
    pub fn shutdown(&self, timeout: Duration) -> bool {
        self.reporting.as_ref().is_none_or(|reporting| reporting.shutdown(timeout))
    }

    /// Returns a guard that flushes, for at most `timeout`, when it is dropped. Keep it in `main`.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// use std::time::Duration;
    ///
    /// fn main() {
    ///     let telemetry = Client::<Shop>::builder().start();
    ///     let _flush = telemetry.flush_on_drop(Duration::from_millis(200));
    ///     // The program runs; its last events are delivered here, at the end of the scope.
    /// }
    /// ```
    #[must_use = "the guard flushes when it is dropped; bind it with `let _flush = …`"]
    pub fn flush_on_drop(&self, timeout: Duration) -> FlushGuard {
        FlushGuard { reporting: self.reporting.clone(), timeout }
    }
}

/// Flushes its client when it is dropped: see [`Client::flush_on_drop`](super::Client::flush_on_drop).
///
/// ```
/// # use telemetry_core::{Client, Product, Profile, TelemetryEvent, testing};
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// # }
/// # /// A basket was paid for.
/// # #[derive(Clone, TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// # struct Checkout {
/// # /// Articles in the basket.
/// #     num_articles: u32,
/// # }
/// use std::time::Duration;
///
/// let (telemetry, _sent) = testing::capture::<Shop>();
/// let stats = {
///     let _flush = telemetry.flush_on_drop(Duration::from_secs(10));
///     telemetry.emit(Checkout { num_articles: 3 });
///     telemetry.clone()
/// };
/// assert_eq!(stats.stats().delivered, 1);
/// ```
pub struct FlushGuard {
    reporting: Option<Arc<ReportingClient>>,
    timeout: Duration,
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

/// The future of [`Client::flush_async`](super::Client::flush_async). Resolves to whether the queue is empty.
///
/// ```
/// # use telemetry_core::{Client, Product, Profile, client::Flush};
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// # }
/// use std::time::Duration;
///
/// /// Lets the caller wait for delivery together with other futures.
/// fn delivery(telemetry: &Client<Shop>) -> Flush {
///     telemetry.flush_async(Duration::from_millis(200))
/// }
///
/// let telemetry = Client::<Shop>::builder().enabled(false).start();
/// drop(delivery(&telemetry));
/// ```
#[must_use = "a future does nothing unless it is polled; `.await` it"]
pub struct Flush {
    /// The client; taken by the first poll.
    reporting: Option<Arc<ReportingClient>>,
    timeout: Duration,
    awaited: Option<Awaited>,
    is_flushed: bool,
}

impl Flush {
    fn new(reporting: Option<Arc<ReportingClient>>, timeout: Duration) -> Self {
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
