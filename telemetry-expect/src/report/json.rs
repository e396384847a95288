// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A report as JSON.

use telemetry_schema::json::Json;

use super::{Case, Difference};
use crate::event::Event;
use crate::rules::Violation;

pub(super) fn write(cases: &[Case]) -> String {
    let is_met = cases.iter().all(Case::is_met);
    object([("met", Json::Boolean(is_met)), ("scenarios", Json::Array(cases.iter().map(case).collect()))])
        .to_string()
}

fn case(case: &Case) -> Json {
    object([
        ("name", text(&case.name)),
        ("met", Json::Boolean(case.is_met())),
        ("seconds", Json::Number(format!("{:.3}", case.elapsed.as_secs_f64()))),
        ("differences", Json::Array(case.differences.iter().map(difference).collect())),
        ("events", Json::Array(case.checked_events().map(event).collect())),
    ])
}

fn difference(Difference { subject, expected, found }: &Difference) -> Json {
    object([("subject", text(subject)), ("expected", text(expected)), ("found", text(found))])
}

/// An event, with the names that the API of the local collector has too.
fn event((event, violations): (&Event, &[Violation])) -> Json {
    object([
        ("id", Json::Number(event.position.to_string())),
        ("ts", text(&event.ts)),
        ("product", text(&event.product)),
        ("version", text(&event.version)),
        ("session", text(&event.session)),
        ("name", text(&event.name)),
        ("schema_version", text(&event.schema_version)),
        ("valid", Json::Boolean(violations.is_empty())),
        ("violations", Json::Array(violations.iter().map(violation).collect())),
        ("parameters", event.parameters.clone()),
    ])
}

fn violation(Violation { pointer, message, .. }: &Violation) -> Json {
    object([("pointer", text(pointer)), ("message", text(message))])
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
}
