// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The environment variables that a client reads, and where a report finds them: in the environment of the process, or in a
//! copy of one moment.

#[cfg(feature = "client")]
mod set;

#[cfg(not(feature = "client"))]
use std::ffi::OsString;

#[cfg(not(feature = "client"))]
use crate::profile::Profile;
#[cfg(feature = "client")]
pub(crate) use set::Variables;

/// Where a report finds environment variables.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "only a client that reports looks variables up")
)]
pub(crate) enum EnvironmentSource<'a> {
    /// In the environment of this process, as it is now.
    Process,
    /// In a copy that the host has made.
    Snapshot(&'a Variables),
}

/// The variables of an environment that is not read.
#[cfg(not(feature = "client"))]
#[derive(Debug, Clone)]
pub(crate) struct Variables;

#[cfg(not(feature = "client"))]
impl Variables {
    pub(crate) fn read(_: &Profile) -> Self {
        Self
    }

    pub(crate) fn value(&self, _: &str) -> Option<OsString> {
        None
    }

    #[cfg(feature = "testing")]
    pub(crate) fn of(_: &Profile, _: &[(&str, &str)]) -> Self {
        Self
    }
}
