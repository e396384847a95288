// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Manifests with names and values that no event has.

use std::fs;
use std::path::Path;

use telemetry_cli::schema;
use telemetry_core::registry::Events;
use telemetry_core::testing::Manifest;
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};
use telemetry_tests::child::Outcome;
use telemetry_tests::home::Home;

use super::{expect, home_with};

const USAGE: &str = "settle = \"20ms\"\n[[event]]\nname = \"guardrails_usage_event\"\ncount = 0\n";
const LIFECYCLE: &str = "settle = \"20ms\"\n[[event]]\nname = \"openshell_lifecycle_event\"\ncount = 0\n";
const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/openshell_lifecycle_event.json");

/// Runs `expect` with a program that leaves the file `ran`.
fn run(home: &Home, options: &[&str]) -> (Outcome, bool) {
    let outcome = expect(home, options, &["/usr/bin/touch", "ran"]);
    let ran = home.path().join("ran");
    let has_run = ran.exists();
    let _ = fs::remove_file(ran);
    (outcome, has_run)
}

#[test]
fn a_name_or_value_that_no_event_has_is_an_error_before_the_program_runs() {
    for (manifest, place, problem, help) in [
        (
            USAGE.replace("usage_event", "usage_evnet"),
            "3:8",
            "no event has the name `guardrails_usage_evnet`",
            "write `guardrails_usage_event`",
        ),
        (
            format!("order = [\"login\"]\n{USAGE}"),
            "1:10",
            "no event has the name `login`",
            "the events are `guardrails_usage_event`; for another product, add its schema (`--schema`) or accept its events (`--accept-unknown`)",
        ),
        (
            format!("{USAGE}where = {{ railEngine = \"LLMRails\" }}\n"),
            "5:11",
            "event `guardrails_usage_event` has no field `railEngine`",
            "write `railsEngine`",
        ),
        (
            format!("{USAGE}fields = {{ deploymentType = \"clI\" }}\n"),
            "5:29",
            "`deploymentType` of event `guardrails_usage_event` cannot be `\"clI\"`",
            "write `\"cli\"`",
        ),
        (
            format!("{USAGE}fields = {{ numCustomFlows = 3.5 }}\n"),
            "5:29",
            "`numCustomFlows` of event `guardrails_usage_event` cannot be `3.5`",
            "write an integer",
        ),
        (
            format!("{USAGE}fields = {{ nemoSource = \"shop\" }}\n"),
            "5:25",
            "`nemoSource` of event `guardrails_usage_event` cannot be `\"shop\"`",
            "write `\"guardrails\"`",
        ),
        (
            format!("{USAGE}envelope = {{ clientVersion = \"1\" }}\n"),
            "5:14",
            "the envelope of event `guardrails_usage_event` has no field `clientVersion`",
            "the fields are `browserType`, ",
        ),
    ] {
        let (outcome, has_run) = run(&home_with(&manifest), &[]);
        assert_eq!((outcome.code, outcome.lines.len(), has_run), (Some(2), 0, false), "{outcome:?}");
        assert_eq!(outcome.errors[0], format!("error: expect.toml:{place}: {problem}"));
        assert!(outcome.errors[1].starts_with(&format!("help: {help}")), "{outcome:?}");
    }
}

#[test]
fn an_update_replaces_names_that_the_schema_no_longer_has() {
    let home = home_with(&format!("{USAGE}fields = {{ railEngine = \"LLMRails\" }}\n"));
    let (outcome, has_run) = run(&home, &["--update"]);
    assert_eq!((outcome.code, has_run), (Some(0), true), "{outcome:?}");
    assert_eq!(run(&home, &[]).0.code, Some(0));
}

#[test]
fn events_of_other_products_need_a_schema_or_to_be_accepted() {
    let home = home_with(LIFECYCLE);
    let (outcome, has_run) = run(&home, &[]);
    assert_eq!((outcome.code, has_run), (Some(2), false), "{outcome:?}");
    for options in [["--schema", SCHEMA].as_slice(), &["--accept-unknown"]] {
        let (outcome, has_run) = run(&home, options);
        assert_eq!((outcome.code, has_run), (Some(0), true), "{outcome:?}");
    }

    let steal = home_with(&format!("{LIFECYCLE}fields = {{ operation = \"steal\" }}\n"));
    let (outcome, _) = run(&steal, &["--schema", SCHEMA]);
    assert!(
        outcome.errors[0].ends_with("`operation` of event `openshell_lifecycle_event` cannot be `\"steal\"`"),
        "{outcome:?}"
    );
    let wider = fs::read_to_string(Path::new(SCHEMA)).unwrap().replace("\"create\"", "\"create\", \"steal\"");
    fs::write(steal.path().join("wider.json"), wider).unwrap();
    assert_eq!(run(&steal, &["--schema", "wider.json"]).0.code, Some(0));
}

struct Garden;

impl Product for Garden {
    const PROFILE: Profile = Profile::new("garden", "5");
}

mod soil {
    use super::*;

    /// Kinds of soil.
    #[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
    #[telemetry(rename_all = "snake_case")]
    pub(super) enum Kind {
        /// Sand.
        Sand,
        /// Not known.
        #[telemetry(fallback)]
        Other,
    }
}

/// Kinds of plants.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Kind {
    /// A tree.
    Tree,
    /// Not known.
    #[telemetry(fallback)]
    Other,
}

/// A seed was sown. Two vocabularies have the same name, so that no schema file can describe the event.
#[derive(TelemetryEvent)]
#[telemetry(product = Garden, event_name = "sown", schema_version = "1.0")]
struct Sown {
    /// The plant.
    _plant: Kind,
    /// The soil.
    _soil: soil::Kind,
}

/// A plant was watered. Its schema has another version.
#[derive(TelemetryEvent)]
#[telemetry(product = Garden, event_name = "watered", schema_version = "2.0")]
struct Watered {
    /// The plant.
    _plant: Kind,
}

#[test]
fn events_that_no_schema_file_can_describe_together_are_known_by_name() {
    let schemas = schema::schemas(&Events::linked::<Garden>(), &[]).unwrap();
    let check =
        |text: &str| Manifest::parse(text).unwrap().check(&schemas).map_err(|error| error.to_string());
    let sown = "[[event]]\nname = \"sown\"\nenvelope = { eventSchemaVer = \"1.0\" }\nfields = { x = 1 }\n";
    let watered = "[[event]]\nname = \"watered\"\nenvelope = { eventSchemaVer = \"2.0\" }\nfields = { plant = \"tree\" }\n";
    assert_eq!(check(&format!("{sown}{watered}")), Ok(()));
    let error = check(&watered.replace("tree", "tere")).unwrap_err();
    assert!(
        error.ends_with("`plant` of event `watered` cannot be `\"tere\"`\nhelp: write `\"tree\"`"),
        "{error}"
    );
    assert!(check(&sown.replace("sown", "swon")).unwrap_err().ends_with("\nhelp: write `sown`"));
}
