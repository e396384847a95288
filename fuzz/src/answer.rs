// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Invariants of the reader's results, for any input.

use guardrails_config::{ConfigError, RailType, RailsConfig};

/// Checks that an error has a problem and a remedy, without a final period, and that its line and column count from 1.
///
/// # Panics
/// If a check fails.
pub fn check_error(error: &ConfigError) {
    assert!(!error.problem().is_empty() && !error.remedy().is_empty(), "{error}");
    assert!(!error.problem().ends_with('.'), "{error}");
    assert!(error.line() != Some(0) && error.column() != Some(0), "{error}");
}

/// Checks that the facts of a configuration are consistent.
///
/// # Panics
/// If a check fails.
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
