// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What Python has read of a configuration.

use std::collections::HashMap;
use std::error::Error;

use pyo3::prelude::*;
use telemetry_guardrails::config::RailType;
use telemetry_guardrails::{ConfigFacts, RailsEngine, UsageConfig};

use super::flow_files::num_custom;

/// The same as `Facts` of the Python module `_guardrails_config`, in the same order.
#[derive(FromPyObject)]
pub(super) struct Facts {
    #[pyo3(item(0))]
    colang_version: String,
    #[pyo3(item(1))]
    llm_providers: Vec<String>,
    /// In the order of [`RailType::ALL`].
    #[pyo3(item(2))]
    pub(super) rail_flows: Vec<Vec<String>>,
    #[pyo3(item(3))]
    single_call_enabled: bool,
    #[pyo3(item(4))]
    streaming_enabled: bool,
    #[pyo3(item(5))]
    tracing_enabled: bool,
    #[pyo3(item(6))]
    has_knowledge_base: bool,
    #[pyo3(item(7))]
    pub(super) changed_fields: Vec<String>,
    /// The number of flows that are not the system's, by the name of their file.
    #[pyo3(item(8))]
    flow_files: HashMap<Option<String>, u64>,
    /// The package's module `telemetry` as a file, beside which its library of Colang 2.x is.
    #[pyo3(item(9))]
    package_file: Option<String>,
}

impl UsageConfig for Facts {
    /// Looks at the files that flows come from, so the interpreter's lock is not held here.
    fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>> {
        let mut facts = ConfigFacts::default()
            .colang_version(&self.colang_version)
            .llm_providers(&self.llm_providers)
            .dialog_single_call_enabled(self.single_call_enabled)
            .output_streaming_enabled(self.streaming_enabled)
            .tracing_enabled(self.tracing_enabled)
            .has_knowledge_base(self.has_knowledge_base)
            .changed_rails_config_fields(&self.changed_fields)
            .num_custom_flows(num_custom(&self.flow_files, self.package_file.as_deref()));
        for (rail, flows) in RailType::ALL.iter().zip(&self.rail_flows) {
            facts = facts.rail_flows(*rail, flows);
        }
        Ok(facts)
    }
}
