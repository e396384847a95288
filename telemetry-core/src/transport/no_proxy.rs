// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The reasons for using no proxy.

use std::error::Error;
use std::fmt;

use super::ProxyError;

/// Why a client uses no proxy: see [`Status::proxy`](crate::client::Status::proxy).
///
/// ```
/// use telemetry_core::transport::NoProxy;
///
/// assert_eq!(NoProxy::Loopback.as_str(), "loopback");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoProxy {
    /// No variable names a proxy.
    Unset,
    /// The endpoint is on this machine, which is reached directly.
    Loopback,
    /// `NO_PROXY` covers the endpoint.
    Exception,
    /// The endpoint cannot be used, so there is no way to it.
    NoEndpoint,
    /// The program has a [transport](crate::client::ClientBuilder::transport) of its own, which may take any way.
    OwnTransport,
    /// The program was built without telemetry, or without the feature `http`.
    Build,
    /// A proxy is configured that cannot be used, so nothing is sent.
    Unusable(ProxyError),
}

impl NoProxy {
    /// The name in JSON, in snake case: that of the variant. It stays the same from release to release.
    ///
    /// ```
    /// use telemetry_core::transport::NoProxy;
    ///
    /// assert_eq!(NoProxy::OwnTransport.as_str(), "own_transport");
    /// ```
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Unset => "unset",
            Self::Loopback => "loopback",
            Self::Exception => "exception",
            Self::NoEndpoint => "no_endpoint",
            Self::OwnTransport => "own_transport",
            Self::Build => "build",
            Self::Unusable(_) => "unusable",
        }
    }
}

impl fmt::Display for NoProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unset => "no variable names one",
            Self::Loopback => "this machine is reached directly",
            Self::Exception => "`NO_PROXY` covers the endpoint",
            Self::NoEndpoint => "the endpoint cannot be used",
            Self::OwnTransport => "the program has a transport of its own",
            Self::Build => "built without HTTP",
            Self::Unusable(_) => "the one that is configured cannot be used",
        })
    }
}

impl Error for NoProxy {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unusable(error) => Some(error),
            _ => None,
        }
    }
}
