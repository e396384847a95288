// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! By which protocol events go, and who has decided where they go.

use std::fmt;

use crate::as_str::serialize_as_str;
#[cfg(feature = "client")]
use crate::environment::Environment;
#[cfg(feature = "client")]
use crate::profile::Profile;

/// How events are sent to an endpoint.
///
/// ```
/// use telemetry_core::endpoint::Protocol;
///
/// assert_eq!(Protocol::Envelope.to_string(), "envelope (JSON)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Protocol {
    /// As the [envelope](crate::envelope) of the NeMo family, which is JSON.
    Envelope,
    /// As log records of OpenTelemetry, by OTLP over HTTP in protobuf: see [`Profile::otlp_env`](crate::Profile::otlp_env).
    #[cfg(feature = "otlp")]
    Otlp,
}

impl Protocol {
    /// The name in JSON: `envelope` or `otlp`. It stays the same from release to release.
    ///
    /// ```
    /// assert_eq!(telemetry_core::endpoint::Protocol::Envelope.as_str(), "envelope");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Envelope => "envelope",
            #[cfg(feature = "otlp")]
            Self::Otlp => "otlp",
        }
    }

    /// The content type of a request.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Envelope => "application/json",
            #[cfg(feature = "otlp")]
            Self::Otlp => "application/x-protobuf",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Envelope => "envelope (JSON)",
            #[cfg(feature = "otlp")]
            Self::Otlp => "OTLP log records (HTTP, protobuf)",
        })
    }
}

serialize_as_str!(Protocol);

/// Why events go where they go.
///
/// ```
/// use telemetry_core::endpoint::EndpointOrigin;
///
/// assert_eq!(EndpointOrigin::Variable("SHOP_ENDPOINT").to_string(), "`SHOP_ENDPOINT` is set");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointOrigin {
    /// This environment variable is set.
    Variable(&'static str),
    /// The program has chosen it: [`ClientBuilder::endpoint`](crate::client::ClientBuilder::endpoint).
    Program,
    /// The product's [profile](crate::Profile::endpoint) has it.
    Profile,
    /// Nowhere: the program was built without telemetry.
    Build,
}

impl fmt::Display for EndpointOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "`{name}` is set"),
            Self::Program => f.write_str("chosen by the program"),
            Self::Profile => f.write_str("the product's own"),
            Self::Build => f.write_str("built without telemetry"),
        }
    }
}

#[cfg(feature = "client")]
impl EndpointOrigin {
    /// What decides about a report made now. An operator's collector precedes what the program has chosen, and that the product's
    /// variable: a program that ignored the operator's word would send to others what is to stay inside.
    pub(crate) fn now(profile: &Profile, is_chosen: bool, environment: &(impl Environment + ?Sized)) -> Self {
        let is_set = |variable: &&'static str| environment.get(variable).is_some();
        if let Some(variable) = profile.otlp_env.filter(is_set) {
            return Self::Variable(variable);
        }
        if is_chosen {
            return Self::Program;
        }
        profile.endpoint_env.filter(is_set).map_or(Self::Profile, Self::Variable)
    }
}
