// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the maker of an event is told.

use crate::host::HostFacts;
use crate::session::SessionId;

/// What an event can know about the moment in which it is made.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The time of the event, in seconds since the start of 1970.
    pub timestamp: f64,
    /// The session of the process.
    pub session: &'a SessionId,
    /// Facts about the machine.
    pub host: &'a HostFacts,
}
