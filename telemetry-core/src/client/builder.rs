// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Settings that a host chooses before its client starts.

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

/// Configures a [`Client`]. The defaults suit a product in production; tests use [`testing::capture`](crate::testing::capture).
///
/// ```
/// use std::time::Duration;
/// use telemetry_core::{Client, Product, Profile};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// }
///
/// // A service: its log is in its own directory, and it waits for delivery when it exits.
/// let telemetry = Client::<Shop>::builder()
///     .version(env!("CARGO_PKG_VERSION"))
///     .audit_file("/var/lib/shop/usage_stats.json")
///     .endpoint("http://127.0.0.1:4318/v1/events")
///     .flush_at_exit(Duration::from_millis(200))
///     .start();
/// assert_eq!(telemetry.status().server_url, "http://127.0.0.1:4318/v1/events");
/// ```
#[must_use = "a builder does nothing before `start`"]
pub struct ClientBuilder<P: Product> {
    /// `None` if the program was built without the product's telemetry.
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

    /// Sets the version of the product, which the envelope has as `clientVer`. Default: `unknown`.
    pub fn version(self, version: impl Into<String>) -> Self {
        self.set(|settings| settings.version = version.into())
    }

    /// Sets whether the client starts turned on, which does not override another opt-out. Default: on.
    ///
    /// [`Client::set_enabled`] changes it later.
    pub fn enabled(self, enabled: bool) -> Self {
        self.set(|settings| settings.enabled = enabled)
    }

    /// Sets the configuration directory. Default: `~/.config/<product>`.
    ///
    /// The marker is then expected there, and not in the user's own directory. So is a consent file, unless its
    /// [variable](crate::consent::ConsentFile::located_by) sets its path.
    pub fn config_dir(self, dir: impl Into<PathBuf>) -> Self {
        self.set(|settings| settings.chosen.config_dir = Some(dir.into()))
    }

    /// Sets the path of the audit log, also for a product without one. Default: a file in the configuration directory.
    ///
    /// The directory must belong to the effective user and must not be world-writable; otherwise nothing is written.
    pub fn audit_file(self, file: impl Into<PathBuf>) -> Self {
        self.set(|settings| {
            settings.chosen.audit_file = Some(file.into());
            settings.has_audit = true;
        })
    }

    /// Turns the audit log off, for a service without a home directory whose operator can see by other means what is sent.
    pub fn without_audit_file(self) -> Self {
        self.set(Settings::leave_audit_out)
    }

    /// Sets the path of the marker file that opts out. Default: `do_not_track` in the configuration directory.
    pub fn marker(self, file: impl Into<PathBuf>) -> Self {
        self.set(|settings| settings.chosen.marker = Some(file.into()))
    }

    /// Sets the directory with the [markers of the machine](crate::consent::MachineMarkers). Default: `/etc`, or `%ProgramData%` on
    /// Windows.
    ///
    /// This needs the feature `testing`, since a program in production must not bypass an administrator's opt-out.
    #[cfg(feature = "testing")]
    pub fn machine_dir(self, dir: impl AsRef<Path>) -> Self {
        self.set(|settings| {
            let markers = MachineMarkers::below(dir.as_ref(), &settings.profile);
            settings.chosen.machine_markers = Some(markers);
        })
    }

    /// Sets the URL that events are sent to, which overrides the profile's endpoint and its variable.
    ///
    /// White space around the URL is ignored. With a URL that is not a valid [`Endpoint`], every event is dropped and counted.
    pub fn endpoint(self, url: &str) -> Self {
        self.set(|settings| settings.endpoint = Some(Endpoint::parse_plain(url).map(Arc::new)))
    }

    /// Sets the facts about the machine. Default: they are detected at the first report that is allowed.
    pub fn host_facts(self, facts: HostFacts) -> Self {
        self.set(|settings| settings.host = Some(facts))
    }

    /// Sets the clock. Default: the system clock.
    pub fn clock(self, clock: impl Clock) -> Self {
        self.set(|settings| settings.clock = Arc::new(clock))
    }

    /// Sets how envelopes are posted. Default: HTTP. `make` is called on a reporting thread, once for each worker thread.
    pub fn transport<T: Transport + Send + 'static>(
        self,
        make: impl Fn() -> T + Send + Sync + 'static,
    ) -> Self {
        self.set(|settings| settings.transport = Some(Arc::new(move |_| Box::new(make()))))
    }

    /// Makes a process that returns from `main` or calls `exit` wait up to `timeout` for delivery. Default:
    /// [`Profile::exit_wait`](crate::Profile::exit_wait); zero does not wait. An abort, `_exit` or a signal ends the process at once.
    ///
    /// On Windows, this covers a program that returns from `main` or calls the C library's `exit`. It does not cover
    /// [`std::process::exit`], which bypasses the C library there, or a DLL, whose exit code runs only after all other threads have
    /// ended. In those cases call [`flush`](Client::flush) or [`shutdown`](Client::shutdown) first. On WASI there are no threads to
    /// wait for.
    pub fn flush_at_exit(self, timeout: Duration) -> Self {
        self.set(|settings| settings.exit_wait = timeout)
    }

    /// Sets the variables that the client uses when it starts. Default: the environment of the process. For reports, use
    /// [`Client::in_environment`].
    pub fn environment(mut self, environment: EnvironmentSnapshot<P>) -> Self {
        self.environment = Some(environment);
        self
    }

    /// Reports even under an opt-out. Only for events that never leave this process.
    #[cfg(feature = "testing")]
    pub(crate) fn without_consent(self) -> Self {
        self.set(|settings| settings.needs_consent = false)
    }

    /// Keeps the client from reading the environment of the process, at its start and at each report.
    #[cfg(feature = "testing")]
    pub(crate) fn in_no_other_environment(mut self) -> Self {
        let environment = self.environment.take().unwrap_or_else(|| EnvironmentSnapshot::of(&[]));
        self.environment = Some(environment.clone());
        self.set(|settings| settings.environment = environment.variables)
    }

    /// Turns all files off: there is no audit log, and a session that would be stored is kept in memory.
    #[cfg(feature = "testing")]
    pub(crate) fn without_files(self) -> Self {
        self.set(|settings| {
            settings.leave_audit_out();
            if let SessionPolicy::Stored(_) = settings.profile.session {
                settings.profile.session = SessionPolicy::HexPerProcess;
            }
        })
    }

    /// Starts the client.
    ///
    /// This reads the environment. Before the first event, the client does not access files, open sockets or start threads. Relative
    /// paths are resolved against the current directory at this moment.
    ///
    /// ```
    /// # use telemetry_core::{Client, Product, Profile};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// let telemetry = Client::<Shop>::builder().enabled(false).start();
    /// assert!(!telemetry.consent_decision().is_enabled());
    /// ```
    #[must_use]
    pub fn start(self) -> Client<P> {
        let environment =
            self.environment.as_ref().map_or(EnvironmentSource::Process, EnvironmentSnapshot::source);
        let reporting = self.settings.and_then(|settings| ReportingClient::start(settings, environment));
        Client { reporting: reporting.map(Arc::new), product: PhantomData }
    }
}
