// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The committed schema files of the products are what the reference says.

use std::path::{Path, PathBuf};

use telemetry_tests::converter::schema_file;
use telemetry_tests::ordered::Ordered;
use telemetry_tests::recorded;

/// Set to write the files anew instead of comparing them.
const WRITE: &str = "TELEMETRY_WRITE_SCHEMAS";

fn committed(event: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(format!("{event}.json"))
}

fn product_events() -> Option<Ordered> {
    recorded::text_outside("product_events.json").map(|text| Ordered::parse(&text))
}

#[test]
fn every_schema_file_is_current() {
    let Some(events) = product_events() else { return };
    let names = events.get("events").expect("it lists events").keys();
    assert_eq!(names.len(), 17);
    for name in names {
        let (file, current) = (committed(name), schema_file(&events, name));
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(&file, &current).unwrap();
        }
        let written = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(written == current, "{} is not current: run this test with `{WRITE}=1`", file.display());
    }
}

/// The one schema that is published is the measure of the converter.
#[test]
fn the_published_schema_comes_out_as_it_was_published() {
    let Some(events) = product_events() else { return };
    let published = Ordered::parse(&recorded::text("anonymous_events_1.7.json"));
    let converted = Ordered::parse(&schema_file(&events, "guardrails_usage_event"));
    let definitions =
        |schema: &Ordered| schema.get("definitions").cloned().expect("it defines types and events");
    let (ours, theirs) = (definitions(&converted), definitions(&published));
    assert_eq!(sorted(ours.get("types").unwrap()), sorted(theirs.get("types").unwrap()));
    let event = |of: &Ordered| of.get("events").unwrap().get("guardrails_usage_event").unwrap().clone();
    for keyword in ["type", "properties", "additionalProperties", "required"] {
        assert_eq!(event(&ours).get(keyword), event(&theirs).get(keyword), "{keyword}");
    }
    assert_eq!(converted.get("oneOf"), published.get("oneOf"));
    let version = |schema: &Ordered| schema.get("schemaMeta").unwrap().get("schemaVersion").cloned();
    assert_eq!(version(&converted), version(&published));
}

/// The order in which types are defined, and that of bounds, says nothing.
fn sorted(value: &Ordered) -> Ordered {
    match value {
        Ordered::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            Ordered::Object(members)
        }
        other => other.clone(),
    }
}
