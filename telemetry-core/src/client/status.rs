// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The status of a client: whether telemetry is on and why, where events go, and where the user's copy of them is.

mod serialize;

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use crate::client::missing::{Missing, Reasons};
use crate::consent::{ConsentDecision, ConsentPolicy, Signal, SignalReading};
use crate::endpoint::{Endpoint, EndpointError, EndpointOrigin, Protocol};
use crate::paths::Paths;
use crate::profile::{Profile, SessionPolicy};
use crate::stats::Stats;
use crate::transport::NoProxy;

/// A snapshot of a client's settings and of the counts of its events.
///
/// It implements [`Serialize`](serde::Serialize): a product's command prints it for `status --json`.
///
/// ```
/// # struct Shop;
/// # impl telemetry_core::Product for Shop {
/// #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("shop", "1");
/// # }
/// use telemetry_core::Client;
///
/// let status = Client::<Shop>::builder().enabled(false).start().status();
/// assert!(!status.decision.is_enabled());
///
/// let json = serde_json::to_value(&status)?;
/// assert_eq!((&json["enabled"], &json["stats"]["delivered"]), (&false.into(), &0.into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Status {
    /// Whether a report made now would be sent.
    pub decision: ConsentDecision,
    /// Every opt-out source, whether it opts out or not.
    pub signals: Vec<SignalReading>,
    /// The product's consent policy.
    pub consent: ConsentPolicy,
    /// How session identifiers are made.
    pub session: SessionPolicy,
    /// The environment variable with which a child process joins a session, if the product has one.
    pub session_env: Option<&'static str>,
    /// The URL as configured, valid or not, with `***` in place of a user name and password.
    pub server_url: Cow<'static, str>,
    /// The parsed URL, or the reason why events cannot be sent there.
    pub endpoint: Result<Endpoint, EndpointError>,
    /// How events are sent there, if they can be.
    pub protocol: Option<Protocol>,
    /// What has decided where they go.
    pub endpoint_origin: EndpointOrigin,
    /// The proxy for the endpoint, without user name and password, or the reason why it is missing.
    pub proxy: Result<String, NoProxy>,
    /// The product's files. To find them, the home directory may be looked up in the user database, even under an opt-out.
    pub paths: Paths,
    /// Why the next event could not be written to the audit log, as far as that can be checked without writing. The event would still
    /// be sent, and counted in [`Stats::audit_failures`].
    pub audit_error: Option<String>,
    /// The configured interval between heartbeats, in seconds, if the product has heartbeats.
    pub heartbeat_interval_s: Option<f64>,
    /// The interval between heartbeats, or the reason why heartbeats are off.
    pub heartbeat: Result<Duration, Missing>,
    /// Counts of the events of this process so far.
    pub stats: Stats,
    pub(crate) missing: Reasons,
}

impl Status {
    /// The path of the audit log. [`audit_error`](Self::audit_error) has the reason if it cannot be written.
    ///
    /// # Errors
    ///
    /// If the product does not have an audit log, the program has turned it off, or the home directory is unknown.
    pub fn audit_file(&self) -> Result<&Path, Missing> {
        self.paths.audit_file.as_deref().ok_or(self.missing.audit_file)
    }

    /// The path of the user's marker file.
    ///
    /// # Errors
    ///
    /// If the product does not have a marker, or the home directory is unknown.
    pub fn marker(&self) -> Result<&Path, Missing> {
        self.paths.marker.as_deref().ok_or(self.missing.marker)
    }

    /// The path of the consent file.
    ///
    /// # Errors
    ///
    /// If the product does not have a consent file, or the home directory is unknown.
    pub fn consent_file(&self) -> Result<&Path, Missing> {
        self.paths.consent_file.as_deref().ok_or(self.missing.consent_file)
    }

    /// How session identifiers are made, in words.
    pub(crate) fn session_text(&self) -> String {
        let own = match self.session {
            SessionPolicy::Stored(_) if self.paths.config_dir.is_none() => {
                "32 random digits for each process, since there is no home directory to keep them in".into()
            }
            policy => policy.to_string(),
        };
        match self.session_env {
            Some(variable) => format!("{own}, or the one in `{variable}`"),
            None => own,
        }
    }

    /// The status of a client in a program that was built without telemetry. It leaves out the product's endpoint and variables, since
    /// they are not in the program.
    pub(super) fn not_compiled() -> Self {
        let rule = "the program was built without telemetry".into();
        Self {
            decision: ConsentDecision::NOT_COMPILED,
            signals: vec![SignalReading { signal: Signal::NotCompiled, rule, value: None, opts_out: true }],
            consent: Profile::NOT_COMPILED.consent,
            session: Profile::NOT_COMPILED.session,
            session_env: None,
            server_url: Cow::Borrowed(""),
            endpoint: Err(EndpointError::not_compiled()),
            protocol: None,
            endpoint_origin: EndpointOrigin::Build,
            proxy: Err(NoProxy::Build),
            paths: Paths::default(),
            audit_error: None,
            heartbeat_interval_s: None,
            heartbeat: Err(Missing::Build),
            missing: Reasons::NOT_COMPILED,
            stats: Stats::default(),
        }
    }
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use crate::client::Client;
    use crate::product::Product;
    use crate::profile::Profile;

    struct Shop;
    impl Product for Shop {
        const PROFILE: Profile = Profile::new("shop", "1");
    }

    #[test]
    fn the_url_is_shown_as_the_host_has_set_it_valid_or_not() {
        for url in ["http://127.0.0.1:9/", "http://events.example.com/", "file:///etc/passwd", ""] {
            let status = Client::<Shop>::builder().enabled(false).endpoint(url).start().status();
            assert_eq!(
                (status.server_url.as_ref(), status.endpoint.is_ok()),
                (url, url.contains("127.0.0.1"))
            );
        }
    }

    #[test]
    fn no_form_of_the_status_shows_a_user_name_or_password() {
        for url in ["https://bob:hunter2@host/", "https://hunter2@host/", "bob:hunter2@host/"] {
            let status = Client::<Shop>::builder().endpoint(url).start().status();
            let json = serde_json::to_string(&status).unwrap();
            assert!(json.contains("***@host/"), "{json}");
            assert!(!format!("{json} {status:?}").contains("hunter2"), "{json} {status:?}");
        }
    }
}
