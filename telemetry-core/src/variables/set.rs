// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The variables of one moment, and how a report looks one up.

use std::ffi::OsString;
use std::fmt;
#[cfg(feature = "http")]
use std::time::Duration;

use super::EnvironmentSource;
#[cfg(feature = "otlp")]
use crate::endpoint::HEADER_VARIABLES;
use crate::endpoint::{PLAIN_HTTP_VARIABLE, TEST_RUN_VARIABLES};
use crate::environment::{Environment, ProcessEnvironment};
use crate::paths::{HOME_VARIABLES, MACHINE_VARIABLES};
use crate::profile::Profile;
#[cfg(feature = "http")]
use crate::transport::RequestConfigs;
use crate::transport::VARIABLES;

/// The variables that are set, of those that a profile reads.
#[derive(Clone)]
pub(crate) struct Variables {
    set: Vec<(&'static str, OsString)>,
    #[cfg(feature = "http")]
    http: RequestConfigs,
}

/// Shows which variables are set. A value may be a password, such as that of a proxy.
impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.set.iter().map(|(name, _)| name)).finish()
    }
}

impl Variables {
    pub(crate) fn read(profile: &Profile) -> Self {
        Self::in_environment(profile, &ProcessEnvironment)
    }

    /// Those that a test gives.
    #[cfg(feature = "testing")]
    pub(crate) fn of(profile: &Profile, variables: &[(&str, &str)]) -> Self {
        Self::in_environment(profile, variables)
    }

    pub(crate) fn value(&self, variable: &str) -> Option<OsString> {
        self.set.iter().find(|(name, _)| *name == variable).map(|(_, value)| value.clone())
    }

    fn in_environment(profile: &Profile, environment: &(impl Environment + ?Sized)) -> Self {
        let read = |name| Some((name, environment.get(name)?));
        Self {
            set: names(profile).filter_map(read).collect(),
            #[cfg(feature = "http")]
            http: RequestConfigs::read(profile.request_deadline),
        }
    }
}

/// All variables that a client of `profile` reads.
fn names(profile: &Profile) -> impl Iterator<Item = &'static str> {
    let of_consent = profile.consent.variables.iter().map(|(name, _)| *name);
    let of_profile = [
        profile.consent.file.and_then(|file| file.variable),
        profile.endpoint_env,
        profile.otlp_env,
        profile.session_env,
        profile.deployment.map(|deployment| deployment.variable),
        profile.session_prefix.map(|prefix| prefix.variable),
        profile.heartbeat.and_then(|heartbeat| heartbeat.interval_env),
    ];
    let of_all = [
        HOME_VARIABLES,
        MACHINE_VARIABLES,
        &TEST_RUN_VARIABLES,
        &[PLAIN_HTTP_VARIABLE],
        VARIABLES,
        #[cfg(feature = "otlp")]
        &HEADER_VARIABLES,
    ];
    of_consent.chain(of_profile.into_iter().flatten()).chain(of_all.into_iter().flatten().copied())
}

#[cfg(feature = "http")]
impl EnvironmentSource<'_> {
    /// What the HTTP library needs to know of it.
    pub(crate) fn http(self, deadline: Duration) -> RequestConfigs {
        match self {
            Self::Process => RequestConfigs::read(deadline),
            Self::Snapshot(variables) => variables.http.clone(),
        }
    }
}

impl Environment for EnvironmentSource<'_> {
    fn get(&self, variable: &str) -> Option<OsString> {
        match self {
            Self::Process => ProcessEnvironment.get(variable),
            Self::Snapshot(variables) => variables.value(variable),
        }
    }
}

#[cfg(all(test, feature = "consent-yaml"))]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::consent::{ConsentFile, ConsentInputs, ConsentPolicy, Files, Rule};
    use crate::endpoint::FirstEndpoint;
    use crate::environment::Asked;
    use crate::heartbeat_interval::interval_s;
    use crate::paths::{Located, Paths};
    use crate::profile::HeartbeatPolicy;
    use crate::session::ProcessSession;

    #[test]
    fn no_variable_is_read_that_is_not_listed() {
        const PROFILE: Profile = Profile::new("shop", "1")
            .consent(
                ConsentPolicy::variables(&[("SHOP_OFF", Rule::OptOut), ("SHOP_ON", Rule::AFFIRM)])
                    .file(ConsentFile::yaml("consent", "agree", &["true"]).located_by("SHOP_CONSENT")),
            )
            .endpoint_env("SHOP_SERVER")
            .session_env("SHOP_SESSION")
            .session_prefix("SHOP_PREFIX", "shop-")
            .heartbeat(HeartbeatPolicy::every(std::time::Duration::from_secs(600)).interval_env("SHOP_BEAT"));
        let asked = Asked::default();
        let paths = Located::read(&PROFILE, Paths::default(), &asked).paths().clone();
        let inputs =
            ConsentInputs { policy: &PROFILE.consent, environment: &asked, switch: true, machine: None };
        inputs.decide(|| Files { marker: Some(Path::new("/nonexistent")), ..paths.of_consent() });
        inputs.readings(paths.of_consent());
        inputs.needs_file();
        FirstEndpoint::default().resolve(&PROFILE, &asked).unwrap();
        ProcessSession::start(&PROFILE, &asked, || &paths, 0.0);
        interval_s(&PROFILE.heartbeat.unwrap(), &asked);
        let listed: BTreeSet<_> = names(&PROFILE).map(str::to_owned).collect();
        let asked = asked.0.into_inner();
        assert!(asked.is_subset(&listed), "{:?}", asked.difference(&listed));
        assert!(asked.len() > 7, "{asked:?}");
    }
}
