// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `schema --write`: takes what the structs say over into a file.

use std::io::{self, Write};
use std::path::Path;

use telemetry_schema::__cli1::Schema;

use super::Structs;
use super::check::{faults, list_unlinked};
use crate::command::file::{bad_schema, not_a_file, read_text, replace, schema};
use crate::message::{CommandError, argument, printable_path};
use crate::schema::comparison::differences;
use crate::schema::difference::Place;
use crate::schema::edit::edited;
use crate::schema::merge::{Merged, merge};
use crate::schema::notation::{Lines, print as print_json};
use crate::schema::words::texts;

pub(super) fn print(
    file: &Path,
    structs: &Structs,
    remove: &[String],
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let path = printable_path(file);
    let old = text_of(file)?;
    let new = match &old {
        Some(old) => updated(file, old, structs, remove)?,
        None => fresh(structs, remove)?,
    };
    let schema = schema(&new, file)?;
    if old.is_some_and(|old| old == new) {
        writeln!(out, "{path} is current already.")?;
    } else {
        replace(file, &new).map_err(|error| unwritable(file, &error))?;
        writeln!(out, "Wrote {path}.")?;
    }
    list_unlinked("Kept as they were", &schema, structs, out)
}

/// The text of the file, if there is one.
fn text_of(file: &Path) -> Result<Option<String>, CommandError> {
    match file.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // Reading a pipe could wait for ever.
        Ok(found) if !found.is_file() => Err(unwritable(file, &not_a_file())),
        _ => read_text(file, "check what is there and its permissions").map(Some),
    }
}

/// The text of a file that does not exist yet.
fn fresh(structs: &Structs, remove: &[String]) -> Result<String, CommandError> {
    check_known(remove)?;
    Ok(print_json(&structs.json, "", Lines::NEW) + Lines::NEW.end)
}

/// The text of the file with what the structs say.
fn updated(file: &Path, text: &str, structs: &Structs, remove: &[String]) -> Result<String, CommandError> {
    let old = schema(text, file)?;
    let bad = |problem| bad_schema(file, &problem);
    let linked: Vec<&String> = remove.iter().filter(|name| structs.linked.contains(&name.as_str())).collect();
    if !linked.is_empty() {
        return Err(CommandError::BadInput(format!(
            "this program sends {}\nhelp: remove the struct first, or leave `--remove` out",
            texts(&linked)
        )));
    }
    let Merged { json, kept, unknown } = merge(&old, &structs.schema, remove).map_err(bad)?;
    check_known(&unknown)?;
    if !kept.is_empty() {
        return Err(would_drop(file, &kept));
    }
    let text = edited(text, old.root().json(), &json).map_err(bad)?;
    verify(file, &old, &text, structs)?;
    Ok(text)
}

fn check_known(unknown: &[String]) -> Result<(), CommandError> {
    if unknown.is_empty() {
        return Ok(());
    }
    Err(CommandError::BadInput(format!(
        "there is nothing to remove under the name {}\nhelp: `--remove` takes an event or a property, as `order` or \
         `order.numArticles`, that the file has and the structs do not send",
        texts(unknown)
    )))
}

fn would_drop(file: &Path, kept: &[String]) -> CommandError {
    let flags: Vec<String> = kept.iter().map(|name| format!("`--remove {}`", argument(name))).collect();
    CommandError::Failed(format!(
        "{} has what the structs do not send: {}\nhelp: add it to the structs, or drop it from the file with {}",
        printable_path(file),
        texts(kept),
        flags.join(" ")
    ))
}

/// That what is written is current, and that other events mean what they meant: otherwise the file stays.
fn verify(file: &Path, old: &Schema, text: &str, structs: &Structs) -> Result<(), CommandError> {
    let new = schema(text, file)?;
    let is_kept = |place: &Place| match place {
        Place::Meta(_) => false,
        Place::Event { event, .. } => {
            new.event_node(event).is_some() && !structs.schema.event_names().contains(&event.as_str())
        }
    };
    let mut wrong = faults(&new, structs);
    let changed = differences(old, &new).into_iter().filter(|found| is_kept(&found.place));
    wrong.extend(changed.map(|found| format!("{}: would mean something else", found.place)));
    if wrong.is_empty() {
        return Ok(());
    }
    Err(CommandError::Failed(format!(
        "cannot update {} so that it is current:\n  {}\nhelp: describe these places without `$ref`, and try again",
        printable_path(file),
        wrong.join("\n  ")
    )))
}

fn unwritable(file: &Path, error: &io::Error) -> CommandError {
    CommandError::Failed(format!(
        "cannot write {}: {error}\nhelp: check what is there and the permissions of its directory; without `--write` the \
         schema of the structs is printed",
        printable_path(file)
    ))
}
