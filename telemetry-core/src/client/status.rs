// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What an operator wants to know: is it on, what decides that, where does it go, where is the copy.

use std::borrow::Cow;
use std::path::Path;
#[cfg(feature = "client")]
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "client")]
use super::process::{Inner, Settings};
#[cfg(feature = "client")]
use crate::consent::Files;
use crate::consent::{ConsentPolicy, SignalReading, Verdict};
#[cfg(feature = "client")]
use crate::endpoint::server_url;
use crate::endpoint::{Endpoint, EndpointError};
#[cfg(feature = "client")]
use crate::environment::Source;
#[cfg(feature = "client")]
use crate::interval::usable_interval;
use crate::missing::{Missing, NoProxy};
use crate::paths::Paths;
use crate::profile::SessionPolicy;
use crate::stats::Stats;
#[cfg(feature = "client")]
use crate::transport::default_proxy;

/// How a client stands at one moment.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Status {
    /// Whether a report made now would be sent.
    pub verdict: Verdict,
    /// Every signal that can opt out, whether it does or not.
    pub signals: Vec<SignalReading>,
    /// What silences the product, and whether it speaks unasked.
    pub consent: ConsentPolicy,
    /// How sessions are told apart.
    pub session: SessionPolicy,
    /// The environment variable with the session to join, if children can join one.
    pub session_env: Option<&'static str>,
    /// The URL as configured.
    pub server_url: Cow<'static, str>,
    /// The same as an endpoint, or why nothing can be sent there.
    pub endpoint: Result<Endpoint, EndpointError>,
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

/// Why something is missing, for the case that it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reasons {
    audit_file: Missing,
    marker: Missing,
    consent_file: Missing,
}

impl Reasons {
    #[cfg(not(feature = "client"))]
    pub(crate) const WITHOUT_CLIENT: Self =
        Self { audit_file: Missing::Build, marker: Missing::Build, consent_file: Missing::Build };

    #[cfg(feature = "client")]
    fn of(settings: &Settings) -> Self {
        let lacks_home = |is_in_profile| if is_in_profile { Missing::NoHome } else { Missing::Product };
        let Settings { profile, has_audit, .. } = settings;
        Self {
            audit_file: if *has_audit { lacks_home(profile.audit.is_some()) } else { Missing::Program },
            marker: lacks_home(profile.consent.marker.is_some()),
            consent_file: lacks_home(profile.consent.file.is_some()),
        }
    }
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
}

#[cfg(feature = "client")]
impl Status {
    pub(super) fn of(inner: &Inner) -> Self {
        let (settings, environment) = (&inner.settings, Source::Process);
        let endpoint = inner.endpoint(environment).map(Arc::unwrap_or_clone);
        let is_loopback = endpoint.as_ref().is_ok_and(Endpoint::is_loopback);
        Self {
            verdict: inner.verdict(environment),
            signals: inner.question(&environment).readings(Files::of(inner.paths())),
            consent: settings.profile.consent,
            session: settings.profile.session,
            session_env: settings.profile.session_env,
            server_url: match (&settings.endpoint, &endpoint) {
                (Some(_), Ok(endpoint)) => Cow::Owned(endpoint.url().to_owned()),
                (Some(_), Err(error)) => Cow::Owned(error.url().to_owned()),
                (None, _) => server_url(&settings.profile, &environment),
            },
            proxy: match &endpoint {
                _ if settings.transport.is_some() => Err(NoProxy::OwnTransport),
                Ok(endpoint) => default_proxy(endpoint, &environment),
                Err(_) => Err(NoProxy::NoEndpoint),
            },
            endpoint,
            paths: inner.paths().clone(),
            audit_error: inner.audit_log().and_then(|log| log.check().err()).map(|error| error.to_string()),
            heartbeat_interval_s: inner.heartbeat_interval_s,
            heartbeat: heartbeat(inner.heartbeat_interval_s, is_loopback),
            stats: inner.stats(),
            missing: Reasons::of(settings),
        }
    }
}

#[cfg(feature = "client")]
fn heartbeat(interval_s: Option<f64>, is_loopback: bool) -> Result<Duration, Missing> {
    let seconds = interval_s.ok_or(Missing::Product)?;
    let is_endless = Duration::try_from_secs_f64(seconds).is_err();
    let none = if is_endless { Missing::EndlessInterval } else { Missing::ShortInterval };
    usable_interval(seconds, is_loopback).ok_or(none)
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::consent::Rule;
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

    /// A product whose profile leaves files out.
    struct Bare;
    impl Product for Bare {
        const PROFILE: Profile = Profile::new("bare", "1")
            .audit(None)
            .consent(ConsentPolicy::variables(&[("BARE_OFF", Rule::OptOut)]).without_marker());
    }

    #[test]
    fn a_file_is_missing_for_the_reason_that_it_is_missing_for() {
        let status = Client::<Bare>::builder().start().status();
        assert_eq!(status.audit_file(), Err(Missing::Product));
        assert_eq!(status.marker(), Err(Missing::Product));
        assert_eq!(status.consent_file(), Err(Missing::Product));
        let status = Client::<Shop>::builder().without_audit_file().start().status();
        assert_eq!(status.audit_file(), Err(Missing::Program));
        assert!(status.marker().is_ok());
        let log = std::path::absolute("/var/log/shop.json").unwrap();
        for status in [
            Client::<Bare>::builder().audit_file(&log).start().status(),
            Client::<Shop>::builder().without_audit_file().audit_file(&log).start().status(),
        ] {
            assert_eq!(status.audit_file(), Ok(&*log), "the program has chosen it");
        }
    }

    #[test]
    fn without_a_home_directory_that_is_the_reason() {
        let profile = Profile::new("shop", "1").consent(
            ConsentPolicy::strict().file(crate::consent::ConsentFile::yaml("file", "agree", &["true"])),
        );
        let reasons = Reasons::of(&Settings::new(profile));
        let found = [reasons.audit_file, reasons.marker, reasons.consent_file];
        assert_eq!(found, [Missing::NoHome; 3]);
    }

    #[test]
    fn heartbeats_are_missing_for_the_reason_that_they_are_missing_for() {
        for (interval_s, is_loopback, expected) in [
            (None, true, Err(Missing::Product)),
            (Some(f64::NAN), true, Err(Missing::EndlessInterval)),
            (Some(f64::INFINITY), false, Err(Missing::EndlessInterval)),
            (Some(0.5), false, Err(Missing::ShortInterval)),
            (Some(0.5), true, Ok(Duration::from_millis(500))),
            (Some(600.0), false, Ok(Duration::from_secs(600))),
        ] {
            assert_eq!(heartbeat(interval_s, is_loopback), expected, "{interval_s:?} {is_loopback}");
        }
    }

    #[test]
    fn a_transport_of_the_programs_own_may_take_any_way() {
        struct Nowhere;
        impl crate::transport::Transport for Nowhere {
            fn post(&mut self, _: &crate::Request<'_>) -> Result<u16, crate::TransportError> {
                Ok(204)
            }
        }
        let status = Client::<Shop>::builder().transport(|| Nowhere).start().status();
        assert_eq!(status.proxy, Err(NoProxy::OwnTransport));
        let status = Client::<Shop>::builder().endpoint("nowhere").start().status();
        assert_eq!(status.proxy, Err(NoProxy::NoEndpoint));
    }
}
