// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reasons why a status lacks a value.

use std::fmt;

use crate::as_str::serialize_as_str;

/// Why a client lacks a file or heartbeats: see [`Status`](crate::client::Status).
///
/// ```
/// use telemetry_core::client::Missing;
/// use telemetry_core::{Client, Product, Profile};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1").without_audit();
/// }
///
/// let status = Client::<Shop>::builder().start().status();
/// assert_eq!(status.audit_file(), Err(Missing::Product));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Missing {
    /// The [profile](crate::Profile) of the product leaves it out.
    Product,
    /// The program has turned it off, for instance with
    /// [`without_audit_file`](crate::client::ClientBuilder::without_audit_file).
    Program,
    /// The home directory is unknown, and the program has not set another path.
    NoHome,
    /// The program was built without telemetry.
    Build,
    /// The interval between heartbeats is not finite.
    EndlessInterval,
    /// The interval between heartbeats is below one second, and the endpoint is not on this machine.
    ShortInterval,
}

impl Missing {
    /// The name of the variant in snake case, as in JSON. It stays the same from release to release.
    ///
    /// ```
    /// use telemetry_core::client::Missing;
    ///
    /// assert_eq!(Missing::NoHome.as_str(), "no_home");
    /// assert_eq!(Missing::NoHome.to_string(), "no home directory");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Program => "program",
            Self::NoHome => "no_home",
            Self::Build => "build",
            Self::EndlessInterval => "endless_interval",
            Self::ShortInterval => "short_interval",
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Product => "the product has none",
            Self::Program => "the program has turned it off",
            Self::NoHome => "no home directory",
            Self::Build => "built without telemetry",
            Self::EndlessInterval => "the interval is not finite",
            Self::ShortInterval => "an interval below 1 s is for loopback endpoints",
        })
    }
}

impl std::error::Error for Missing {}

serialize_as_str!(Missing);

/// For each file, the reason that applies if it is missing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reasons {
    pub(crate) audit_file: Missing,
    pub(crate) marker: Missing,
    pub(crate) consent_file: Missing,
}

impl Reasons {
    pub(crate) const NOT_COMPILED: Self =
        Self { audit_file: Missing::Build, marker: Missing::Build, consent_file: Missing::Build };
}
