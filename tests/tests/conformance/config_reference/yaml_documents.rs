// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Recorded random `config.yml` documents.

use telemetry_guardrails::config::RailsConfig;
use telemetry_tests::recorded;
use telemetry_tests::scratch::Scratch;

use crate::config_reference::event::differences;

/// Stands for the list of prompts that most documents share, which would be half of all text.
const EVERY_PROMPT: &str = "<every prompt>\n";

#[test]
fn random_documents_give_the_recorded_events() {
    let rows = recorded::rows("config_yml_fuzz.jsonl");
    assert_eq!(rows.len(), 922);
    let features = recorded::json("flow_features.json");
    let every_prompt = recorded::text("config_yml_fuzz_prompts.txt");
    let (mut wrong, mut refusals, mut accepted) = (Vec::new(), 0, Vec::new());
    for row in &rows {
        let (id, yaml) = (recorded::id(row), row["yaml"].as_str().unwrap());
        let scratch = Scratch::with_file("cfg/config.yml", &yaml.replace(EVERY_PROMPT, &every_prompt));
        let result = RailsConfig::load("cfg", &scratch.options(".", Vec::new()));
        match (row.get("event"), result) {
            (Some(event), Ok(config)) => {
                let found = differences(&config, event, &features);
                if !found.is_empty() {
                    wrong.push(format!("{id}: {}", found.join("; ")));
                }
            }
            (Some(_), Err(error)) => wrong.push(format!("{id}: {error}")),
            (None, result) => {
                refusals += 1;
                accepted.extend(result.is_ok().then_some(id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    assert!(accepted.len() * 100 <= refusals * 3, "{} of {refusals} accepted: {accepted:?}", accepted.len());
}
