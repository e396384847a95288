// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Which endpoint a report made now goes to.

use std::borrow::Cow;

use super::{Endpoint, EndpointError};
use crate::environment::Environment;
use crate::profile::Profile;

/// Variables that mean "this is a test, example or benchmark run by cargo or nextest"; children inherit them.
const TEST_RUN_VARIABLES: [&str; 2] = ["CARGO_MANIFEST_DIR", "NEXTEST"];

impl Endpoint {
    /// The endpoint for a report made now: the profile's, or the one its variable names. While cargo or nextest run the
    /// process, only loopback addresses are accepted.
    pub(crate) fn of(profile: &Profile, environment: &impl Environment) -> Result<Self, EndpointError> {
        Self::parse(&server_url(profile, environment))?.allowed_in(environment)
    }

    /// The endpoint itself, unless this is a test run and it is not loopback.
    pub(crate) fn allowed_in(self, environment: &impl Environment) -> Result<Self, EndpointError> {
        let test_run = TEST_RUN_VARIABLES.iter().any(|variable| environment.get(variable).is_some());
        if test_run && !self.loopback {
            let reason = "is not used under cargo or nextest: only loopback addresses are, such as `http://127.0.0.1:8080/`";
            return Err(EndpointError { url: self.url, reason });
        }
        Ok(self)
    }
}

/// The URL as configured, whether it is an endpoint or not (reference: `_get_usage_stats_server_url`).
pub(crate) fn server_url(profile: &Profile, environment: &impl Environment) -> Cow<'static, str> {
    let configured = profile.endpoint_env.and_then(|variable| environment.text(variable));
    configured.map_or(Cow::Borrowed(profile.endpoint), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: Profile = Profile::new("shop", "1").endpoint_env("SHOP_SERVER");

    #[test]
    fn the_variable_overrides_the_profile_even_when_it_is_empty() {
        assert_eq!(server_url(&PROFILE, &[]), crate::DEFAULT_ENDPOINT);
        assert_eq!(server_url(&PROFILE, &[("SHOP_SERVER", "https://x.example/")]), "https://x.example/");
        assert_eq!(server_url(&PROFILE, &[("SHOP_SERVER", "")]), "");
        assert!(Endpoint::of(&PROFILE, &[("SHOP_SERVER", "")]).is_err());
    }

    #[test]
    fn a_test_run_reaches_loopback_only() {
        for variable in TEST_RUN_VARIABLES {
            assert!(Endpoint::of(&PROFILE, &[(variable, "x")]).is_err());
            assert!(Endpoint::of(&PROFILE, &[(variable, ""), ("SHOP_SERVER", "http://[::1]:9/")]).is_ok());
        }
        assert!(Endpoint::of(&PROFILE, &[]).is_ok());
    }
}
