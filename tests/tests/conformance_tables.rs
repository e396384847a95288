// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The tables of built-in flows and aliases are the recorded ones, for both releases; nothing is missing and nothing more.

use std::collections::BTreeMap;

use serde_json::Value;
use telemetry_guardrails::tables::{Compat, Tables};
use telemetry_tests::recorded;

/// Names with the feature they are reported as.
type Table = BTreeMap<String, String>;

fn table<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Table {
    entries.map(|(name, feature)| (name.to_owned(), feature.to_owned())).collect()
}

fn flows(compat: Compat) -> Table {
    let flows = Tables::linked().flows().sorted().into_iter();
    table(flows.filter(|flow| flow.since <= compat).map(|flow| (flow.name, flow.feature.as_str())))
}

fn aliases(compat: Compat) -> Table {
    let aliases = Tables::linked().aliases().sorted().into_iter();
    table(aliases.filter(|alias| alias.since <= compat).map(|alias| (alias.name, alias.feature.as_str())))
}

fn texts(object: &Value) -> Table {
    let members = object.as_object().expect("an object").iter();
    table(members.map(|(name, feature)| (name.as_str(), feature.as_str().expect("a feature"))))
}

#[test]
fn release_0_24_knows_80_flows() {
    let recorded = recorded::json("flow_features.json");
    let members = recorded["flows"].as_object().expect("an object").iter();
    let recorded_flows =
        table(members.map(|(name, flow)| (name.as_str(), flow["feature"].as_str().expect("a feature"))));
    assert_eq!(flows(Compat::V0_24), recorded_flows);
    assert_eq!(recorded_flows.len(), 80);
    assert_eq!(aliases(Compat::V0_24), texts(&recorded["id_aliases"]));
}

#[test]
fn releases_0_22_and_0_23_know_65_flows() {
    let recorded = recorded::json("known_flows_022.json");
    let recorded_flows = texts(&recorded["tables"]["_KNOWN_BUILTIN_FLOWS"]);
    assert_eq!(flows(Compat::V0_22), recorded_flows);
    assert_eq!(recorded_flows.len(), 65);
    assert_eq!(aliases(Compat::V0_22), texts(&recorded["tables"]["_CONFIG_BUILTIN_FEATURE_ALIASES"]));
}

#[test]
fn every_rail_is_reported_as_the_recorded_feature() {
    let recorded = recorded::json("flow_features.json");
    for (id, manifest) in recorded["manifests"].as_object().expect("an object") {
        let feature = Tables::linked().feature_id(id, Compat::V0_24).map(|feature| feature.as_str());
        assert_eq!(feature, manifest["feature"].as_str(), "{id}");
    }
}
