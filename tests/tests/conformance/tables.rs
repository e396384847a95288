// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The tables of built-in flows and aliases are the recorded ones, for both releases; nothing is missing and nothing more.

use std::collections::BTreeMap;

use serde_json::Value;
use telemetry_core::value::Version;
use telemetry_guardrails::config::RailType;
use telemetry_guardrails::tables::{Compat, Tables};
use telemetry_guardrails::{ConfigFacts, DeploymentType, Host, RailsEngine, Reason, Usage};
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

/// The features that a configuration with all 80 flows and a changed `privateai` reports under a host of this version.
fn reported(version: &'static str) -> Table {
    let recorded = recorded::json("flow_features.json");
    let flows = recorded["flows"].as_object().expect("an object").keys();
    let facts =
        ConfigFacts::default().rail_flows(RailType::Input, flows).changed_rails_config_fields(["privateai"]);
    let host = Host::new(Version::from_static(version));
    let usage = Usage::new(&host, DeploymentType::Library, RailsEngine::LlmRails);
    let reasons = usage.reasons(&facts).map(|(feature, reason)| match reason {
        Reason::Field(name) | Reason::Flow(name) => (name.to_owned(), feature.as_str().to_owned()),
        other => panic!("nothing else gives a feature away: {other:?}"),
    });
    reasons.collect()
}

#[test]
fn the_host_version_selects_the_recorded_table() {
    let recorded = |flows: Table, privateai: &str| {
        flows.into_iter().chain([("privateai".to_owned(), privateai.to_owned())]).collect::<Table>()
    };
    let old = recorded(
        texts(&recorded::json("known_flows_022.json")["tables"]["_KNOWN_BUILTIN_FLOWS"]),
        "privateai",
    );
    let new = recorded(flows(Compat::V0_24), "sensitive_data_detection");
    assert_eq!((old.len(), new.len()), (66, 81));
    for version in ["0.22.0", "0.23.0", "0.23.1.dev0", "v0.23"] {
        assert_eq!(reported(version), old, "{version}");
    }
    for version in ["0.24.0", "0.24.1", "0.24.0rc1", "0.25.0", "unknown"] {
        assert_eq!(reported(version), new, "{version}");
    }
}
