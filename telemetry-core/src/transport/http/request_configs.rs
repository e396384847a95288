// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The configuration of requests, made where the environment may be read.
//!
//! ureq's defaults read the variables of proxies, although what they find is replaced at once. So they are made with the
//! other variables, on a thread that reports. A plain configuration can be copied. One that says how to encrypt is made on the
//! worker, of a builder, which cannot be copied.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ureq::Agent;
use ureq::config::{Config, ConfigBuilder};
use ureq::typestate::AgentScope;

/// One configuration for requests to the collector, and one for requests through a proxy.
const BUILDERS: usize = 2;
const BUFFER_BYTES: usize = 16 * 1024;

/// What the workers that a report may start make their configurations of. Copies share the builders.
#[derive(Clone)]
pub(crate) struct RequestConfigs {
    pub(super) plain: Config,
    builders: Arc<Mutex<Vec<ConfigBuilder<AgentScope>>>>,
}

impl RequestConfigs {
    /// For requests with this deadline. This reads the environment.
    pub(crate) fn read(deadline: Duration) -> Self {
        let builders = std::iter::repeat_with(|| builder(deadline)).take(BUILDERS).collect();
        Self { plain: builder(deadline).build(), builders: Arc::new(Mutex::new(builders)) }
    }

    /// A builder, unless the workers that were started with this have taken all of them.
    pub(super) fn take(&self) -> Option<ConfigBuilder<AgentScope>> {
        // It is held for an instant only, but a forked child could inherit that instant.
        self.builders.try_lock().ok()?.pop()
    }
}

/// What all requests have in common.
fn builder(deadline: Duration) -> ConfigBuilder<AgentScope> {
    Agent::config_builder()
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_idle_connections(1)
        .timeout_global(Some(deadline))
        .input_buffer_size(BUFFER_BYTES)
        .output_buffer_size(BUFFER_BYTES)
        .user_agent(concat!("nemo-telemetry/", env!("CARGO_PKG_VERSION")))
}
