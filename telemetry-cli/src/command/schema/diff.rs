// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `schema --diff`: describes what changes between two releases, for the people who approve the change.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;
use telemetry_core::__command1::escape_untrusted;
use telemetry_schema::__cli1::Schema;

use super::check::{list_unlinked, unlinked};
use super::{COMPARING, SchemaArgs, Structs};
use crate::command::file::{bad_schema, read_schema};
use crate::message::CommandError;
use crate::output::Output;
use crate::progress::Progress;
use crate::schema::comparison::differences;
use crate::schema::description::descriptions;
use crate::schema::difference::{Change, Difference, Place, Relation, Side};
use crate::schema::words::texts;

/// The help for a file that cannot be read.
const HELP: &str = "give the schema files of two releases, the older one first";

/// Compares two files.
pub(super) fn print_files(
    old: &Path,
    new: &Path,
    args: &SchemaArgs,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let found = Progress::during(args.json, COMPARING, || {
        changes(old, &read_schema(old, HELP)?, &read_schema(new, HELP)?)
    })?;
    compare(&found, args, &[], out)
}

/// Compares a file with the structs. Another program of the product may send the events that this one does not link.
pub(super) fn print(
    old: &Path,
    structs: &Structs,
    args: &SchemaArgs,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let (schema, mut found) = Progress::during(args.json, COMPARING, || {
        let schema = read_schema(old, HELP)?;
        changes(old, &schema, &structs.schema).map(|found| (schema, found))
    })?;
    found.retain(|found| match &found.place {
        Place::Meta(_) => true,
        Place::Event { event, .. } => structs.linked.contains(&event.as_str()),
    });
    compare(&found, args, &unlinked(&schema, structs), out)?;
    if args.json { Ok(()) } else { list_unlinked("Not compared", &schema, structs, out) }
}

/// The differences in what is sent. Listing an event at the root of a file does not change what is sent.
fn changes(old_file: &Path, old: &Schema, new: &Schema) -> Result<Vec<Difference>, CommandError> {
    let mut found = differences(old, new);
    found.extend(descriptions(old, new).map_err(|problem| bad_schema(old_file, &problem))?);
    found.retain(|found| !matches!(found.change, Change::Listed(_)));
    leave_out_removed(&mut found);
    Ok(found)
}

fn compare(
    found: &[Difference],
    args: &SchemaArgs,
    unlinked: &[&str],
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let is_asked = |place: &Place| match place {
        Place::Meta(_) => true,
        Place::Event { event: name, .. } => args.event.as_ref().is_none_or(|event| event == name),
    };
    let found: Vec<&Difference> = found.iter().filter(|found| is_asked(&found.place)).collect();
    if args.json {
        let list: Vec<_> = found.iter().map(|found| found.place.to_json(&words(&found.change))).collect();
        let json = json!({"differences": list, "not_compared": unlinked});
        return Ok(out.json(json)?);
    }
    if found.is_empty() {
        return Ok(out.say("The same is sent as before.")?);
    }
    lines(&found).into_iter().try_for_each(|line| Ok(out.line(&escape_untrusted(&line, usize::MAX), "    ")?))
}

/// One line per event, followed by one line per property with all of its differences.
fn lines(found: &[&Difference]) -> Vec<String> {
    let mut by_place = BTreeMap::<_, Vec<String>>::new();
    for Difference { place, change } in found {
        let (event, path) = key(place);
        by_place.entry((event.clone(), String::new())).or_default();
        let name = match place {
            Place::Meta(name) => (*name).to_owned(),
            Place::Event { .. } => path,
        };
        by_place.entry((event, name)).or_default().push(words(change));
    }
    by_place.iter().filter_map(|((event, path), said)| line(event, path, &said.join("; "))).collect()
}

fn line(event: &str, path: &str, said: &str) -> Option<String> {
    let (event, path) = (event.escape_debug(), path.escape_debug().to_string());
    match (event.to_string().as_str(), path.as_str(), said) {
        ("", "", _) => None,
        ("", meta, said) => Some(format!("{meta}: {said}")),
        (event, "", "") => Some(format!("event `{event}`:")),
        (event, "", said) => Some(format!("event `{event}`: {said}")),
        (_, path, said) => Some(format!("  `{path}`: {said}")),
    }
}

/// The event and the property; both are empty for a difference of the whole file.
fn key(place: &Place) -> (String, String) {
    match place {
        Place::Meta(_) => Default::default(),
        Place::Event { event, path } => (event.clone(), path.clone()),
    }
}

/// The contents of an event that is no longer sent are not listed.
fn leave_out_removed(found: &mut Vec<Difference>) {
    let removed: Vec<String> = found
        .iter()
        .filter(|found| found.change == Change::Event(Side::Left))
        .map(|found| key(&found.place).0)
        .collect();
    found
        .retain(|found| found.change == Change::Event(Side::Left) || !removed.contains(&key(&found.place).0));
}

fn words(change: &Change) -> String {
    match change {
        Change::Event(Side::Left) => "no longer sent".to_owned(),
        Change::Event(Side::Right) => "new".to_owned(),
        Change::Listed(_) => "listed otherwise".to_owned(),
        Change::Property { side: Side::Left, .. } => "no longer sent".to_owned(),
        Change::Property { side: Side::Right, words } => format!("new: {words}"),
        Change::Required(Side::Left) => "no longer in every event".to_owned(),
        Change::Required(Side::Right) => "now in every event".to_owned(),
        Change::Null(Side::Left) => "never `null` any more".to_owned(),
        Change::Null(Side::Right) => "can now be `null`".to_owned(),
        Change::Kind { left, right, relation } => {
            format!("now {right}, before {left}{}", scope(*relation))
        }
        Change::Bounds { left, right, relation } => {
            format!("now numbers {right}, before {left}{}", scope(*relation))
        }
        Change::Texts { left, right } => vocabularies(left, right),
        Change::Others { left: Some(left), .. } => format!("no other properties any more, before: {left}"),
        Change::Others { right, .. } => {
            format!("can now have other properties: {}", right.as_deref().unwrap_or_default())
        }
        Change::Description { left: None, right: Some(now) } => format!("described as “{now}”"),
        Change::Description { left: Some(before), right: None } => {
            format!("no longer described, before as “{before}”")
        }
        Change::Description { left, right } => {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            format!("now described as “{}”, before as “{}”", text(right), text(left))
        }
        Change::Meta { left, right } => {
            let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".to_owned());
            format!("now {}, before {}", text(right), text(left))
        }
    }
}

/// Whether more can be sent than before.
fn scope(relation: Relation) -> &'static str {
    match relation {
        Relation::Wider => " (less)",
        Relation::Narrower => " (more)",
        Relation::Other => "",
    }
}

fn vocabularies(left: &[String], right: &[String]) -> String {
    let now = (!right.is_empty()).then(|| format!("can now be {}", texts(right)));
    let before = (!left.is_empty()).then(|| format!("can no longer be {}", texts(left)));
    [now, before].into_iter().flatten().collect::<Vec<_>>().join(", and ")
}
