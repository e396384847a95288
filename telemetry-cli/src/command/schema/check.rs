// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `schema --check`: checks that a file allows exactly what the structs send.

use std::path::Path;

use serde_json::json;
use telemetry_core::__command1::escape_untrusted;
use telemetry_schema::__cli1::Schema;

use super::{COMPARING, Structs};
use crate::command::file::read_schema;
use crate::message::{CommandError, argument, escape_path};
use crate::output::Output;
use crate::progress::Progress;
use crate::schema::comparison::differences;
use crate::schema::difference::{Change, Difference, Place, Relation, Side};
use crate::schema::words::texts;

pub(super) fn print(
    file: &Path,
    structs: &Structs,
    as_json: bool,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let path = escape_path(file);
    let help = format!("write it with `--write {}`", argument(&path));
    let (schema, found) = Progress::during(as_json, COMPARING, || {
        read_schema(file, &help).map(|schema| {
            let found = faults(&schema, structs);
            (schema, found)
        })
    })?;
    if as_json {
        return print_json(file, &found, &unlinked(&schema, structs), out);
    }
    if !found.is_empty() {
        return Err(CommandError::Failed(format!(
            "{path} does not allow exactly what the structs send:\n  {}\nhelp: correct the structs, or update the file with \
             `--write {}`",
            sentences(&found).join("\n  "),
            argument(&path)
        )));
    }
    out.say(format_args!("{path} is current."))?;
    list_unlinked("Not compared", &schema, structs, out)
}

fn print_json(
    file: &Path,
    found: &[Difference],
    unlinked: &[&str],
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let differences: Vec<_> = found.iter().map(|found| found.place.to_json(&words(found))).collect();
    let json = json!({
        "file": file.to_string_lossy(),
        "current": found.is_empty(),
        "differences": differences,
        "not_compared": unlinked,
    });
    out.json(json)?;
    if found.is_empty() { Ok(()) } else { Err(CommandError::Shown) }
}

/// Lists the events that are only in the file: those of other programs, or of crates that are not linked.
pub(super) fn list_unlinked(
    done: &str,
    schema: &Schema,
    structs: &Structs,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let unlinked = unlinked(schema, structs);
    if unlinked.is_empty() {
        return Ok(());
    }
    let listed = escape_untrusted(&texts(&unlinked), usize::MAX);
    Ok(out.say(format_args!("{done}, since this program does not link them: {listed}."))?)
}

/// The events that are only in the file.
pub(super) fn unlinked<'a>(schema: &'a Schema, structs: &Structs) -> Vec<&'a str> {
    let names = schema.event_names();
    names.into_iter().filter(|name| !structs.linked.contains(name)).collect()
}

/// The sentences that describe differences.
pub(super) fn sentences(found: &[Difference]) -> Vec<String> {
    found.iter().map(|found| format!("{}: {}", found.place, words(found))).collect()
}

/// The differences between what the file allows and what the structs send.
pub(super) fn faults(file: &Schema, structs: &Structs) -> Vec<Difference> {
    let asked = structs.schema.event_names();
    let is_asked = |place: &Place| match place {
        Place::Meta(_) => true,
        Place::Event { event, .. } => asked.contains(&event.as_str()),
    };
    let mut found = differences(file, &structs.schema);
    found.retain(|difference| is_asked(&difference.place));
    // The client id is optional in a file.
    found.retain(|difference| !matches!(difference.change, Change::Meta { left: None, .. }));
    let missing: Vec<_> = found.iter().filter(|found| found.change == Change::Event(Side::Right)).collect();
    let missing: Vec<Place> = missing.into_iter().map(|found| found.place.clone()).collect();
    // The properties of a missing event are not reported.
    found.retain(|found| found.change == Change::Event(Side::Right) || !is_within(&found.place, &missing));
    found
}

fn is_within(place: &Place, events: &[Place]) -> bool {
    let Place::Event { event, .. } = place else { return false };
    events.contains(&Place::Event { event: event.clone(), path: String::new() })
}

fn words(Difference { change, .. }: &Difference) -> String {
    both_sides(change) + consequence(change)
}

fn both_sides(change: &Change) -> String {
    match change {
        Change::Event(Side::Left) => "only the file has it".to_owned(),
        Change::Event(Side::Right) => "the file does not have it".to_owned(),
        Change::Listed(Side::Left) => "only the file lists it".to_owned(),
        Change::Listed(Side::Right) => "the `oneOf` at the root of the file does not list it".to_owned(),
        Change::Property { side: Side::Left, words } => {
            format!("the file allows {words}, the structs do not send it")
        }
        Change::Property { side: Side::Right, words } => {
            format!("the file does not have it, the structs send {words}")
        }
        Change::Required(Side::Left) => "the file requires it, the structs can leave it out".to_owned(),
        Change::Required(Side::Right) => {
            "the file does not require it, the structs always send it".to_owned()
        }
        Change::Null(Side::Left) => "the file allows `null`, the structs never send it".to_owned(),
        Change::Null(Side::Right) => "the file does not allow `null`, the structs can send it".to_owned(),
        Change::Kind { left, right, .. } => format!("the file allows {left}, the structs send {right}"),
        Change::Bounds { left, right, .. } => {
            format!("the file allows numbers {left}, the structs send numbers {right}")
        }
        Change::Texts { left, right } => vocabularies(left, right),
        Change::Others { left, right } => others(left.as_deref(), right.as_deref()),
        Change::Description { .. } => "the descriptions differ".to_owned(),
        Change::Meta { left, right } => {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("the file has {}, the structs have {}", text(left), text(right))
        }
    }
}

fn vocabularies(left: &[String], right: &[String]) -> String {
    let only = |side: &str, of: &[String]| (!of.is_empty()).then(|| format!("only the {side} {}", texts(of)));
    [only("file allows", left), only("structs send", right)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn others(left: Option<&str>, right: Option<&str>) -> String {
    match (left, right) {
        (Some(left), _) => {
            format!(
                "the file allows other properties ({left}), the structs send none: `\"additionalProperties\": false`"
            )
        }
        (None, right) => {
            let right = right.unwrap_or_default();
            format!("the file allows no other properties, the structs can send some ({right})")
        }
    }
}

/// Which side has to change, if that is known.
fn consequence(change: &Change) -> &'static str {
    match (change, change.relation()) {
        (Change::Meta { .. } | Change::Event(_), _) | (_, Relation::Other) => "",
        (_, Relation::Wider) => " (the file allows more)",
        (_, Relation::Narrower) => " (the file allows less)",
    }
}
