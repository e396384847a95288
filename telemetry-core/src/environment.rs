// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The environment, read on the caller's thread only: a host may change it at any time, and the worker never looks.

mod variables;

use std::ffi::OsString;

pub(crate) use variables::Variables;

pub(crate) use crate::client::Source;
use crate::endpoint::{PLAIN_HTTP_VARIABLE, TEST_RUN_VARIABLES};
use crate::paths::{HOME_VARIABLES, MACHINE_VARIABLES};
use crate::profile::Profile;
use crate::transport::VARIABLES;

/// Where environment variables come from.
///
/// The real environment of the process, or a fixed one in tests.
pub(crate) trait Environment {
    /// The value of the variable, if it is set.
    fn get(&self, variable: &str) -> Option<OsString>;

    /// The value of the variable as text; bytes that are not UTF-8 become replacement characters.
    fn text(&self, variable: &str) -> Option<String> {
        let lossy = |value: OsString| value.to_string_lossy().into_owned();
        self.get(variable).map(|value| value.into_string().unwrap_or_else(lossy))
    }
}

/// The environment of this process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    fn get(&self, variable: &str) -> Option<OsString> {
        std::env::var_os(variable)
    }
}

/// All variables that a client of `profile` reads.
pub(crate) fn names(profile: &Profile) -> impl Iterator<Item = &'static str> {
    let of_consent = profile.consent.variables.iter().map(|(name, _)| *name);
    let of_profile = [
        profile.consent.file.and_then(|file| file.variable),
        profile.endpoint_env,
        profile.session_env,
        profile.deployment.map(|deployment| deployment.variable),
        profile.session_prefix.map(|prefix| prefix.variable),
        profile.heartbeat.and_then(|heartbeat| heartbeat.interval_env),
    ];
    let of_all = [HOME_VARIABLES, MACHINE_VARIABLES, &TEST_RUN_VARIABLES, &[PLAIN_HTTP_VARIABLE], VARIABLES];
    of_consent.chain(of_profile.into_iter().flatten()).chain(of_all.into_iter().flatten().copied())
}

/// A fixed environment.
#[cfg(any(test, feature = "testing"))]
impl Environment for [(&str, &str)] {
    fn get(&self, variable: &str) -> Option<OsString> {
        self.iter().find(|(name, _)| *name == variable).map(|(_, value)| value.into())
    }
}

#[cfg(test)]
impl<const N: usize> Environment for [(&str, &str); N] {
    fn get(&self, variable: &str) -> Option<OsString> {
        Environment::get(self.as_slice(), variable)
    }
}

/// An empty environment that notes what is asked for.
#[cfg(test)]
#[derive(Default)]
pub(crate) struct Asked(pub(crate) std::cell::RefCell<std::collections::BTreeSet<String>>);

#[cfg(test)]
impl Environment for Asked {
    fn get(&self, variable: &str) -> Option<OsString> {
        self.0.borrow_mut().insert(variable.to_owned());
        None
    }
}

#[cfg(all(test, feature = "consent-yaml"))]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::consent::{ConsentFile, ConsentPolicy, Files, Question, Rule};
    use crate::endpoint::FirstEndpoint;
    use crate::interval::interval_s;
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
        let question =
            Question { policy: &PROFILE.consent, environment: &asked, switch: true, machine: None };
        question.verdict(|| Files { marker: Some(Path::new("/nonexistent")), ..Files::of(&paths) });
        question.readings(Files::of(&paths));
        question.needs_file();
        FirstEndpoint::default().choose(&PROFILE, &asked).unwrap();
        ProcessSession::start(&PROFILE, &asked, || &paths, 0.0);
        interval_s(&PROFILE.heartbeat.unwrap(), &asked);
        let listed: BTreeSet<_> = names(&PROFILE).map(str::to_owned).collect();
        let asked = asked.0.into_inner();
        assert!(asked.is_subset(&listed), "{:?}", asked.difference(&listed));
        assert!(asked.len() > 7, "{asked:?}");
    }
}
