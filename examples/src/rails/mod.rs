// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Two engines that run those rails of a guardrails configuration that need no model.

mod api;
mod checks;
mod engines;

pub use api::Api;
pub use checks::Checked;
pub use engines::{IoRails, LlmRails, LoadError};
use telemetry_guardrails::client;

/// Turns reporting off unless it stays on this machine: an example is no product, and its collector is one on loopback.
pub fn report_to_this_machine_only() {
    if !client().status().endpoint.is_ok_and(|endpoint| endpoint.is_loopback()) {
        client().set_enabled(false);
    }
}
