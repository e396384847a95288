// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A product's telemetry as data: its name and client id, its endpoint, what opts out, and the limits of its queue.

mod delivery;
mod deployment;
mod envelope;
mod envelope_keys;
mod files;
mod heartbeat;
mod otlp;
mod policy;
mod scheme;
mod session;

use std::time::Duration;

pub use deployment::DeploymentPolicy;
pub use envelope::EventKeyOrder;
#[cfg(feature = "otlp")]
pub(crate) use envelope::is_transport_header;
#[cfg(feature = "client")]
pub(crate) use envelope_keys::{KEYS, Value};
#[cfg(any(feature = "client", feature = "testing"))]
pub(crate) use files::ALL_PRODUCTS;
pub use files::AuditPolicy;
pub use heartbeat::HeartbeatPolicy;
pub use policy::{BatchPolicy, BreakerPolicy, QueuePolicy, RatePolicy, RetryPolicy};
pub use session::{SessionPolicy, StoredSession};

use crate::consent::ConsentPolicy;
use telemetry_schema::text::{is_digits, is_plain_name};

/// The collector that all NeMo products send to (reference: `_USAGE_STATS_SERVER`).
pub const DEFAULT_ENDPOINT: &str = "https://events.telemetry.data.nvidia.com/v1.1/events/json";

/// Everything that distinguishes one product's telemetry from another's.
///
/// It is a constant, so a contradiction is a compile error.
///
/// All policies are built in the same way: from a constant such as [`QueuePolicy::DEFAULT`], or by a constructor that takes what cannot be
/// left out, and then by methods that change one thing each. A policy that is a choice is an enum that may get more variants.
///
/// ```
/// use std::time::Duration;
/// use telemetry_core::profile::{HeartbeatPolicy, QueuePolicy};
/// use telemetry_core::Profile;
///
/// const PROFILE: Profile = Profile::new("helix", "184482118588404")
///     .source("nemoSource", "platform")
///     .queue(QueuePolicy::of(5000))
///     .heartbeat(HeartbeatPolicy::every(Duration::from_secs(600)));
/// ```
///
/// ```compile_fail
/// # use telemetry_core::{Product, Profile};
/// struct Nameless;
/// impl Product for Nameless {
///     const PROFILE: Profile = Profile::new("", "1"); // a product needs a name
/// }
/// # let _ = Nameless::PROFILE;
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    pub(crate) name: &'static str,
    pub(crate) directory: &'static str,
    pub(crate) client_id: &'static str,
    pub(crate) system_version: &'static str,
    pub(crate) source: Option<(&'static str, &'static str)>,
    pub(crate) endpoint: &'static str,
    pub(crate) endpoint_env: Option<&'static str>,
    pub(crate) otlp_env: Option<&'static str>,
    pub(crate) consent: ConsentPolicy,
    pub(crate) session: SessionPolicy,
    pub(crate) session_env: Option<&'static str>,
    pub(crate) session_prefix: Option<session::SessionPrefix>,
    pub(crate) deployment: Option<DeploymentPolicy>,
    pub(crate) event_keys: EventKeyOrder,
    pub(crate) envelope_values: &'static [(&'static str, &'static str)],
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) audit: Option<AuditPolicy>,
    pub(crate) heartbeat: Option<HeartbeatPolicy>,
    pub(crate) queue: QueuePolicy,
    pub(crate) rate: RatePolicy,
    pub(crate) batch: BatchPolicy,
    pub(crate) retry: RetryPolicy,
    pub(crate) breaker: BreakerPolicy,
    pub(crate) request_deadline: Duration,
    pub(crate) exit_wait: Duration,
}

impl Profile {
    /// The total time for one request, unless the product sets another one.
    pub(crate) const DEFAULT_DEADLINE: Duration = Duration::from_secs(5);

    /// Replaces the profile of a product that is not [compiled](crate::Product::COMPILED).
    pub(crate) const NOT_COMPILED: Self = Self {
        name: "",
        directory: "",
        endpoint: "",
        consent: ConsentPolicy { marker: None, ..ConsentPolicy::variables(&[]) },
        audit: None,
        ..Self::new("none", "0")
    };

    /// The profile of the product `name`, known to the collector as `client_id`, with the defaults of the NeMo family:
    /// the shared collector, strict consent, a random session per process, an audit file under `~/.config/<name>`, no
    /// heartbeat, each event in a request of its own, one attempt, and 5 s for a request.
    ///
    /// # Panics
    ///
    /// If `name` is not a plain directory name or `client_id` is not a number; in a constant that is a compile error.
    ///
    /// ```
    /// use telemetry_core::Profile;
    ///
    /// const PROFILE: Profile = Profile::new("shop", "123456789012345");
    /// assert_eq!(PROFILE.name(), "shop");
    /// ```
    #[must_use]
    pub const fn new(name: &'static str, client_id: &'static str) -> Self {
        assert!(is_plain_name(name), "a product needs a name of `a-z 0-9 _ -`: it becomes a directory");
        files::check_directory(name);
        assert!(is_digits(client_id), "a client id is a number, such as \"184482118588404\"");
        Self {
            name,
            directory: name,
            client_id,
            system_version: "nemo-telemetry/1.0",
            source: None,
            endpoint: DEFAULT_ENDPOINT,
            endpoint_env: None,
            otlp_env: None,
            consent: ConsentPolicy::strict(),
            session: SessionPolicy::RandomPerProcess,
            session_env: None,
            session_prefix: None,
            deployment: None,
            event_keys: EventKeyOrder::NameFirst,
            envelope_values: &[],
            headers: &[],
            audit: Some(AuditPolicy::DEFAULT),
            heartbeat: None,
            queue: QueuePolicy::DEFAULT,
            rate: RatePolicy::DEFAULT,
            batch: BatchPolicy::SINGLE,
            retry: RetryPolicy::NEVER,
            breaker: BreakerPolicy::DEFAULT,
            request_deadline: Self::DEFAULT_DEADLINE,
            exit_wait: Duration::ZERO,
        }
    }

    /// Names the product in every event: `key` with `value` is the first parameter.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// assert_eq!(PROFILE.event_source(), Some(("nemoSource", "shop")));
    /// ```
    #[must_use]
    pub const fn source(mut self, key: &'static str, value: &'static str) -> Self {
        assert!(!key.is_empty() && !value.is_empty(), "a source needs a key and a value");
        self.source = Some((key, value));
        self
    }

    /// Sets `eventSysVer` of the envelope. Default: `nemo-telemetry/1.0`.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").system_version("shop-telemetry/2.0");
    /// ```
    #[must_use]
    pub const fn system_version(mut self, version: &'static str) -> Self {
        assert!(!version.is_empty(), "a system version cannot be empty");
        self.system_version = version;
        self
    }

    /// Sets the URL that events go to. Default: the shared collector.
    ///
    /// # Panics
    ///
    /// If it is neither `https`, nor `http` on `127.0.0.1`, `localhost` or `[::1]`; in a constant that is a compile error.
    ///
    /// ```compile_fail
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").endpoint("http://events.example.com/"); // not encrypted
    /// ```
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").endpoint("https://events.example.com/");
    /// const LOCAL: Profile = Profile::new("shop", "1").endpoint("http://127.0.0.1:8080/");
    /// ```
    #[must_use]
    pub const fn endpoint(mut self, url: &'static str) -> Self {
        assert!(
            scheme::is_allowed(url),
            "an endpoint starts with `https://`; `http://` is only for `127.0.0.1`, `localhost` and `[::1]`"
        );
        self.endpoint = url;
        self
    }

    /// Names the environment variable that overrides the endpoint. It is read at each report.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// const PROFILE: Profile = Profile::new("shop", "1").endpoint_env("SHOP_TELEMETRY_ENDPOINT");
    /// assert_eq!(PROFILE.endpoint_variable(), Some("SHOP_TELEMETRY_ENDPOINT"));
    /// ```
    #[must_use]
    pub const fn endpoint_env(mut self, variable: &'static str) -> Self {
        assert!(!variable.is_empty(), "an environment variable needs a name");
        self.endpoint_env = Some(variable);
        self
    }

    /// Sets what opts out of telemetry. Default: [`ConsentPolicy::strict`].
    ///
    /// # Panics
    ///
    /// If consent is opt-in and no source can opt in, or if the consent file has the name of another of the product's files; in a
    /// constant that is a compile error.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// # use telemetry_core::ConsentPolicy;
    /// const PROFILE: Profile = Profile::new("shop", "1").consent(ConsentPolicy::strict());
    /// ```
    #[must_use]
    pub const fn consent(mut self, policy: ConsentPolicy) -> Self {
        policy.check();
        self.consent = policy;
        self.with_files_that_differ()
    }

    /// The product's name, which is also its configuration directory's unless that has [another](Self::directory).
    ///
    /// ```
    /// assert_eq!(telemetry_core::Profile::new("shop", "1").name(), "shop");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The product's client id: the key by which the collector knows it.
    ///
    /// ```
    /// assert_eq!(telemetry_core::Profile::new("shop", "184482118588404").client_id(), "184482118588404");
    /// ```
    #[must_use]
    pub const fn client_id(&self) -> &'static str {
        self.client_id
    }

    /// The environment variable that names another [endpoint](Self::endpoint_env), if there is one.
    ///
    /// ```
    /// let profile = telemetry_core::Profile::new("shop", "1").endpoint_env("SHOP_TELEMETRY_ENDPOINT");
    /// assert_eq!(profile.endpoint_variable(), Some("SHOP_TELEMETRY_ENDPOINT"));
    /// ```
    #[must_use]
    pub const fn endpoint_variable(&self) -> Option<&'static str> {
        self.endpoint_env
    }

    /// The variables with which users and operators change whether, where to and with which values a product reports, except for its
    /// endpoint.
    #[cfg(any(feature = "client", feature = "testing"))]
    pub(crate) fn settings_variables(&self) -> impl Iterator<Item = &'static str> {
        let consent = self.consent.variables.iter().map(|(name, _)| *name);
        let deployment = self.deployment.map(|policy| policy.variable);
        let heartbeat = self.heartbeat.and_then(|policy| policy.interval_env);
        let prefix = self.session_prefix.map(|prefix| prefix.variable);
        consent.chain(self.otlp_env).chain(self.session_env).chain(prefix).chain(deployment).chain(heartbeat)
    }

    /// The key and value that name the product in every event.
    ///
    /// ```
    /// let profile = telemetry_core::Profile::new("shop", "1").source("nemoSource", "shop");
    /// assert_eq!(profile.event_source(), Some(("nemoSource", "shop")));
    /// ```
    #[must_use]
    pub const fn event_source(&self) -> Option<(&'static str, &'static str)> {
        self.source
    }
}
