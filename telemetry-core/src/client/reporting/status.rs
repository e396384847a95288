// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The status of a client that reports.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use super::ReportingClient;
use crate::client::missing::{Missing, Reasons};
use crate::client::{Settings, Status};
use crate::endpoint::{Endpoint, EndpointError};
use crate::heartbeat_interval::usable_interval;
use crate::transport::NoProxy;
use crate::transport::default_proxy;
use crate::variables::EnvironmentSource;

impl ReportingClient {
    pub(crate) fn status(&self, environment: EnvironmentSource<'_>) -> Status {
        let settings = &self.settings;
        let endpoint = self.endpoint(environment).map(Arc::unwrap_or_clone);
        let is_loopback = endpoint.as_ref().is_ok_and(Endpoint::is_loopback);
        Status {
            decision: self.decide(environment),
            signals: self.consent_inputs(&environment).readings(self.paths().of_consent()),
            consent: settings.profile.consent,
            session: settings.profile.session,
            session_env: settings.profile.session_env,
            server_url: Cow::Owned(
                endpoint.as_ref().map_or_else(EndpointError::url, Endpoint::url).to_owned(),
            ),
            protocol: endpoint.as_ref().map(Endpoint::protocol).ok(),
            endpoint_origin: self.endpoint_origin(environment),
            proxy: match &endpoint {
                _ if settings.transport.is_some() => Err(NoProxy::OwnTransport),
                Ok(endpoint) => default_proxy(endpoint, &environment),
                Err(_) => Err(NoProxy::NoEndpoint),
            },
            endpoint,
            paths: self.paths().clone(),
            audit_error: self.audit_log().and_then(|log| log.check().err()).map(|error| error.to_string()),
            heartbeat_interval_s: self.heartbeat_interval_s,
            heartbeat: heartbeat(self.heartbeat_interval_s, is_loopback),
            missing: reasons(settings),
            stats: self.stats(),
        }
    }
}

fn reasons(settings: &Settings) -> Reasons {
    let lacks_home = |is_in_profile| if is_in_profile { Missing::NoHome } else { Missing::Product };
    let Settings { profile, has_audit, .. } = settings;
    Reasons {
        audit_file: if *has_audit { lacks_home(profile.audit.is_some()) } else { Missing::Program },
        marker: lacks_home(profile.consent.marker.is_some()),
        consent_file: lacks_home(profile.consent.file.is_some()),
    }
}

fn heartbeat(interval_s: Option<f64>, is_loopback: bool) -> Result<Duration, Missing> {
    let seconds = interval_s.ok_or(Missing::Product)?;
    let is_endless = Duration::try_from_secs_f64(seconds).is_err();
    let missing = if is_endless { Missing::EndlessInterval } else { Missing::ShortInterval };
    usable_interval(seconds, is_loopback).ok_or(missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::consent::{ConsentPolicy, Rule};
    use crate::product::Product;
    use crate::profile::Profile;
    use crate::transport::{Request, Response, Transport, TransportError};

    struct Shop;
    impl Product for Shop {
        const PROFILE: Profile = Profile::new("shop", "1");
    }

    /// A product whose profile leaves files out.
    struct Bare;
    impl Product for Bare {
        const PROFILE: Profile = Profile::new("bare", "1")
            .without_audit()
            .consent(ConsentPolicy::variables(&[("BARE_OFF", Rule::OptOut)]).without_marker());
    }

    #[test]
    fn white_space_around_the_endpoint_of_a_builder_is_ignored() {
        let endpoint = "http://127.0.0.1:9/";
        for padded in [" http://127.0.0.1:9/", "http://127.0.0.1:9/\n", "\t\r\nhttp://127.0.0.1:9/ \n"] {
            let status = Client::<Shop>::builder().endpoint(padded).start().status();
            assert_eq!(status.server_url, endpoint, "{padded:?}");
            assert_eq!(status.endpoint.unwrap().url(), endpoint, "{padded:?}");
        }
        let status = Client::<Shop>::builder().endpoint(" http://127.0.0.1:9/ x ").start().status();
        assert!(status.endpoint.is_err());
    }

    #[test]
    fn a_missing_file_has_its_reason() {
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
    fn files_are_missing_without_a_home_directory() {
        let reasons = reasons(&Settings::new(Profile::new("shop", "1")));
        assert_eq!([reasons.audit_file, reasons.marker], [Missing::NoHome; 2]);
    }

    #[cfg(feature = "consent-yaml")]
    #[test]
    fn a_consent_file_is_missing_without_a_home_directory() {
        use crate::consent::ConsentFile;
        let policy = ConsentPolicy::strict().file(ConsentFile::yaml("file", "agree", &["true"]));
        let reasons = reasons(&Settings::new(Profile::new("shop", "1").consent(policy)));
        assert_eq!(reasons.consent_file, Missing::NoHome);
    }

    #[test]
    fn missing_heartbeats_have_their_reason() {
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
    fn a_transport_of_the_program_decides_on_proxies_itself() {
        struct Nowhere;
        impl Transport for Nowhere {
            fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
                Ok(Response::new(204))
            }
        }
        let status = Client::<Shop>::builder().transport(|| Nowhere).start().status();
        assert_eq!(status.proxy, Err(NoProxy::OwnTransport));
        let status = Client::<Shop>::builder().endpoint("nowhere").start().status();
        assert_eq!(status.proxy, Err(NoProxy::NoEndpoint));
    }
}
