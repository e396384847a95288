// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `schema --write`: updates a file from the structs.

use std::io;
use std::path::Path;

use serde_json::json;
use telemetry_schema::__cli1::Schema;

use super::check::{faults, list_unlinked, sentences, unlinked};
use super::{SchemaArgs, Structs};
use crate::command::file::{UNREADABLE, bad_schema, not_a_file, read_text, replace, schema};
use crate::message::{CommandError, argument, escape_path};
use crate::output::Output;
use crate::progress::Progress;
use crate::schema::comparison::differences;
use crate::schema::difference::Place;
use crate::schema::edit::edited;
use crate::schema::merge::{Merged, Removal, merge};
use crate::schema::notation::{Lines, print as print_json};
use crate::schema::words::texts;

pub(super) fn print(
    file: &Path,
    structs: &Structs,
    args: &SchemaArgs,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let (schema, is_changed) =
        Progress::during(args.json, "updating the schema file", || update(file, structs, args))?;
    if args.json {
        let kept = unlinked(&schema, structs);
        let json = json!({"file": file.to_string_lossy(), "changed": is_changed, "kept": kept});
        return Ok(out.json(json)?);
    }
    let path = escape_path(file);
    match is_changed {
        true => out.say(format_args!("Wrote {path}."))?,
        false => out.say(format_args!("{path} is current already."))?,
    }
    list_unlinked("Kept as they were", &schema, structs, out)
}

/// Updates the file, or creates it. Returns its new schema, and whether its text has changed.
fn update(file: &Path, structs: &Structs, args: &SchemaArgs) -> Result<(Schema, bool), CommandError> {
    let old = text_of(file)?;
    let new = match &old {
        Some(old) => updated(file, old, structs, &args.remove)?,
        None => fresh(structs, &args.remove)?,
    };
    let schema = schema(&new, file)?;
    let is_changed = old.is_none_or(|old| old != new);
    if is_changed {
        replace(file, &new).map_err(|error| unwritable(file, &error))?;
    }
    Ok((schema, is_changed))
}

/// The text of the file, if there is one.
fn text_of(file: &Path) -> Result<Option<String>, CommandError> {
    match file.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // Reading a pipe could block forever.
        Ok(found) if !found.is_file() => Err(unwritable(file, &not_a_file())),
        _ => read_text(file, UNREADABLE).map(Some),
    }
}

/// The text of a file that does not exist yet.
fn fresh(structs: &Structs, remove: &[String]) -> Result<String, CommandError> {
    check_known(remove)?;
    Ok(print_json(&structs.json, "", Lines::NEW) + Lines::NEW.end)
}

/// The text of the file, updated from the structs.
fn updated(file: &Path, text: &str, structs: &Structs, remove: &[String]) -> Result<String, CommandError> {
    let old = schema(text, file)?;
    let bad = |problem| bad_schema(file, &problem);
    let removal = removal(&old, structs, remove);
    let Merged { json, kept, unknown } = merge(&old, &structs.schema, &removal).map_err(bad)?;
    check_unsent(&unknown, structs)?;
    check_known(&unknown)?;
    check_unambiguous(&removal, &kept, structs)?;
    if !kept.is_empty() {
        return Err(would_drop(file, &kept));
    }
    let text = edited(text, old.root().json(), &json).map_err(bad)?;
    verify(file, &old, &text, structs)?;
    Ok(text)
}

/// A name refers to an event if only the file has an event with exactly this name, and otherwise to a property.
fn removal(file: &Schema, structs: &Structs, remove: &[String]) -> Removal {
    let is_event =
        |name: &&String| file.event_node(name).is_some() && !structs.linked.contains(&name.as_str());
    let (events, properties) = remove.iter().partition::<Vec<&String>, _>(is_event);
    let owned = |names: Vec<&String>| names.into_iter().cloned().collect();
    Removal { events: owned(events), properties: owned(properties) }
}

fn check_unsent(unknown: &[String], structs: &Structs) -> Result<(), CommandError> {
    let linked: Vec<&String> =
        unknown.iter().filter(|name| structs.linked.contains(&name.as_str())).collect();
    if linked.is_empty() {
        return Ok(());
    }
    Err(CommandError::BadInput(format!(
        "this program sends {}\nhelp: remove the struct first, or run the command without `--remove`",
        texts(&linked)
    )))
}

/// Rejects a name that refers both to an event and to a property that would be removed, because only one was meant.
fn check_unambiguous(removal: &Removal, kept: &[String], structs: &Structs) -> Result<(), CommandError> {
    let Some(name) = removal.events.iter().find(|name| kept.contains(name)) else { return Ok(()) };
    let property_of = |event: &&'static str| Some((*event, name.strip_prefix(event)?.strip_prefix('.')?));
    let (event, property) = structs.linked.iter().find_map(property_of).unwrap_or_default();
    let [event, property, name] = [event, property, name].map(|text| text.escape_debug());
    Err(CommandError::BadInput(format!(
        "`--remove {name}` can mean the event `{name}` and the property `{property}` of the event `{event}`\nhelp: delete \
         the one that is meant from the file by hand, then try again"
    )))
}

fn check_known(unknown: &[String]) -> Result<(), CommandError> {
    if unknown.is_empty() {
        return Ok(());
    }
    Err(CommandError::BadInput(format!(
        "there is nothing to remove under the name {}\nhelp: `--remove` takes an event or a property, as `order`, \
         `order.numArticles` or `order.names[].first`, that the file has and the structs do not send",
        texts(unknown)
    )))
}

fn would_drop(file: &Path, kept: &[String]) -> CommandError {
    let flags: Vec<String> = kept.iter().map(|name| format!("`--remove {}`", argument(name))).collect();
    CommandError::Failed(format!(
        "{} has what the structs do not send: {}\nhelp: add it to the structs, or drop it from the file with {}",
        escape_path(file),
        texts(kept),
        flags.join(" ")
    ))
}

/// Checks that the new text is current and leaves the meaning of other events unchanged. Otherwise the file is not written.
fn verify(file: &Path, old: &Schema, text: &str, structs: &Structs) -> Result<(), CommandError> {
    let new = schema(text, file)?;
    let is_kept = |place: &Place| match place {
        Place::Meta(_) => false,
        Place::Event { event, .. } => {
            new.event_node(event).is_some() && !structs.schema.event_names().contains(&event.as_str())
        }
    };
    let mut wrong = sentences(&faults(&new, structs));
    let changed = differences(old, &new).into_iter().filter(|found| is_kept(&found.place));
    wrong.extend(changed.map(|found| format!("{}: would mean something else", found.place)));
    if wrong.is_empty() {
        return Ok(());
    }
    Err(CommandError::Failed(format!(
        "cannot update {} so that it is current:\n  {}\nhelp: describe these places without `$ref`, and try again",
        escape_path(file),
        wrong.join("\n  ")
    )))
}

fn unwritable(file: &Path, error: &io::Error) -> CommandError {
    let path = escape_path(file);
    if let Some(directory) = file.parent().filter(|_| error.kind() == io::ErrorKind::NotFound) {
        let directory = escape_path(directory);
        return CommandError::Failed(format!(
            "cannot write {path}: there is no directory `{directory}`\nhelp: create it with `mkdir -p {}`",
            argument(&directory)
        ));
    }
    CommandError::Failed(format!(
        "cannot write {path}: {error}\nhelp: check what is there and the permissions of its directory; without `--write` the \
         schema of the structs is printed"
    ))
}
