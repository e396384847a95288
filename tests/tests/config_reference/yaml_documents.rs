// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Recorded random `config.yml` documents.

use telemetry_guardrails::config::RailsConfig;
use telemetry_tests::recorded;
use telemetry_tests::scratch::Scratch;

use crate::event::differences;

#[test]
fn random_documents_give_the_recorded_events() {
    let Some(rows) = recorded::reference_rows("config_yml_fuzz.jsonl") else { return };
    assert_eq!(rows.len(), 922);
    let features = recorded::reference_json("flow_features.json").unwrap();
    let (mut wrong, mut refusals, mut accepted) = (Vec::new(), 0, Vec::new());
    for row in &rows {
        let scratch = Scratch::with_file("cfg/config.yml", row["yaml"].as_str().unwrap());
        let result = RailsConfig::load("cfg", &scratch.options(".", Vec::new()));
        match (row.get("event"), result) {
            (Some(event), Ok(config)) => {
                let found = differences(&config, event, &features);
                if !found.is_empty() {
                    wrong.push(format!("{}: {}", row["i"], found.join("; ")));
                }
            }
            (Some(_), Err(error)) => wrong.push(format!("{}: {error}", row["i"])),
            (None, result) => {
                refusals += 1;
                accepted.extend(result.is_ok().then(|| row["i"].clone()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    assert!(accepted.len() * 100 <= refusals * 3, "{} of {refusals} accepted: {accepted:?}", accepted.len());
}
