// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The events of the other NeMo products, as those products would write them: one module per product, each with its profile,
//! its own vocabularies and its events. OpenShell and NeMo Switchyard are the examples `sandbox_service` and `router_service`.
//!
//! Names, types, texts and order are those of the reference data (`product_events.json`). A property that the reference
//! calls a plain string has the strictest type that its known values allow. Vocabularies belong to their product: those of
//! two products share names and differ in their texts.

pub mod agent_toolkit;
pub mod anonymizer;
pub mod data_designer;
pub mod evaluator;
pub mod guardrails;
pub mod helix;
pub mod launcher;
pub mod nim;
pub mod safe_synthesizer;
#[cfg(feature = "examples")]
pub use sandbox_service::telemetry as openshell;
pub use telemetry_examples::router_service::telemetry as switchyard;

/// The variables that say where the products' events go.
pub const ENDPOINT_VARIABLES: [&str; 6] = [
    "NAT_TELEMETRY_ENDPOINT",
    "NEMO_EVALUATOR_TELEMETRY_ENDPOINT",
    "NEMO_TELEMETRY_ENDPOINT",
    "NVIDIA_USAGE_TELEMETRY_ENDPOINT",
    "OPENSHELL_TELEMETRY_ENDPOINT",
    "SWITCHYARD_TELEMETRY_ENDPOINT",
];
