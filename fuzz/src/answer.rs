// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What every answer of the reader must satisfy, whatever it was given.

use guardrails_config::{ConfigError, RailType, RailsConfig};

/// An error is one line of problem and one of remedy, in the style of the house.
///
/// # Panics
/// If it is not.
pub fn check_error(error: &ConfigError) {
    assert!(!error.problem().is_empty() && !error.remedy().is_empty(), "{error}");
    assert!(!error.problem().ends_with('.'), "{error}");
    assert!(error.line() != Some(0) && error.column() != Some(0), "{error}");
}

/// The facts of a configuration agree with one another.
///
/// # Panics
/// If they do not.
pub fn check_config(config: &RailsConfig) {
    let custom: u64 = config.flow_sources().iter().map(|source| source.custom).sum();
    assert_eq!(custom, config.num_custom_flows());
    assert!(config.flow_sources().iter().all(|source| source.custom <= source.flows));
    assert!(config.num_custom_flows_llm_rails() <= custom);
    assert_eq!(config.has_knowledge_base(), config.num_documents() > 0);
    assert!(config.model_engines().all(|engine| !engine.is_empty()));
    assert!(config.changed_rails_config_fields().is_sorted());
    assert!(RailType::ALL.iter().map(|rail| config.rail_flows(*rail).len()).sum::<usize>() < 250_000);
}
