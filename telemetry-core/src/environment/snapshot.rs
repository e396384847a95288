// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The environment as it was at one moment, for hosts that read it under a lock of their own.

use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
#[cfg(feature = "http")]
use std::time::Duration;

use super::{Environment, ProcessEnvironment, names};
use crate::product::Product;
use crate::profile::Profile;
#[cfg(feature = "http")]
use crate::transport::Defaults;

/// The environment variables that a client of the product `P` reads, as they were at one moment.
///
/// For a host that guards its environment with a lock, as an interpreter does, or that forks while other threads change it: it
/// [reads](crate::Client::read_environment) them under its lock, and [reports](crate::Client::in_environment) without it.
pub struct EnvironmentSnapshot<P: Product> {
    variables: Variables,
    product: PhantomData<fn() -> P>,
}

impl<P: Product> EnvironmentSnapshot<P> {
    /// Reads the environment of this process. No file is looked at.
    pub(crate) fn read() -> Self {
        Self { variables: Variables::read(&P::PROFILE), product: PhantomData }
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source::Snapshot(&self.variables)
    }
}

impl<P: Product> Clone for EnvironmentSnapshot<P> {
    fn clone(&self) -> Self {
        Self { variables: self.variables.clone(), product: PhantomData }
    }
}

/// Shows which variables are set. A value may be a password, such as that of a proxy.
impl<P: Product> fmt::Debug for EnvironmentSnapshot<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.variables.set.iter().map(|(name, _)| name)).finish()
    }
}

/// The variables that are set, of those that a profile reads.
#[derive(Clone)]
pub(crate) struct Variables {
    set: Vec<(&'static str, OsString)>,
    #[cfg(feature = "http")]
    http: Defaults,
}

impl Variables {
    fn read(profile: &Profile) -> Self {
        let read = |name| Some((name, ProcessEnvironment.get(name)?));
        Self {
            set: names(profile).filter_map(read).collect(),
            #[cfg(feature = "http")]
            http: Defaults::read(profile.request_deadline),
        }
    }
}

/// Where a report finds environment variables.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    /// In the environment of this process, as it is now.
    Process,
    /// In a copy that the host has made.
    Snapshot(&'a Variables),
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
            Self::Snapshot(variables) => {
                variables.set.iter().find(|(name, _)| *name == variable).map(|(_, value)| value.clone())
            }
        }
    }
}
