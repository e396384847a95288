// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The identifier of a session.

#[cfg(feature = "client")]
mod process;
#[cfg(feature = "client")]
mod state_file;

use std::borrow::Cow;
use std::fmt;

#[cfg(feature = "client")]
pub(crate) use process::ProcessSession;
use serde::{Serialize, Serializer};

use crate::descriptor::{IdentifierKind, Shape};
use crate::value::TelemetryValue;

/// The identifier of a session: random, and not traceable to a machine or a person. How long it lives is up to the
/// [policy](crate::profile::SessionPolicy) of the product.
///
/// ```
/// use telemetry_core::session::SessionId;
///
/// assert_eq!(SessionId::undefined().as_str(), "undefined");
/// assert_eq!(SessionId::default(), SessionId::undefined());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(Cow<'static, str>);

impl SessionId {
    pub(crate) const UNDEFINED: Self = Self(Cow::Borrowed("undefined"));

    /// A session that is not known, for events that are built without a client.
    #[must_use]
    pub const fn undefined() -> Self {
        Self::UNDEFINED
    }

    /// The identifier as text.
    ///
    /// ```
    /// assert_eq!(telemetry_core::session::SessionId::undefined().as_str(), "undefined");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The session that is [not known](SessionId::undefined).
impl Default for SessionId {
    fn default() -> Self {
        Self::undefined()
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for SessionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl TelemetryValue for SessionId {
    crate::__sent_as_itself!();
    const SHAPE: Shape = Shape::Identifier(IdentifierKind::Session);
}
