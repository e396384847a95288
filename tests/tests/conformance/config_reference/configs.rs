// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Recorded configurations: directories with everything in them.

use serde_json::Value;
use telemetry_guardrails::config::{ConfigError, RailsConfig};
use telemetry_tests::recorded;
use telemetry_tests::scratch::Scratch;
use telemetry_tests::skipped::skipped;

use crate::config_reference::event::differences;

/// Rows where this reader differs on purpose.
const DELIBERATE: [&str; 1] = [
    // A circle of symbolic links is an error; the reference walks it until the operating system objects.
    "synthetic:symlink_loop",
];

/// Whether this reader refuses an alias inside the value that it stands for, which the reference loads where nothing reads
/// that value; `docs/CONFIGURATION.md` lists it.
fn is_alias_inside(error: &ConfigError) -> bool {
    error.problem() == "is an alias of a value that contains it"
}

/// Whether the package refuses Colang that it cannot parse, which this reader does not; `docs/CONFIGURATION.md` lists it.
fn is_colang_syntax(error: &Value) -> bool {
    // The part of the package that should report where the fault is fails over some of them.
    let unplaced = || error["message"].as_str().unwrap().ends_with("object has no attribute 'line'");
    error["type"] == "ColangParsingError" || error["type"] == "AttributeError" && unplaced()
}

/// Whether the package refuses a pattern of `regex_detection` that Python cannot compile, which this reader does not look
/// at; `docs/CONFIGURATION.md` lists it.
fn is_pattern(error: &Value) -> bool {
    let errors = error["errors"].as_array();
    errors.is_some_and(|errors| errors.iter().all(|error| message(error).contains("Invalid regex pattern")))
}

fn message(error: &Value) -> &str {
    error["msg"].as_str().unwrap_or_default()
}

#[derive(Default)]
struct Tally {
    rows: usize,
    wrong: Vec<String>,
    refusals: usize,
    /// Refusals that this reader does not share.
    accepted: Vec<String>,
    /// Those of them that are listed: Colang that does not parse, in a configuration that says that it was scanned.
    scanned: usize,
    /// Those that are listed: patterns that do not compile.
    patterns: usize,
    /// Listed refusals of aliases that the package loads.
    aliases: usize,
}

#[test]
fn real_configurations_give_the_recorded_answers() {
    let Some(rows) = recorded::configs_outside() else { return };
    let tally = Tally::of(&rows);
    assert_eq!((tally.rows, tally.scanned, tally.aliases), (156, 0, 0));
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));
    assert!(tally.accepted.is_empty(), "accepted: {:?}", tally.accepted);
}

#[test]
fn probes_of_odd_corners_give_the_recorded_answers() {
    let tally = Tally::of(&recorded::rows("configs.jsonl"));
    assert_eq!(tally.rows, 484);
    assert!(tally.wrong.is_empty(), "{} of {}:\n{}", tally.wrong.len(), tally.rows, tally.wrong.join("\n"));
    assert!(tally.refusals > 100, "{} refusals", tally.refusals);
    assert!(tally.accepted.is_empty(), "accepted: {:#?}", tally.accepted);
    assert_eq!(tally.patterns, 1, "patterns that do not compile");
    assert_eq!(tally.scanned, 17, "refusals of Colang that a scan does not share");
    assert_eq!(tally.aliases, 2, "aliases inside their values");
}

/// Rows that `tests/differential/run` recorded from the real package; see there.
#[test]
fn generated_configurations_give_the_answers_of_the_package() {
    let Some(path) = std::env::var_os("TELEMETRY_DIFFERENTIAL_ROWS") else {
        return skipped("TELEMETRY_DIFFERENTIAL_ROWS names no file, as it does in `.ci/long`");
    };
    let rows = recorded::lines(&std::fs::read_to_string(path).unwrap());
    let tally = Tally::of(&rows);
    eprintln!("{} cases, {} refusals of the package. As listed:", tally.rows, tally.refusals);
    eprintln!("- {} refused by it and read here: Colang that does not parse", tally.scanned);
    eprintln!("- {} refused by it and read here: a pattern that does not compile", tally.patterns);
    eprintln!("- {} read by it and refused here: an alias inside its value", tally.aliases);
    assert!(tally.accepted.is_empty(), "accepted:\n{}", tally.accepted.join("\n"));
    assert!(tally.wrong.is_empty(), "{} of {}:\n{}", tally.wrong.len(), tally.rows, tally.wrong.join("\n"));
}

impl Tally {
    fn of(rows: &[Value]) -> Self {
        let features = recorded::json("flow_features.json");
        let mut tally = Self::default();
        for row in rows {
            tally.rows += 1;
            tally.row(row, &features);
        }
        tally
    }

    fn row(&mut self, row: &Value, features: &Value) {
        let id = row["id"].as_str().unwrap().to_owned();
        let scratch = Scratch::unpack(row);
        let result = load(&scratch, row, variables(row));
        if row.get("error_without_env").is_some() {
            assert!(load(&scratch, row, Vec::new()).is_err(), "{id} loads without its variable");
        }
        if DELIBERATE.contains(&id.as_str()) {
            assert!(result.is_err(), "{id} is listed as refused");
            return;
        }
        let Some(event) = row.get("event") else {
            self.refusals += 1;
            return result.into_iter().for_each(|config| self.accept(&id, row, &config));
        };
        match result {
            Err(error) if is_alias_inside(&error) => self.aliases += 1,
            Err(error) => self.wrong.push(format!("{id}: {error}")),
            Ok(config) => self.compare(&id, row, event, &config, features),
        }
    }

    fn accept(&mut self, id: &str, row: &Value, config: &RailsConfig) {
        if is_colang_syntax(&row["error"]) && config.num_scanned_colang_files() > 0 {
            self.scanned += 1;
        } else if is_pattern(&row["error"]) {
            self.patterns += 1;
        } else {
            self.accepted.push(format!("{id}: {}", row["error"]));
        }
    }

    fn compare(&mut self, id: &str, row: &Value, event: &Value, config: &RailsConfig, features: &Value) {
        let mut found = differences(config, event, features);
        let answers = ["variants", "neutral"].into_iter().flat_map(|key| events(&row[key]));
        if answers.into_iter().any(|answer| differences(config, answer, features).is_empty()) {
            return;
        }
        if let Some(count) =
            row["numCustomFlows_llmrails"].as_u64().filter(|n| *n != config.num_custom_flows_llm_rails())
        {
            found.push(format!("for LLMRails: {}, expected {count}", config.num_custom_flows_llm_rails()));
        }
        if !found.is_empty() && row.get("walk_order_sensitive").is_none() {
            self.wrong.push(format!("{id}: {}", found.join("; ")));
        }
    }
}

/// Every event inside an answer, however it is wrapped.
fn events(answer: &Value) -> Vec<&Value> {
    match answer {
        Value::Object(map) if map.contains_key("colangVersion") => vec![answer],
        Value::Object(map) => map.values().flat_map(events).collect(),
        Value::Array(items) => items.iter().flat_map(events).collect(),
        _ => Vec::new(),
    }
}

fn variables(row: &Value) -> Vec<String> {
    let names = row["env_set"].as_array().into_iter().flatten();
    names.map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn load(scratch: &Scratch, row: &Value, set: Vec<String>) -> Result<RailsConfig, ConfigError> {
    let options = scratch.options(row["cwd"].as_str().unwrap(), set);
    RailsConfig::load(row["config"].as_str().unwrap(), &options)
}
