// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A client that reports, and its state in each process. A forked child recognizes its parent's state by the process identity and
//! adds a state of its own.

mod allowed;
mod append_only_list;
mod exit;
mod status;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use allowed::{Allowed, log_unrecorded};
use append_only_list::AppendOnlyList;
#[cfg(feature = "model")]
pub use append_only_list::Numbers;

use super::{Context, Settings};
use crate::audit::AuditLog;
use crate::consent::{ConsentDecision, ConsentInputs, ConsentWatch, Files, Signal};
pub(super) use crate::delivery::Awaited;
use crate::delivery::{BeatSource, Delivery, DeliveryContext, KnownAbsent};
use crate::endpoint::{Endpoint, EndpointError, EndpointOrigin, FirstEndpoint};
use crate::envelope::Sender;
use crate::event::TelemetryEvent;
use crate::heartbeat_interval::interval_s;
use crate::host::HostFacts;
use crate::paths::{Located, Paths};
use crate::process_identity::ProcessIdentity;
use crate::profile::AuditPolicy;
use crate::record::Record;
use crate::session::{ProcessSession, SessionId};
use crate::stats::Stats;
use crate::sync::{AtomicBool, OnceBox};
use crate::transport::{default_factory, prepare_default};
use crate::variables::EnvironmentSource;

/// The part of a client that all its clones share.
pub(crate) struct ReportingClient {
    settings: Settings,
    located: Located,
    /// Detected at the first report that is allowed.
    host: OnceBox<Arc<HostFacts>>,
    heartbeat_interval_s: Option<f64>,
    switch: Arc<AtomicBool>,
    /// Whether the latest report needed the consent file to opt in.
    needs_file: Arc<AtomicBool>,
    first_endpoint: FirstEndpoint,
    processes: AppendOnlyList<ProcessState>,
}

/// The state of one process. A forked child that reports appends its own to its parent's, so that it never takes a lock that its
/// parent may have held. Inherited states are freed together with the child's last client.
struct ProcessState {
    identity: ProcessIdentity,
    session: Arc<ProcessSession>,
    delivery: Arc<Delivery>,
    waits_at_exit: AtomicBool,
}

impl ReportingClient {
    /// Always returns a client; a build without the feature `client` has the same function, which never does.
    pub(super) fn start(settings: Settings, environment: EnvironmentSource<'_>) -> Option<Self> {
        let heartbeat = settings.profile.heartbeat.as_ref();
        Some(Self {
            located: Located::read(&settings.profile, settings.chosen.clone(), &environment),
            host: OnceBox::new(),
            heartbeat_interval_s: heartbeat.map(|policy| interval_s(policy, &environment)),
            switch: Arc::new(AtomicBool::new(settings.enabled)),
            needs_file: Arc::default(),
            first_endpoint: FirstEndpoint::default(),
            processes: AppendOnlyList::new(),
            settings,
        })
    }

    /// The product's files, located by the first call: see [`Located`].
    fn paths(&self) -> &Paths {
        self.located.paths()
    }

    /// The state of this process, created if it does not exist. `None` if the system has no randomness for a session.
    fn process(&self, environment: EnvironmentSource<'_>) -> Option<&ProcessState> {
        let identity = ProcessIdentity::current();
        let is_own = |process: &ProcessState| process.identity == identity;
        let process = self.processes.find_or_add(is_own, || self.new_process(identity, environment))?;
        self.wait_at_exit(process);
        Some(process)
    }

    fn host(&self) -> &Arc<HostFacts> {
        let detect = || self.settings.host.clone().unwrap_or_else(HostFacts::detect);
        self.host.get_or_init(|| Box::new(Arc::new(detect())))
    }

    /// The state of this process, if it has reported.
    fn current_process(&self) -> Option<&ProcessState> {
        let mut processes = self.processes.iter().peekable();
        // A process that has opted out from the start has no state, and does not even need an identity.
        processes.peek()?;
        let identity = ProcessIdentity::current();
        processes.find(|process| process.identity == identity)
    }

    pub(super) fn stats(&self) -> Stats {
        self.current_process().map(|process| process.delivery.stats()).unwrap_or_default()
    }

    pub(super) fn session(&self) -> Option<SessionId> {
        let begin = || {
            self.decide(self.environment()).is_enabled().then(|| self.process(self.environment())).flatten()
        };
        self.current_process().or_else(begin)?.session.latest()
    }

    pub(super) fn session_for_child(&self) -> Option<(&'static str, String)> {
        let variable = self.settings.profile.session_env?;
        let session = self.decide(self.environment()).is_enabled().then(|| self.session())??;
        Some((variable, session.to_string()))
    }

    pub(super) fn flush(&self, timeout: Duration) -> bool {
        self.current_process().is_none_or(|process| process.delivery.flush(timeout))
    }

    /// `None` if this process has not reported.
    pub(super) fn flush_awaited(&self, timeout: Duration) -> Option<Awaited> {
        self.current_process().map(|process| process.delivery.flush_awaited(process.identity, timeout))
    }

    pub(super) fn shutdown(&self, timeout: Duration) -> bool {
        self.current_process().is_none_or(|process| process.delivery.shutdown(timeout))
    }

    fn new_process(
        &self,
        identity: ProcessIdentity,
        environment: EnvironmentSource<'_>,
    ) -> Option<ProcessState> {
        let (profile, now) = (&self.settings.profile, self.settings.clock.unix_seconds());
        if self.settings.transport.is_none() {
            prepare_default(environment, profile.request_deadline);
        }
        let session = Arc::new(ProcessSession::start(profile, &environment, || self.paths(), now)?);
        let delivery = Delivery::new(self.delivery_context(&session));
        Some(ProcessState { identity, session, delivery, waits_at_exit: AtomicBool::new(false) })
    }

    fn delivery_context(&self, session: &Arc<ProcessSession>) -> DeliveryContext {
        let profile = self.settings.profile;
        let transport = self.settings.transport.clone();
        DeliveryContext {
            profile,
            sender: Sender {
                client_version: self.settings.version.clone(),
                cpu_architecture: self.host().cpu_architecture().to_owned(),
                session_id: session.known().to_string(),
            },
            #[cfg(feature = "otlp")]
            host: Arc::clone(self.host()),
            session: Arc::clone(session),
            audit: self.audit_log(),
            transport: transport
                .unwrap_or_else(|| default_factory(profile.request_deadline, self.located.start_dir.clone())),
            clock: Arc::clone(&self.settings.clock),
            watch: self.watch(),
        }
    }

    /// The source of variables for a report without a snapshot.
    pub(super) fn environment(&self) -> EnvironmentSource<'_> {
        self.settings.environment.as_ref().map_or(EnvironmentSource::Process, EnvironmentSource::Snapshot)
    }

    fn audit_log(&self) -> Option<AuditLog> {
        let paths = self.paths();
        // A log that the program has set for a product without one has the default size.
        let policy = self.settings.profile.audit.unwrap_or(AuditPolicy::DEFAULT);
        Some(AuditLog::new(paths.audit_file.clone()?, paths.home.as_deref(), policy.max_bytes))
    }

    /// The opt-out sources that the worker checks before each request.
    fn watch(&self) -> ConsentWatch {
        let paths = self.settings.needs_consent.then(|| self.paths());
        ConsentWatch {
            switch: Arc::clone(&self.switch),
            machine: paths.and_then(|paths| paths.machine_markers.clone()),
            machine_opts_out: AtomicBool::new(false),
            marker: paths.and_then(|paths| paths.marker.clone()),
            file: self.settings.profile.consent.file.zip(paths.and_then(|paths| paths.consent_file.clone())),
            needs_file: Arc::clone(&self.needs_file),
        }
    }

    fn wait_at_exit(&self, process: &ProcessState) {
        let wait = self.settings.exit_wait;
        if !wait.is_zero() && !process.waits_at_exit.swap(true, Ordering::Relaxed) {
            exit::wait_for(process.identity, &process.delivery, wait);
        }
    }

    fn consent_inputs<'a>(
        &'a self,
        environment: &'a EnvironmentSource<'_>,
    ) -> ConsentInputs<'a, EnvironmentSource<'a>> {
        ConsentInputs {
            policy: &self.settings.profile.consent,
            environment,
            switch: self.switch.load(Ordering::Relaxed),
            machine: self.located.machine_markers(),
        }
    }

    pub(super) fn decide(&self, environment: EnvironmentSource<'_>) -> ConsentDecision {
        self.decide_given(environment, KnownAbsent::default())
    }

    /// The decision, without checking markers that are known to be absent.
    fn decide_given(&self, environment: EnvironmentSource<'_>, absent: KnownAbsent) -> ConsentDecision {
        if self.settings.needs_consent {
            let inputs = self.consent_inputs(&environment);
            let machine = inputs.machine.filter(|_| !absent.machine);
            let inputs = ConsentInputs { machine, ..inputs };
            if self.settings.profile.consent.file.is_some() {
                self.needs_file.store(inputs.needs_file(), Ordering::Relaxed);
            }
            return inputs
                .decide(|| Files { marker_known_absent: absent.marker, ..self.paths().of_consent() });
        }
        if self.switch.load(Ordering::Relaxed) {
            ConsentDecision::Enabled
        } else {
            ConsentDecision::OptedOut(Signal::Switch)
        }
    }

    pub(super) fn set_enabled(&self, enabled: bool) {
        self.switch.store(enabled, Ordering::Relaxed);
        let process = (!enabled).then(|| self.current_process()).flatten();
        if let Some(process) = process {
            process.delivery.opt_out();
        }
    }

    /// Ends delivery because a report has found this opt-out.
    fn end_delivery(&self, signal: &Signal) {
        let Some(process) = self.current_process() else { return };
        match signal {
            // `set_enabled` has dropped the queued events; the client may be on again by now.
            Signal::Switch => process.delivery.opt_out_if_off(),
            _ => process.delivery.opt_out(),
        }
    }

    fn endpoint_origin(&self, environment: EnvironmentSource<'_>) -> EndpointOrigin {
        EndpointOrigin::now(&self.settings.profile, self.settings.endpoint.is_some(), &environment)
    }

    fn endpoint(&self, environment: EnvironmentSource<'_>) -> Result<Arc<Endpoint>, EndpointError> {
        let chosen = self
            .settings
            .endpoint
            .as_ref()
            .filter(|_| self.endpoint_origin(environment) == EndpointOrigin::Program);
        let Some(endpoint) = chosen else {
            return self.first_endpoint.resolve(&self.settings.profile, &environment);
        };
        let endpoint = endpoint.clone()?;
        endpoint.is_allowed_in(&environment)?;
        Ok(endpoint)
    }

    pub(super) fn report<E: TelemetryEvent>(
        &self,
        environment: EnvironmentSource<'_>,
        make: impl FnOnce(&Context<'_>) -> E,
    ) -> ConsentDecision {
        self.when_allowed(environment, |allowed, context| {
            allowed.submit(&mut make(context));
        })
    }

    /// Reports an event without taking it from its owner.
    pub(super) fn report_in_place<E: TelemetryEvent>(&self, event: &mut E) {
        self.when_allowed(self.environment(), |allowed, _| {
            allowed.submit(event);
        });
    }

    pub(super) fn report_with_heartbeat<E: TelemetryEvent + Clone + Sync>(
        &self,
        environment: EnvironmentSource<'_>,
        make: impl FnOnce(&Context<'_>) -> Option<E>,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> ConsentDecision {
        self.when_allowed(environment, |allowed, context| {
            let Some(mut event) = make(context) else { return };
            let Some(interval_s) = allowed.interval_to_start() else {
                allowed.submit(&mut event);
                return;
            };
            let first = event.clone();
            // An event that is dropped here would be dropped at each heartbeat too; the next report starts them.
            if allowed.submit(&mut event) {
                let delivery = &allowed.process.delivery;
                delivery.start_heartbeat(interval_s, || self.beat_source(allowed.process, first, beat));
            }
        })
    }

    /// Calls `report` unless something opts out, which ends delivery.
    fn when_allowed(
        &self,
        environment: EnvironmentSource<'_>,
        report: impl FnOnce(&Allowed<'_>, &Context<'_>),
    ) -> ConsentDecision {
        let known = self.current_process();
        let decide = |absent| self.decide_given(environment, absent);
        let decision =
            known.map_or_else(|| decide(KnownAbsent::default()), |process| process.delivery.decide(decide));
        if let ConsentDecision::OptedOut(signal) = &decision {
            self.end_delivery(signal);
            return decision;
        }
        if let Some(process) = known.or_else(|| self.process(environment)) {
            let timestamp = self.settings.clock.unix_seconds();
            let context = Context::new(timestamp, process.session.known(), self.host());
            report(&Allowed { client: self, process, environment, timestamp }, &context);
        }
        decision
    }

    /// The function that makes this process's heartbeats from its first event.
    fn beat_source<E: TelemetryEvent + Sync>(
        &self,
        process: &ProcessState,
        first: E,
        beat: impl Fn(&E, &Context<'_>) -> E + Send + Sync + 'static,
    ) -> BeatSource {
        let (session, host) = (Arc::clone(&process.session), Arc::clone(self.host()));
        Box::new(move |timestamp| {
            let event = beat(&first, &Context::new(timestamp, session.known(), &host));
            Record::new(event, timestamp).map_err(|error| {
                log_unrecorded::<E>(&error);
                error.drop_reason()
            })
        })
    }
}

impl Drop for ReportingClient {
    fn drop(&mut self) {
        if let Some(process) = self.current_process() {
            process.delivery.stop();
        }
    }
}
