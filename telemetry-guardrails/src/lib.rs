// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "cli")]
pub mod cli;
mod construction;
mod engine;
mod event;
mod feature;
mod host;
mod product;
#[cfg(feature = "config")]
mod rails_config;
mod report;
pub mod tables;
mod usage;
mod usage_config;
mod vocabulary;

pub use engine::{RegisteredEngine, TelemetryEngine, engines};
pub use event::GuardrailsUsageEvent;
pub use feature::FeatureId;
pub use guardrails_config as config;
#[cfg(feature = "config")]
pub use guardrails_config::RailsConfig;
pub use host::Host;
pub use product::Guardrails;
pub use report::{
    client, effective_deployment_type, read_environment, report, report_usage, report_usage_in, set_client,
    set_deployment_type, set_host,
};
/// The parts of a [`Host`].
pub use telemetry_core::host::HostFacts;
pub use telemetry_core::value::Version;
pub use telemetry_derive::telemetry_engine;
pub use usage::{Reason, Usage};
pub use usage_config::{ConfigFacts, UsageConfig};
pub use vocabulary::{DeploymentType, EventType, NemoSource, RailTypeInUse, RailsEngine};

/// Support for the macros of this crate. Not part of the API. `#[telemetry_engine]` may come from a newer release of
/// telemetry-derive, so this module never changes incompatibly; a change gets a module with another number.
#[doc(hidden)]
pub mod __private1 {
    pub use core::option::Option;
    pub use core::pin::pin;
    pub use core::result::Result;
    pub use inventory;
    pub use telemetry_core::descriptor::Origin;
    pub use telemetry_core::origin;

    pub use crate::__submit_engine as submit_engine;
    pub use crate::construction::{construct, construct_async};
    pub use crate::engine::{LinkedEngine, report_constructed};
    pub use crate::tables::registration::{AliasTable, FlowTable, normalized};
}
