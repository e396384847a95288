// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The usage event of NeMo Guardrails.

use std::collections::BTreeSet;

use telemetry_core::TelemetryEvent;
use telemetry_core::session::SessionId;
use telemetry_core::value::{Token, Version};

use crate::feature::FeatureId;
use crate::product::Guardrails;
use crate::vocabulary::{DeploymentType, EventType, RailTypeInUse, RailsEngine};

/// An engine of NeMo Guardrails was constructed, or a process with one still runs.
///
/// The nineteenth field, `nemoSource`, comes from the [product](Guardrails) and is always `guardrails`.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Guardrails, event_name = "guardrails_usage_event")]
#[telemetry(schema_version = "1.7", schema = "schemas/anonymous_events.json", default)]
pub struct GuardrailsUsageEvent {
    /// Random identifier of the process, held in memory only: it cannot be traced to a user or a machine.
    pub session_id: SessionId,
    /// Version of NeMo Guardrails, or `unknown`.
    pub nemoguardrails_version: Version,
    /// Version of the Python interpreter that hosts the product, or `unknown`.
    pub python_version: Version,
    /// Operating system, its release, architecture and C library.
    #[telemetry(free_text = "the system's own name and release", max_len = 256, sentinel = "unknown")]
    pub platform: String,
    /// Operating system.
    pub os_name: Token,
    /// Version of Colang that the configuration asks for, or `unknown` without a configuration.
    #[telemetry(free_text = "whatever the configuration says", max_len = 64, sentinel = "unknown")]
    pub colang_version: String,
    /// Names of the engines that serve the configured models, sorted; never names of models.
    #[telemetry(free_text = "engine names, never model names", max_len = 64, sentinel = BTreeSet::new())]
    pub llm_providers: BTreeSet<String>,
    /// Number of configured rail flows, over all kinds of rails.
    pub num_rails_configured: i64,
    /// Kinds of rails that are configured.
    pub rail_types_in_use: Vec<RailTypeInUse>,
    /// Whether tracing is turned on.
    pub tracing_enabled: bool,
    /// How the product was deployed.
    pub deployment_type: DeploymentType,
    /// The engine that was constructed.
    pub rails_engine: RailsEngine,
    /// Whether there is a knowledge base.
    pub has_knowledge_base: bool,
    /// Whether output is streamed.
    pub streaming_configured: bool,
    /// Features of the product's own library that are in use, sorted; never anything that a user has named.
    pub builtin_features: BTreeSet<FeatureId>,
    /// Number of flows that the user has written; never their names.
    pub num_custom_flows: i64,
    /// When the event happened, in seconds since the start of 1970.
    #[telemetry(sentinel = 0.0)]
    pub timestamp: f64,
    /// Why the event is sent.
    pub event: EventType,
}
