// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The settings that a builder collects.

use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::{Endpoint, EndpointError};
use crate::host::HostFacts;
use crate::paths::Paths;
use crate::profile::Profile;
use crate::time::{Clock, SystemClock};
use crate::transport::TransportFactory;
use crate::variables::Variables;

/// The settings of a client: those that the host has set, and defaults.
#[cfg_attr(not(feature = "client"), allow(dead_code, reason = "only a client that reports reads them"))]
pub(crate) struct Settings {
    pub(super) profile: Profile,
    pub(super) version: String,
    pub(super) enabled: bool,
    pub(super) needs_consent: bool,
    /// Whether the program allows an audit log.
    pub(super) has_audit: bool,
    /// Paths that the host has set.
    pub(super) chosen: Paths,
    pub(super) endpoint: Option<Result<Arc<Endpoint>, EndpointError>>,
    pub(super) host: Option<HostFacts>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) transport: Option<TransportFactory>,
    pub(super) exit_wait: Duration,
    /// The variables of a client in a test, instead of those of the process.
    pub(super) environment: Option<Variables>,
}

impl Settings {
    pub(super) fn new(profile: Profile) -> Self {
        Self {
            profile,
            version: "unknown".into(),
            enabled: true,
            needs_consent: true,
            has_audit: true,
            chosen: Paths::default(),
            endpoint: None,
            host: None,
            clock: Arc::new(SystemClock),
            transport: None,
            exit_wait: profile.exit_wait,
            environment: None,
        }
    }

    /// Turns the audit log off, even if the product has one.
    pub(super) fn leave_audit_out(&mut self) {
        self.has_audit = false;
        self.profile.audit = None;
        self.chosen.audit_file = None;
    }
}
