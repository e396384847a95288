// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The context in which an event is made.

use crate::host::HostFacts;
use crate::session::SessionId;

/// The time, the session and the machine of an event that is being made.
///
/// A client passes it to the closures of [`emit_with`](crate::Client::emit_with) and of heartbeats. To test such a closure, construct
/// one:
///
/// ```
/// use telemetry_core::client::Context;
/// use telemetry_core::host::HostFacts;
/// use telemetry_core::session::SessionId;
///
/// fn system(context: &Context<'_>) -> String {
///     context.host().os_name().to_lowercase()
/// }
///
/// let (session, host) = (SessionId::undefined(), HostFacts::unknown().with_os_name("Plan9"));
/// assert_eq!(system(&Context::new(0.0, &session, &host)), "plan9");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    timestamp: f64,
    session: &'a SessionId,
    host: &'a HostFacts,
}

impl<'a> Context<'a> {
    /// The context of an event at `timestamp`, in seconds since the start of 1970.
    #[must_use]
    pub const fn new(timestamp: f64, session: &'a SessionId, host: &'a HostFacts) -> Self {
        Self { timestamp, session, host }
    }

    /// The time of the event, in seconds since the start of 1970.
    #[must_use]
    pub const fn timestamp(&self) -> f64 {
        self.timestamp
    }

    /// The session of the process.
    #[must_use]
    pub const fn session(&self) -> &'a SessionId {
        self.session
    }

    /// Facts about the machine.
    #[must_use]
    pub const fn host(&self) -> &'a HostFacts {
        self.host
    }
}
