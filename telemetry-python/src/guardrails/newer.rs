// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A product that is newer than the tables: its features are left out of events, and counted.

use pyo3::prelude::*;
use telemetry_guardrails::ConfigFacts;
use telemetry_guardrails::config::normalize_flow_id;
use telemetry_guardrails::tables::Tables;

use crate::interpreter::{loaded_module, tolerate};

/// The number of changed fields and built-in flows in use whose feature the tables do not know. The catalog of the running product
/// says which flows are built in.
pub(super) fn count(py: Python<'_>, facts: &ConfigFacts) -> PyResult<u64> {
    let (tables, compat) = (Tables::linked(), super::host(py)?.effective_compat());
    let fields = facts.changed_rails_config_fields.iter();
    let unknown_fields = fields.filter(|field| tables.feature_id(field, compat).is_none()).count() as u64;
    let flows = facts.rail_flows.values().flatten().map(|flow| normalize_flow_id(flow));
    let unknown_flows = flows.filter(|flow| tables.feature_of_flow(flow, compat).is_none());
    Ok(unknown_fields + num_built_in(py, unknown_flows)?)
}

fn num_built_in<'a>(py: Python<'_>, mut flows: impl Iterator<Item = &'a str>) -> PyResult<u64> {
    let Some(first) = flows.next() else { return Ok(0) };
    let counted = || {
        let Some(manifests) = loaded_module(py, "nemoguardrails.manifests")? else { return Ok(0) };
        let catalog = manifests.call_method0("default_rail_catalog")?;
        std::iter::once(first).chain(flows).try_fold(0, |sum, flow| {
            let owner = catalog.call_method1("owner_for_flow", (flow,))?;
            Ok::<u64, PyErr>(sum + u64::from(!owner.is_none()))
        })
    };
    Ok(tolerate(py, counted())?.unwrap_or_default())
}
