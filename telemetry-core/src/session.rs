// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How a session is told apart from others.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::descriptor::{IdentifierKind, Shape};
#[cfg(feature = "client")]
use crate::profile::SessionPolicy;
use crate::value::TelemetryValue;

/// The identifier of a session: random, held in memory only, and not traceable to a machine or a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(String);

impl SessionId {
    /// A session that is not known, for events that are built without a client.
    #[must_use]
    pub fn undefined() -> Self {
        Self("undefined".into())
    }

    #[cfg(feature = "client")]
    /// A new session, unless the system has no randomness.
    pub(crate) fn generate(policy: SessionPolicy) -> Option<Self> {
        match policy {
            SessionPolicy::RandomPerProcess => {
                let uuid = uuid::Builder::from_random_bytes(crate::random::bytes()?).into_uuid();
                Some(Self(uuid.to_string()))
            }
        }
    }

    /// The text.
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

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_different_uuids_of_version_4() {
        let sessions: Vec<_> =
            (0..50).map(|_| SessionId::generate(SessionPolicy::RandomPerProcess).unwrap()).collect();
        for (index, session) in sessions.iter().enumerate() {
            let uuid: uuid::Uuid = session.as_str().parse().unwrap();
            assert_eq!(uuid.get_version_num(), 4);
            assert!(!sessions[..index].contains(session));
        }
    }
}
