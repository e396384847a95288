// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What an operator wants to know: is it on, what decides that, where does it go, where is the copy.

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

/// The settings of a client and what became of its events, at one moment.
///
/// It is [`Serialize`](serde::Serialize): `status --json` of a product's command prints it.
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
    /// Every signal that can opt out, whether it does or not.
    pub signals: Vec<SignalReading>,
    /// What silences the product, and whether it reports unless silenced.
    pub consent: ConsentPolicy,
    /// How sessions are told apart.
    pub session: SessionPolicy,
    /// The environment variable with the session to join, if children can join one.
    pub session_env: Option<&'static str>,
    /// The URL as configured, usable or not, with `***` for a user name and password.
    pub server_url: Cow<'static, str>,
    /// The same as an endpoint, or why nothing can be sent there.
    pub endpoint: Result<Endpoint, EndpointError>,
    /// How events are sent there, if they can be.
    pub protocol: Option<Protocol>,
    /// Why they go there.
    pub endpoint_origin: EndpointOrigin,
    /// The proxy on the way to the endpoint, without user name and password, or why there is none.
    pub proxy: Result<String, NoProxy>,
    /// The product's files. A home directory that only the user database knows is looked up for this, even under an opt-out.
    pub paths: Paths,
    /// Why the next event cannot be written to the audit log, as far as that can be seen without writing. The event would be
    /// sent all the same, and counted in [`Stats::audit_failures`].
    pub audit_error: Option<String>,
    /// Seconds between heartbeats as configured, if the product has any.
    pub heartbeat_interval_s: Option<f64>,
    /// The time between two heartbeats, or why there are none.
    pub heartbeat: Result<Duration, Missing>,
    /// What became of the events of this process so far.
    pub stats: Stats,
    pub(crate) missing: Reasons,
}

impl Status {
    /// The audit log, or why there is none. Whether a line can be written to it is in
    /// [`audit_error`](Self::audit_error).
    ///
    /// # Errors
    ///
    /// If the product has none, the program has turned it off, or there is no home directory.
    pub fn audit_file(&self) -> Result<&Path, Missing> {
        self.paths.audit_file.as_deref().ok_or(self.missing.audit_file)
    }

    /// The user's marker, or why there is none.
    ///
    /// # Errors
    ///
    /// If the product has none, or there is no home directory.
    pub fn marker(&self) -> Result<&Path, Missing> {
        self.paths.marker.as_deref().ok_or(self.missing.marker)
    }

    /// The consent file, or why there is none.
    ///
    /// # Errors
    ///
    /// If the product has none, or there is no home directory.
    pub fn consent_file(&self) -> Result<&Path, Missing> {
        self.paths.consent_file.as_deref().ok_or(self.missing.consent_file)
    }

    /// How sessions are told apart, in words.
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

    /// The status of a client whose program was built without telemetry. It names neither the product's endpoint nor its
    /// variables, which are not in the program.
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
    fn the_url_is_the_one_that_the_host_has_given_usable_or_not() {
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
