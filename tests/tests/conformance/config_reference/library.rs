// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The tables that stand for the bundled library: what an import adds, and which values are defaults.

use telemetry_guardrails::config::RailsConfig;
use telemetry_tests::recorded;
use telemetry_tests::scratch::Scratch;

#[test]
fn an_import_adds_the_recorded_number_of_flows() {
    let recorded = recorded::json("v2_library.json");
    let imports = recorded["imports"].as_object().unwrap();
    assert_eq!(imports.len(), 74);
    for (import, counts) in imports {
        let scratch =
            Scratch::with_file("cfg/main.co", &format!("import {import}\n\nflow main\n  match E()\n"));
        scratch.write("cfg/config.yml", b"colang_version: 2.x\n");
        let config = RailsConfig::load("cfg", &scratch.options(".", Vec::new())).unwrap();
        let added = |key: &str| counts[key].as_u64().unwrap();
        let flows: u64 = config.flow_sources().iter().map(|source| source.flows).sum();
        let expected = (added("flows") + 1, added("counted_custom") + 1);
        assert_eq!((flows, config.num_custom_flows()), expected, "{import}");
    }
}

/// JSON is YAML, so a recorded default can be written into a configuration as it is.
#[test]
fn a_field_with_its_recorded_default_is_unchanged() {
    let recorded = recorded::json("rails_config_data_defaults.json");
    let defaults = recorded["defaults"].as_object().unwrap();
    assert_eq!(defaults.len(), 21);
    for (field, default) in defaults {
        let yaml = format!("rails: {{config: {{{field}: {default}}}}}\n");
        let scratch = Scratch::with_file("cfg/config.yml", &yaml);
        let config = RailsConfig::load("cfg", &scratch.options(".", Vec::new()));
        let config = config.unwrap_or_else(|error| panic!("{yaml}{error}"));
        assert_eq!(config.changed_rails_config_fields(), [""; 0], "{yaml}");
    }
}
