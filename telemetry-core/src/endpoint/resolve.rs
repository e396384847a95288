// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Resolves the endpoint of a report.

use std::sync::Arc;

use super::configured::Configured;
use super::{Endpoint, EndpointError, NOT_ENCRYPTED, PlainHttpHosts};
use crate::environment::Environment;
use crate::profile::Profile;
use crate::sync::OnceBox;

/// Variables that mean "this is a test, example or benchmark run by cargo or nextest"; children inherit them.
pub(crate) const TEST_RUN_VARIABLES: [&str; 2] = ["CARGO_MANIFEST_DIR", "NEXTEST"];

impl Endpoint {
    /// Checks whether events may be sent to the endpoint now. Plain `http` needs the operator's permission, and a process that runs
    /// under cargo or nextest may only use loopback addresses.
    pub(crate) fn is_allowed_in(
        &self,
        environment: &(impl Environment + ?Sized),
    ) -> Result<(), EndpointError> {
        if self.loopback {
            return Ok(());
        }
        if !self.encrypted && !PlainHttpHosts::read(environment).allow(self) {
            return Err(self.refused(NOT_ENCRYPTED));
        }
        if TEST_RUN_VARIABLES.iter().any(|variable| environment.get(variable).is_some()) {
            return Err(self.refused(
                "is not used under cargo or nextest: only loopback addresses are, such as `http://127.0.0.1:8080/`",
            ));
        }
        Ok(())
    }
}

/// A cache of the first endpoint. While its texts stay the same, as in nearly every process, a report compares them as strings and does
/// not parse them again. The cache has no lock that a forked child could inherit while it is held.
#[derive(Debug, Default)]
pub(crate) struct FirstEndpoint(OnceBox<(Configured, Arc<Endpoint>)>);

impl FirstEndpoint {
    /// The endpoint for a report made now: from a variable of the profile if one is set, else the profile's own.
    pub(crate) fn resolve(
        &self,
        profile: &Profile,
        environment: &(impl Environment + ?Sized),
    ) -> Result<Arc<Endpoint>, EndpointError> {
        let endpoint = self.read(Configured::read(profile, environment))?;
        endpoint.is_allowed_in(environment)?;
        Ok(endpoint)
    }

    fn read(&self, configured: Configured) -> Result<Arc<Endpoint>, EndpointError> {
        match self.0.get() {
            Some((first, endpoint)) if *first == configured => Ok(Arc::clone(endpoint)),
            Some(_) => configured.endpoint().map(Arc::new),
            None => {
                let endpoint = Arc::new(configured.endpoint()?);
                self.0.get_or_init(|| Box::new((configured, Arc::clone(&endpoint))));
                Ok(endpoint)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::configured::server_url;

    const PROFILE: Profile = Profile::new("shop", "1").endpoint_env("SHOP_SERVER");

    fn resolve<const N: usize>(variables: &[(&str, &str); N]) -> Result<Arc<Endpoint>, EndpointError> {
        FirstEndpoint::default().resolve(&PROFILE, variables)
    }

    #[test]
    fn the_variable_overrides_the_profile_even_when_it_is_empty() {
        assert_eq!(server_url(&PROFILE, &[]), crate::profile::DEFAULT_ENDPOINT);
        assert_eq!(server_url(&PROFILE, &[("SHOP_SERVER", "https://x.example/")]), "https://x.example/");
        assert_eq!(server_url(&PROFILE, &[("SHOP_SERVER", "")]), "");
        assert!(resolve(&[("SHOP_SERVER", "")]).is_err());
    }

    #[test]
    fn white_space_around_the_value_is_not_part_of_it() {
        for value in [" http://[::1]:9/ ", "http://[::1]:9/\n", "\r\n\thttp://[::1]:9/"] {
            let variables = [("SHOP_SERVER", value)];
            assert_eq!(resolve(&variables).unwrap().url(), "http://[::1]:9/", "{value:?}");
        }
        assert!(resolve(&[("SHOP_SERVER", " ")]).unwrap_err().to_string().contains("is empty"));
        assert!(resolve(&[("SHOP_SERVER", "http://[::1]:9/ x")]).is_err());
        let padded = Profile::new("shop", "1").endpoint("http://[::1]:9/\n");
        assert_eq!(FirstEndpoint::default().resolve(&padded, &[]).unwrap().url(), "http://[::1]:9/");
        assert_eq!(server_url(&padded, &[]), "http://[::1]:9/");
    }

    #[cfg(not(feature = "otlp"))]
    #[test]
    fn a_collector_that_this_build_cannot_send_to_gets_nothing_and_neither_does_any_other() {
        let profile = PROFILE.otlp_env("SHOP_OTLP");
        let resolve = |value| FirstEndpoint::default().resolve(&profile, &[("SHOP_OTLP", value)]);
        let error = resolve("http://bob:hunter2@127.0.0.1:4318").unwrap_err().to_string();
        assert!(error.contains("feature `otlp`") && !error.contains("hunter2"), "{error}");
        assert!(resolve("").is_err());
    }

    #[test]
    fn a_test_run_reaches_loopback_only() {
        for variable in TEST_RUN_VARIABLES {
            assert!(resolve(&[(variable, "x")]).is_err());
            assert!(resolve(&[(variable, ""), ("SHOP_SERVER", "http://[::1]:9/")]).is_ok());
        }
        assert!(resolve(&[]).is_ok());
    }

    #[test]
    fn plain_http_to_another_machine_needs_permission_at_each_report_and_never_works_in_a_test_run() {
        let first = FirstEndpoint::default();
        let server = ("SHOP_SERVER", "http://collector.svc:4318/");
        let trusting = |hosts| [server, ("NEMO_TELEMETRY_PLAIN_HTTP_HOSTS", hosts)];
        let refused = first.resolve(&PROFILE, &[server]).unwrap_err().to_string();
        assert!(refused.contains("`NEMO_TELEMETRY_PLAIN_HTTP_HOSTS`"), "{refused}");
        assert!(!first.resolve(&PROFILE, &trusting("collector.svc")).unwrap().is_encrypted());
        assert!(first.resolve(&PROFILE, &trusting("other.svc")).is_err(), "the permission was withdrawn");
        for variable in TEST_RUN_VARIABLES {
            let [server, hosts] = trusting("collector.svc");
            assert!(first.resolve(&PROFILE, &[server, hosts, (variable, "")]).is_err());
        }
    }

    #[test]
    fn an_unchanged_endpoint_is_parsed_once_and_a_change_takes_effect() {
        let first = FirstEndpoint::default();
        let resolve = |url| first.resolve(&PROFILE, &[("SHOP_SERVER", url)]);
        let one = resolve("http://[::1]:1/").unwrap();
        assert!(Arc::ptr_eq(&one, &resolve("http://[::1]:1/").unwrap()));
        assert_eq!(resolve("http://[::1]:2/").unwrap().url(), "http://[::1]:2/");
        assert!(resolve("nowhere").is_err());
        assert!(Arc::ptr_eq(&one, &resolve("http://[::1]:1/").unwrap()));
    }

    #[test]
    fn an_invalid_endpoint_is_not_cached() {
        let first = FirstEndpoint::default();
        assert!(first.resolve(&PROFILE, &[("SHOP_SERVER", "")]).is_err());
        assert!(first.resolve(&PROFILE, &[]).is_ok());
    }

    #[test]
    fn a_cached_endpoint_is_refused_in_a_test_run_too() {
        let first = FirstEndpoint::default();
        assert!(first.resolve(&PROFILE, &[]).is_ok());
        assert!(first.resolve(&PROFILE, &[("NEXTEST", "1")]).is_err());
    }
}
