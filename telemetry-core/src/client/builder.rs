// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a host can set before a client starts.

use std::marker::PhantomData;
#[cfg(feature = "testing")]
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{Client, EnvironmentSnapshot, EnvironmentSource, ReportingClient, Settings, debug};
#[cfg(feature = "testing")]
use crate::consent::MachineMarkers;
use crate::endpoint::Endpoint;
use crate::host::HostFacts;
use crate::product::Product;
#[cfg(feature = "testing")]
use crate::profile::SessionPolicy;
use crate::time::Clock;
use crate::transport::Transport;

/// Describes a [`Client`]. Everything has a default that suits a product in service; tests use
/// [`testing::capture`](crate::testing::capture).
#[must_use = "a builder does nothing before `start`"]
pub struct ClientBuilder<P: Product> {
    /// Nothing if the program was built without the product's telemetry.
    settings: Option<Settings>,
    environment: Option<EnvironmentSnapshot<P>>,
}

impl<P: Product> std::fmt::Debug for ClientBuilder<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug::<P>(f, "ClientBuilder")
    }
}

impl<P: Product> ClientBuilder<P> {
    pub(super) fn new() -> Self {
        let settings = if Client::<P>::CAN_REPORT { Some(Settings::new(P::PROFILE)) } else { None };
        Self { settings, environment: None }
    }

    fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        if let Some(settings) = &mut self.settings {
            change(settings);
        }
        self
    }

    /// The version of the product, as the envelope's `clientVer`. Default: `unknown`.
    pub fn version(self, version: impl Into<String>) -> Self {
        self.set(|settings| settings.version = version.into())
    }

    /// Whether the client starts turned on. Default: it does. Turning it on overrides no opt-out.
    pub fn enabled(self, enabled: bool) -> Self {
        self.set(|settings| settings.enabled = enabled)
    }

    /// The configuration directory, instead of `~/.config/<product>`.
    ///
    /// The marker is then looked for there, and not in the user's own directory. A consent file is there too, unless its
    /// [variable](crate::consent::ConsentFile::located_by) says where it is.
    pub fn config_dir(self, dir: impl Into<PathBuf>) -> Self {
        self.set(|settings| settings.chosen.config_dir = Some(dir.into()))
    }

    /// The audit log, instead of the one in the configuration directory, also for a product that has none otherwise. Its
    /// directory has to be the effective user's own and not writable by everybody; otherwise no line is written.
    pub fn audit_file(self, file: impl Into<PathBuf>) -> Self {
        self.set(|settings| {
            settings.chosen.audit_file = Some(file.into());
            settings.has_audit = true;
        })
    }

    /// Writes no audit log: for a service without a home directory, whose operator sees what is sent in another way.
    pub fn without_audit_file(self) -> Self {
        self.set(Settings::leave_audit_out)
    }

    /// The marker file that opts out, instead of the one in the configuration directory.
    pub fn marker(self, file: impl Into<PathBuf>) -> Self {
        self.set(|settings| settings.chosen.marker = Some(file.into()))
    }

    /// The directory with the [markers of the machine](crate::consent::MachineMarkers), instead of `/etc`, or `%ProgramData%` on Windows.
    /// It is there with the feature `testing` only, since a program in service must not look past an administrator's opt-out.
    #[cfg(feature = "testing")]
    pub fn machine_dir(self, dir: impl AsRef<Path>) -> Self {
        self.set(|settings| {
            let markers = MachineMarkers::below(dir.as_ref(), &settings.profile);
            settings.chosen.machine_markers = Some(markers);
        })
    }

    /// Where events go, instead of the profile's endpoint and its variable. White space around it is left out, as around
    /// the value of the variable. A URL that is no endpoint drops every event.
    pub fn endpoint(self, url: &str) -> Self {
        self.set(|settings| settings.endpoint = Some(Endpoint::parse_plain(url).map(Arc::new)))
    }

    /// Facts about the machine, instead of those that are detected.
    pub fn host_facts(self, facts: HostFacts) -> Self {
        self.set(|settings| settings.host = Some(facts))
    }

    /// The clock, instead of the system's.
    pub fn clock(self, clock: impl Clock) -> Self {
        self.set(|settings| settings.clock = Arc::new(clock))
    }

    /// The way envelopes are posted, instead of HTTP. `make` is called on a reporting thread, once for each worker thread.
    pub fn transport<T: Transport + Send + 'static>(
        self,
        make: impl Fn() -> T + Send + Sync + 'static,
    ) -> Self {
        self.set(|settings| settings.transport = Some(Arc::new(move |_| Box::new(make()))))
    }

    /// Lets a process that returns from `main` or calls `exit` wait up to `timeout` for delivery; zero means not at all.
    /// Default: it does not wait. Aborting, `_exit` and signals are not waited for.
    ///
    /// On Windows this covers a program that returns from `main` or calls the C library's `exit`. It does not cover
    /// [`std::process::exit`], which ends the process there without asking the C library, and a DLL, whose code runs at
    /// the exit only when all other threads have been ended: call [`flush`](Client::flush) or
    /// [`shutdown`](Client::shutdown) first. A program for WASI has no thread that could be waited for.
    pub fn flush_at_exit(self, timeout: Duration) -> Self {
        self.set(|settings| settings.exit_wait = timeout)
    }

    /// Takes variables from here when the client starts, instead of reading the environment. For reports there is
    /// [`Client::in_environment`].
    pub fn environment(mut self, environment: EnvironmentSnapshot<P>) -> Self {
        self.environment = Some(environment);
        self
    }

    /// Reports even under an opt-out: only for events that stay in this process.
    #[cfg(feature = "testing")]
    pub(crate) fn without_consent(self) -> Self {
        self.set(|settings| settings.needs_consent = false)
    }

    /// Has the client read no variable of the process: neither now nor when it reports.
    #[cfg(feature = "testing")]
    pub(crate) fn in_no_other_environment(mut self) -> Self {
        let environment = self.environment.take().unwrap_or_else(|| EnvironmentSnapshot::of(&[]));
        self.environment = Some(environment.clone());
        self.set(|settings| settings.environment = environment.variables)
    }

    /// Writes no file: no audit log, and a session that would be kept in one is kept in memory.
    #[cfg(feature = "testing")]
    pub(crate) fn without_files(self) -> Self {
        self.set(|settings| {
            settings.leave_audit_out();
            if let SessionPolicy::Stored(_) = settings.profile.session {
                settings.profile.session = SessionPolicy::HexPerProcess;
            }
        })
    }

    /// Starts the client. It reads the environment, but looks at no file, opens no socket and starts no thread before the first
    /// event. Relative paths count from the current directory of this moment.
    #[must_use]
    pub fn start(self) -> Client<P> {
        let environment =
            self.environment.as_ref().map_or(EnvironmentSource::Process, EnvironmentSnapshot::source);
        let reporting = self.settings.and_then(|settings| ReportingClient::start(settings, environment));
        Client { reporting: reporting.map(Arc::new), product: PhantomData }
    }
}
