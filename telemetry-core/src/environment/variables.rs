// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The variables of one moment, and how a report looks one up.

use std::ffi::OsString;
use std::fmt;
#[cfg(feature = "http")]
use std::time::Duration;

use super::{Environment, ProcessEnvironment, names};
use crate::client::Source;
use crate::profile::Profile;
#[cfg(feature = "http")]
use crate::transport::Defaults;

/// The variables that are set, of those that a profile reads.
#[derive(Clone)]
pub(crate) struct Variables {
    set: Vec<(&'static str, OsString)>,
    #[cfg(feature = "http")]
    http: Defaults,
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
            http: Defaults::read(profile.request_deadline),
        }
    }
}

#[cfg(feature = "http")]
impl Source<'_> {
    /// What the HTTP library needs to know of it.
    pub(crate) fn http(self, deadline: Duration) -> Defaults {
        match self {
            Self::Process => Defaults::read(deadline),
            Self::Snapshot(variables) => variables.http.clone(),
        }
    }
}

impl Environment for Source<'_> {
    fn get(&self, variable: &str) -> Option<OsString> {
        match self {
            Self::Process => ProcessEnvironment.get(variable),
            Self::Snapshot(variables) => variables.value(variable),
        }
    }
}
