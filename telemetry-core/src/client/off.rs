// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The client of a build without the feature `client`: the same API, and nothing behind it. No code that could report is
//! in the binary.

mod status;

use std::borrow::Cow;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::time::Duration;

use status::Reasons;
pub use status::Status;

use crate::clock::Clock;
use crate::consent::{Signal, SignalReading, Verdict};
use crate::endpoint::EndpointError;
use crate::event::TelemetryEvent;
use crate::host::HostFacts;
use crate::missing::{Missing, NoProxy};
use crate::operation::{Operation, OperationEvent};
use crate::paths::Paths;
use crate::product::Product;
use crate::session::SessionId;
use crate::stats::Stats;
use crate::transport::Transport;

/// A client that reports nothing, because the feature `client` is off.
pub struct Client<P: Product>(PhantomData<fn() -> P>);

/// Describes a client that reports nothing.
#[must_use = "a builder does nothing before `start`"]
pub struct ClientBuilder<P: Product>(PhantomData<fn() -> P>);

/// What an event can know about the moment in which it is made.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The time of the event, in seconds since the start of 1970.
    pub timestamp: f64,
    /// The session of the process.
    pub session: &'a SessionId,
    /// Facts about the machine.
    pub host: &'a HostFacts,
}

/// All processes are alike: none reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProcessIdentity;

impl ProcessIdentity {
    pub(crate) const fn current() -> Self {
        Self
    }
}

/// The environment of a client that reports nothing: no variable is read.
pub struct EnvironmentSnapshot<P: Product>(PhantomData<fn() -> P>);

impl<P: Product> Clone for EnvironmentSnapshot<P> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<P: Product> std::fmt::Debug for EnvironmentSnapshot<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EnvironmentSnapshot(off)")
    }
}

/// A client that reports nothing, in any environment.
pub struct InEnvironment<'a, P: Product>(&'a Client<P>);

impl<P: Product> std::fmt::Debug for InEnvironment<'_, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InEnvironment(off)")
    }
}

impl<P: Product> InEnvironment<'_, P> {
    /// Drops the event.
    pub fn emit<E: TelemetryEvent<Product = P>>(&self, _: E) {}

    /// Does not call `make`.
    pub fn emit_with<E: TelemetryEvent<Product = P>>(&self, make: impl FnOnce(&Context<'_>) -> E) -> Verdict {
        self.0.emit_with(make)
    }

    /// Does not call `make`, and starts no heartbeat.
    pub fn emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        make: impl FnOnce(&Context<'_>) -> E,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> Verdict {
        self.0.emit_with_heartbeat(make, beat)
    }

    /// Does not call `make`, and starts no heartbeat.
    pub fn try_emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        make: impl FnOnce(&Context<'_>) -> Option<E>,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> Verdict {
        self.0.try_emit_with_heartbeat(make, beat)
    }

    /// The program opts out: it was built without telemetry.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.0.verdict()
    }
}

/// Has nothing to flush.
#[derive(Debug)]
pub struct FlushGuard(());

impl<P: Product> Clone for Client<P> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<P: Product> std::fmt::Debug for Client<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client(off)")
    }
}

impl<P: Product> std::fmt::Debug for ClientBuilder<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClientBuilder(off)")
    }
}

impl<P: Product> Client<P> {
    /// Describes a client.
    pub fn builder() -> ClientBuilder<P> {
        ClientBuilder(PhantomData)
    }

    /// Drops the event.
    pub fn emit<E: TelemetryEvent<Product = P>>(&self, _: E) {}

    /// Does not call `make`.
    pub fn emit_with<E: TelemetryEvent<Product = P>>(&self, _: impl FnOnce(&Context<'_>) -> E) -> Verdict {
        self.verdict()
    }

    /// Does not call `make`, and starts no heartbeat.
    pub fn emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        _: impl FnOnce(&Context<'_>) -> E,
        _: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> Verdict {
        self.verdict()
    }

    /// Does not call `make`, and starts no heartbeat.
    pub fn try_emit_with_heartbeat<E: TelemetryEvent<Product = P> + Clone + Sync>(
        &self,
        _: impl FnOnce(&Context<'_>) -> Option<E>,
        _: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> Verdict {
        self.verdict()
    }

    /// Starts an operation that nobody hears of.
    pub fn operation<E: OperationEvent<Product = P>>(&self, event: E) -> Operation<E> {
        Operation::start(self.clone(), event)
    }

    /// Leaves the event alone.
    pub(crate) fn emit_in_place<E: TelemetryEvent<Product = P>>(&self, _: &mut E) {}

    /// Reads nothing.
    #[must_use]
    pub fn read_environment() -> EnvironmentSnapshot<P> {
        EnvironmentSnapshot(PhantomData)
    }

    /// The same client.
    #[must_use]
    pub fn in_environment<'a>(&'a self, _: &'a EnvironmentSnapshot<P>) -> InEnvironment<'a, P> {
        InEnvironment(self)
    }

    /// The program opts out: it was built without telemetry.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::OptedOut(Signal::Switch)
    }

    /// Changes nothing.
    pub fn set_enabled(&self, _: bool) {}

    /// There is no session.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        None
    }

    /// There is no session to join.
    #[must_use]
    pub fn session_for_child(&self) -> Option<(&'static str, String)> {
        None
    }

    /// All zero.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats::default()
    }

    /// The program opts out, and has no endpoint and no files.
    #[must_use]
    pub fn status(&self) -> Status {
        let rule = "built without telemetry".into();
        Status {
            verdict: self.verdict(),
            signals: vec![SignalReading { signal: Signal::Switch, rule, value: None, opts_out: true }],
            // Constants of their own: the rest of the profile stays out of the program.
            consent: const { P::PROFILE.consent },
            session: const { P::PROFILE.session },
            session_env: const { P::PROFILE.session_env },
            server_url: Cow::Borrowed(""),
            endpoint: Err(EndpointError::without_client()),
            proxy: Err(NoProxy::Build),
            paths: Paths::default(),
            missing: Reasons::WITHOUT_CLIENT,
            audit_error: None,
            heartbeat_interval_s: None,
            heartbeat: Err(Missing::Build),
            stats: self.stats(),
        }
    }

    /// Nothing is queued.
    pub fn flush(&self, _: Duration) -> bool {
        true
    }

    /// Nothing is queued.
    pub fn shutdown(&self, _: Duration) -> bool {
        true
    }

    /// A guard without a task.
    #[must_use = "the guard flushes when it is dropped; bind it with `let _flush = …`"]
    pub fn flush_on_drop(&self, _: Duration) -> FlushGuard {
        FlushGuard(())
    }
}

impl<P: Product> ClientBuilder<P> {
    /// Ignored.
    pub fn version(self, _: impl Into<String>) -> Self {
        self
    }

    /// Ignored.
    pub fn enabled(self, _: bool) -> Self {
        self
    }

    /// Ignored.
    pub fn config_dir(self, _: impl Into<PathBuf>) -> Self {
        self
    }

    /// Ignored.
    pub fn audit_file(self, _: impl Into<PathBuf>) -> Self {
        self
    }

    /// Ignored.
    pub fn without_audit_file(self) -> Self {
        self
    }

    /// Ignored.
    pub fn marker(self, _: impl Into<PathBuf>) -> Self {
        self
    }

    /// Ignored.
    pub fn machine_dir(self, _: impl AsRef<Path>) -> Self {
        self
    }

    /// Ignored.
    pub fn endpoint(self, _: &str) -> Self {
        self
    }

    /// Ignored.
    pub fn host_facts(self, _: HostFacts) -> Self {
        self
    }

    /// Ignored.
    pub fn clock(self, _: impl Clock) -> Self {
        self
    }

    /// Ignored.
    pub fn transport<T: Transport + Send + 'static>(self, _: impl Fn() -> T + Send + Sync + 'static) -> Self {
        self
    }

    /// Ignored.
    pub fn flush_at_exit(self, _: Duration) -> Self {
        self
    }

    /// Ignored.
    pub fn environment(self, _: EnvironmentSnapshot<P>) -> Self {
        self
    }

    /// A client that reports nothing.
    #[must_use]
    pub fn start(self) -> Client<P> {
        Client(PhantomData)
    }
}
