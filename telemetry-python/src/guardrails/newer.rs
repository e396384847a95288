// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A product that is newer than the tables: what they do not know is left out of events, and counted.

use telemetry_guardrails::config::normalize_flow_id;
use telemetry_guardrails::tables::{Compat, Tables};

use super::facts::Facts;

/// The number of changed fields of `rails.config` that belong to no feature of the tables, and the flows that belong to none. Only
/// the catalog of the running product tells which of these flows are built in.
pub(super) type UnknownFeatures = (usize, Vec<String>);

/// The features in use that the tables do not know.
pub(super) fn unknown_features(facts: &Facts, compat: Compat) -> UnknownFeatures {
    let tables = Tables::linked();
    let fields = facts.changed_fields.iter().filter(|field| tables.feature_id(field, compat).is_none());
    let flows = facts.rail_flows.iter().flatten().map(|flow| normalize_flow_id(flow));
    let flows = flows.filter(|flow| tables.feature_of_flow(flow, compat).is_none());
    (fields.count(), flows.map(str::to_owned).collect())
}
