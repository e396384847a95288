// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The client: what a product reports through. Reporting never blocks, panics or prints.
//!
//! Every build has this API. In a build without the feature `client`, and for a product that is not
//! [compiled](crate::Product::COMPILED), the client does nothing.

// Behind the API is `ReportingClient`, which reports. Without the feature `client`, `ReportingClient` has no values.

mod builder;
mod context;
mod fit;
mod flush;
mod in_environment;
mod missing;
#[cfg(feature = "client")]
mod reporting;
#[cfg(not(feature = "client"))]
#[path = "client/off.rs"]
mod reporting;
mod settings;
mod snapshot;
mod status;

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

pub use builder::ClientBuilder;
pub use context::Context;
pub use flush::{Flush, FlushGuard};
pub use in_environment::InEnvironment;
pub use missing::Missing;
#[cfg(feature = "model")]
pub use reporting::Numbers;
use reporting::ReportingClient;
use settings::Settings;
pub use snapshot::EnvironmentSnapshot;
pub use status::Status;

use crate::consent::ConsentDecision;
use crate::event::TelemetryEvent;
use crate::operation::{Operation, OperationEvent};
use crate::product::Product;
use crate::session::SessionId;
use crate::stats::Stats;
use crate::variables::EnvironmentSource;

/// Reports the events of the product `P`.
///
/// Cheap to clone; all clones share one queue and one worker thread, which runs only while there is something to do. A
/// forked child starts afresh with its first report; where another thread may change the environment at the moment of a fork,
/// see [`Client::read_environment`]. When the last clone is dropped, the worker delivers what is queued and
/// ends; to wait for that, keep a [`FlushGuard`].
///
/// ```
/// use std::time::Duration;
/// use telemetry_core::{Client, Product, Profile, TelemetryEvent};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// }
///
/// /// A basket was paid for.
/// #[derive(TelemetryEvent)]
/// #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// struct Checkout {
///     /// Articles in the basket.
///     num_articles: u32,
/// }
///
/// let telemetry = Client::<Shop>::builder().version(env!("CARGO_PKG_VERSION")).start();
/// let _flush = telemetry.flush_on_drop(Duration::from_millis(200));
/// telemetry.emit(Checkout { num_articles: 3 });
/// ```
pub struct Client<P: Product> {
    /// Nothing if the program was built without the product's telemetry.
    reporting: Option<Arc<ReportingClient>>,
    product: PhantomData<fn() -> P>,
}

impl<P: Product> Clone for Client<P> {
    fn clone(&self) -> Self {
        Self { reporting: self.reporting.clone(), product: PhantomData }
    }
}

impl<P: Product> std::fmt::Debug for Client<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug::<P>(f, "Client")
    }
}

/// Shows a type by its name and that of its product.
fn debug<P: Product>(f: &mut std::fmt::Formatter<'_>, name: &str) -> std::fmt::Result {
    let mut shown = f.debug_struct(name);
    if Client::<P>::CAN_REPORT {
        shown.field("product", &const { P::PROFILE.name });
    }
    shown.finish_non_exhaustive()
}

impl<P: Product> Client<P> {
    /// Whether the program was built with the product's telemetry. The compiler leaves out what is behind this condition, in
    /// every profile; behind a function that returns it, or in a closure, traces would remain.
    pub(crate) const CAN_REPORT: bool = cfg!(feature = "client") && P::COMPILED;

    /// Describes a client. Nothing has to be set.
    pub fn builder() -> ClientBuilder<P> {
        ClientBuilder::new()
    }

    /// Reports an event that has just happened, if nothing has opted out.
    pub fn emit<E: TelemetryEvent<Product = P>>(&self, event: E) {
        self.here().emit(event);
    }

    /// Makes an event and reports it, if nothing has opted out: otherwise `make` is not called. Returns the consent decision.
    ///
    /// For events that are expensive to make, or that need to know about the session or the machine.
    ///
    /// The decision may be 25 ms old: a marker that appears just before a report can be seen by the worker only, which then
    /// drops the event instead of sending it, and counts it. [`consent_decision`](Self::consent_decision) always looks.
    pub fn emit_with<E: TelemetryEvent<Product = P>>(
        &self,
        make: impl FnOnce(&Context<'_>) -> E,
    ) -> ConsentDecision {
        self.here().emit_with(make)
    }

    /// Like [`emit_with`](Self::emit_with), and keeps reporting from then on: at each heartbeat of the
    /// [profile](crate::Profile::heartbeat) `beat` makes an event from the first one of this process.
    ///
    /// Only the first event of a process starts heartbeats. An opt-out ends them; the next report after it starts them again.
    pub fn emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        make: impl FnOnce(&Context<'_>) -> E,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> ConsentDecision {
        self.here().emit_with_heartbeat(make, beat)
    }

    /// Like [`emit_with_heartbeat`](Self::emit_with_heartbeat), for an event that cannot always be made: if `make` has none,
    /// because what it is about cannot be read, nothing is reported and nothing is counted.
    pub fn try_emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        make: impl FnOnce(&Context<'_>) -> Option<E>,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> ConsentDecision {
        self.here().try_emit_with_heartbeat(make, beat)
    }

    /// Starts an operation: `event` is reported exactly once, when the operation ends, however it ends.
    pub fn operation<E: OperationEvent<Product = P>>(&self, event: E) -> Operation<E> {
        Operation::start(self.clone(), event)
    }

    /// Reports an event that its owner keeps.
    pub(crate) fn emit_in_place<E: TelemetryEvent<Product = P>>(&self, event: &mut E) {
        const { fit::check::<E>() };
        if Self::CAN_REPORT
            && let Some(reporting) = &self.reporting
        {
            reporting.report_in_place(event);
        }
    }

    /// The first of two steps of a report: reads the environment, and looks at no file.
    ///
    /// A host needs two steps if it guards its environment with a lock, as an interpreter does, since what follows may look at
    /// files and is not to be done under that lock; or if it forks while another thread is in
    /// [`set_var`](std::env::set_var), since the standard library's lock may then be held for ever in the child.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile, TelemetryEvent};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop").endpoint("http://127.0.0.1:9/");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// // Under the host's lock:
    /// let environment = Client::<Shop>::read_environment();
    ///
    /// // Without it:
    /// let telemetry = Client::<Shop>::builder().environment(environment.clone()).start();
    /// telemetry.in_environment(&environment).emit(Checkout { num_articles: 3 });
    /// ```
    #[must_use]
    pub fn read_environment() -> EnvironmentSnapshot<P> {
        EnvironmentSnapshot::read()
    }

    /// The second step: reports through what this returns read no variable of the process. All that they have to know is in
    /// the snapshot, opt-outs included, so take a new one for each report. What operations, [`session`](Self::session)
    /// and [`session_for_child`](Self::session_for_child) need is still read from the environment of the process; so is a [`Deployment`](crate::deployment::Deployment) that is not asked [for a snapshot](crate::deployment::Deployment::get_in).
    #[must_use]
    pub fn in_environment<'a>(&'a self, environment: &'a EnvironmentSnapshot<P>) -> InEnvironment<'a, P> {
        InEnvironment { client: self, source: environment.source() }
    }

    /// Reports with the variables of the process, as they are now.
    fn here(&self) -> InEnvironment<'_, P> {
        let source =
            self.reporting.as_ref().map_or(EnvironmentSource::Process, |reporting| reporting.environment());
        InEnvironment { client: self, source }
    }

    /// Whether a report made now would be sent, and if not, which signal opts out.
    #[must_use]
    pub fn consent_decision(&self) -> ConsentDecision {
        self.here().consent_decision()
    }

    /// Turns this client off, or on again. Turning it on overrides no other opt-out.
    ///
    /// What is queued when it is turned off is dropped, and the worker ends.
    pub fn set_enabled(&self, enabled: bool) {
        if let Some(reporting) = &self.reporting {
            reporting.set_enabled(enabled);
        }
    }

    /// The session of this process. `None` if the system has no randomness, if something opts out before the first report, and
    /// for a session that is kept in a file as long as no request has been made: only the worker looks at that file.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        self.reporting.as_ref()?.session()
    }

    /// The variable and the value with which a child process joins the session of this one.
    ///
    /// `None` if the product has no [variable](crate::Profile::session_env) for it, if something opts out, or if the session
    /// is not [known](Self::session). Nothing is put into the environment of this process.
    ///
    /// ```
    /// use std::process::Command;
    /// use telemetry_core::{Client, Product, Profile};
    ///
    /// struct Evaluator;
    /// impl Product for Evaluator {
    ///     const PROFILE: Profile = Profile::new("evaluator", "14399890258381784").session_env("EVALUATOR_SESSION_ID");
    /// }
    ///
    /// let telemetry = Client::<Evaluator>::builder().start();
    /// let mut task = Command::new("evaluate");
    /// task.envs(telemetry.session_for_child());
    /// ```
    #[must_use]
    pub fn session_for_child(&self) -> Option<(&'static str, String)> {
        self.reporting.as_ref()?.session_for_child()
    }

    /// What became of the events of this process so far.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.reporting.as_ref().map(|reporting| reporting.stats()).unwrap_or_default()
    }

    /// Everything an operator wants to know about this client.
    #[must_use]
    pub fn status(&self) -> Status {
        self.here().status()
    }

    /// Waits until nothing is queued, `timeout` at most. Returns whether nothing is.
    pub fn flush(&self, timeout: Duration) -> bool {
        self.reporting.as_ref().is_none_or(|reporting| reporting.flush(timeout))
    }

    /// Waits, in a task of any async runtime, until nothing is queued; the worker ends the wait after `timeout`, or as soon as
    /// it can after that. Resolves to whether nothing is queued.
    ///
    /// The flush begins with the first poll, and `timeout` counts from there. The future resolves at once if nothing is
    /// queued, if telemetry is off or not compiled, and if there is no thread to deliver. After a fork, a flush that began in
    /// the parent resolves at once in the child, and so does a new one in a child that has not reported; a child that has
    /// reported waits for its own events. When the future is dropped, nothing of it is left.
    ///
    /// The worker, which delivers, keeps the time, since there is no other thread. It cannot do that while it makes a request
    /// or writes to a file. If `timeout` ends during a request over HTTP, the future resolves with that request, after the
    /// product's [`request_deadline`](crate::Profile::request_deadline) at the latest. That bound does not hold for
    /// a [`Transport`](crate::Transport) of your own that takes longer than the
    /// [deadline](field@crate::transport::Request::deadline) it is given, nor for a file system that does not answer: then
    /// the future resolves when the worker goes on, or when it is polled again. Where the bound must hold, add the
    /// timer of the runtime, as in `tokio::time::timeout(limit, telemetry.flush_async(limit))`.
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

    /// Takes no more events, waits until the queued ones are delivered, `timeout` at most, and drops the rest. Returns
    /// whether there was no rest.
    pub fn shutdown(&self, timeout: Duration) -> bool {
        self.reporting.as_ref().is_none_or(|reporting| reporting.shutdown(timeout))
    }

    /// A guard that flushes when it is dropped: keep it in `main`.
    #[must_use = "the guard flushes when it is dropped; bind it with `let _flush = …`"]
    pub fn flush_on_drop(&self, timeout: Duration) -> FlushGuard {
        FlushGuard { reporting: self.reporting.clone(), timeout }
    }
}
